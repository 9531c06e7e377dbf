// How far an assessment is.
import { answerOf, overall } from "./answers.ts"
import { type Assessment, type Item, RESULTS, type Result, type Text } from "./types.ts"

export interface Progress {
  total: number
  answered: number // all but not checked
  findings: number // partly, or does not conform
  toReview: number // answered on another wording
  byResult: Record<Result, number>
}

/** Counts over all items, or over those named. */
export function progressOf(assessment: Assessment, items?: readonly string[]): Progress {
  const byResult = Object.fromEntries(RESULTS.map((result) => [result, 0])) as Record<Result, number>
  let toReview = 0
  let total = 0
  const count = (item: string): void => {
    byResult[overall(assessment, item)] += 1
    if (answerOf(assessment, item).review !== null) toReview += 1
    total += 1
  }
  if (items) for (const item of items) count(item)
  else for (const item of assessment.items) count(item.id)
  const findings = byResult.partly + byResult["does-not-conform"]
  return { total, answered: total - byResult["not-checked"], findings, toReview, byResult }
}

export interface Group {
  id: string
  label: Text
  items: Item[]
}

/** The items by topic or by document, in the order in which each first appears. */
export function groupsOf(assessment: Assessment, by: "topic" | "document"): Group[] {
  const groups = new Map<string, Group>()
  for (const item of assessment.items) {
    const { id, label } = by === "topic" ? item.topic : { id: item.document.id, label: item.document.short }
    const group = groups.get(id)
    if (group) group.items.push(item)
    else groups.set(id, { id, label, items: [item] })
  }
  return [...groups.values()]
}

/** The next item of `order` that is not checked, after `after` and then from the beginning; null when none is left. */
export function nextUnanswered(assessment: Assessment, order: readonly string[], after: string | null): string | null {
  const start = after === null ? 0 : order.indexOf(after) + 1
  const turned = [...order.slice(start), ...order.slice(0, start)]
  return turned.find((item) => overall(assessment, item) === "not-checked") ?? null
}
