// The sheets that only list: findings, kinds of evidence, and what was too long for a cell.
import type { Assessment, Shown } from "../types.ts"
import { type Continued, shortened } from "./cells.ts"
import { type Field, labelOf } from "./columns.ts"
import { worded } from "./items.ts"
import { heightFor, lock, paper, STYLES } from "./layout.ts"
import type { Workbook, Worksheet } from "./library.ts"
import { isFinding, type Line, linesOf, said } from "./rows.ts"
import { say, WORDS } from "./words.ts"

interface Listing {
  name: string
  heads: string[]
  widths: number[]
  rows: string[][]
  unlocked?: number[] // columns, from 0
  hidden?: number[]
}

const ORDER = ["critical", "major", "minor", null]

/** Findings at the time of the export, the gravest first; plain text, no formulas. */
export async function findingsSheet(book: Workbook, a: Assessment, shown: Shown): Promise<void> {
  const found = linesOf(a).filter((line) => isFinding(line.mark))
  const sorted = found.sort((one, other) => ORDER.indexOf(one.mark.severity) - ORDER.indexOf(other.mark.severity))
  const label = (id: Parameters<typeof labelOf>[0]): string => labelOf(id, shown)
  await listing(book, a, shown, {
    name: say(WORDS.findings, shown),
    heads: [label("code"), label("document"), label("severity"), label("result"), say({ zh: "要求", en: "Requirement" }, shown, "\n"), label("sample"), label("remark"), label("evidence"), label("capa")],
    widths: [9.5, 16, 11, 13, 56, 14, 36, 18, 12],
    rows: sorted.length > 0 ? sorted.map((line) => findingRow(line, shown)) : [["", "", "", "", say(WORDS.none, shown, "\n"), "", "", "", ""]],
  })
}

function findingRow({ item, sample, mark }: Line, shown: Shown): string[] {
  const text = (field: Field): string => shortened(worded(said(mark, field), field, shown))
  return [
    item.code,
    say(item.document.short, shown, "\n"),
    text("severity") || say(WORDS.unrated, shown, "\n"),
    text("result"),
    shortened(say({ zh: item.zh, en: item.en }, shown, "\n")),
    shortened(sample?.label ?? "", 200),
    text("remark"),
    text("evidence"),
    text("capa"),
  ]
}

/** Each kind of evidence once, with the items that ask for it, in the order in which they first do. */
export async function evidenceSheet(book: Workbook, a: Assessment, shown: Shown): Promise<void> {
  const codes = new Map<string, string[]>()
  for (const item of a.items) {
    for (const kind of item.evidence) {
      const name = say(kind, shown, "\n")
      codes.set(name, [...(codes.get(name) ?? []), item.code])
    }
  }
  const rows = [...codes].map(([name, own]) => [shortened(name), String(own.length), shortened(own.join("  "), 30_000)])
  await listing(book, a, shown, {
    name: say(WORDS.evidence, shown),
    heads: [say(WORDS.kind, shown, "\n"), say(WORDS.count, shown, "\n"), say(WORDS.asking, shown, "\n")],
    widths: [44, 10, 110],
    rows: rows.length > 0 ? rows : [[say(WORDS.noEvidence, shown, "\n"), "", ""]],
  })
}

export const CONTINUED_COLUMNS = ["block", "part", "text", "code", "field", "owner", "sample"] as const

/** What was too long for a cell; only there when something was. */
export async function continuedSheet(book: Workbook, a: Assessment, shown: Shown, continued: Continued): Promise<void> {
  if (continued.pieces.length === 0) return
  await listing(book, a, shown, {
    name: say(WORDS.continued, shown),
    heads: ["#", say(WORDS.part, shown), say(WORDS.text, shown), labelOf("code", shown), say(WORDS.cell, shown), "owner", "sample"],
    widths: [7, 8, 130, 10, 14, 12, 12],
    rows: continued.pieces.map((piece) => CONTINUED_COLUMNS.map((column) => String(piece[column]))),
    unlocked: [2],
    hidden: [5, 6],
  })
  const sheet = book.worksheets[book.worksheets.length - 1]!
  CONTINUED_COLUMNS.forEach((column, index) => (sheet.getCell(1, index + 1).value = `continued:${column}`))
}

/** A table with a hidden first row, a styled head that stays and repeats, filters, and locked cells. */
async function listing(book: Workbook, a: Assessment, shown: Shown, content: Listing): Promise<void> {
  const { name, heads, widths, rows, unlocked = [], hidden = [] } = content
  const sheet: Worksheet = book.addWorksheet(name, { views: [{ state: "frozen", xSplit: 0, ySplit: 2, topLeftCell: "A3", activeCell: "A3" }] })
  widths.forEach((width, index) => {
    sheet.getColumn(index + 1).width = width
    sheet.getColumn(index + 1).hidden = hidden.includes(index)
  })
  sheet.getRow(1).hidden = true
  heads.forEach((text, index) => {
    const cell = sheet.getCell(2, index + 1)
    cell.value = text
    cell.style = STYLES.head
  })
  sheet.getRow(2).height = heightFor(heads.map((text, index) => ({ text, width: widths[index]! - 2 }))) + 6
  rows.forEach((texts, at) => {
    texts.forEach((text, index) => {
      const cell = sheet.getCell(at + 3, index + 1)
      if (text !== "") cell.value = text
      cell.style = unlocked.includes(index) ? STYLES.answer : STYLES.text
    })
    sheet.getRow(at + 3).height = heightFor(texts.map((text, index) => ({ text: hidden.includes(index) ? "" : text, width: widths[index]! })))
  })
  sheet.autoFilter = { from: { row: 2, col: 1 }, to: { row: rows.length + 2, col: heads.length } }
  paper(sheet, shown, a.title, a.edition, "2:2")
  await lock(sheet)
}
