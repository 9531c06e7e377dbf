// How far an assessment has come, and how its items are grouped.
import { answerOf, countedMarks, isFinding, isOpen, overall } from "./answers.ts"
import { type Assessment, type Item, type Result, RESULTS, type Text } from "./types.ts"

export interface Progress {
  total: number
  /** Items of which nothing is left unchecked, samples included. */
  answered: number
  /** Items that are findings, as a whole or for a sample. */
  findings: number
  /** Items whose answer wants another look after an update. */
  toReview: number
  byResult: Record<Result, number>
}

export function progressOf(a: Assessment, itemIds: readonly string[] = a.items.map(({ id }) => id)): Progress {
  const byResult = Object.fromEntries(RESULTS.map((result) => [result, 0])) as Record<Result, number>
  const progress: Progress = { total: itemIds.length, answered: 0, findings: 0, toReview: 0, byResult }
  for (const id of itemIds) {
    byResult[overall(a, id)] += 1
    if (!isOpen(a, id)) progress.answered += 1
    if (countedMarks(a, id).some(({ mark }) => isFinding(mark))) progress.findings += 1
    if (answerOf(a, id).review !== null) progress.toReview += 1
  }
  return progress
}

export interface ItemGroup {
  id: string
  label: Text
  items: Item[]
}

/** The items by topic or document; groups and items in the order of the assessment. */
export function groupsOf(a: Assessment, by: "topic" | "document"): ItemGroup[] {
  const groups = new Map<string, ItemGroup>()
  for (const item of a.items) {
    const { id, label } = by === "topic" ? item.topic : { id: item.document.id, label: item.document.short }
    const group = groups.get(id)
    if (group) group.items.push(item)
    else groups.set(id, { id, label, items: [item] })
  }
  return [...groups.values()]
}

/** The next item in `order` after `after` of which something is unchecked, from the start again after the end. */
export function nextUnanswered(a: Assessment, order: readonly string[], after: string | null): string | null {
  const from = after === null ? 0 : order.indexOf(after) + 1
  const turned = [...order.slice(from), ...order.slice(0, from)]
  return turned.find((id) => isOpen(a, id)) ?? null
}
