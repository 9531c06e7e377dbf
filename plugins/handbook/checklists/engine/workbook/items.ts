// The sheet "Items", which the auditor fills.
import type { Assessment, Catalogue, Item, Shown, Text } from "../types.ts"
import { RESULTS, SEVERITIES } from "../types.ts"
import { type Continued, shortened } from "./cells.ts"
import { type Column, type ColumnId, columnsFor, FIELDS, type Field, labelOf, markOf } from "./columns.ts"
import { COLOURS, heightFor, HIGHEST, highlight, lock, paper, STYLES } from "./layout.ts"
import type { Style, Workbook, Worksheet } from "./library.ts"
import { baseOf, type Line, linesOf, said } from "./rows.ts"
import { RESULT_WORDS, say, SEVERITY_WORDS, WORDS } from "./words.ts"

export type Labels = Pick<Catalogue, "forces" | "modalities" | "vocabularies" | "documents">

export const HEAD_ROW = 2 // row 1 is hidden and names the columns for the way back

/** What an id of the vocabularies is called; the id itself when nothing names it. */
export function named(list: { id: string; label: Text }[] | undefined, id: string, shown: Shown, between = "\n"): string {
  const label = list?.find((one) => one.id === id)?.label
  return label === undefined ? id : say(label, shown, between)
}

export async function itemsSheet(book: Workbook, a: Assessment, shown: Shown, continued: Continued, labels?: Labels): Promise<void> {
  const columns = columnsFor(shown)
  const sheet = book.addWorksheet(say(WORDS.items, shown), {
    views: [{ state: "frozen", xSplit: 1, ySplit: HEAD_ROW, topLeftCell: `B${HEAD_ROW + 1}`, activeCell: `${letter(columns, "result")}${HEAD_ROW + 1}` }],
  })
  columns.forEach((column, index) => {
    const own = sheet.getColumn(index + 1)
    own.width = column.width
    own.hidden = column.kind === "hidden" || (column.id === "sample" && a.samples.length === 0)
  })
  heads(sheet, columns, shown)
  const lines = linesOf(a)
  lines.forEach((line, index) => fillRow(sheet, HEAD_ROW + 1 + index, columns, textsOf(line, a, shown, continued, labels)))
  const last = HEAD_ROW + Math.max(1, lines.length)
  sheet.autoFilter = { from: { row: HEAD_ROW, col: 1 }, to: { row: last, col: columns.length } }
  choices(sheet, columns, shown, last)
  hints(sheet, columns, shown, last)
  paper(sheet, shown, a.title, a.edition, `${HEAD_ROW}:${HEAD_ROW}`)
  await lock(sheet)
}

function heads(sheet: Worksheet, columns: Column[], shown: Shown): void {
  columns.forEach((column, index) => {
    const mark = sheet.getCell(1, index + 1)
    mark.value = markOf(column.id)
    mark.style = STYLES.hidden
    const head = sheet.getCell(HEAD_ROW, index + 1)
    head.value = labelOf(column.id, shown)
    head.style = column.kind === "answer" ? STYLES.answerHead : STYLES.head
  })
  sheet.getRow(1).hidden = true
  sheet.getRow(HEAD_ROW).height = heightFor(columns.map(({ id, width }) => ({ text: labelOf(id, shown), width: width - 2 }))) + 6
}

function fillRow(sheet: Worksheet, number: number, columns: Column[], texts: Record<ColumnId, string>): void {
  columns.forEach((column, index) => {
    const cell = sheet.getCell(number, index + 1)
    const text = texts[column.id]
    if (text !== "") cell.value = text // a string always: nothing an auditor wrote becomes a formula
    cell.style = styleOf(column, text)
  })
  const seen = columns.filter((column) => column.kind !== "hidden")
  sheet.getRow(number).height = heightFor(seen.map(({ id, width }) => ({ text: texts[id], width })))
}

function styleOf(column: Column, text: string): Partial<Style> {
  if (column.kind === "answer") return STYLES.answer
  if (column.kind === "hidden") return STYLES.hidden
  if (column.id === "code") return STYLES.code
  return heightFor([{ text, width: column.width }]) >= HIGHEST ? STYLES.small : STYLES.text // so that it prints whole
}

function textsOf(line: Line, a: Assessment, shown: Shown, continued: Continued, labels?: Labels): Record<ColumnId, string> {
  const { item, sample, mark } = line
  const answers = FIELDS.map((field) => {
    const place = { owner: item.id, sample: sample?.id ?? "", field, code: item.code }
    return [field, continued.hold(worded(said(mark, field), field, shown), place)] as const
  })
  return {
    ...locatorOf(item, shown, labels),
    sample: sample !== null ? shortened(sample.label, 200) : a.samples.length > 0 ? say(WORDS.whole, shown) : "",
    ...(Object.fromEntries(answers) as Record<Field, string>),
    id: item.id,
    "sample-id": sample?.id ?? "",
    base: baseOf(mark),
  }
}

type Locator = "code" | "document" | "heading" | "lines" | "force" | "modality" | "zh" | "en" | "look" | "ask"

function locatorOf(item: Item, shown: Shown, labels?: Labels): Record<Locator, string> {
  const heading = say(item.heading, shown, "\n")
  const texts: Record<Locator, string> = {
    code: item.code,
    document: say(item.document.short, shown, "\n"),
    heading: item.number === null ? heading : `${heading}\n${item.number}`,
    lines: item.lines[0] === item.lines[1] ? `${item.lines[0]}` : `${item.lines[0]}–${item.lines[1]}`,
    force: named(labels?.forces, item.document.force, shown),
    modality: named(labels?.modalities, item.modality, shown),
    zh: item.zh,
    en: item.en,
    look: item.look.map((one) => `• ${say(one, shown, "\n")}`).join("\n"),
    ask: item.evidence.map((one) => `• ${say(one, shown, "\n")}`).join("\n"),
  }
  return Object.fromEntries(Object.entries(texts).map(([id, text]) => [id, shortened(text, 8_000)])) as Record<Locator, string>
}

/** Result and severity as words, the rest as it is. */
export function worded(text: string, field: Field, shown: Shown): string {
  if (text === "") return text
  if (field === "result") return say(RESULT_WORDS[text as keyof typeof RESULT_WORDS] ?? { zh: text, en: text }, shown)
  if (field === "severity") return say(SEVERITY_WORDS[text as keyof typeof SEVERITY_WORDS] ?? { zh: text, en: text }, shown)
  return text
}

function choices(sheet: Worksheet, columns: Column[], shown: Shown, last: number): void {
  const lists = {
    result: RESULTS.map((id) => say(RESULT_WORDS[id], shown)),
    severity: SEVERITIES.map((id) => say(SEVERITY_WORDS[id], shown)),
  }
  for (const [id, words] of Object.entries(lists) as [Field, string[]][]) {
    const column = letter(columns, id)
    sheet.dataValidations.add(`${column}${HEAD_ROW + 1}:${column}${last}`, {
      type: "list",
      allowBlank: true,
      formulae: [`"${words.join(",")}"`],
      showErrorMessage: true,
      errorStyle: "stop",
      errorTitle: say(WORDS[id as "result" | "severity"], shown),
      error: say({ zh: "请从下拉选项中选择，或留空。", en: "Choose from the list, or leave empty." }, shown),
    })
  }
}

/** Colours for results and severities, and for cells that want something: these compute colours, never a value. */
function hints(sheet: Worksheet, columns: Column[], shown: Shown, last: number): void {
  const first = HEAD_ROW + 1
  const at = (id: Field): string => `$${letter(columns, id)}${first}`
  const is = (id: keyof typeof RESULT_WORDS): string => `${at("result")}="${say(RESULT_WORDS[id], shown)}"`
  const finding = `OR(${is("partly")},${is("does-not-conform")})`
  const wants = highlight("FFFFB3A7")
  const rules: [Field, string, Partial<typeof wants>][] = [
    ...RESULTS.filter((id) => id !== "not-checked").map((id): [Field, string, typeof wants] => ["result", is(id), highlight(COLOURS[id])]),
    ...SEVERITIES.map((id): [Field, string, typeof wants] => ["severity", `${at("severity")}="${say(SEVERITY_WORDS[id], shown)}"`, highlight(COLOURS[id])]),
    ["severity", `AND(${finding},${at("severity")}="")`, wants],
    ["evidence", `AND(${is("conforms")},${at("evidence")}="")`, highlight("FFFFE08A")],
    ["reason", `AND(${is("not-applicable")},${at("reason")}="")`, wants],
  ]
  rules.forEach(([id, formula, style], index) => {
    const column = letter(columns, id)
    sheet.addConditionalFormatting({
      ref: `${column}${first}:${column}${last}`,
      rules: [{ type: "expression", formulae: [formula], style, priority: index + 1 }],
    })
  })
}

function letter(columns: Column[], id: ColumnId): string {
  return String.fromCharCode(65 + columns.findIndex((column) => column.id === id)) // there are fewer than 26
}
