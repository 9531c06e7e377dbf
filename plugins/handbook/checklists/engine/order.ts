// One order of keys, so that the same values give the same text.

const KEYS = [
  "id", "code", "fingerprint", "version", "date", "kind", "from", "item", "answer", "why", "title", "label", "short", "zh", "en", "edition", "last",
  "result", "severity", "evidence", "remark", "reason", "capa", "changed", "samples", "review",
]
const RANK = new Map(KEYS.map((key, place) => [key, place]))

/** For JSON.stringify: keys of the format by rank, others by name. Answers stand in the order that they are given in. */
export function keysOf(key: string, value: unknown): unknown {
  if (key === "" || key === "answers") return value
  return ordered(value)
}

function ordered(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value
  const rank = (name: string): number => RANK.get(name) ?? KEYS.length
  const entries = Object.entries(value).sort(([one], [other]) => rank(one) - rank(other) || (one < other ? -1 : 1))
  return Object.fromEntries(entries)
}

/** Whether two values say the same, whatever the order of their keys. */
export function sameValue(one: unknown, other: unknown): boolean {
  const text = (value: unknown): string => JSON.stringify([value], (_, inner) => ordered(inner))
  return one === other || text(one) === text(other)
}
