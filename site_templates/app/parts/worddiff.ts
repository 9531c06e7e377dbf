// What changed from one wording to another, as handbook/worddiff.py tells it: Han characters singly, Latin words and
// figures whole, and no island of a single token between two changes.

export interface Run {
  change: "same" | "gone" | "new"
  text: string
}

const TOKEN = /[A-Za-z]+(?:[-'][A-Za-z]+)*|\d+(?:[.,]\d+)*|\s+|./gsu
const ISLAND = 2
const MOST = 4_000_000 // cells of the table; longer pairs are shown as all gone, all new

export function wordDiff(old: string, fresh: string): Run[] {
  if (old === fresh) return old === "" ? [] : [{ change: "same", text: old }]
  const before = old.match(TOKEN) ?? []
  const after = fresh.match(TOKEN) ?? []
  if (before.length * after.length > MOST) return runs([{ same: "", gone: old, come: fresh }])
  return runs(joined(pieces(before, after)))
}

interface Piece {
  same: string
  gone: string
  come: string
  count?: number
}

/** Longest common subsequence, by the table of its lengths (Wagner and Fischer 1974). */
function pieces(before: string[], after: string[]): Piece[] {
  const width = after.length + 1
  const table = new Uint16Array((before.length + 1) * width)
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const at = i * width + j
      table[at] = before[i] === after[j] ? table[at + width + 1]! + 1 : Math.max(table[at + width]!, table[at + 1]!)
    }
  }
  const found: Piece[] = []
  let i = 0
  let j = 0
  while (i < before.length || j < after.length) {
    const last = found.at(-1)
    if (i < before.length && j < after.length && before[i] === after[j]) {
      if (last?.same) found[found.length - 1] = { ...last, same: last.same + before[i], count: (last.count ?? 0) + 1 }
      else found.push({ same: before[i]!, gone: "", come: "", count: 1 })
      i++
      j++
      continue
    }
    const change = last && !last.same ? last : { same: "", gone: "", come: "" }
    if (change !== last) found.push(change)
    if (j >= after.length || (i < before.length && table[(i + 1) * width + j]! >= table[i * width + j + 1]!)) change.gone += before[i++]
    else change.come += after[j++]
  }
  return found
}

function joined(found: Piece[]): Piece[] {
  const kept: Piece[] = []
  found.forEach((piece, place) => {
    const inside = place > 0 && place < found.length - 1
    const island = piece.same !== "" && inside && (piece.count ?? 0) < ISLAND
    const own = island ? { same: "", gone: piece.same, come: piece.same } : piece
    const last = kept.at(-1)
    if (last && !last.same && !own.same) kept[kept.length - 1] = { same: "", gone: last.gone + own.gone, come: last.come + own.come }
    else kept.push(own)
  })
  return kept
}

function runs(found: Piece[]): Run[] {
  return found.flatMap(({ same, gone, come }): Run[] => [
    ...(same ? [{ change: "same" as const, text: same }] : []),
    ...(gone ? [{ change: "gone" as const, text: gone }] : []),
    ...(come ? [{ change: "new" as const, text: come }] : []),
  ])
}
