// What taking in a file would do to an assessment that is here already, told before it is done.
import { answerOf, FIELDS, isAnswered, itemsById, overall } from "./answers.ts"
import { message, type Message, RESULT_WORDS, WORDS } from "./messages.ts"
import { sameValue } from "./order.ts"
import type { Answer, Archived, Assessment, Head, Item, Text } from "./types.ts"

export interface ImportPlan {
  /** `newer` and `older` say which of the two holds only later answers; `differs`, that each holds some. */
  kind: "new" | "same" | "newer" | "older" | "differs"
  changes: Message[]
  /** Items whose later answer is in the file. */
  take: string[]
  /** Items whose later answer is here: taking the file in place of the assessment would put the earlier one there. */
  keep: string[]
}

const sameMark = (one: Answer, other: Answer): boolean =>
  FIELDS.every((field) => one[field] === other[field]) && sameValue(one.samples, other.samples) && sameValue(one.review, other.review)

const sorted = <T>(record: Record<string, T>): [string, T][] => Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1))

const HEADS: Record<keyof Head, Text> = {
  site: { zh: "场地", en: "Site" },
  product: { zh: "产品", en: "Product" },
  scope: { zh: "审核范围", en: "Scope" },
  auditor: { zh: "审核员", en: "Auditor" },
  auditee: { zh: "受审核方", en: "Auditee" },
  begins: { zh: "开始日期", en: "Begins" },
  ends: { zh: "结束日期", en: "Ends" },
}

const answeredIds = (a: Assessment): string[] => Object.keys(a.answers).filter((id) => isAnswered(answerOf(a, id)))

export function importPlan(incoming: Assessment, existing: Assessment | null): ImportPlan {
  if (!existing) {
    const counts = [incoming.items.length, answeredIds(incoming).length, incoming.archive.length]
    return { kind: "new", changes: [message("import-new", counts)], take: answeredIds(incoming), keep: [] }
  }
  const { changes, take, keep } = answersThatDiffer(incoming, existing)
  const beside = besideAnswers(incoming, existing)
  const all = [...beside, ...changes]
  if (all.length === 0) return { kind: "same", changes: [], take, keep }
  // Where nothing but the rest differs, the time of the last change tells.
  const later = beside.length > 0 ? [incoming.changed > existing.changed, incoming.changed < existing.changed] : [false, false]
  const [ahead, behind] = [take.length > 0 || later[0]!, keep.length > 0 || later[1]!]
  return { kind: ahead === behind ? "differs" : ahead ? "newer" : "older", changes: all, take, keep }
}

function answersThatDiffer(incoming: Assessment, existing: Assessment): Pick<ImportPlan, "changes" | "take" | "keep"> {
  const plan: Pick<ImportPlan, "changes" | "take" | "keep"> = { changes: [], take: [], keep: [] }
  const order = [...incoming.items, ...existing.items].map(({ id }) => id)
  for (const id of new Set([...order, ...Object.keys(incoming.answers), ...Object.keys(existing.answers)])) {
    const [theirs, ours] = [answerOf(incoming, id), answerOf(existing, id)]
    if (sameMark(theirs, ours)) continue
    const row = (itemsById(existing).get(id) ?? itemsById(incoming).get(id))?.code ?? id
    const words = [RESULT_WORDS[overall(incoming, id)], RESULT_WORDS[overall(existing, id)]]
    const newer = isNewer(theirs, ours)
    ;(newer ? plan.take : plan.keep).push(id)
    if (!isAnswered(ours)) plan.changes.push(message("import-answer-added", [words[0]!], row))
    else if (!isAnswered(theirs)) plan.changes.push(message("import-answer-lost", [words[1]!], row))
    else plan.changes.push(message(newer ? "import-answer-newer" : "import-answer-older", words, row))
  }
  return plan
}

/** An answer that was never changed is older than any; of two of the same time, the one that says something is newer. */
function isNewer(one: Answer, other: Answer): boolean {
  const [mine, its] = [one.changed ?? "", other.changed ?? ""]
  return mine === its ? isAnswered(one) && !isAnswered(other) : mine > its
}

function besideAnswers(incoming: Assessment, existing: Assessment): Message[] {
  const changes: Message[] = []
  const { edition: theirs } = incoming
  const { edition: ours } = existing
  if (theirs.fingerprint !== ours.fingerprint) changes.push(message("import-edition", [theirs.version, theirs.date, ours.version, ours.date]))
  if (incoming.title !== existing.title) changes.push(message("import-title", [incoming.title, existing.title]))
  if (incoming.archived !== existing.archived) changes.push(message("import-archived"))
  if (!sameValue(incoming.checklist, existing.checklist)) {
    changes.push(message("import-checklist"))
  }
  for (const [name, label] of Object.entries(HEADS) as [keyof Head, Text][]) {
    if (incoming.head[name] !== existing.head[name]) changes.push(message("import-head", [label, incoming.head[name], existing.head[name]]))
  }
  if (!sameValue(incoming.samples, existing.samples)) {
    changes.push(message("import-samples", [incoming.samples.length, existing.samples.length]))
  }
  return [...changes, ...itemsThatDiffer(incoming, existing), ...archivesThatDiffer(incoming, existing)]
}

function itemsThatDiffer(incoming: Assessment, existing: Assessment): Message[] {
  const more = (own: Item[], other: Assessment): Item[] => own.filter(({ id }) => !itemsById(other).has(id))
  const added = more(incoming.items, existing).map(({ code }) => message("import-item-added", [], code))
  const absent = more(existing.items, incoming).map(({ code }) => message("import-item-absent", [], code))
  const wording = (a: Assessment): string[] => a.items.map((item) => `${item.id} ${item.fingerprint}`)
  if (added.length + absent.length > 0) return [...added, ...absent]
  return sameValue(wording(incoming), wording(existing)) ? [] : [message("import-items")]
}

const archiveKey = ({ item, answer }: Archived): string => JSON.stringify([item.id, item.fingerprint, FIELDS.map((field) => answer[field]), sorted(answer.samples)])

function archivesThatDiffer(incoming: Assessment, existing: Assessment): Message[] {
  const keys = (a: Assessment): string[] => a.archive.map(archiveKey).sort()
  return sameValue(keys(incoming), keys(existing)) ? [] : [message("import-archive", [incoming.archive.length, existing.archive.length])]
}

/**
 * Both as one: of two answers to an item the later one, and the earlier in the archive; items, samples and archived
 * items of both. Title, head, edition and wording are those of the assessment that was changed last.
 */
export function merged(incoming: Assessment, existing: Assessment, now: string): Assessment {
  const [first, second] = incoming.changed > existing.changed ? [incoming, existing] : [existing, incoming]
  const items = [...first.items, ...second.items.filter(({ id }) => !itemsById(first).has(id))]
  const known = new Map(items.map((item) => [item.id, item]))
  const answers: Record<string, Answer> = {}
  const archive = [...first.archive]
  const kept = new Set(archive.map(archiveKey))
  const keep = (entry: Archived): void => {
    if (kept.has(archiveKey(entry))) return
    kept.add(archiveKey(entry))
    archive.push(entry)
  }
  second.archive.forEach(keep)
  for (const id of new Set([...Object.keys(first.answers), ...Object.keys(second.answers)])) {
    const [one, other] = [answerOf(first, id), answerOf(second, id)]
    const [later, earlier] = isNewer(other, one) ? [other, one] : [one, other]
    answers[id] = later
    const item = (earlier === one ? itemsById(first) : itemsById(second)).get(id) ?? known.get(id)
    const edition = (earlier === one ? first : second).edition
    if (item && isAnswered(earlier) && !sameMark(later, earlier)) keep({ item, answer: earlier, why: WORDS.otherAnswer, edition })
  }
  const own = new Set(first.samples.map(({ id }) => id))
  const samples = [...first.samples, ...second.samples.filter(({ id }) => !own.has(id))]
  return { ...first, id: existing.id, items, answers, archive, samples, changed: now }
}
