// The answers of an assessment: reading and changing them. Values are never changed in place; what a change does not
// concern is shared with the value before, so that a page of a thousand rows draws only the row that changed.
import { message, type Message, RESULT_WORDS, SEVERITY_WORDS } from "./messages.ts"
import { type Answer, type Assessment, type Head, type Item, type Mark, type Result, RESULTS, type Sample, SEVERITIES, type Text } from "./types.ts"

export interface Change {
  assessment: Assessment
  refused: Message | null
}

export const MOST_TEXT = 10_000_000 // characters of one field; the published schema has the same bound

const BLANK: Mark = { result: "not-checked", severity: null, evidence: "", remark: "", reason: "", capa: "" }
const NOTHING: Answer = { ...BLANK, changed: null, samples: {}, review: null }
const TEXTS = ["evidence", "remark", "reason", "capa"] as const satisfies (keyof Mark)[]
const FIELDS = ["result", "severity", ...TEXTS] as const satisfies (keyof Mark)[]
export { BLANK, FIELDS, NOTHING, TEXTS }

/** From the least to the most that speaks against conformity; "not checked" never counts as conforming. */
const WORSE: readonly Result[] = ["not-applicable", "conforms", "not-checked", "partly", "does-not-conform"]

export function worst(results: readonly Result[]): Result {
  return results.reduce((one, other) => (WORSE.indexOf(other) > WORSE.indexOf(one) ? other : one), results[0] ?? "not-checked")
}

const places = new WeakMap<Item[], Map<string, Item>>()

/** The items by id, made once for each list of items. */
export function itemsById(a: Assessment): Map<string, Item> {
  const known = places.get(a.items)
  if (known) return known
  const made = new Map(a.items.map((item) => [item.id, item]))
  places.set(a.items, made)
  return made
}

/** The answer to an item; one that was never answered gives the same blank answer each time. */
export function answerOf(a: Assessment, itemId: string): Answer {
  return Object.hasOwn(a.answers, itemId) ? (a.answers[itemId] ?? NOTHING) : NOTHING
}

export function sampleMark(answer: Answer, sampleId: string): Mark {
  return Object.hasOwn(answer.samples, sampleId) ? (answer.samples[sampleId] ?? BLANK) : BLANK
}

/** Whether anything is said: a result, or a word in any field. */
export function isMarked(mark: Mark): boolean {
  return mark.result !== "not-checked" || mark.severity !== null || TEXTS.some((field) => mark[field] !== "")
}

/** Whether anything is said of the item as a whole or of any sample, listed or not. */
export function isAnswered(answer: Answer): boolean {
  return isMarked(answer) || Object.values(answer.samples).some(isMarked)
}

/**
 * What counts for an item: its own mark where there are no samples; else that of each sample, and its own too when a
 * result was given for the item as a whole (before the samples were added), so that no finding is hidden.
 */
export function countedMarks(a: Assessment, itemId: string): { sample: Sample | null; mark: Mark }[] {
  const answer = answerOf(a, itemId)
  const whole = { sample: null, mark: answer as Mark }
  if (a.samples.length === 0) return [whole]
  const each = a.samples.map((sample) => ({ sample, mark: sampleMark(answer, sample.id) }))
  return answer.result === "not-checked" ? each : [whole, ...each]
}

export function overall(a: Assessment, itemId: string): Result {
  return worst(countedMarks(a, itemId).map(({ mark }) => mark.result))
}

/** Whether something of the item has not been checked yet: the item, or one of the samples. */
export function isOpen(a: Assessment, itemId: string): boolean {
  return countedMarks(a, itemId).some(({ mark }) => mark.result === "not-checked")
}

export function isFinding(mark: Mark): boolean {
  return mark.result === "partly" || mark.result === "does-not-conform"
}

/** What is doubtful about a mark: said, not forbidden. */
export function warningsOf(mark: Mark): Message[] {
  const warnings: Message[] = []
  if (mark.result === "conforms" && mark.evidence.trim() === "") warnings.push(message("evidence-missing"))
  if (isFinding(mark) && mark.severity === null) warnings.push(message("severity-missing"))
  if (!isFinding(mark) && mark.severity !== null) warnings.push(message("severity-idle"))
  return warnings
}

function refusal(a: Assessment, itemId: string, sampleId: string | null, patch: Partial<Mark>, after: Mark): Message | null {
  if (!itemsById(a).has(itemId)) return message("item-unknown", [itemId], itemId)
  if (sampleId !== null && !a.samples.some(({ id }) => id === sampleId)) return message("sample-unknown", [sampleId])
  if (!RESULTS.includes(after.result)) return message("result-unknown", [String(after.result)])
  if (after.severity !== null && !SEVERITIES.includes(after.severity)) return message("severity-unknown", [String(after.severity)])
  if (TEXTS.some((field) => (patch[field] ?? "").length > MOST_TEXT)) return message("text-too-long", [MOST_TEXT])
  const concerned = patch.result !== undefined || patch.reason !== undefined
  return concerned && after.result === "not-applicable" && after.reason.trim() === "" ? message("reason-needed") : null
}

export interface Marked extends Change {
  warnings: Message[]
}

/** A change of one mark, of an item as a whole or of a sample. A refused change leaves everything as it is. */
export function setMark(a: Assessment, itemId: string, sampleId: string | null, patch: Partial<Mark>, now: string): Marked {
  const answer = answerOf(a, itemId)
  const before = sampleId === null ? answer : sampleMark(answer, sampleId)
  const asked = Object.fromEntries(FIELDS.flatMap((field) => (patch[field] === undefined ? [] : [[field, patch[field]]])))
  const after: Mark = { ...before, ...asked }
  const refused = refusal(a, itemId, sampleId, patch, after)
  if (refused) return { assessment: a, refused, warnings: warningsOf(before) }
  const warnings = warningsOf(after)
  if (FIELDS.every((field) => before[field] === after[field])) return { assessment: a, refused: null, warnings }
  const changed: Answer =
    sampleId === null ? { ...answer, ...asked, changed: now } : { ...answer, samples: { ...answer.samples, [sampleId]: after }, changed: now }
  return { assessment: withAnswer(a, itemId, changed, now), refused: null, warnings }
}

function withAnswer(a: Assessment, itemId: string, answer: Answer, now: string): Assessment {
  return { ...a, answers: { ...a.answers, [itemId]: answer }, changed: now }
}

/** The answer holds for the wording as it is now: nothing to look at again. */
export function confirmReview(a: Assessment, itemId: string, now: string): Assessment {
  const answer = answerOf(a, itemId)
  return answer.review === null ? a : withAnswer(a, itemId, { ...answer, review: null, changed: now }, now)
}

// ----------------------------------------------------------------------------------------- head and samples

export function setHead(a: Assessment, patch: Partial<Head>, now: string): Assessment {
  const asked = Object.entries(patch).filter(([name, value]) => value !== undefined && Object.hasOwn(a.head, name))
  if (asked.every(([name, value]) => a.head[name as keyof Head] === value)) return a
  return { ...a, head: { ...a.head, ...Object.fromEntries(asked) }, changed: now }
}

export function setTitle(a: Assessment, title: string, now: string): Assessment {
  return title === a.title ? a : { ...a, title, changed: now }
}

export function setArchived(a: Assessment, archived: boolean, now: string): Assessment {
  return archived === a.archived ? a : { ...a, archived, changed: now }
}

const folded = (label: string): string => label.normalize("NFKC").trim().toLowerCase()

/** Samples have names, and names that differ, since a workbook comes back with names. */
function nameRefused(a: Assessment, label: string, but: string | null): boolean {
  return folded(label) === "" || a.samples.some((sample) => sample.id !== but && folded(sample.label) === folded(label))
}

export function addSample(a: Assessment, sample: Sample, now: string): Change {
  if (isUnsafeKey(sample.id) || a.samples.some(({ id }) => id === sample.id)) return { assessment: a, refused: message("sample-id", [sample.id]) }
  if (nameRefused(a, sample.label, null)) return { assessment: a, refused: message("sample-label") }
  return { assessment: { ...a, samples: [...a.samples, { id: sample.id, label: sample.label.trim() }], changed: now }, refused: null }
}

export function renameSample(a: Assessment, id: string, label: string, now: string): Change {
  const sample = a.samples.find((one) => one.id === id)
  if (!sample) return { assessment: a, refused: message("sample-unknown", [id]) }
  const named = label.trim()
  if (sample.label === named) return { assessment: a, refused: null }
  if (nameRefused(a, label, id)) return { assessment: a, refused: message("sample-label") }
  return { assessment: { ...a, samples: a.samples.map((one) => (one.id === id ? { id, label: named } : one)), changed: now }, refused: null }
}

/**
 * Takes a sample out; refused while something was answered for it, unless `sure`. What was answered goes into the
 * remark of the item as a whole, so that nothing said is lost; the value before is what undoes it.
 */
export function removeSample(a: Assessment, id: string, now: string, sure = false): Change {
  const sample = a.samples.find((one) => one.id === id)
  if (!sample) return { assessment: a, refused: message("sample-unknown", [id]) }
  const concerned = Object.entries(a.answers).filter(([, answer]) => Object.hasOwn(answer.samples, id))
  const answered = concerned.filter(([, answer]) => isMarked(sampleMark(answer, id))).length
  if (answered > 0 && !sure) return { assessment: a, refused: message("sample-answered", [sample.label, answered]) }
  const without = concerned.map(([itemId, answer]): [string, Answer] => {
    const { [id]: gone, ...samples } = answer.samples
    const told = gone && isMarked(gone) ? `[${sample.label || id}] ${spoken(gone)}` : ""
    return [itemId, { ...answer, samples, remark: [answer.remark, told].filter(Boolean).join("\n"), changed: now }]
  })
  const samples = a.samples.filter((one) => one.id !== id)
  return { assessment: { ...a, samples, answers: { ...a.answers, ...Object.fromEntries(without) }, changed: now }, refused: null }
}

/** All that a mark says, in one line; results and severities in both languages. */
export function spoken(mark: Mark): string {
  const result = mark.result === "not-checked" ? "" : both(RESULT_WORDS[mark.result])
  const severity = mark.severity === null ? "" : both(SEVERITY_WORDS[mark.severity])
  return [result, severity, ...TEXTS.map((field) => mark[field])].filter(Boolean).join(" · ")
}

const both = ({ zh, en }: Text): string => `${zh} ${en}`

/** Names that every object of the language has: as keys they would be found where nothing was written. */
export function isUnsafeKey(key: string): boolean {
  return key === "" || key in Object.prototype
}
