// A workbook as it comes back: who filled it may have sorted rows, added columns, renamed sheets, saved it elsewhere.
import type { Head } from "../types.ts"
import { joined, type Piece } from "./cells.ts"
import { type ColumnId, columnByMark, columnByWord, FIELDS, type Field, labelOf } from "./columns.ts"
import { HEAD_PREFIX, MARKER } from "./cover.ts"
import { type Cell, MOST_ROWS, unpacked, type Workbook, type Worksheet } from "./library.ts"
import { CONTINUED_COLUMNS } from "./listings.ts"
import { message, type Message } from "./messages.ts"
import { folded, HEAD_WORDS } from "./words.ts"

export interface Marker {
  assessment: string
  edition: { version: string; fingerprint: string; date: string }
}

/** A row as it stands in the sheet; a field is absent when its column is. */
export interface ReadRow {
  row: number
  id: string
  code: string
  sampleId: string
  sample: string
  base: string[]
  fields: Partial<Record<Field, string>>
  /** Everything in the row that is not hidden, by head, for showing a row that cannot be placed. */
  cells: Record<string, string>
}

/** A cell of the head on the cover, and the digest of what stood there when it was exported. */
export interface HeadCell {
  text: string
  base: string | null
}

export interface Read {
  marker: Marker | null
  head: Partial<Record<keyof Head, HeadCell>>
  rows: ReadRow[]
  notes: Message[]
}

interface Table {
  sheet: Worksheet
  head: number
  columns: Map<number, ColumnId>
  names: Map<number, string>
}

const HEAD_WITHIN = 40 // rows in which the head of the table is looked for

/** What the workbook says, or why it is not one of ours. Nothing is judged here; mergeWorkbook does that. */
export async function readWorkbook(bytes: Uint8Array): Promise<Read | { refused: Message }> {
  const found = await unpacked(bytes)
  if ("refused" in found) return found
  const { book } = found
  const sheets = book.worksheets.map((sheet) => tableOf(sheet)).filter((table) => table !== null)
  const [table, ...others] = sheets.sort((one, other) => other.columns.size - one.columns.size)
  if (table === undefined) return { refused: message("workbook-foreign") }
  const again = others.filter((one) => isItems(one))
  const notes = [...found.notes, ...again.map((one) => message("workbook-sheet-again", [one.sheet.name]))]
  const pieces = piecesOf(book)
  const { marker, head } = coverOf(book, pieces)
  if (marker === null) notes.push(message("workbook-unmarked"))
  const rows = rowsOf(table, pieces, notes)
  notes.push(...columnNotes(table, rows))
  return { marker, head, rows, notes }
}

/** Copies of the sheet "Items" have the hidden row; the listing of findings, which shares heads, has not. */
function isItems(table: Table): boolean {
  return [...table.columns.values()].includes("id")
}

function tableOf(sheet: Worksheet): Table | null {
  const columns = new Map<number, ColumnId>()
  const names = new Map<number, string>()
  let head = 0
  for (let row = 1; row <= Math.min(HEAD_WITHIN, sheet.rowCount); row++) {
    const texts = textsOf(sheet, row)
    const marks = known(texts, columnByMark)
    const words = known(texts, columnByWord)
    if (marks.size >= 2) {
      for (const [at, id] of marks) if (![...columns.values()].includes(id)) columns.set(at, id)
      head = row
    } else if (words.size >= 2 && ([...words.values()].includes("result") || columns.size > 0)) {
      for (const [at, id] of words) if (!columns.has(at) && ![...columns.values()].includes(id)) columns.set(at, id)
      texts.forEach((text, at) => names.set(at, text))
      head = row
      break
    }
  }
  const found = [...columns.values()]
  const keyed = found.includes("id") || found.includes("code")
  return keyed && found.includes("result") ? { sheet, head, columns, names } : null
}

function known(texts: Map<number, string>, by: (text: string) => ColumnId | null): Map<number, ColumnId> {
  const found = new Map<number, ColumnId>()
  for (const [at, text] of texts) {
    const id = by(text)
    if (id !== null && ![...found.values()].includes(id)) found.set(at, id)
  }
  return found
}

function textsOf(sheet: Worksheet, row: number): Map<number, string> {
  const texts = new Map<number, string>()
  sheet.getRow(row).eachCell({ includeEmpty: false }, (cell, at) => {
    const text = textOf(cell)
    if (text !== "") texts.set(at, text)
  })
  return texts
}

function rowsOf(table: Table, pieces: Pieces, notes: Message[]): ReadRow[] {
  const rows: ReadRow[] = []
  if (table.sheet.rowCount >= MOST_ROWS) notes.push(message("workbook-rows-cut"))
  table.sheet.eachRow({ includeEmpty: false }, (row, number) => {
    if (number <= table.head) return
    const texts = new Map<number, string>()
    row.eachCell({ includeEmpty: false }, (cell, at) => {
      const text = textOf(cell)
      if (text !== "") texts.set(at, text)
      const formula = cell.formula
      if (typeof formula === "string") notes.push(message("workbook-formula", [nameOf(table, at), `=${formula}`], number))
    })
    if (texts.size > 0) rows.push(rowOf(table, number, texts, pieces))
  })
  return rows
}

function rowOf(table: Table, number: number, texts: Map<number, string>, pieces: Pieces): ReadRow {
  const by = new Map([...table.columns].map(([at, id]) => [id, texts.get(at) ?? ""]))
  const id = (by.get("id") ?? "").trim()
  const sampleId = (by.get("sample-id") ?? "").trim()
  const fields: Partial<Record<Field, string>> = {}
  for (const field of FIELDS) {
    const text = by.get(field)
    if (text === undefined) continue
    fields[field] = joined(text, pieces.get(ownerOf(id, sampleId, field)) ?? [])
  }
  const cells: Record<string, string> = {}
  for (const [at, text] of texts) {
    const column = table.columns.get(at)
    if (column === "id" || column === "sample-id" || column === "base") continue
    cells[nameOf(table, at)] = FIELDS.find((field) => field === column) ? (fields[column as Field] ?? text) : text
  }
  const base = (by.get("base") ?? "").split(".")
  return { row: number, id, code: (by.get("code") ?? "").trim(), sampleId, sample: (by.get("sample") ?? "").trim(), base, fields, cells }
}

/** What the sheet calls a column, its letter when it has no head. */
function nameOf(table: Table, at: number): string {
  const name = table.names.get(at)?.replace(/\s+/g, " ").trim()
  return name || table.sheet.getColumn(at).letter
}

function columnNotes(table: Table, rows: ReadRow[]): Message[] {
  const found = new Set(table.columns.values())
  const ours = new Set([...table.columns.keys()].map((at) => nameOf(table, at)))
  const added = new Set(rows.flatMap((row) => Object.keys(row.cells)).filter((name) => !ours.has(name)))
  const missing = FIELDS.filter((field) => !found.has(field)).map((field) => labelOf(field, "both").replace("\n", " "))
  return [
    ...(added.size > 0 ? [message("workbook-columns-added", [[...added].join("; ")])] : []),
    ...(missing.length > 0 ? [message("workbook-columns-missing", [missing.join("; ")])] : []),
  ]
}

type Pieces = Map<string, Piece[]>

function ownerOf(owner: string, sample: string, field: string): string {
  return JSON.stringify([owner, sample, field])
}

/** What went on elsewhere, by the cell that it belongs to. */
function piecesOf(book: Workbook): Pieces {
  const by: Pieces = new Map()
  for (const piece of piecesIn(book)) {
    const key = ownerOf(piece.owner, piece.sample, piece.field)
    by.set(key, [...(by.get(key) ?? []), piece])
  }
  return by
}

function piecesIn(book: Workbook): Piece[] {
  return book.worksheets.flatMap((sheet) => {
    const at = new Map([...textsOf(sheet, 1)].map(([column, text]) => [text, column]))
    if (!CONTINUED_COLUMNS.every((column) => at.has(`continued:${column}`))) return []
    const pieces: Piece[] = []
    sheet.eachRow({ includeEmpty: false }, (row, number) => {
      if (number <= 2) return
      const text = (column: string): string => textOf(row.getCell(at.get(`continued:${column}`)!))
      pieces.push({
        block: Number(text("block")), part: Number(text("part")), owner: text("owner"), sample: text("sample"),
        field: text("field"), code: text("code"), text: text("text"),
      })
    })
    return pieces
  })
}

function coverOf(book: Workbook, pieces: Pieces): { marker: Marker | null; head: Read["head"] } {
  for (const sheet of book.worksheets) {
    const [marker, , assessment = "", version = "", fingerprint = "", date = ""] = [1, 2, 3, 4, 5, 6].map((at) => textOf(sheet.getCell(1, at)))
    if (marker !== MARKER) continue
    const head: Read["head"] = {}
    for (let row = 2; row <= Math.min(200, sheet.rowCount); row++) {
      const texts = textsOf(sheet, row)
      const [, mark, base = null] = [...texts.values()].find((text) => text.startsWith(HEAD_PREFIX))?.split(":") ?? []
      const key = headKey(mark, texts.get(1))
      if (key === null || key in head) continue
      head[key] = { text: joined(texts.get(2) ?? "", pieces.get(ownerOf("head", "", key)) ?? []), base }
    }
    return { marker: { assessment, edition: { version, fingerprint, date } }, head }
  }
  return { marker: null, head: {} }
}

function headKey(mark: string | undefined, label: string | undefined): keyof Head | null {
  const keys = Object.keys(HEAD_WORDS) as (keyof Head)[]
  if (mark !== undefined) return keys.find((key) => key === mark) ?? null
  if (label === undefined) return null
  return keys.find((key) => [HEAD_WORDS[key].zh, HEAD_WORDS[key].en, HEAD_WORDS[key].zh + HEAD_WORDS[key].en].some((word) => folded(word) === folded(label))) ?? null
}

/** A cell as text: of a formula the value that was shown, of a date its ISO form. */
function textOf(cell: Cell): string {
  return plainText(cell.value)
}

function plainText(value: unknown): string {
  if (value === null || value === undefined) return ""
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "" : value.toISOString().replace(/T00:00:00\.000Z$/, "").replace(/\.000Z$/, "Z")
  if (typeof value !== "object") return String(value).replace(/\r\n?/g, "\n")
  const held = value as Record<string, unknown>
  if (Array.isArray(held["richText"])) return held["richText"].map((run: { text?: unknown }) => plainText(run.text)).join("")
  for (const name of ["text", "result", "error"]) if (name in held) return plainText(held[name])
  return ""
}
