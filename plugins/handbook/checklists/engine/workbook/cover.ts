// The cover: what was audited, against which edition, what the words mean, and how the workbook comes back.
import type { Assessment, Head, Shown, Text } from "../types.ts"
import { RESULTS, SEVERITIES } from "../types.ts"
import { type Continued, digest, shortened } from "./cells.ts"
import { type Labels, named } from "./items.ts"
import { COLOURS, coloured, heightFor, lock, paper, STYLES } from "./layout.ts"
import type { Style, Workbook, Worksheet } from "./library.ts"
import { linesOf } from "./rows.ts"
import { HEAD_WORDS, HOW, RESULT_MEANINGS, RESULT_WORDS, say, SEVERITY_WORDS, WORDS } from "./words.ts"

export const MARKER = "cell-therapy-handbook/workbook"
export const MARKER_VERSION = "1"
export const HEAD_PREFIX = "head:"
const WIDTHS = [30, 112, 12]
const KEY_COLUMN = 4

/** Writes down the page, row by row. */
class Page {
  row = 1
  constructor(
    readonly sheet: Worksheet,
    readonly shown: Shown,
  ) {}

  put(texts: string[], styles: Partial<Style>[], key?: string): void {
    this.row += 1
    texts.forEach((text, index) => {
      const cell = this.sheet.getCell(this.row, index + 1)
      if (text !== "") cell.value = text
      cell.style = styles[index] ?? STYLES.text
    })
    if (key !== undefined) {
      const cell = this.sheet.getCell(this.row, KEY_COLUMN)
      cell.value = key
      cell.style = STYLES.hidden
    }
    if (texts.length === 2) this.sheet.mergeCells(this.row, 2, this.row, WIDTHS.length)
    this.sheet.getRow(this.row).height = heightFor(texts.map((text, index) => ({ text, width: WIDTHS[index]! })))
  }

  fact(label: Text, value: string): void {
    this.put([say(label, this.shown), shortened(value)], [STYLES.code, STYLES.text])
  }

  across(text: string, style: Partial<Style>, height?: number): void {
    this.row += 1
    this.sheet.mergeCells(this.row, 1, this.row, WIDTHS.length)
    const cell = this.sheet.getCell(this.row, 1)
    cell.value = text
    cell.style = style
    this.sheet.getRow(this.row).height = height ?? heightFor([{ text, width: WIDTHS.reduce((one, other) => one + other) }])
  }

  section(title: Text): void {
    this.across(say(title, this.shown), STYLES.section, 26)
  }
}

export async function coverSheet(book: Workbook, a: Assessment, shown: Shown, now: string, continued: Continued, labels?: Labels): Promise<void> {
  const sheet = book.addWorksheet(say(WORDS.cover, shown), { views: [{ state: "normal", showGridLines: false }] })
  WIDTHS.forEach((width, index) => (sheet.getColumn(index + 1).width = width))
  sheet.getColumn(KEY_COLUMN).hidden = true
  const marker = [MARKER, MARKER_VERSION, a.id, a.edition.version, a.edition.fingerprint, a.edition.date]
  marker.forEach((text, index) => (sheet.getCell(1, index + 1).value = text))
  sheet.getRow(1).hidden = true
  const page = new Page(sheet, shown)
  page.across(shortened(a.title, 200), STYLES.title, 40)
  page.across(`${say(WORDS.handbook, shown)} · ${say(WORDS.checklist, shown)}`, STYLES.subtitle, 22)
  audit(page, a, continued, labels)
  edition(page, a, now)
  legend(page, a)
  page.section(WORDS.how)
  HOW.forEach((text, index) => page.across(`${index + 1}. ${say(text, shown, "\n    ")}`, STYLES.text))
  paper(sheet, shown, a.title, a.edition)
  await lock(sheet)
}

function audit(page: Page, a: Assessment, continued: Continued, labels?: Labels): void {
  const { shown } = page
  page.section(WORDS.audit)
  page.fact(WORDS.checklist, say(a.checklist.title, shown))
  for (const [key, label] of Object.entries(HEAD_WORDS) as [keyof Head, Text][]) {
    const text = continued.hold(a.head[key], { owner: "head", sample: "", field: key, code: "" })
    page.put([say(label, shown), text], [STYLES.code, STYLES.answer], `${HEAD_PREFIX}${key}:${digest(a.head[key])}`)
  }
  page.fact(WORDS.samples, a.samples.map((sample) => sample.label).join(shown === "en" ? "; " : "；") || "—")
  page.fact(WORDS.count, String(a.items.length))
  const chosen = Object.entries(a.checklist.profile).filter(([, ids]) => ids.length > 0)
  if (chosen.length > 0) page.fact(WORDS.chosen, chosen.map(([group, ids]) => chosenText(group, ids, shown, labels)).join("\n"))
}

function chosenText(group: string, ids: string[], shown: Shown, labels?: Labels): string {
  const documents = labels?.documents.map((work) => ({ id: work.id, label: work.short }))
  const lists: Record<string, { id: string; label: Text }[] | undefined> = {
    ...labels?.vocabularies, documents, forces: labels?.forces, modalities: labels?.modalities,
  }
  return ids.map((id) => named(lists[group], id, shown, " ")).join(shown === "en" ? ", " : "、")
}

function edition(page: Page, a: Assessment, now: string): void {
  page.section(WORDS.edition)
  page.fact(WORDS.version, a.edition.version)
  page.fact(WORDS.fingerprint, a.edition.fingerprint)
  page.fact(WORDS.date, a.edition.date)
  page.fact(WORDS.assessment, a.id)
  page.fact(WORDS.made, now)
}

function legend(page: Page, a: Assessment): void {
  const { shown } = page
  const lines = linesOf(a)
  const counted = (id: string, of: "result" | "severity"): string => String(lines.filter((line) => line.mark[of] === id).length)
  page.section(WORDS.legend)
  page.put([say(WORDS.result, shown), say(WORDS.meaning, shown), say(WORDS.number, shown)], [STYLES.head, STYLES.head, STYLES.head])
  for (const id of RESULTS) {
    page.put([say(RESULT_WORDS[id], shown), say(RESULT_MEANINGS[id], shown, "\n"), counted(id, "result")], [coloured(COLOURS[id])])
  }
  page.put([say(WORDS.severity, shown), say(WORDS.rating, shown), say(WORDS.number, shown)], [STYLES.head, STYLES.head, STYLES.head])
  for (const id of SEVERITIES) page.put([say(SEVERITY_WORDS[id], shown), "", counted(id, "severity")], [coloured(COLOURS[id])])
}
