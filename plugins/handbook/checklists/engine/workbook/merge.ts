// A filled workbook into an assessment: what is set, what would be emptied, and what finds no place.
//
// No answer is lost on the way. A cell that stands as it was exported changes nothing, whatever became of the answer in
// the meantime; an emptied cell is only reported until it is confirmed; a row that fits nowhere is reported in full.
import type { Answer, Assessment, Head, Mark } from "../types.ts"
import { digest, wellFormed } from "./cells.ts"
import { FIELDS, type Field } from "./columns.ts"
import { message, type Message } from "./messages.ts"
import type { HeadCell, Read, ReadRow } from "./read.ts"
import { BLANK, markOf, said } from "./rows.ts"
import { folded, resultOf, severityOf, WORDS } from "./words.ts"

/** One cell that differs from the assessment. `row` is null for the head on the cover. */
export interface Change {
  row: number | null
  item: string | null
  code: string
  sample: string | null
  field: Field | keyof Head
  was: string
  now: string
  /** The answer was changed in the assessment too since the workbook was made. */
  both: boolean
}

export interface Unplaced {
  row: number
  why: Message
  cells: Record<string, string>
}

export interface Merged {
  assessment: Assessment
  /** Rows of the sheet that were found in the assessment. */
  placed: number
  set: Change[]
  /** Emptied cells: carried out only when `clear` is given. */
  cleared: Change[]
  unplaced: Unplaced[]
  notes: Message[]
}

interface Place {
  item: string
  code: string
  sample: string | null
}

/** The assessment with the workbook's answers, and the plan of it. Without `clear`, emptied cells stay as they are. */
export function mergeWorkbook(a: Assessment, read: Read, now: string, options: { clear?: boolean } = {}): Merged {
  const merger = new Merger(a, read)
  for (const row of read.rows) merger.take(row)
  merger.takeHead()
  const { placed, set, cleared, unplaced } = merger
  const changes = options.clear ? [...set, ...cleared] : set
  return { assessment: applied(a, changes, now), placed, set, cleared, unplaced, notes: [...markerNotes(a, read), ...read.notes] }
}

function markerNotes(a: Assessment, { marker }: Read): Message[] {
  if (marker === null) return []
  const { fingerprint, version } = marker.edition
  return [
    ...(marker.assessment === a.id ? [] : [message("workbook-other-assessment", [marker.assessment])]),
    ...(fingerprint === a.edition.fingerprint ? [] : [message("workbook-other-edition", [version, a.edition.version])]),
  ]
}

class Merger {
  placed = 0
  readonly set: Change[] = []
  readonly cleared: Change[] = []
  readonly unplaced: Unplaced[] = []
  private readonly codes = new Map<string, string[]>()
  private readonly items: Map<string, string>
  private readonly archived: Set<string>
  private readonly taken = new Map<string, { row: number; answers: string }>()

  constructor(
    private readonly a: Assessment,
    private readonly read: Read,
  ) {
    this.items = new Map(a.items.map((item) => [item.id, item.code]))
    this.archived = new Set(a.archive.flatMap(({ item }) => [item.id, item.code]))
    for (const { id, code } of a.items) this.codes.set(folded(code), [...(this.codes.get(folded(code)) ?? []), id])
  }

  take(row: ReadRow): void {
    const place = this.placeOf(row)
    if (isMessage(place)) return this.leave(row, place)
    const answers = answersOf(row)
    if (isMessage(answers)) return this.leave(row, answers)
    const key = JSON.stringify([place.item, place.sample])
    const same = JSON.stringify(answers)
    const earlier = this.taken.get(key)
    if (earlier !== undefined) {
      if (earlier.answers !== same) this.leave(row, message("workbook-twice", [String(earlier.row)], row.row))
      return
    }
    const changes = this.changesOf(row, place, answers)
    const wrong = this.unreasoned(row, place, changes)
    if (wrong !== null) return this.leave(row, wrong)
    this.taken.set(key, { row: row.row, answers: same })
    this.placed += 1
    for (const change of changes) (change.now === "" ? this.cleared : this.set).push(change)
  }

  takeHead(): void {
    for (const [key, { text, base }] of Object.entries(this.read.head) as [keyof Head, HeadCell][]) {
      const was = this.a.head[key]
      if (wellFormed(was) === text || base === digest(text)) continue
      const both = base !== null && base !== digest(was)
      const change: Change = { row: null, item: null, code: "", sample: null, field: key, was, now: text, both }
      ;(text === "" ? this.cleared : this.set).push(change)
    }
  }

  private leave({ row, cells }: ReadRow, why: Message): void {
    this.unplaced.push({ row, why, cells })
  }

  private placeOf(row: ReadRow): Place | Message {
    const item = this.itemOf(row)
    if (isMessage(item)) return item
    const sample = this.sampleOf(row)
    return isMessage(sample) ? sample : { item, code: this.items.get(item) ?? "", sample }
  }

  private itemOf({ row, id, code }: ReadRow): string | Message {
    if (this.items.has(id)) return id
    const given = id || code
    if (given === "") return message("workbook-no-key", [], row)
    const byCode = id === "" ? (this.codes.get(folded(code)) ?? []) : []
    if (byCode.length > 1) return message("workbook-two-items", [code], row)
    if (byCode[0] !== undefined) return byCode[0]
    return message(this.archived.has(given) ? "workbook-archived-item" : "workbook-unknown-item", [code ? `${code} ${id}`.trim() : id], row)
  }

  /** By the name that is seen, since a copied row keeps the hidden id; by the id when the sample was renamed since. */
  private sampleOf({ row, sampleId, sample }: ReadRow): string | null | Message {
    const whole = ["", ...[WORDS.whole.zh, WORDS.whole.en, WORDS.whole.zh + WORDS.whole.en].map(folded)]
    const named = this.a.samples.filter((one) => folded(one.label) === folded(sample))
    const own = named.find((one) => one.id === sampleId) ?? (named.length === 1 ? named[0] : undefined)
    if (sample !== "" && own !== undefined) return own.id
    if (this.a.samples.some((one) => one.id === sampleId)) return sampleId
    return sampleId === "" && whole.includes(folded(sample)) ? null : message("workbook-unknown-sample", [sample || sampleId], row)
  }

  private changesOf(row: ReadRow, { item, code, sample }: Place, answers: Partial<Record<Field, string>>): Change[] {
    const mark = markOf(this.a, item, sample)
    return FIELDS.flatMap((field, at): Change[] => {
      const text = answers[field]
      const was = said(mark, field)
      if (text === undefined || text === wellFormed(was)) return []
      const base = row.base.length === FIELDS.length ? row.base[at] : undefined
      if (base === digest(text)) return [] // stands as it was exported: the assessment's own answer is the newer one
      return [{ row: row.row, item, code, sample, field, was, now: text, both: base !== undefined && base !== digest(was) }]
    })
  }

  /** Not applicable needs a reason, also when it comes by way of a workbook; what was so before is left alone. */
  private unreasoned(row: ReadRow, { item, sample }: Place, changes: Change[]): Message | null {
    const before = markOf(this.a, item, sample)
    const kept = changes.filter((change) => change.now !== "")
    const after = withFields(before, kept)
    const emptied = (field: Field): boolean => changes.some((change) => change.field === field && change.now === "")
    const lacks = after.result === "not-applicable" && (after.reason.trim() === "" || emptied("reason")) && !emptied("result")
    const concerned = changes.some(({ field }) => field === "result" || field === "reason")
    return lacks && concerned ? message("workbook-reason", [], row.row) : null
  }
}

/** The answers of a row as ids and texts; a message when a word is none of its scale. */
function answersOf({ row, fields }: ReadRow): Partial<Record<Field, string>> | Message {
  const answers: Partial<Record<Field, string>> = { ...fields }
  if (fields.result !== undefined) {
    const result = resultOf(fields.result)
    if (result === null) return message("workbook-result", [fields.result.slice(0, 100)], row)
    // A word for "not checked" is an answer that was changed on purpose; it is asked about like an emptied cell.
    answers.result = result === "not-checked" ? "" : result
  }
  if (fields.severity !== undefined) {
    const severity = severityOf(fields.severity)
    if (severity === undefined) return message("workbook-severity", [fields.severity.slice(0, 100)], row)
    answers.severity = severity ?? ""
  }
  return answers
}

function isMessage(value: unknown): value is Message {
  return typeof value === "object" && value !== null && "code" in value && "text" in value
}

function withFields<M extends Mark>(mark: M, changes: Change[]): M {
  const patch = Object.fromEntries(
    changes.map(({ field, now }) => [field, field === "result" ? now || "not-checked" : field === "severity" ? now || null : now]),
  )
  return { ...mark, ...patch }
}

function applied(a: Assessment, changes: Change[], now: string): Assessment {
  if (changes.length === 0) return a
  const answers = { ...a.answers }
  let head = a.head
  for (const change of changes) {
    if (change.item === null) {
      head = { ...head, [change.field]: change.now }
      continue
    }
    const before: Answer = answers[change.item] ?? { ...BLANK, changed: null, samples: {}, review: null }
    const after =
      change.sample === null
        ? withFields(before, [change])
        : { ...before, samples: { ...before.samples, [change.sample]: withFields(before.samples[change.sample] ?? BLANK, [change]) } }
    answers[change.item] = { ...after, changed: now }
  }
  return { ...a, head, answers, changed: now }
}
