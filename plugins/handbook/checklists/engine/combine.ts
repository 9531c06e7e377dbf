// Several answers as one, when the clauses that they were given to were put together.
import { BLANK, sampleMark, TEXTS, worst } from "./answers.ts"
import { type Answer, type Mark, SEVERITIES, type Severity } from "./types.ts"

export interface Part {
  code: string
  answer: Answer
}

function worstSeverity(marks: readonly Mark[]): Severity | null {
  return SEVERITIES.find((severity) => marks.some((mark) => mark.severity === severity)) ?? null
}

function combined(parts: readonly { code: string; mark: Mark }[]): Mark {
  const marks = parts.map(({ mark }) => mark)
  const texts = TEXTS.map((field) => {
    const said = parts.filter(({ mark }) => mark[field] !== "")
    return [field, [...new Set(said.map(({ code, mark }) => `${code}: ${mark[field]}`))].join("\n")]
  })
  return { ...BLANK, result: worst(marks.map(({ result }) => result)), severity: worstSeverity(marks), ...Object.fromEntries(texts) }
}

/**
 * The worst result and severity, and all texts with the code that each was written under. What one part leaves
 * unchecked is unchecked in the whole, unless another part is a finding.
 */
export function combine(parts: readonly Part[]): Answer {
  const whole = combined(parts.map(({ code, answer }) => ({ code, mark: answer })))
  const ids = [...new Set(parts.flatMap(({ answer }) => Object.keys(answer.samples)))]
  const samples = ids.map((id) => [id, combined(parts.map(({ code, answer }) => ({ code, mark: sampleMark(answer, id) })))])
  const times = parts.flatMap(({ answer }) => answer.changed ?? []).sort()
  return { ...whole, changed: times.at(-1) ?? null, samples: Object.fromEntries(samples), review: null }
}
