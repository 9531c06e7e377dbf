// The assessments that this browser keeps, those that were put away, and those that were deleted lately.
import { useEffect, useState } from "preact/hooks"
import { catalogue, siteAddress } from "../parts/catalogue.ts"
import { Dialog } from "../parts/dialog.tsx"
import type { Catalogue } from "../parts/engine.ts"
import { newId, now } from "../parts/moment.ts"
import { dayOf, of, say, tongue } from "../parts/words.ts"
import { collected, type Wish } from "./create.tsx"
import { takeJson } from "./export.tsx"
import { FileImport, listenToDrops } from "./fileimport.tsx"
import { BIN_DAYS, type Binned, type Kept, type Store, whyNot } from "./store.ts"

interface Given {
  store: Store
  onOpen: (id: string) => void
  onCreate: (wish: Wish) => void
}

type Asked = { what: "delete" | "rename" | "duplicate"; one: Kept }

export function Shelf({ store, onOpen, onCreate }: Given) {
  const [kept, setKept] = useState<Kept[] | null>(null)
  const [bin, setBin] = useState<Binned[]>([])
  const [asked, ask] = useState<Asked | null>(null)
  const [undo, setUndo] = useState<{ text: string; id: string } | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [incoming, setIncoming] = useState<File | null>(null)
  const refresh = async (): Promise<void> => {
    const list = await store.list()
    setKept(list.sort((one, other) => (one.changed < other.changed ? 1 : -1)))
    setBin((await store.bin()).sort((one, other) => (one.deleted < other.deleted ? 1 : -1)))
  }
  /** Does something to the store and shows what became of it; what the browser refuses is said. */
  const act = async (action: () => Promise<unknown>): Promise<void> => {
    try {
      await action()
      setFailure(null)
    } catch (error) {
      setFailure(whyNot(error))
    }
    await refresh().catch((error: unknown) => setFailure(whyNot(error)))
  }
  useEffect(() => listenToDrops(setIncoming), [])
  useEffect(() => {
    const oldest = new Date(Date.now() - BIN_DAYS * 86_400_000).toISOString()
    void act(() => store.purge({ before: oldest }))
    const seen = (): void => void (document.visibilityState === "visible" && refresh().catch(() => undefined))
    document.addEventListener("visibilitychange", seen)
    return () => document.removeEventListener("visibilitychange", seen)
  }, [])

  const archive = (one: Kept): Promise<void> => act(() => changed(store, one.id, { archived: !one.archived }))
  const takeOut = async (id: string): Promise<void> => {
    const loaded = await store.load(id)
    if (loaded) takeJson(loaded.assessment)
  }
  if (kept === null) return failure ? <p class="hb-assess-alarm" role="alert">{say(`why.${failure}`)}</p> : <p role="status">{say("opening")}</p>
  const rows = (list: Kept[]) => list.map((one) => (
    <Entry key={one.id} one={one} onOpen={onOpen} onAsk={ask} onArchive={(it) => void archive(it)} onFile={(id) => void takeOut(id)} />
  ))
  const current = kept.filter((one) => !one.archived)
  const away = kept.filter((one) => one.archived)
  return (
    <div class="hb-assess-shelf" data-hb="shelf">
      {failure && <p class="hb-assess-alarm" role="alert" data-hb="failure">{say("unsaved")} {say(`why.${failure}`)}</p>}
      <div aria-live="polite">{undo && <p class="hb-assess-notice" data-hb="undo-delete">{undo.text} <button type="button" class="hb-button" data-hb="undo" onClick={() => { void act(() => store.restore(undo.id)); setUndo(null) }}>{say("undo")}</button></p>}</div>
      <NewOne onCreate={onCreate} onFile={setIncoming} />
      <h2>{say("shelf")} <span class="hb-count">{current.length}</span></h2>
      {current.length === 0 && <p data-hb="shelf-empty">{say("shelf.empty")}</p>}
      <ul class="hb-assess-list" data-hb="list">{rows(current)}</ul>
      {away.length > 0 && <details data-hb="away"><summary>{say("shelf.archived")} <span class="hb-count">{away.length}</span></summary><ul class="hb-assess-list">{rows(away)}</ul></details>}
      {bin.length > 0 && (
        <details data-hb="bin">
          <summary>{say("bin")} <span class="hb-count">{bin.length}</span></summary>
          <p class="hb-small">{say("bin.lead", { days: BIN_DAYS })}</p>
          <ul class="hb-assess-list">
            {bin.map((one) => (
              <li key={one.id}>
                <b>{one.kept.title}</b> <span class="hb-small">{say("bin.when", { day: dayOf(one.deleted) })}</span>
                <span class="hb-assess-actions"><button type="button" class="hb-button" data-hb="restore" onClick={() => void act(() => store.restore(one.id))}>{say("bin.restore")}</button></span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {asked?.what === "rename" && <Rename one={asked.one} onClose={() => ask(null)} onDone={(title) => void act(() => changed(store, asked.one.id, { title }))} />}
      {asked?.what === "duplicate" && <Duplicate one={asked.one} onClose={() => ask(null)} onDone={(title, answers) => void act(() => doubled(store, asked.one.id, title, answers))} />}
      {asked?.what === "delete" && (
        <Dialog
          title={say("delete.title", { title: asked.one.title })} hook="delete-dialog" onClose={() => ask(null)} close={say("cancel")}
          actions={
            <>
              <button type="button" class="hb-button" data-hb="delete-file" onClick={() => void takeOut(asked.one.id)}>{say("export.json")}</button>
              <button type="button" class="hb-button hb-button--main" data-hb="delete-sure" onClick={() => { void act(() => store.remove(asked.one.id, now())); setUndo({ text: say("deleted", { title: asked.one.title }), id: asked.one.id }); ask(null) }}>{say("delete")}</button>
            </>
          }
        >
          <p>{say("delete.ask", { answered: asked.one.sums.answered, days: BIN_DAYS })}</p>
        </Dialog>
      )}
      {incoming && <FileImport store={store} file={incoming} onClose={() => { setIncoming(null); void refresh() }} onOpen={onOpen} />}
    </div>
  )
}

interface EntryGiven {
  one: Kept
  onOpen: (id: string) => void
  onAsk: (asked: Asked) => void
  onArchive: (one: Kept) => void
  onFile: (id: string) => void
}

function Entry({ one, onOpen, onAsk, onArchive, onFile }: EntryGiven) {
  const { total, answered, findings } = one.sums
  const about = [one.checklist.title[tongue], one.head.site, one.head.product].filter(Boolean).join(" · ")
  const button = (hook: string, word: string, action: () => void) => <button type="button" class="hb-button" data-hb={hook} onClick={action} aria-label={`${say(word)}: ${one.title}`}>{say(word)}</button>
  return (
    <li data-hb="entry" data-id={one.id}>
      <a href={`#id=${one.id}`} data-hb="open" onClick={(event) => { event.preventDefault(); onOpen(one.id) }}>{one.title || say("untitled")}</a>
      <span class="hb-assess-meta">{about}</span>
      <span class="hb-assess-meta"><progress max={total} value={answered} aria-hidden="true" /> <span data-hb="entry-progress">{say("progress", { answered, total })}</span> · {say("findings.count", { count: findings })} · {say("changed", { day: dayOf(one.changed) })} · {say("edition", { version: one.edition.version })}</span>
      <span class="hb-assess-actions">
        {button("rename", "rename", () => onAsk({ what: "rename", one }))}
        {button("duplicate", "duplicate", () => onAsk({ what: "duplicate", one }))}
        {button("file", "export.json", () => onFile(one.id))}
        {button("archive", one.archived ? "unarchive" : "archive", () => onArchive(one))}
        {button("delete", "delete", () => onAsk({ what: "delete", one }))}
      </span>
    </li>
  )
}

function NewOne({ onCreate, onFile }: { onCreate: (wish: Wish) => void; onFile: (file: File) => void }) {
  const [known, setKnown] = useState<Catalogue | null>(null)
  const [list, setList] = useState("")
  useEffect(() => void catalogue().then(setKnown, () => undefined), [])
  const kinds = ["audit", "topic", "point", "document"]
  const own = collected()
  return (
    <section class="hb-assess-new" data-hb="new">
      <h2>{say("new")}</h2>
      <p class="hb-assess-actions">
        <select aria-label={say("new.list")} value={list} data-hb="new-list" onChange={(event) => setList(event.currentTarget.value)}>
          <option value="">{say(known ? "new.list" : "opening")}</option>
          {kinds.map((kind) => (
            <optgroup key={kind} label={say(`list.${kind}`)}>
              {known?.lists.filter((one) => one.id.startsWith(`${kind}/`)).map((one) => <option key={one.id} value={one.id}>{of(one.title)} ({one.items.length})</option>)}
            </optgroup>
          ))}
        </select>
        <button type="button" class="hb-button hb-button--main" data-hb="new-make" disabled={list === ""} onClick={() => onCreate({ list })}>{say("new.make")}</button>
        {own.length > 0 && <button type="button" class="hb-button" data-hb="new-collected" onClick={() => onCreate({ clauses: own })}>{say("new.collected", { count: own.length })}</button>}
        <a class="hb-button" href={siteAddress(`${tongue}/builder/index.html`)} data-hb="new-builder">{say("new.builder")}</a>
        <label class="hb-button hb-assess-file">{say("new.file")}
          <input type="file" class="hb-over" data-hb="import" accept=".json,.xlsx" onChange={(event) => { const file = event.currentTarget.files?.[0]; if (file) onFile(file); event.currentTarget.value = "" }} />
        </label>
      </p>
    </section>
  )
}

function Rename({ one, onClose, onDone }: { one: Kept; onClose: () => void; onDone: (title: string) => void }) {
  const [title, setTitle] = useState(one.title)
  return (
    <Dialog title={say("rename")} hook="rename-dialog" onClose={onClose} close={say("cancel")} actions={<button type="button" class="hb-button hb-button--main" data-hb="rename-sure" disabled={title.trim() === ""} onClick={() => { onDone(title.trim()); onClose() }}>{say("rename")}</button>}>
      <label class="hb-field">{say("title")}<input value={title} data-hb="rename-title" onInput={(event) => setTitle(event.currentTarget.value)} /></label>
    </Dialog>
  )
}

function Duplicate({ one, onClose, onDone }: { one: Kept; onClose: () => void; onDone: (title: string, answers: boolean) => void }) {
  const [title, setTitle] = useState(say("duplicate.of", { title: one.title }))
  const [answers, setAnswers] = useState(true)
  return (
    <Dialog title={say("duplicate")} hook="duplicate-dialog" onClose={onClose} close={say("cancel")} actions={<button type="button" class="hb-button hb-button--main" data-hb="duplicate-sure" onClick={() => { onDone(title.trim() || one.title, answers); onClose() }}>{say("duplicate")}</button>}>
      <label class="hb-field">{say("title")}<input value={title} data-hb="duplicate-title" onInput={(event) => setTitle(event.currentTarget.value)} /></label>
      <label><input type="checkbox" checked={answers} data-hb="duplicate-answers" onChange={(event) => setAnswers(event.currentTarget.checked)} /> {say("duplicate.answers")}</label>
    </Dialog>
  )
}

async function changed(store: Store, id: string, patch: { title?: string; archived?: boolean }): Promise<void> {
  const loaded = await store.load(id)
  if (loaded) await store.save({ ...loaded.assessment, ...patch, changed: now() }, loaded)
}

/** A copy under a new id; without the answers it is the same list, to be filled anew. */
async function doubled(store: Store, id: string, title: string, answers: boolean): Promise<void> {
  const loaded = await store.load(id)
  if (!loaded) return
  const fresh = { ...loaded.assessment, id: newId(), title, created: now(), changed: now(), archived: false }
  await store.save(answers ? fresh : { ...fresh, answers: {}, archive: [], samples: [] }, null)
}
