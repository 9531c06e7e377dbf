// What became of clauses that are asked no longer: where the moves of the catalogue lead.
import { lookupOf } from "./create.ts"
import { WORDS } from "./messages.ts"
import type { Catalogue, Move, Text } from "./types.ts"

/** Where an item went. Without successors it goes to the archive, for the reason given. */
export interface Fate {
  to: string[]
  why: Text
}

const ENDS = new Set(["deleted", "covered-by"])

/** The fates of items, by moves that `counts` lets through. A chain of moves is followed to clauses that are there. */
export class Lineage {
  private readonly moves = new Map<string, Move[]>()
  private readonly there: Set<string>

  /** `left` are documents whose clauses are not a place to arrive at, such as a draft that is being succeeded. */
  constructor(
    private readonly catalogue: Catalogue,
    left: ReadonlySet<string> = new Set(),
  ) {
    for (const move of catalogue.moves) {
      for (const id of move.from) this.moves.set(id, [...(this.moves.get(id) ?? []), move])
    }
    this.there = new Set(catalogue.entries.filter(({ document }) => !left.has(document)).map(({ id }) => id))
  }

  fateOf(id: string): Fate {
    const to = new Set<string>()
    const seen = new Set([id])
    let why: Text = WORDS.gone
    const waiting = [id]
    for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
      for (const move of this.moves.get(at) ?? []) {
        if (ENDS.has(move.verb) || move.to.length === 0) {
          why = this.whyOf(move)
          continue
        }
        for (const next of move.to) {
          if (this.there.has(next)) to.add(next)
          else if (!seen.has(next)) {
            seen.add(next)
            waiting.push(next)
          }
        }
      }
    }
    return { to: [...to], why }
  }

  private whyOf(move: Move): Text {
    const { entries } = lookupOf(this.catalogue)
    const base = move.verb === "covered-by" ? WORDS.covered : move.verb === "deleted" ? WORDS.deleted : WORDS.withdrawn
    const codes = move.to.map((id) => entries.get(id)?.code ?? id).join(", ")
    const said = (language: keyof Text): string => {
      const [open, close, colon] = language === "zh" ? ["（", "）", "："] : [" (", ")", ": "]
      return `${base[language]}${codes && `${open}${codes}${close}`}${move.reason ? `${colon}${move.reason[language]}` : ""}`
    }
    return { zh: said("zh"), en: said("en") }
  }
}
