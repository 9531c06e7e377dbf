// The one place where the spreadsheet library and the ZIP library come in.
//
// ExcelTS (a maintained rewrite of ExcelJS without dependencies) makes and reads the parts of a workbook. Compared in
// November 2026: ExcelJS 4.4.0 had its last full release in 2023, draws in old packages, and got nowhere in ten seconds
// of writing in V8 without a browser; ExcelTS runs there with the four small stand-ins of platform.ts, writes
// validations, panes, print titles, protection and conditional formats, and takes parts that were unzipped already.
// SheetJS's registry release writes no styles. ExcelTS moves fast, so its version is pinned.
//
// fflate packs and unpacks: sizes can be bounded before anything is unpacked (ZIP bombs), and bytes are the same in
// every browser and in V8, where the library's own packing depends on CompressionStream.
//
/*! @cj-tech-master/excelts, MIT licence, (c) cjnoname, derived from ExcelJS, MIT licence, (c) 2014-2019 Guyon Roche;
    fflate, MIT licence, (c) Arjun Barrett */
import "./platform.ts"
import { Workbook, type Worksheet } from "@cj-tech-master/excelts"
import { strFromU8, unzipSync, type Zippable, zipSync } from "fflate"
import { message, type Message } from "./messages.ts"

export type { Cell, Row, Style } from "@cj-tech-master/excelts"
export { Workbook, type Worksheet }

const MOST_PACKED = 20 * 1024 * 1024
const MOST_UNPACKED = 200 * 1024 * 1024
export const MOST_ROWS = 50_000
const MOST_COLUMNS = 300
// ZIP keeps local time without a zone: the same fields everywhere give the same bytes everywhere.
const EPOCH = new Date(1980, 0, 1)
// Pictures, charts, links to other files and the like are never read.
const PARTS = /^\/?(\[Content_Types\]\.xml|_rels\/\.rels|xl\/(workbook|sharedStrings|styles)\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/worksheets\/[^/]+\.xml)$/i
// Ranges in these are spread out cell by cell, and nothing in them is needed.
const IGNORED = [
  "dataValidations", "conditionalFormatting", "mergeCells", "hyperlinks", "cols", "autoFilter", "sheetProtection",
  "drawing", "legacyDrawing", "legacyDrawingHF", "picture", "tableParts", "rowBreaks", "colBreaks", "extLst",
]

/** The bytes of a workbook: the same for the same content, in every place. */
export async function packed(book: Workbook): Promise<Uint8Array> {
  const plain = await book.xlsx.writeBuffer({ zip: { level: 0 }, validate: false })
  const parts: Zippable = {}
  for (const [name, bytes] of Object.entries(unzipSync(plain))) parts[name] = [bytes, { level: 6, mtime: EPOCH }]
  return zipSync(parts)
}

/** The workbook in the bytes, or why it is not read. Formulas are not computed and nothing outside is followed. */
export async function unpacked(bytes: Uint8Array): Promise<{ book: Workbook; notes: Message[] } | { refused: Message }> {
  if (bytes.length > MOST_PACKED) return { refused: message("workbook-too-large") }
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) return { refused: message("workbook-old-or-locked") }
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return { refused: message("workbook-not-xlsx") }
  try {
    let total = 0
    const left = new Set<"workbook-comments" | "workbook-links">() // what is in the file and not read
    const parts = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (/^\/?xl\/(comments|threadedComments)/i.test(name)) left.add("workbook-comments")
        if (!PARTS.test(name)) return false
        total += originalSize
        if (total > MOST_UNPACKED) throw new TooLarge()
        return true
      },
    })
    if (!Object.keys(parts).some((name) => /xl\/workbook\.xml$/i.test(name))) return { refused: message("workbook-not-xlsx") }
    for (const [name, part] of Object.entries(parts)) {
      const text = strFromU8(part)
      if (text.includes("<!DOCTYPE") || text.includes("<!ENTITY")) return { refused: message("workbook-foreign") }
      if (/<(?:\w+:)?hyperlink\s/.test(text)) left.add("workbook-links")
      parts[name] = new TextEncoder().encode(plain(text))
    }
    const options = { maxRows: MOST_ROWS, maxCols: MOST_COLUMNS, ignoreNodes: IGNORED }
    const book = await new Workbook().xlsx.loadFromFiles(parts, options)
    return { book, notes: [...left].map((code) => message(code)) }
  } catch (error) {
    // Whatever a damaged file makes the libraries throw, it means this to who gave it.
    return { refused: message(error instanceof TooLarge ? "workbook-too-large" : "workbook-damaged") }
  }
}

class TooLarge extends Error {}

/** A part without names of ranges (spread out cell by cell otherwise) and without a prefix on its elements. */
function plain(xml: string): string {
  const bare = xml.replace(/<definedNames>[\s\S]*?<\/definedNames>|<externalReferences>[\s\S]*?<\/externalReferences>/g, "")
  const prefix = /^(?:\uFEFF)?\s*(?:<\?[^>]*\?>\s*)?<([A-Za-z][\w.-]*):(?:workbook|worksheet|sst|styleSheet)\b/.exec(bare)?.[1]
  return prefix === undefined ? bare : bare.replaceAll(`<${prefix}:`, "<").replaceAll(`</${prefix}:`, "</")
}
