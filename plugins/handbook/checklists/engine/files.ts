// Assessments as files, out and in. What comes in is data: it is checked against the published schema and then by
// meaning, and either taken whole or refused with every fault named by its row. Nothing in it is run.
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js"
import schema from "../../schemas/assessment.schema.json"
import { isAnswered, isUnsafeKey } from "./answers.ts"
import { message, type Message, WORDS } from "./messages.ts"
import { keysOf } from "./order.ts"
import { type Answer, type Archived, type Assessment, FORMAT, type Item, type Mark, VERSION } from "./types.ts"

export { importPlan, merged as importMerged } from "./imports.ts"

export type Reading = { assessment: Assessment; notes: Message[] } | { refused: Message[] }
type Json = Record<string, unknown>
/** One step of the format: from the version that it stands under to the next one. */
export type Steps = Record<number, (file: Json) => Json>

const MOST = 50 // faults named; the rest are counted
/** How files of earlier formats become those of the next; there has been one format so far. */
const STEPS: Steps = {}

// ------------------------------------------------------------------------------------------------------- out

/** The file of an assessment: the same text for the same assessment, whatever the order of keys within it. */
export function toFile(a: Assessment): string {
  const order = new Map(a.items.map(({ id }, place) => [id, place]))
  const placed = (id: string): number => order.get(id) ?? a.items.length
  const entries = Object.entries(a.answers).sort(([one], [other]) => placed(one) - placed(other) || (one < other ? -1 : 1))
  const { format, version, id, title, created, changed, archived, edition, checklist, head, samples, items, archive } = a
  const answers = Object.fromEntries(entries)
  const whole = { format, version, id, title, created, changed, archived, edition, checklist, head, samples, items, answers, archive }
  return `${JSON.stringify(whole, keysOf, 1)}\n`
}

// -------------------------------------------------------------------------------------------------------- in

/** The assessment that a file holds, with notes on what was mended, or why it is refused (then nothing is taken). */
export function readFile(text: string): Reading {
  const bare = text.replace(/^\uFEFF/, "")
  if (bare.trim() === "") return { refused: [message("file-empty")] }
  let value: unknown
  try {
    value = JSON.parse(bare)
  } catch (error) {
    return { refused: [message("file-not-json", [error instanceof SyntaxError ? error.message : ""])] }
  }
  if (!isJson(value) || value.format !== FORMAT) return { refused: [message("file-foreign")] }
  const raised = migrated(value)
  if ("refused" in raised) return raised
  const faults = faultsOf(raised.file)
  if (faults.length > 0) return { refused: counted(faults) }
  return checked(raised.file as unknown as Assessment, raised.notes)
}

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

/** A file of an earlier format brought to this one, step by step; a newer one is refused. */
export function migrated(file: Json, steps: Steps = STEPS): { file: Json; notes: Message[] } | { refused: Message[] } {
  const { version } = file
  if (typeof version !== "number" || !Number.isInteger(version) || version < 0) return { refused: [message("file-version", [String(version)])] }
  if (version > VERSION) return { refused: [message("file-newer", [version, VERSION])] }
  let current = file
  for (let at = version; at < VERSION; at++) {
    const step = steps[at]
    if (!step) return { refused: [message("file-version", [version])] }
    current = { ...step(current), version: at + 1 }
  }
  return { file: current, notes: version < VERSION ? [message("file-migrated", [version, VERSION])] : [] }
}

function counted(faults: Message[]): Message[] {
  return faults.length <= MOST ? faults : [...faults.slice(0, MOST), message("more-problems", [faults.length - MOST])]
}

// ------------------------------------------------------------------------------------------ by the schema

let compiled: ValidateFunction | null = null

function faultsOf(file: Json): Message[] {
  compiled ??= new Ajv2020({ allErrors: true, strict: false, validateFormats: false, verbose: true }).compile(schema)
  if (compiled(file)) return []
  const worst = new Map<string, ErrorObject>()
  for (const error of compiled.errors ?? []) {
    const key = `${error.instancePath} ${error.params.missingProperty ?? error.params.additionalProperty ?? ""}`
    const known = worst.get(key)
    if (!known || weight(error) > weight(known)) worst.set(key, error)
  }
  return [...worst.values()].map((error) => faultOf(file, error))
}

/** Of several errors at one place, the one that tells people most. */
const weight = ({ keyword }: ErrorObject): number => ["anyOf", "type", "enum"].indexOf(keyword) + (keyword === "enum" ? 1 : 0)

function faultOf(file: Json, error: ErrorObject): Message {
  const steps = error.instancePath.split("/").slice(1).map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
  const { row, field } = placeOf(file, steps)
  const { params, keyword } = error
  if (keyword === "required") return message("field-missing", [field, String(params.missingProperty)], row)
  if (keyword === "additionalProperties") return unknownKey(file, steps, String(params.additionalProperty), field, row)
  if (keyword === "enum") return message("field-scale", [field, told(error.data), (params.allowedValues as unknown[]).join(", ")], row)
  return message("field-wrong", [field, `${error.message ?? keyword}: ${told(error.data)}`], row)
}

/** In the lists that go by id, a key that does not fit is itself the row. */
function unknownKey(file: Json, steps: string[], key: string, field: string, row: string | undefined): Message {
  const last = steps.at(-1)
  if (steps.length === 1 && last === "answers") return message("field-unknown", ["answers", key], codeOf(file, key))
  return message("field-unknown", [field, key], row)
}

const told = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value) ?? "")

/** The row and the field that a place in the file belongs to: code of the item where it has one. */
function placeOf(file: Json, steps: string[]): { row: string | undefined; field: string } {
  const [part, key, ...rest] = steps
  if (part === "answers" && key !== undefined) return { row: codeOf(file, key), field: ["answers", ...rest].join(".") }
  if ((part === "items" || part === "archive" || part === "samples") && key !== undefined) {
    const list = file[part]
    const record: unknown = Array.isArray(list) ? list[Number(key)] : undefined
    const named = isJson(record) && part === "archive" ? record.item : record
    const name = isJson(named) ? [named.code, named.label, named.id].find((value) => typeof value === "string" && value !== "") : undefined
    return { row: typeof name === "string" ? name : `${part} ${Number(key) + 1}`, field: [part, ...rest].join(".") }
  }
  return { row: undefined, field: steps.length > 0 ? steps.join(".") : "assessment" }
}

function codeOf(file: Json, id: string): string {
  const items: unknown[] = Array.isArray(file.items) ? file.items : []
  const item = items.find((each) => isJson(each) && each.id === id)
  return isJson(item) && typeof item.code === "string" && item.code !== "" ? item.code : id
}

// --------------------------------------------------------------------------------------------- by meaning

function checked(a: Assessment, notes: Message[]): Reading {
  const codes = new Map(a.items.map((item) => [item.id, item.code || item.id]))
  const faults = [...twice(a), ...wrongMoments(a, codes), ...wrongSamples(a)]
  if (faults.length > 0) return { refused: counted(faults) }
  const housed = withSamples(withItems(a, notes), notes, codes)
  for (const name of ["begins", "ends"] as const) {
    const value = a.head[name]
    if (value !== "" && Number.isNaN(Date.parse(value))) notes.push(message("head-date", [name, value]))
  }
  for (const [id, answer] of Object.entries(housed.answers)) {
    const marks: Mark[] = [answer, ...Object.values(answer.samples)]
    if (marks.some((mark) => mark.result === "not-applicable" && mark.reason.trim() === "")) notes.push(message("reason-lacking", [], codes.get(id) ?? id))
  }
  return { assessment: housed, notes }
}

function twice(a: Assessment): Message[] {
  const again = <T extends { id: string }>(list: T[]): T[] => {
    const seen = new Set<string>()
    return list.filter(({ id }) => seen.has(id) || !seen.add(id))
  }
  return [
    ...again(a.items).map(({ id, code }) => message("item-twice", [id], code || id)),
    ...again(a.samples).map(({ id, label }) => message("sample-id-twice", [id], label || id)),
  ]
}

function wrongMoments(a: Assessment, codes: Map<string, string>): Message[] {
  const wrong = (field: string, value: string | null, row?: string): Message[] =>
    value !== null && Number.isNaN(Date.parse(value)) ? [message("field-date", [field, value], row)] : []
  return [
    ...wrong("created", a.created),
    ...wrong("changed", a.changed),
    ...Object.entries(a.answers).flatMap(([id, answer]) => wrong("changed", answer.changed, codes.get(id) ?? id)),
    ...a.archive.flatMap(({ item, answer }) => wrong("changed", answer.changed, item.code || item.id)),
  ]
}

function wrongSamples(a: Assessment): Message[] {
  const used = Object.values(a.answers).flatMap((answer) => Object.keys(answer.samples))
  const ids = new Set([...a.samples.map(({ id }) => id), ...used])
  return [...ids].filter(isUnsafeKey).map((id) => message("sample-id", [id], id))
}

/** Answers without an item go to the archive, so that they are neither lost nor taken for answers that count. */
function withItems(a: Assessment, notes: Message[]): Assessment {
  const known = new Set(a.items.map(({ id }) => id))
  const homeless = Object.entries(a.answers).filter(([id]) => !known.has(id))
  if (homeless.length === 0) return a
  const archive = [...a.archive]
  for (const [id, answer] of homeless) {
    if (!isAnswered(answer)) continue
    const item = a.archive.find((entry) => entry.item.id === id)?.item ?? unknownItem(id)
    archive.push({ item, answer, why: WORDS.homeless, edition: a.edition } satisfies Archived)
    notes.push(message("answer-homeless", [id], item.code || id))
  }
  return { ...a, answers: Object.fromEntries(Object.entries(a.answers).filter(([id]) => known.has(id))), archive }
}

function unknownItem(id: string): Item {
  const document = id.split("/")[0] ?? id
  const named = (name: string): Item["heading"] => ({ zh: name, en: name })
  return {
    id, code: "", fingerprint: "", document: { id: document, short: named(document), force: "", file: "" }, heading: named(""), number: null,
    lines: [0, 0], topic: { id: "other", label: WORDS.otherTopic }, type: "", modality: "", zh: WORDS.noWording.zh, en: WORDS.noWording.en,
    look: [], evidence: [], url: "",
  }
}

/** Samples that only answers name are listed too. */
function withSamples(a: Assessment, notes: Message[], codes: Map<string, string>): Assessment {
  const known = new Set(a.samples.map(({ id }) => id))
  const samples = [...a.samples]
  const add = ([id, answer]: [string, Answer]): void => {
    for (const sample of Object.keys(answer.samples)) {
      if (known.has(sample)) continue
      known.add(sample)
      samples.push({ id: sample, label: sample })
      notes.push(message("sample-homeless", [sample], codes.get(id) ?? id))
    }
  }
  Object.entries(a.answers).forEach(add)
  return samples.length === a.samples.length ? a : { ...a, samples }
}
