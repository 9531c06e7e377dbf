// What a cell can hold: at most 32,767 characters. What is longer goes on in a sheet of its own, and comes back whole.

export const LIMIT = 32_767
const PIECE = 32_000 // leaves room for the mark that says where the text goes on
const MARK = /\n?⟦[^⟦⟧]*#(\d+)⟧\s*$/

export interface Piece {
  block: number
  part: number
  owner: string // id of the item, or "head"
  sample: string
  field: string
  code: string
  text: string
}

/** The texts that did not fit; `hold` gives what stands in the cell. */
export class Continued {
  readonly pieces: Piece[] = []
  private blocks = 0

  hold(text: string, place: Omit<Piece, "block" | "part" | "text">): string {
    const sound = wellFormed(text)
    if (sound.length <= LIMIT) return sound
    const block = ++this.blocks
    const parts = cut(sound, PIECE)
    parts.slice(1).forEach((piece, index) => this.pieces.push({ ...place, block, part: index + 1, text: piece }))
    const more = sound.length - parts[0]!.length
    return `${parts[0]!}\n⟦还有 ${more} 字，续见“续文”表；${more} more characters in the sheet “Continued” #${block}⟧`
  }
}

/** The head of a text for a cell that is only for reading, saying so when something was left off. */
export function shortened(text: string, most = 2_000): string {
  const sound = wellFormed(text)
  if (sound.length <= most) return sound
  return `${cut(sound, most)[0]!}\n⟦共 ${sound.length} 字，此处略去其余；${sound.length} characters, the rest is left off here⟧`
}

/** Joins a cell with what went on elsewhere. `pieces` are those of the cell; a mark without pieces is the auditor's own text. */
export function joined(cell: string, pieces: Piece[]): string {
  const block = MARK.exec(cell)?.[1]
  const own = pieces.filter((piece) => String(piece.block) === block).sort((one, other) => one.part - other.part)
  return own.length === 0 ? cell : cell.replace(MARK, "") + own.map((piece) => piece.text).join("")
}

/** Text as a cell gives it back: one kind of line end, no control characters, no half characters. */
export function wellFormed(text: string): string {
  const bare = text.replace(/\r\n?/g, "\n").replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, "")
  return bare.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "\uFFFD")
}

function cut(text: string, most: number): string[] {
  const parts: string[] = []
  for (let from = 0; from < text.length; ) {
    let to = Math.min(from + most, text.length)
    if (to < text.length && /[\uD800-\uDBFF]/.test(text[to - 1]!)) to -= 1
    parts.push(text.slice(from, to))
    from = to
  }
  return parts
}

/** A short digest (FNV-1a, 32 bits, over UTF-16 units) that tells whether a cell was changed since the export. */
export function digest(text: string): string {
  const sound = wellFormed(text)
  if (sound === "") return "-"
  let hash = 0x811c9dc5
  for (let at = 0; at < sound.length; at++) hash = Math.imul(hash ^ sound.charCodeAt(at), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, "0")
}
