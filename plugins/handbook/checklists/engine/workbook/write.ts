// An assessment as a workbook: cover, items, findings, evidence list, and what was too long for a cell.
import type { Assessment, Shown } from "../types.ts"
import { Continued } from "./cells.ts"
import { coverSheet } from "./cover.ts"
import { itemsSheet, type Labels } from "./items.ts"
import { packed, Workbook } from "./library.ts"
import { continuedSheet, evidenceSheet, findingsSheet } from "./listings.ts"
import { WORDS } from "./words.ts"

export interface Given {
  now: string
  /** What the ids of forces, modalities and choices are called: the catalogue, or as much of it. */
  labels?: Labels
}

/** The bytes of the workbook, the same for the same assessment, language and time. */
export async function toWorkbook(a: Assessment, shown: Shown, given: Given): Promise<Uint8Array> {
  const book = new Workbook()
  const made = new Date(given.now)
  Object.assign(book, { creator: WORDS.handbook.en, lastModifiedBy: WORDS.handbook.en, created: made, modified: made })
  Object.assign(book, { title: a.title.slice(0, 200), subject: `${a.edition.version} ${a.edition.fingerprint}`, company: "" })
  const continued = new Continued()
  await coverSheet(book, a, shown, given.now, continued, given.labels)
  await itemsSheet(book, a, shown, continued, given.labels)
  await findingsSheet(book, a, shown)
  await evidenceSheet(book, a, shown)
  await continuedSheet(book, a, shown, continued)
  return packed(book)
}
