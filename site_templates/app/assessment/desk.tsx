// An open assessment: its head, the tools, and the rows.
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from "preact/hooks"
import { nextUnanswered, progressOf } from "../parts/engine.ts"
import { say } from "../parts/words.ts"
import { Archive } from "./archive.tsx"
import { Export } from "./export.tsx"
import { Findings } from "./findings.tsx"
import { HeadForm } from "./head.tsx"
import { KeysDialog } from "./keysdialog.tsx"
import { listenToKeys } from "./keys.ts"
import { type By, type Filter, shownGroups } from "./listing.ts"
import { paperOnPrint } from "./paper.tsx"
import { rowId } from "./row.tsx"
import { Rows } from "./rows.tsx"
import { SaveState } from "./savestate.tsx"
import type { Session } from "./session.ts"
import { Tools } from "./tools.tsx"
import { UpdateOffer } from "./update.tsx"

interface Given {
  session: Session
  onClose: () => void
  /** After an import has replaced what is open, or added another one. */
  onReopen: (id: string) => void
}

export function Desk({ session, onClose, onReopen }: Given) {
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  useEffect(() => session.listen(() => redraw(0)), [session])
  useEffect(() => paperOnPrint(session), [session])
  const a = session.assessment
  const [by, setBy] = useState<By>("topic")
  const [filter, setFilter] = useState<Filter>("all")
  const [words, setWords] = useState("")
  const [asked, ask] = useReducer((count: number) => count + 1, 0)
  const [active, setActive] = useState<string | null>(null)
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const [help, setHelp] = useState(false)
  const search = useRef<HTMLInputElement>(null)

  // Rows do not vanish under the hand when an answer takes them out of the filter: it is asked again when it is set.
  const groups = useMemo(() => shownGroups(a, by, filter, words), [a.items, by, filter, words, asked])
  const order = useMemo(() => groups.filter((group) => !folded.has(group.id)).flatMap((group) => group.items.map((item) => item.id)), [groups, folded])

  const focus = useCallback((id: string | null): void => {
    if (id === null) return
    setActive(id)
    session.wanted?.(id)
    requestAnimationFrame(() => {
      const row = document.getElementById(rowId(id))
      row?.focus({ preventScroll: true })
      row?.scrollIntoView({ block: "nearest" })
    })
  }, [session])

  const openRow = useCallback((id: string): void => {
    setActive(id)
    setOpen((before) => (before.has(id) ? before : new Set([...before, id])))
  }, [])

  const showItem = (id: string): void => {
    setFilter("all")
    setWords("")
    setFolded(new Set())
    ask(0)
    openRow(id)
    setTimeout(() => focus(id), 30)
  }

  const keyed = {
    result: (result: Parameters<Session["result"]>[2]): void => {
      const id = active ?? order[0]
      if (id === undefined) return
      const sample = (document.activeElement as HTMLElement | null)?.closest<HTMLElement>("[data-sample]")?.dataset["sample"]
      openRow(id)
      const taken = sample ? session.result(id, sample, result) : a.samples.length ? session.resultForAll(id, result) : session.result(id, null, result)
      if (!taken) requestAnimationFrame(() => document.getElementById(rowId(id))?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
    },
    move: (step: 1 | -1): void => {
      const at = active === null ? -1 : order.indexOf(active)
      focus(order[Math.min(order.length - 1, Math.max(0, at + step))] ?? null)
    },
    next: (): void => {
      const next = nextUnanswered(session.assessment, order, active)
      if (next === null) session.say({ text: say("next.none") })
      else focus(next)
    },
    filter: (): void => search.current?.focus(),
    help: (): void => setHelp(true),
    undo: (): void => focus(session.undo()),
    redo: (): void => focus(session.redo()),
    details: (): void => {
      if (active === null) return
      openRow(active)
      requestAnimationFrame(() => document.getElementById(rowId(active))?.querySelector<HTMLElement>("textarea")?.focus())
    },
  }
  const latest = useRef(keyed)
  latest.current = keyed
  useEffect(() => listenToKeys({
    result: (result) => latest.current.result(result), move: (step) => latest.current.move(step), next: () => latest.current.next(),
    filter: () => latest.current.filter(), help: () => latest.current.help(), undo: () => latest.current.undo(),
    redo: () => latest.current.redo(), details: () => latest.current.details(),
  }), [])

  const progress = progressOf(a)
  const choose = (next: Filter): void => {
    setFilter(next)
    setOpen(new Set())
    ask(0)
  }
  return (
    <div class="hb-assess-desk" data-hb="desk">
      <p class="hb-assess-back"><button type="button" class="hb-link" data-hb="back" onClick={onClose}>← {say("back")}</button></p>
      <SaveState session={session} />
      <div class="hb-assess-title">
        <label class="hb-over" for="hb-title">{say("title")}</label>
        <input id="hb-title" data-hb="title" value={a.title} onInput={(event) => session.title(event.currentTarget.value)} />
      </div>
      <p class="hb-small">{say("from", { list: a.checklist.title[document.documentElement.lang.startsWith("zh") ? "zh" : "en"] || a.title, version: a.edition.version, fingerprint: a.edition.fingerprint.slice(0, 12), date: a.edition.date })}</p>
      <UpdateOffer session={session} />
      <HeadForm session={session} />
      <Export session={session} onReopen={onReopen} />
      <Tools
        session={session} progress={progress} by={by} onBy={setBy} filter={filter} onFilter={choose} words={words} onWords={setWords}
        search={search} onNext={keyed.next} onHelp={keyed.help} onUndo={keyed.undo} onRedo={keyed.redo} archived={a.archive.length}
      />
      {filter === "findings" && <Findings assessment={a} onShow={showItem} />}
      {filter === "archived" ? <Archive assessment={a} /> : (
        <Rows
          session={session} groups={groups} by={by} active={active} open={open} folded={folded}
          onFold={(id) => setFolded((before) => (before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id])))}
          onActive={setActive} onOpen={openRow}
        />
      )}
      {filter !== "findings" && filter !== "archived" && words === "" && progress.findings > 0 && (
        <p><button type="button" class="hb-link" data-hb="to-findings" onClick={() => choose("findings")}>{say("findings.show", { count: progress.findings })}</button></p>
      )}
      {help && <KeysDialog onClose={() => setHelp(false)} />}
    </div>
  )
}
