// What changed from one wording to another, word by word: the same as handbook/worddiff.py, for the page. The runs are
// those of Python's difflib (Ratcliff and Obershelp 1988: the longest shared stretch, then the same on either side of
// it), so that a page and its build show one difference. A table of cases holds both together.

export interface Run {
  change: "same" | "gone" | "new"
  text: string
}

// Digits and white space as Python's regular expressions know them.
const TOKEN = /[A-Za-z]+(?:[-'][A-Za-z]+)*|\p{Nd}+(?:[.,]\p{Nd}+)*|(?:(?!\uFEFF)[\s\x1c-\x1f\x85])+|./gsu
const ISLAND = 2
const MOST = 25_000_000 // pairs of tokens; what is longer is shown as all gone and all new

interface Match {
  a: number
  b: number
  size: number
}

interface Piece {
  same: boolean
  gone: string[]
  come: string[]
}

/** The runs that lead from `old` to `fresh`: all but the new make up `old`, all but the gone make up `fresh`. */
export function wordDiff(old: string, fresh: string): Run[] {
  const before = old.match(TOKEN) ?? []
  const after = fresh.match(TOKEN) ?? []
  const tooLong = old !== fresh && before.length * after.length > MOST
  return runs(joined(tooLong ? [{ same: false, gone: [old], come: [fresh] }] : pieces(before, after)))
}

function longest(before: string[], places: Map<string, number[]>, aFrom: number, aTo: number, bFrom: number, bTo: number): Match {
  const best: Match = { a: aFrom, b: bFrom, size: 0 }
  let lengths = new Map<number, number>()
  for (let i = aFrom; i < aTo; i++) {
    const fresh = new Map<number, number>()
    for (const j of places.get(before[i]!) ?? []) {
      if (j < bFrom) continue
      if (j >= bTo) break
      const size = (lengths.get(j - 1) ?? 0) + 1
      fresh.set(j, size)
      if (size > best.size) Object.assign(best, { a: i - size + 1, b: j - size + 1, size })
    }
    lengths = fresh
  }
  return best
}

function matches(before: string[], after: string[]): Match[] {
  const places = new Map<string, number[]>()
  after.forEach((token, at) => {
    const known = places.get(token)
    if (known) known.push(at)
    else places.set(token, [at])
  })
  const found: Match[] = []
  const waiting: [number, number, number, number][] = [[0, before.length, 0, after.length]]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [aFrom, aTo, bFrom, bTo] = next
    const match = longest(before, places, aFrom, aTo, bFrom, bTo)
    if (match.size === 0) continue
    found.push(match)
    if (aFrom < match.a && bFrom < match.b) waiting.push([aFrom, match.a, bFrom, match.b])
    if (match.a + match.size < aTo && match.b + match.size < bTo) waiting.push([match.a + match.size, aTo, match.b + match.size, bTo])
  }
  return found.sort((one, other) => one.a - other.a || one.b - other.b)
}

function pieces(before: string[], after: string[]): Piece[] {
  const found: Piece[] = []
  let [i, j] = [0, 0]
  for (const { a, b, size } of [...matches(before, after), { a: before.length, b: after.length, size: 0 }]) {
    if (i < a || j < b) found.push({ same: false, gone: before.slice(i, a), come: after.slice(j, b) })
    const last = found.at(-1)
    const shared = before.slice(a, a + size)
    if (size > 0 && last?.same) found[found.length - 1] = { same: true, gone: [...last.gone, ...shared], come: [...last.come, ...shared] }
    else if (size > 0) found.push({ same: true, gone: shared, come: shared })
    ;[i, j] = [a + size, b + size]
  }
  return found
}

/** Shared stretches of fewer than `ISLAND` tokens between two changes are taken into the change. */
function joined(found: Piece[]): Piece[] {
  const kept: Piece[] = []
  found.forEach((piece, place) => {
    const inside = place > 0 && place < found.length - 1
    const same = piece.same && !(inside && piece.gone.length < ISLAND)
    const last = kept.at(-1)
    if (last && !last.same && !same) kept[kept.length - 1] = { same, gone: [...last.gone, ...piece.gone], come: [...last.come, ...piece.come] }
    else kept.push({ ...piece, same })
  })
  return kept
}

function runs(found: Piece[]): Run[] {
  return found.flatMap(({ same, gone, come }): Run[] => [
    ...(same ? [{ change: "same" as const, text: gone.join("") }] : []),
    ...(!same && gone.length ? [{ change: "gone" as const, text: gone.join("") }] : []),
    ...(!same && come.length ? [{ change: "new" as const, text: come.join("") }] : []),
  ])
}
