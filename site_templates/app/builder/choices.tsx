// The facets: what can be chosen, each value with how many clauses stand under it.
import type { Catalogue, Entry, Profile, Text } from "../parts/engine.ts"
import { GROUPS } from "../parts/engine.ts"
import { of, say } from "../parts/words.ts"

type Key = keyof Profile
const ORDER: readonly Key[] = [...GROUPS, "points", "topics", "forces", "modalities", "documents"]
const OPEN: readonly Key[] = ["products", "donors", "stages", "forces"]

interface Choice {
  id: string
  label: Text
  level: number
}

/** The values of a group as a tree in one list. */
function choicesOf(known: Catalogue, key: Key): Choice[] {
  if (key === "forces") return known.forces.map((value) => ({ ...value, level: 0 }))
  if (key === "modalities") return known.modalities.map((value) => ({ ...value, level: 0 }))
  if (key === "documents") return known.documents.map(({ id, short }) => ({ id, label: short, level: 0 }))
  const values = known.vocabularies[key]
  const below = (broader: string | null, level: number): Choice[] =>
    values.filter((value) => value.broader === broader).flatMap((value) => [{ id: value.id, label: value.label, level }, ...below(value.id, level + 1)])
  return below(null, 0)
}

const tables = new WeakMap<Catalogue, Map<string, number>>()

/** How many clauses that ask something name each value. */
function countsOf(known: Catalogue): Map<string, number> {
  const made = tables.get(known)
  if (made) return made
  const forces = new Map(known.documents.map((work) => [work.id, work.force]))
  const counts = new Map<string, number>()
  const values = (entry: Entry, key: Key): string[] => {
    if (key === "forces") return [forces.get(entry.document) ?? ""]
    if (key === "modalities") return [entry.modality]
    if (key === "documents") return [entry.document]
    return key === "topics" || key === "points" ? entry[key] : entry.scope[key]
  }
  for (const entry of known.entries) {
    if (!entry.audited) continue
    for (const key of ORDER) for (const value of values(entry, key)) counts.set(`${key} ${value}`, (counts.get(`${key} ${value}`) ?? 0) + 1)
  }
  tables.set(known, counts)
  return counts
}

export function Choices({ known, profile, onChange }: { known: Catalogue; profile: Profile; onChange: (next: Profile) => void }) {
  const counts = countsOf(known)
  const toggle = (key: Key, value: string): void => {
    const chosen = profile[key].includes(value) ? profile[key].filter((one) => one !== value) : [...profile[key], value]
    onChange({ ...profile, [key]: chosen })
  }
  return (
    <form class="hb-build-choices" aria-label={say("chosen")} onSubmit={(event) => event.preventDefault()}>
      {ORDER.map((key) => {
        const chosen = profile[key]
        return (
          <details key={key} data-hb={`group-${key}`} open={OPEN.includes(key) || chosen.length > 0}>
            <summary>{say(`group.${key}`)} <span class="hb-count">{chosen.length > 0 ? chosen.length : say("any")}</span></summary>
            <ul>
              {choicesOf(known, key).map((choice) => (
                <li key={choice.id} style={{ paddingLeft: `${choice.level}rem` }}>
                  <label>
                    <input type="checkbox" name={key} value={choice.id} checked={chosen.includes(choice.id)} onChange={() => toggle(key, choice.id)} />{" "}
                    {of(choice.label)} <span class="hb-count">{counts.get(`${key} ${choice.id}`) ?? 0}</span>
                  </label>
                </li>
              ))}
            </ul>
          </details>
        )
      })}
    </form>
  )
}
