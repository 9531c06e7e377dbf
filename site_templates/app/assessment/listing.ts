// Which rows are shown, and in which groups.
import { type Answer, type Assessment, findingsOf, groupsOf, isOpen, type Item } from "../parts/engine.ts"

export const FILTERS = ["all", "unanswered", "findings", "changed", "archived"] as const
export type Filter = (typeof FILTERS)[number]
export type By = "topic" | "document"

export interface Group {
  id: string
  label: Item["heading"]
  items: Item[]
}

const NOTHING: Answer = {
  result: "not-checked", severity: null, evidence: "", remark: "", reason: "", capa: "", changed: null, samples: {}, review: null,
}

/** The answer to an item; the same object each time for one that has none, so that its row is not drawn again. */
export const answerTo = (a: Assessment, item: string): Answer => a.answers[item] ?? NOTHING

export const allGroups = (a: Assessment, by: By): Group[] => groupsOf(a, by)

/** The groups with the items that the filter and the words let through; groups left empty are left out. */
export function shownGroups(a: Assessment, by: By, filter: Filter, words: string): Group[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  const findings = filter === "findings" ? new Set(findingsOf(a).map(({ item }) => item.id)) : null
  const takes = (item: Item): boolean => {
    if (filter === "unanswered" && !isOpen(a, item.id)) return false
    if (filter === "changed" && !a.answers[item.id]?.review) return false
    if (findings && !findings.has(item.id)) return false
    return wanted.length === 0 || fits(a, item, wanted)
  }
  if (filter === "archived") return []
  return allGroups(a, by)
    .map((group) => ({ ...group, items: group.items.filter(takes) }))
    .filter((group) => group.items.length > 0)
}

function fits(a: Assessment, item: Item, wanted: string[]): boolean {
  const answer = a.answers[item.id]
  const text = [
    item.code, item.id, item.number ?? "", item.zh, item.en, item.document.short.zh, item.document.short.en, item.heading.zh, item.heading.en,
    answer?.evidence ?? "", answer?.remark ?? "", answer?.capa ?? "",
  ].join("\n").toLowerCase()
  return wanted.every((word) => text.includes(word))
}
