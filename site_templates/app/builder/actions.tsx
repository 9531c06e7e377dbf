// Where a choice begins (a common audit), and what can be done with it.
import { useState } from "preact/hooks"
import { pageAddress, script } from "../parts/catalogue.ts"
import { type Assessment, type Catalogue, createAssessment, type Profile, type Shown, toCsv, toFile } from "../parts/engine.ts"
import { newId, now } from "../parts/moment.ts"
import { emptyProfile, profileTo } from "../parts/profile.ts"
import { fileName, takeAway } from "../parts/takeaway.ts"
import { of, say, tongue } from "../parts/words.ts"
import type * as Workbooks from "../../../plugins/handbook/checklists/engine/workbook/main.ts"

declare const handbookWorkbook: typeof Workbooks
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

const shownLanguages = (): Shown => (document.documentElement.dataset["hbChoice"] as Shown | undefined) ?? "both"

interface Given {
  known: Catalogue
  profile: Profile
  count: number
  onChange: (next: Profile) => void
  preset: () => Profile
}

export function Actions({ known, profile, count, onChange, preset }: Given) {
  const [failure, setFailure] = useState("")
  const blank = (): Assessment => createAssessment(known, { profile }, { id: newId(), now: now(), language: tongue })
  const take = async (form: "xlsx" | "csv" | "json"): Promise<void> => {
    const made = blank()
    try {
      if (form === "csv") takeAway(fileName(made.title, "csv"), toCsv(made, shownLanguages()), "text/csv")
      else if (form === "json") takeAway(fileName(made.title, "json"), toFile(made), "application/json")
      else {
        await script("app/workbook.js")
        const bytes = await handbookWorkbook.toWorkbook(made, shownLanguages(), { now: now(), labels: known })
        takeAway(fileName(made.title, "xlsx"), bytes as BlobPart, XLSX)
      }
      setFailure("")
    } catch (error) {
      setFailure(`${say("failed")} ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const begin = (id: string): void => {
    const list = known.lists.find((one) => one.id === id)
    if (list) onChange({ ...emptyProfile(), ...list.profile })
  }
  return (
    <div class="hb-build-actions hb-noprint">
      <label>{say("start")}{" "}
        <select data-hb="start" onChange={(event) => begin(event.currentTarget.value)}>
          <option value="">…</option>
          {known.lists.filter(({ id }) => id.startsWith("audit/")).map((list) => <option key={list.id} value={list.id}>{of(list.title)}</option>)}
        </select>
      </label>{" "}
      <button type="button" class="hb-button" data-hb="reset" onClick={() => onChange(preset())}>{say("reset")}</button>{" "}
      <a class="hb-button hb-button--main" data-hb="fill" aria-disabled={count === 0} href={`${pageAddress("assessments/index.html")}?${profileTo(profile)}`}>{say("fill")}</a>{" "}
      {(["xlsx", "csv", "json"] as const).map((form) => <button key={form} type="button" class="hb-button" data-hb={form} disabled={count === 0} onClick={() => void take(form)}>{say(form)}</button>)}{" "}
      <button type="button" class="hb-button" data-hb="print" disabled={count === 0} onClick={() => window.print()}>{say("print")}</button>
      {failure && <p role="alert" class="hb-note">{failure}</p>}
      <p class="hb-small">{say("preset")}</p>
    </div>
  )
}
