// The page of assessments: the list of what is kept, a new one, or one that is open, as the address says.
import { render } from "preact"
import { useEffect, useReducer, useState } from "preact/hooks"
import { catalogue } from "../parts/catalogue.ts"
import { readWords, say } from "../parts/words.ts"
import { Create, type Wish, wishOf } from "./create.tsx"
import { Desk } from "./desk.tsx"
import { Session } from "./session.ts"
import { Shelf } from "./shelf.tsx"
import { workbook } from "./workbook.ts"
import { openStore, type Store, whyNot } from "./store.ts"

type Shown = { kind: "opening" } | { kind: "shelf" } | { kind: "create"; wish: Wish } | { kind: "desk"; session: Session } | { kind: "absent"; id: string }

const idInAddress = (): string | null => new URLSearchParams(location.hash.slice(1)).get("id")

/** The address of the page itself, with one assessment open or none. */
function goTo(id: string | null, how: "push" | "replace"): void {
  const address = location.pathname + (id === null ? "" : `#id=${id}`)
  history[how === "push" ? "pushState" : "replaceState"](null, "", address)
}

async function shownBy(store: Store): Promise<Shown> {
  const id = idInAddress()
  if (id !== null) {
    const loaded = await store.load(id)
    return loaded ? { kind: "desk", session: new Session(store, loaded) } : { kind: "absent", id }
  }
  const wish = wishOf(new URLSearchParams(location.search))
  return wish ? { kind: "create", wish } : { kind: "shelf" }
}

function App({ store, lost }: { store: Store; lost: { why: string | null; listen: (listener: () => void) => void } }) {
  const [shown, setShown] = useState<Shown>({ kind: "opening" })
  const [failure, setFailure] = useState<string | null>(null)
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  useEffect(() => lost.listen(() => redraw(0)), [])
  const look = async (): Promise<void> => {
    if (shown.kind === "desk") await shown.session.close()
    try {
      setShown(await shownBy(store))
    } catch (error) {
      setFailure(whyNot(error))
    }
  }
  useEffect(() => void look(), [])
  useEffect(() => {
    const moved = (): void => void look()
    window.addEventListener("popstate", moved)
    return () => window.removeEventListener("popstate", moved)
  })
  useEffect(() => {
    document.documentElement.dataset["assessState"] = shown.kind
    if (shown.kind !== "desk") return
    // On a tablet the network may be gone when the file is wanted: what exports need is fetched while it is there.
    const timer = setTimeout(() => void Promise.all([workbook(), catalogue()]).catch(() => undefined), 1500)
    return () => clearTimeout(timer)
  }, [shown.kind])
  const open = (id: string, how: "push" | "replace" = "push"): void => {
    goTo(id, how)
    void look()
    window.scrollTo(0, 0)
  }
  const toShelf = (): void => {
    goTo(null, "push")
    void look()
  }
  return (
    <>
      {lost.why && <p class="hb-assess-alarm" role="alert" data-hb="lost">{say(`why.${lost.why}`)} <button type="button" class="hb-button" onClick={() => location.reload()}>{say("reload")}</button></p>}
      {failure && <p class="hb-assess-alarm" role="alert" data-hb="failure">{say(`why.${failure}`)}</p>}
      {store.fleeting && shown.kind !== "desk" && <p class="hb-assess-alarm" role="alert" data-hb="alarm"><b>{say("unsaved")}</b> {say(`why.${store.fleeting}`)} {say("unsaved.do")}</p>}
      {shown.kind === "opening" && <p role="status">{say("opening")}</p>}
      {shown.kind === "absent" && <p class="hb-note" role="alert" data-hb="absent">{say("absent")} <button type="button" class="hb-button" onClick={toShelf}>{say("back")}</button></p>}
      {shown.kind === "shelf" && <Shelf store={store} onOpen={open} onCreate={(wish) => setShown({ kind: "create", wish })} />}
      {shown.kind === "create" && <Create store={store} wish={shown.wish} onMade={(id) => open(id, "replace")} onLeave={toShelf} />}
      {shown.kind === "desk" && <Desk key={shown.session.opened} session={shown.session} onClose={toShelf} onReopen={(id) => open(id, "replace")} />}
    </>
  )
}

async function start(): Promise<void> {
  const root = document.querySelector<HTMLElement>("[data-hb=assessments]")
  if (!root) return
  readWords("hb-assess-words")
  const listeners: (() => void)[] = []
  const lost = { why: null as string | null, listen: (listener: () => void) => void listeners.push(listener) }
  const store = await openStore((why) => {
    lost.why = why
    for (const listener of listeners) listener()
  })
  root.replaceChildren()
  render(<App store={store} lost={lost} />, root)
}

void start()
