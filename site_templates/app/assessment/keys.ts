// The keyboard: what a key means, and never while somebody types.
import { type Result, RESULTS } from "../parts/engine.ts"

export interface Keyed {
  result(result: Result): void
  move(step: 1 | -1): void
  next(): void
  filter(): void
  help(): void
  undo(): void
  redo(): void
  details(): void
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button])"))

/** Listens until the returned function is called. */
export function listenToKeys(keyed: Keyed): () => void {
  const heard = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing || isTyping(event.target) || document.querySelector("dialog[open]")) return
    const key = event.key.toLowerCase()
    if ((event.ctrlKey || event.metaKey) && !event.altKey) {
      if (key === "z" && !event.shiftKey) keyed.undo()
      else if (key === "y" || key === "z") keyed.redo()
      else return
    } else if (event.altKey || event.ctrlKey || event.metaKey) return
    else if (/^[1-5]$/.test(key)) keyed.result(RESULTS[Number(key) - 1]!)
    else if (key === "j" || key === "arrowdown") keyed.move(1)
    else if (key === "k" || key === "arrowup") keyed.move(-1)
    else if (key === "n") keyed.next()
    else if (key === "e") keyed.details()
    else if (key === "/") keyed.filter()
    else if (key === "?") keyed.help()
    else return
    event.preventDefault()
    // The theme has keys of its own (n, p, /, s); on this page ours go first.
    event.stopImmediatePropagation()
  }
  window.addEventListener("keydown", heard, true)
  return () => window.removeEventListener("keydown", heard, true)
}
