// How the sheets look on screen and on paper.
import type { Edition, Language, Result, Severity, Shown } from "../types.ts"
import type { Style, Worksheet } from "./library.ts"
import { say, WORDS } from "./words.ts"

// 等线 comes with Excel on Windows and Mac since 2016; LibreOffice puts the Chinese font of the system in its place.
const FONT = { name: "等线", family: 2, charset: 134, size: 10 }
const LINE = { style: "thin", color: { argb: "FFB8C0CC" } } as const
const BORDER = { top: LINE, left: LINE, bottom: LINE, right: LINE }
const TOP = { vertical: "top", wrapText: true } as const

function fill(argb: string): NonNullable<Style["fill"]> {
  return { type: "pattern", pattern: "solid", fgColor: { argb } }
}

// One object a style: the library numbers styles by identity first, which is what makes a thousand rows quick.
export const STYLES = {
  text: { font: FONT, alignment: TOP, border: BORDER, numFmt: "@", protection: { locked: true } },
  small: { font: { ...FONT, size: 7 }, alignment: TOP, border: BORDER, numFmt: "@", protection: { locked: true } },
  code: { font: { ...FONT, bold: true }, alignment: TOP, border: BORDER, numFmt: "@", protection: { locked: true } },
  answer: { font: FONT, alignment: TOP, border: BORDER, numFmt: "@", fill: fill("FFFFFBE6"), protection: { locked: false } },
  head: { font: { ...FONT, bold: true, color: { argb: "FFFFFFFF" } }, alignment: { vertical: "middle", wrapText: true }, border: BORDER, fill: fill("FF1F3A5F"), protection: { locked: true } },
  answerHead: { font: { ...FONT, bold: true, color: { argb: "FFFFFFFF" } }, alignment: { vertical: "middle", wrapText: true }, border: BORDER, fill: fill("FF7A5A00"), protection: { locked: true } },
  title: { font: { ...FONT, size: 18, bold: true }, alignment: { vertical: "middle", wrapText: true }, protection: { locked: true } },
  subtitle: { font: { ...FONT, size: 11, color: { argb: "FF555F6E" } }, alignment: TOP, protection: { locked: true } },
  section: { font: { ...FONT, size: 12, bold: true, color: { argb: "FF1F3A5F" } }, alignment: { vertical: "bottom" }, border: { bottom: { style: "medium", color: { argb: "FF1F3A5F" } } }, protection: { locked: true } },
  hidden: { font: { ...FONT, size: 8 }, numFmt: "@", protection: { locked: true } },
} satisfies Record<string, Partial<Style>>

/** Colours of results and severities: for conditional formats and for the legend; the words always stand beside them. */
export const COLOURS: Record<Result | Severity, string> = {
  conforms: "FFD9F0DD",
  partly: "FFFFE9B8",
  "does-not-conform": "FFF8CFCB",
  "not-applicable": "FFE3E6EA",
  "not-checked": "FFFFFFFF",
  critical: "FFF0A8A0",
  major: "FFF8CFCB",
  minor: "FFFFE9B8",
}

export function coloured(argb: string): Partial<Style> {
  return { ...STYLES.code, fill: fill(argb) }
}

/** A fill of a conditional format, which Excel reads from the background and LibreOffice from either. */
export function highlight(argb: string): Partial<Style> {
  return { fill: { type: "pattern", pattern: "solid", fgColor: { argb }, bgColor: { argb } } }
}

/** A4 landscape, one page wide, page x of y. `titles` are the rows that every page repeats; without, it is one page. */
export function paper(sheet: Worksheet, shown: Shown, title: string, edition: Edition, titles?: string): void {
  sheet.pageSetup = {
    ...sheet.pageSetup,
    paperSize: 9,
    orientation: "landscape",
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: titles === undefined ? 1 : 0,
    horizontalCentered: true,
    margins: { left: 0.35, right: 0.35, top: 0.6, bottom: 0.6, header: 0.25, footer: 0.25 },
    ...(titles === undefined ? {} : { printTitlesRow: titles }),
  }
  const language: Language[] = shown === "both" ? ["zh", "en"] : [shown]
  const pages = { zh: "第 &P 页，共 &N 页", en: "Page &P of &N" }
  const stamp = `${say(WORDS.edition, shown)} ${edition.version} · ${edition.fingerprint.slice(0, 16)} · ${edition.date}`
  const right = language.map((one) => pages[one]).join("  ")
  sheet.headerFooter = {
    ...sheet.headerFooter,
    oddHeader: `&L${escaped(say(WORDS.handbook, shown), 80)}&C&A&R${escaped(title, 80)}`, // 255 characters at most
    oddFooter: `&L${escaped(stamp, 120)}&R${right}`,
  }
}

function escaped(text: string, most: number): string {
  return [...text.replace(/\s+/g, " ")].slice(0, most).join("").replaceAll("&", "&&")
}

/** Locks what is not unlocked, without a password; filtering and sizing stay allowed. */
export async function lock(sheet: Worksheet): Promise<void> {
  await sheet.protect("", {
    sort: true,
    autoFilter: true,
    formatColumns: true,
    formatRows: true,
    selectLockedCells: true,
    selectUnlockedCells: true,
  })
}

const WIDE = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|[\uD840-\uD87F]/
export const HIGHEST = 409 // points, of Excel
const LINE_HEIGHT = 14.5 // of 10 points in the Chinese fonts of Excel and LibreOffice
const BREAK_LOSS = 1.12 // what lines lose at their ends because words are not torn

/** The height in points that rows need whose cells hold these texts in columns of these widths (in characters). */
export function heightFor(cells: { text: string; width: number }[]): number {
  let most = 1
  for (const { text, width } of cells) {
    let lines = 0
    for (const paragraph of text.slice(0, 4_000).split("\n")) lines += linesIn(units(paragraph), width - 0.7)
    most = Math.max(most, lines)
  }
  return Math.min(HIGHEST, Math.ceil(most * LINE_HEIGHT + 5))
}

function linesIn(length: number, width: number): number {
  return length <= width ? 1 : Math.ceil((length * BREAK_LOSS) / width)
}

/** How wide a line is in the width of a digit; a Chinese character counts for nearly two. */
function units(text: string): number {
  let narrow = 0
  let wide = 0
  for (const character of text) {
    if (WIDE.test(character)) wide += 1
    else narrow += 1
  }
  return wide * 1.9 + narrow * 0.95
}
