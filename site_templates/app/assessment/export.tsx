// What can be taken along, and what can be brought back into the open assessment.
import { useEffect, useState } from "preact/hooks"
import { catalogue } from "../parts/catalogue.ts"
import { type Assessment, toCsv, toFile } from "../parts/engine.ts"
import { now } from "../parts/moment.ts"
import { fileName, takeAway } from "../parts/takeaway.ts"
import { say } from "../parts/words.ts"
import { WorkbookImport } from "./bookimport.tsx"
import { FileImport, incomingBook, isWorkbook, listenToDrops } from "./fileimport.tsx"
import type { Session } from "./session.ts"
import { shownLanguages } from "./tools.tsx"
import { workbook } from "./workbook.ts"

export const takeJson = (a: Assessment): void => takeAway(fileName(a.title, "json"), toFile(a), "application/json")

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

export function Export({ session, onReopen }: { session: Session; onReopen: (id: string) => void }) {
  const [busy, setBusy] = useState(false)
  const [incoming, setIncoming] = useState<File | null>(() => {
    const waiting = incomingBook.get(session.assessment.id) ?? null
    incomingBook.delete(session.assessment.id)
    return waiting
  })
  const a = session.assessment
  const excel = async (): Promise<void> => {
    setBusy(true)
    try {
      const { toWorkbook } = await workbook()
      const labels = await catalogue().catch(() => null) // without it ids stand for what the cover would name
      const bytes = await toWorkbook(session.assessment, shownLanguages(), { now: now(), ...(labels && { labels }) })
      takeAway(fileName(a.title, "xlsx"), bytes as BlobPart, XLSX)
    } catch (error) {
      session.say({ text: say("export.failed", { why: error instanceof Error ? error.message : String(error) }), urgent: true })
    } finally {
      setBusy(false)
    }
  }
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return
    await session.again() // the import compares with what is saved
    setIncoming(file)
  }
  useEffect(() => listenToDrops((file) => void take(file)), [session])
  const print = (landscape: boolean): void => {
    session.landscape = landscape
    window.print()
  }
  return (
    <div class="hb-assess-export" data-hb="export">
      <button type="button" class="hb-button" data-hb="json" onClick={() => takeJson(a)}>{say("export.json")}</button>
      <button type="button" class="hb-button" data-hb="xlsx" disabled={busy} onClick={() => void excel()}>{say("export.xlsx")}</button>
      <button type="button" class="hb-button" data-hb="csv" onClick={() => takeAway(fileName(a.title, "csv"), toCsv(a, shownLanguages()), "text/csv")}>{say("export.csv")}</button>
      <button type="button" class="hb-button" data-hb="print" onClick={() => print(false)}>{say("print")}</button>
      <button type="button" class="hb-button" data-hb="print-landscape" onClick={() => print(true)}>{say("print.landscape")}</button>
      <label class="hb-button hb-assess-file">{say("import")}
        <input type="file" class="hb-over" data-hb="import-xlsx" accept=".xlsx,.json" onChange={(event) => { void take(event.currentTarget.files?.[0]); event.currentTarget.value = "" }} />
      </label>
      {incoming && (isWorkbook(incoming)
        ? <WorkbookImport session={session} file={incoming} onClose={() => setIncoming(null)} />
        : <FileImport store={session.store} file={incoming} onClose={() => setIncoming(null)} onOpen={onReopen} />)}
    </div>
  )
}
