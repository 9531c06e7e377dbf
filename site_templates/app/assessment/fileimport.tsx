// A file brought to the list: what it would do is said before it is done, and a refused one changes nothing.
import { useEffect, useState } from "preact/hooks"
import { Dialog } from "../parts/dialog.tsx"
import { type Assessment, importPlan, type Message, readFile } from "../parts/engine.ts"
import { newId, now } from "../parts/moment.ts"
import { say } from "../parts/words.ts"
import { messageText } from "./session.ts"
import { type Loaded, type Store, whyNot } from "./store.ts"
import { workbook } from "./workbook.ts"

type Plan = ReturnType<typeof importPlan>
type Stage =
  | { kind: "reading" }
  | { kind: "refused"; texts: string[] }
  | { kind: "book"; id: string; title: string }
  | { kind: "plan"; incoming: Assessment; notes: Message[]; existing: Loaded | null; plan: Plan }

interface Given {
  store: Store
  file: File
  onClose: () => void
  onOpen: (id: string) => void
}

const MOST = 200_000_000 // bytes; a file of a thousand items has under three million

export function FileImport({ store, file, onClose, onOpen }: Given) {
  const [stage, setStage] = useState<Stage>({ kind: "reading" })
  const [failure, setFailure] = useState<string | null>(null)
  useEffect(() => {
    read(store, file).then(setStage, (error: unknown) => setStage({ kind: "refused", texts: [say("import.unreadable", { why: String(error) })] }))
  }, [file])
  const keep = async (assessment: Assessment, replaced: Loaded | null): Promise<void> => {
    try {
      // What is replaced goes to the bin first, from where it can be taken out.
      if (replaced) await store.remove(assessment.id, now())
      // With the replaced one's revision, so that another tab that has it open notices.
      await store.save(assessment, replaced)
      onClose()
      onOpen(assessment.id)
    } catch (error) {
      setFailure(`${say("unsaved")} ${say(`why.${whyNot(error)}`)}`)
    }
  }
  const plan = stage.kind === "plan" ? stage : null
  const copy = (): Assessment => ({ ...plan!.incoming, id: newId(), title: say("duplicate.of", { title: plan!.incoming.title }) })
  const main = (hook: string, word: string, action: () => void) => <button type="button" class="hb-button hb-button--main" data-hb={hook} onClick={action}>{say(word)}</button>
  return (
    <Dialog
      title={say("import.title", { name: file.name })} hook="import-dialog" onClose={onClose} close={say(plan && plan.plan.kind !== "same" ? "cancel" : "close")}
      actions={
        <>
          {plan?.plan.kind === "new" && main("import-add", "import.add", () => void keep(plan.incoming, null))}
          {plan && plan.plan.kind !== "new" && plan.plan.kind !== "same" && (
            <>
              {main("import-replace", "import.replace", () => void keep(plan.incoming, plan.existing))}
              <button type="button" class="hb-button" data-hb="import-copy" onClick={() => void keep(copy(), null)}>{say("import.copy")}</button>
            </>
          )}
          {stage.kind === "book" && main("import-book", "import.open", () => { onClose(); onOpen(stage.id) })}
        </>
      }
    >
      {failure && <p class="hb-assess-alarm" role="alert">{failure}</p>}
      {stage.kind === "reading" && <p role="status">{say("import.reading")}</p>}
      {stage.kind === "refused" && (
        <div class="hb-assess-alarm" role="alert" data-hb="import-refused">
          <ul>{stage.texts.map((text, at) => <li key={at}>{text}</li>)}</ul>
          <p>{say("import.nothing")}</p>
        </div>
      )}
      {stage.kind === "book" && <p data-hb="import-book-text">{say("import.book", { title: stage.title })}</p>}
      {plan && (
        <div data-hb="import-plan" data-kind={plan.plan.kind}>
          <p><b>{plan.incoming.title}</b> · {say("create.count", { count: plan.incoming.items.length, version: plan.incoming.edition.version, date: plan.incoming.edition.date })}</p>
          <p>{say(`import.kind.${plan.plan.kind}`)}</p>
          <ul>{plan.plan.changes.slice(0, 200).map((change, at) => <li key={at}>{messageText(change)}</li>)}</ul>
          {plan.plan.changes.length > 200 && <p>{say("import.more", { count: plan.plan.changes.length - 200 })}</p>}
          {plan.notes.map((note, at) => <p key={at} class="hb-note">{messageText(note)}</p>)}
        </div>
      )}
    </Dialog>
  )
}

async function read(store: Store, file: File): Promise<Stage> {
  if (file.size > MOST) return { kind: "refused", texts: [say("import.huge")] }
  if (isWorkbook(file)) return book(store, file)
  const found = readFile(await file.text())
  if ("refused" in found) return { kind: "refused", texts: found.refused.map(messageText) }
  const existing = await store.load(found.assessment.id)
  return { kind: "plan", incoming: found.assessment, notes: found.notes, existing, plan: importPlan(found.assessment, existing?.assessment ?? null) }
}

/** A workbook fills an assessment that is here; the one that it was made from says its cover. */
async function book(store: Store, file: File): Promise<Stage> {
  const { readWorkbook } = await workbook()
  const found = await readWorkbook(new Uint8Array(await file.arrayBuffer()))
  if ("refused" in found) return { kind: "refused", texts: [messageText(found.refused)] }
  const own = found.marker && (await store.load(found.marker.assessment))
  if (!own) return { kind: "refused", texts: [say("import.homeless")] }
  incomingBook.set(own.assessment.id, file)
  return { kind: "book", id: own.assessment.id, title: own.assessment.title }
}

/** A workbook that waits for its assessment to open. */
export const incomingBook = new Map<string, File>()

export const isWorkbook = (file: File): boolean => !/\.json$/i.test(file.name)

/** Files dropped anywhere on the page, until the returned function is called. */
export function listenToDrops(onFile: (file: File) => void): () => void {
  const over = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault()
  }
  const drop = (event: DragEvent): void => {
    const file = event.dataTransfer?.files[0]
    if (!file) return
    event.preventDefault()
    if (!document.querySelector("dialog[open]")) onFile(file)
  }
  window.addEventListener("dragover", over)
  window.addEventListener("drop", drop)
  return () => {
    window.removeEventListener("dragover", over)
    window.removeEventListener("drop", drop)
  }
}
