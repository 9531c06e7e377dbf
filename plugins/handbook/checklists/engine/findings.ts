// The findings of an assessment, one for each mark that is partly or not conforming.
import { countedMarks, isFinding } from "./answers.ts"
import type { Assessment, Item, Mark, Sample, Severity } from "./types.ts"

export interface Finding {
  item: Item
  sample: Sample | null
  mark: Mark
}

export function findingsOf(a: Assessment): Finding[] {
  return a.items.flatMap((item) =>
    countedMarks(a, item.id).flatMap(({ sample, mark }) => (isFinding(mark) ? [{ item, sample, mark }] : [])),
  )
}

export function countsOf(findings: readonly Finding[]): Record<Severity | "unrated", number> {
  const counts = { critical: 0, major: 0, minor: 0, unrated: 0 }
  for (const { mark } of findings) counts[mark.severity ?? "unrated"] += 1
  return counts
}
