// The rows of the sheet "Items": one an item, or one for each of its samples.
import type { Answer, Assessment, Item, Mark, Sample } from "../types.ts"
import { digest } from "./cells.ts"
import { FIELDS, type Field } from "./columns.ts"

export const BLANK: Mark = { result: "not-checked", severity: null, evidence: "", remark: "", reason: "", capa: "" }

export interface Line {
  item: Item
  sample: Sample | null
  mark: Mark
}

/** What was answered for an item, as a whole or for a sample. */
export function markOf(a: Assessment, item: string, sample: string | null): Mark {
  const answer: Answer | undefined = a.answers[item]
  if (answer === undefined) return BLANK
  return sample === null ? answer : (answer.samples[sample] ?? BLANK)
}

/** What a field of a mark says, as text: ids for result and severity, nothing for not checked. */
export function said(mark: Mark, field: Field): string {
  if (field === "result") return mark.result === "not-checked" ? "" : mark.result
  return mark[field] ?? ""
}

export function isAnswered(mark: Mark): boolean {
  return FIELDS.some((field) => said(mark, field) !== "")
}

export function isFinding(mark: Mark): boolean {
  return mark.result === "partly" || mark.result === "does-not-conform"
}

/** The rows in the order of the items. With samples, an item's answer as a whole has a row only when there is one. */
export function linesOf(a: Assessment): Line[] {
  return a.items.flatMap((item): Line[] => {
    const whole: Line = { item, sample: null, mark: markOf(a, item.id, null) }
    const each = a.samples.map((sample): Line => ({ item, sample, mark: markOf(a, item.id, sample.id) }))
    return each.length === 0 || isAnswered(whole.mark) ? [whole, ...each] : each
  })
}

/** The digests of a row's answers when it was exported, to tell on the way back what was changed in the workbook. */
export function baseOf(mark: Mark): string {
  return FIELDS.map((field) => digest(said(mark, field))).join(".")
}
