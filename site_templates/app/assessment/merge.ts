// One assessment, changed in two tabs since both read it: what each changed is kept. An item changed in both shows the
// later answer and offers the other one.
import type { Answer, Archived, Assessment, Head, Item, Sample } from "../parts/engine.ts"

export interface Both {
  item: string
  other: Answer
}

export interface Joined {
  assessment: Assessment
  /** Items whose answer came from the other tab. */
  taken: string[]
  both: Both[]
}

const same = (one: unknown, other: unknown): boolean => one === other || JSON.stringify(one) === JSON.stringify(other)

/** `mine` and `theirs`, both made from `base`, as one. */
export function join(base: Assessment, mine: Assessment, theirs: Assessment): Joined {
  const { answers, taken, both } = joinAnswers(base, mine, theirs)
  const updated = mine.edition.fingerprint !== base.edition.fingerprint ? mine : theirs
  const assessment: Assessment = {
    ...updated,
    title: mine.title !== base.title ? mine.title : theirs.title,
    archived: mine.archived !== base.archived ? mine.archived : theirs.archived,
    head: joinHead(base.head, mine.head, theirs.head),
    samples: joinSamples(base.samples, mine.samples, theirs.samples),
    items: joinItems(updated, updated === mine ? theirs : mine),
    answers,
    archive: joinArchive(theirs.archive, mine.archive),
    changed: mine.changed > theirs.changed ? mine.changed : theirs.changed,
  }
  return { assessment: settled(assessment), taken, both }
}

function joinAnswers(base: Assessment, mine: Assessment, theirs: Assessment): Pick<Joined, "taken" | "both"> & { answers: Record<string, Answer> } {
  const answers: Record<string, Answer> = {}
  const taken: string[] = []
  const both: Both[] = []
  for (const id of new Set([...Object.keys(theirs.answers), ...Object.keys(mine.answers)])) {
    const [was, own, other] = [base.answers[id], mine.answers[id], theirs.answers[id]]
    const changedHere = own !== was && !same(own, was)
    const changedThere = !same(other, was)
    if (own && other && changedHere && changedThere && !same(own, other)) {
      const later = (own.changed ?? "") >= (other.changed ?? "") ? own : other
      answers[id] = later
      both.push({ item: id, other: later === own ? other : own })
      if (later === other) taken.push(id)
    } else if (changedThere && !changedHere) {
      if (other) answers[id] = other
      taken.push(id)
    } else if (own ?? other) {
      answers[id] = (own ?? other)!
    }
  }
  return { answers, taken, both }
}

function joinHead(base: Head, mine: Head, theirs: Head): Head {
  const keys = Object.keys(theirs) as (keyof Head)[]
  return Object.fromEntries(keys.map((key) => [key, mine[key] !== base[key] ? mine[key] : theirs[key]])) as unknown as Head
}

/** A sample that one side removed is gone unless the other renamed it; added ones are all kept. */
function joinSamples(base: Sample[], mine: Sample[], theirs: Sample[]): Sample[] {
  const was = new Map(base.map((sample) => [sample.id, sample.label]))
  const own = new Map(mine.map((sample) => [sample.id, sample.label]))
  const other = new Map(theirs.map((sample) => [sample.id, sample.label]))
  const ids = [...new Set([...other.keys(), ...own.keys()])]
  return ids.flatMap((id): Sample[] => {
    const [before, here, there] = [was.get(id), own.get(id), other.get(id)]
    if (here === undefined) return before === undefined || there !== before ? [{ id, label: there! }] : []
    if (there === undefined) return before === undefined || here !== before ? [{ id, label: here }] : []
    return [{ id, label: here !== before ? here : there }]
  })
}

function joinItems(first: Assessment, second: Assessment): Item[] {
  if (first.items === second.items || first.edition.fingerprint !== second.edition.fingerprint) return first.items
  const known = new Set(first.items.map((item) => item.id))
  const more = second.items.filter((item) => !known.has(item.id))
  return more.length ? [...first.items, ...more] : first.items
}

export const archivedKey = ({ item, answer }: Archived): string => `${item.id} ${item.fingerprint} ${JSON.stringify(answer)}`

function joinArchive(one: Archived[], other: Archived[]): Archived[] {
  // One item can be archived with several answers (merged clauses), so the answer tells two entries apart too.
  const known = new Set(one.map(archivedKey))
  return [...one, ...other.filter((entry) => !known.has(archivedKey(entry)))]
}

/** After an update in one tab: an answer given in the other to an item that is now archived goes to the archive. */
function settled(a: Assessment): Assessment {
  const asked = new Set(a.items.map((item) => item.id))
  const archived = new Set(a.archive.map((entry) => entry.item.id))
  const stray = Object.keys(a.answers).filter((id) => !asked.has(id) && archived.has(id))
  if (!stray.length) return a
  const answers = { ...a.answers }
  const archive = a.archive.map((entry) => {
    const answer = answers[entry.item.id]
    return answer && !asked.has(entry.item.id) && (answer.changed ?? "") > (entry.answer.changed ?? "") ? { ...entry, answer } : entry
  })
  for (const id of stray) delete answers[id]
  return { ...a, answers, archive }
}
