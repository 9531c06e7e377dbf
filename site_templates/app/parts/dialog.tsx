// A dialog over the page: the browser's own element keeps the focus inside, closes on Escape, and gives it back.
import type { ComponentChildren } from "preact"
import { useEffect, useRef } from "preact/hooks"
import { say } from "./words.ts"

interface Given {
  title: string
  hook: string
  onClose: () => void
  children: ComponentChildren
  /** Buttons beside the one that closes. */
  actions?: ComponentChildren
  close?: string
}

export function Dialog({ title, hook, onClose, children, actions, close }: Given) {
  const element = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const shown = element.current
    const before = document.activeElement as HTMLElement | null
    if (shown && !shown.open) shown.showModal()
    return () => {
      if (before?.isConnected) before.focus({ preventScroll: true })
    }
  }, [])
  return (
    <dialog ref={element} class="hb-dialog" data-hb={hook} aria-labelledby={`${hook}-title`} onClose={onClose}>
      <h2 id={`${hook}-title`} tabIndex={-1}>{title}</h2>
      <div class="hb-dialog-body">{children}</div>
      <p class="hb-dialog-actions">
        {actions}
        <button type="button" class="hb-button" data-hb="close" onClick={() => element.current?.close()}>{close ?? say("close")}</button>
      </p>
    </dialog>
  )
}
