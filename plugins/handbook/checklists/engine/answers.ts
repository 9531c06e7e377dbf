// Answering: every change makes a new assessment that shares what did not change with the old one, so that a step can
// be taken back and a row that did not change need not be drawn again.
import { type Message, message } from "./messages.ts"
import { type Answer, type Assessment, type Head, type Mark, RESULTS, type Result, type Sample, SEVERITIES } from "./types.ts"

export const BLANK: Mark = { result: "not-checked", severity: null, evidence: "", remark: "", reason: "", capa: "" }
const UNANSWERED: Answer = { ...BLANK, changed: null, samples: {}, review: null }
/** From worst to best: what an item is worth as a whole is its worst sample. Not checked is never as good as conforming. */
export const WORST_FIRST: readonly Result[] = ["does-not-conform", "partly", "not-checked", "conforms", "not-applicable"]

/** A change that may be refused; a refused one leaves the assessment as it was. */
export interface Change {
  assessment: Assessment
  refused: Message | null
}

/** The answer to an item; an item without one is not checked. */
export function answerOf(assessment: Assessment, item: string): Answer {
  return Object.hasOwn(assessment.answers, item) ? (assessment.answers[item] ?? UNANSWERED) : UNANSWERED
}

/** Whether anything was said in a mark. */
export const isMarked = (mark: Mark): boolean =>
  mark.result !== "not-checked" || mark.severity !== null || [mark.evidence, mark.remark, mark.reason, mark.capa].some((text) => text !== "")

/** Whether anything was said of an item, as a whole or for a sample. */
export const isAnswered = (answer: Answer): boolean => isMarked(answer) || Object.values(answer.samples).some(isMarked)

export const worstOf = (results: readonly Result[]): Result =>
  WORST_FIRST.find((result) => results.includes(result)) ?? "not-checked"

/** The result of an item; with samples the worst of theirs and of what was said of the whole. */
export function overall(assessment: Assessment, item: string): Result {
  const answer = answerOf(assessment, item)
  if (assessment.samples.length === 0) return answer.result
  const results = assessment.samples.map((sample) => answer.samples[sample.id]?.result ?? "not-checked")
  return worstOf(answer.result === "not-checked" ? results : [...results, answer.result])
}

const isFinding = (result: Result): boolean => result === "partly" || result === "does-not-conform"

/** What is doubtful in a mark, though it is taken. */
export function warningsOf(mark: Mark): Message[] {
  const doubts: Message[] = []
  if (mark.result === "conforms" && mark.evidence.trim() === "") doubts.push(message("no-evidence"))
  if (isFinding(mark.result) && mark.severity === null) doubts.push(message("no-severity"))
  if (!isFinding(mark.result) && mark.severity !== null) doubts.push(message("severity-without-finding"))
  return doubts
}

/** Takes what `patch` says of an item (or of one sample of it). Refused: not applicable without a reason, and ids or
 *  values that do not exist. */
export function setMark(
  assessment: Assessment, item: string, sample: string | null, patch: Partial<Mark>, now: string,
): Change & { warnings: Message[] } {
  const refuse = (refused: Message): Change & { warnings: Message[] } => ({ assessment, refused, warnings: [] })
  const asked = assessment.items.find((one) => one.id === item)
  if (!asked) return refuse(message("item-unknown", [item]))
  if (sample !== null && !assessment.samples.some((one) => one.id === sample)) return refuse(message("sample-unknown", [sample], asked.code))
  if (patch.result !== undefined && !RESULTS.includes(patch.result)) return refuse(message("result-unknown", [patch.result], asked.code))
  if (patch.severity && !SEVERITIES.includes(patch.severity)) return refuse(message("severity-unknown", [patch.severity], asked.code))
  const answer = answerOf(assessment, item)
  const mark: Mark = { ...(sample === null ? markOf(answer) : (answer.samples[sample] ?? BLANK)), ...patch }
  if (mark.result === "not-applicable" && mark.reason.trim() === "") return refuse(message("reason-needed", [], asked.code))
  const next: Answer = sample === null ? { ...answer, ...mark, changed: now } : { ...answer, samples: { ...answer.samples, [sample]: mark }, changed: now }
  return { assessment: withAnswer(assessment, item, next, now), refused: null, warnings: warningsOf(mark) }
}

/** The mark of an answer alone. */
export const markOf = ({ result, severity, evidence, remark, reason, capa }: Mark): Mark => ({ result, severity, evidence, remark, reason, capa })

function withAnswer(assessment: Assessment, item: string, answer: Answer, now: string): Assessment {
  return { ...assessment, answers: { ...assessment.answers, [item]: answer }, changed: now }
}

/** The answer stands for the wording as it is now. */
export function confirmReview(assessment: Assessment, item: string, now: string): Assessment {
  const answer = answerOf(assessment, item)
  return answer.review === null ? assessment : withAnswer(assessment, item, { ...answer, review: null, changed: now }, now)
}

// ------------------------------------------------------------------------------------------------------- samples

const free = (assessment: Assessment, label: string, own: string): boolean =>
  label.trim() !== "" && !assessment.samples.some((sample) => sample.id !== own && sample.label.trim() === label.trim())

export function addSample(assessment: Assessment, sample: Sample, now: string): Change {
  if (assessment.samples.some((one) => one.id === sample.id) || !free(assessment, sample.label, sample.id)) {
    return { assessment, refused: message("sample-label") }
  }
  const label = sample.label.trim()
  return { assessment: { ...assessment, samples: [...assessment.samples, { id: sample.id, label }], changed: now }, refused: null }
}

export function renameSample(assessment: Assessment, id: string, label: string, now: string): Change {
  if (!free(assessment, label, id)) return { assessment, refused: message("sample-label") }
  const samples = assessment.samples.map((sample) => (sample.id === id ? { id, label: label.trim() } : sample))
  return { assessment: { ...assessment, samples, changed: now }, refused: null }
}

/** Takes a sample out. What was answered for it goes into the remark of the whole item, so nothing said is lost; with
 *  answers there it is refused until `sure`. */
export function removeSample(assessment: Assessment, id: string, now: string, sure = false): Change {
  const sample = assessment.samples.find((one) => one.id === id)
  if (!sample) return { assessment, refused: message("sample-unknown", [id]) }
  const told = Object.entries(assessment.answers).filter(([, answer]) => Object.hasOwn(answer.samples, id))
  const count = told.filter(([, answer]) => isMarked(answer.samples[id] ?? BLANK)).length
  if (count > 0 && !sure) return { assessment, refused: message("sample-answered", [sample.label, count]) }
  const answers = { ...assessment.answers }
  for (const [item, answer] of told) {
    const { [id]: gone, ...samples } = answer.samples
    const remark = gone && isMarked(gone) ? [answer.remark, `[${sample.label}] ${spoken(gone)}`].filter(Boolean).join("\n") : answer.remark
    answers[item] = { ...answer, samples, remark, changed: now }
  }
  return { assessment: { ...assessment, answers, samples: assessment.samples.filter((one) => one.id !== id), changed: now }, refused: null }
}

/** All that a mark says, in one line. */
export const spoken = (mark: Mark): string =>
  [mark.result, mark.severity ?? "", mark.evidence, mark.remark, mark.reason, mark.capa].filter((part) => part !== "").join(" · ")

// ---------------------------------------------------------------------------------------------------------- head

export const setHead = (assessment: Assessment, patch: Partial<Head>, now: string): Assessment => ({
  ...assessment, head: { ...assessment.head, ...patch }, changed: now,
})

export const setTitle = (assessment: Assessment, title: string, now: string): Assessment => ({ ...assessment, title, changed: now })

export const setArchived = (assessment: Assessment, archived: boolean, now: string): Assessment => ({ ...assessment, archived, changed: now })
