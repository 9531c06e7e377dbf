// A filled workbook back into the open assessment: shown first, done when confirmed, and undone in one step.
import { useEffect, useState } from "preact/hooks"
import type { Change, Merged, Read } from "../../../plugins/handbook/checklists/engine/workbook/main.ts"
import { Dialog } from "../parts/dialog.tsx"
import { now } from "../parts/moment.ts"
import { say } from "../parts/words.ts"
import { messageText, type Session } from "./session.ts"
import { workbook } from "./workbook.ts"

type Stage = { kind: "reading" } | { kind: "refused"; text: string } | { kind: "plan"; read: Read; plan: Merged }

const SHOWN = 200

export function WorkbookImport({ session, file, onClose }: { session: Session; file: File; onClose: () => void }) {
  const [stage, setStage] = useState<Stage>({ kind: "reading" })
  const [clear, setClear] = useState(false)
  useEffect(() => {
    const read = async (): Promise<Stage> => {
      const { readWorkbook, mergeWorkbook } = await workbook()
      const book = await readWorkbook(new Uint8Array(await file.arrayBuffer()))
      if ("refused" in book) return { kind: "refused", text: messageText(book.refused) }
      return { kind: "plan", read: book, plan: mergeWorkbook(session.assessment, book, now()) }
    }
    read().then(setStage, (error: unknown) => setStage({ kind: "refused", text: say("import.unreadable", { why: String(error) }) }))
  }, [file])
  const apply = async (): Promise<void> => {
    if (stage.kind !== "plan") return
    const { mergeWorkbook } = await workbook()
    // Made again from what stands now: answers may have been given while the plan was read.
    session.put(mergeWorkbook(session.assessment, stage.read, now(), { clear }).assessment, "", false)
    session.say({ text: say("import.done", { count: stage.plan.set.length + (clear ? stage.plan.cleared.length : 0) }), undo: true })
    onClose()
  }
  const empty = stage.kind === "plan" && stage.plan.set.length === 0 && stage.plan.cleared.length === 0
  return (
    <Dialog
      title={say("import.title", { name: file.name })} hook="book-dialog" onClose={onClose} close={say(stage.kind === "plan" && !empty ? "cancel" : "close")}
      actions={stage.kind === "plan" && !empty && <button type="button" class="hb-button hb-button--main" data-hb="import-apply" onClick={() => void apply()}>{say("import.apply")}</button>}
    >
      {stage.kind === "reading" && <p role="status">{say("import.reading")}</p>}
      {stage.kind === "refused" && <p class="hb-assess-alarm" role="alert" data-hb="import-refused">{stage.text} {say("import.nothing")}</p>}
      {stage.kind === "plan" && (
        <>
          <p data-hb="import-sum">{say("import.plan", { placed: stage.plan.placed, set: stage.plan.set.length, cleared: stage.plan.cleared.length, unplaced: stage.plan.unplaced.length })}</p>
          {stage.plan.notes.map((note, at) => <p key={at} class="hb-note">{messageText(note)}</p>)}
          {stage.plan.set.length > 0 && <Changes title={say("import.set")} changes={stage.plan.set} hook="import-set" />}
          {stage.plan.cleared.length > 0 && (
            <>
              <Changes title={say("import.cleared")} changes={stage.plan.cleared} hook="import-cleared" />
              <label><input type="checkbox" checked={clear} data-hb="import-clear" onChange={(event) => setClear(event.currentTarget.checked)} /> {say("import.clear")}</label>
            </>
          )}
          {stage.plan.unplaced.length > 0 && (
            <section data-hb="import-unplaced">
              <h3>{say("import.unplaced")} <span class="hb-count">{stage.plan.unplaced.length}</span></h3>
              <ul>
                {stage.plan.unplaced.map((one) => (
                  <li key={one.row}><b>{say("import.row", { row: one.row })}</b> {messageText(one.why)}<br /><small>{Object.entries(one.cells).map(([name, text]) => `${name}: ${text}`).join(" | ").slice(0, 2000)}</small></li>
                ))}
              </ul>
            </section>
          )}
        </>
      )}
    </Dialog>
  )
}

function Changes({ title, changes, hook }: { title: string; changes: Change[]; hook: string }) {
  return (
    <section data-hb={hook}>
      <h3>{title} <span class="hb-count">{changes.length}</span></h3>
      <div class="hb-scroll">
        <table class="hb-table">
          <tbody>
            {changes.slice(0, SHOWN).map((change, at) => (
              <tr key={at}>
                <th scope="row" class="hb-id">{change.code}{change.sample && ` ${change.sample}`}</th>
                <td>{say(`import.field.${change.field}`)}</td>
                <td><del>{change.was.slice(0, 200)}</del> <ins>{change.now.slice(0, 200)}</ins>{change.both && <b> {say("import.both")}</b>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {changes.length > SHOWN && <p>{say("import.more", { count: changes.length - SHOWN })}</p>}
    </section>
  )
}
