// Findings: what conforms in part or not at all, for each item and sample.
import { answerOf } from "./answers.ts"
import type { Assessment, Item, Mark, Sample, Severity } from "./types.ts"

export interface Finding {
  item: Item
  sample: Sample | null
  mark: Mark
}

const isFinding = (mark: Mark | undefined): mark is Mark => mark?.result === "partly" || mark?.result === "does-not-conform"

/** All findings in the order of the items; of an item as a whole before those of its samples. */
export function findingsOf(assessment: Assessment): Finding[] {
  const found: Finding[] = []
  for (const item of assessment.items) {
    const answer = answerOf(assessment, item.id)
    if (isFinding(answer)) found.push({ item, sample: null, mark: answer })
    for (const sample of assessment.samples) {
      const mark = answer.samples[sample.id]
      if (isFinding(mark)) found.push({ item, sample, mark })
    }
  }
  return found
}

/** How many findings of each severity; `unrated` have none yet. */
export function countsOf(findings: readonly Finding[]): Record<Severity | "unrated", number> {
  const counts = { critical: 0, major: 0, minor: 0, unrated: 0 }
  for (const { mark } of findings) counts[mark.severity ?? "unrated"] += 1
  return counts
}
