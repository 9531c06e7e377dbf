// One assessment, changed in two tabs since both read it: what each changed is kept. An item changed in both shows the
// later answer and offers the other one.
import { type Answer, type Archived, type Assessment, type Head, isAnswered, type Item, type Sample, WORDS } from "../parts/engine.ts"

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
  const updated = isUpdated(base, mine) ? mine : theirs
  const other = updated === mine ? theirs : mine
  const assessment: Assessment = {
    ...updated,
    title: mine.title !== base.title ? mine.title : theirs.title,
    archived: mine.archived !== base.archived ? mine.archived : theirs.archived,
    head: joinHead(base.head, mine.head, theirs.head),
    samples: joinSamples(base.samples, mine.samples, theirs.samples),
    items: joinItems(base, updated, other),
    answers,
    archive: joinArchive(theirs.archive, mine.archive),
    changed: mine.changed > theirs.changed ? mine.changed : theirs.changed,
  }
  return { assessment: settled(base, assessment, other), taken, both }
}

/** Whether it was brought to another edition, or took up the later version of a document. */
function isUpdated(base: Assessment, one: Assessment): boolean {
  return one.edition.fingerprint !== base.edition.fingerprint || !same(one.checklist, base.checklist)
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
    } else if (changedHere && !changedThere) {
      if (own) answers[id] = own // else an update took it elsewhere
    } else if (own ?? other) {
      answers[id] = (own ?? other)!
      if (!own) taken.push(id)
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

/** Items that `second` has in addition; not those that `first` had before its update. */
function joinItems(base: Assessment, first: Assessment, second: Assessment): Item[] {
  if (first.items === second.items || first.edition.fingerprint !== second.edition.fingerprint) return first.items
  const known = new Set([...base.items, ...first.items].map((item) => item.id))
  const more = second.items.filter((item) => !known.has(item.id))
  return more.length ? [...first.items, ...more] : first.items
}

export const archivedKey = ({ item, answer }: Archived): string => `${item.id} ${item.fingerprint} ${JSON.stringify(answer)}`

function joinArchive(one: Archived[], other: Archived[]): Archived[] {
  // One item can be archived with several answers (merged clauses), so the answer tells two entries apart too.
  const known = new Set(one.map(archivedKey))
  return [...one, ...other.filter((entry) => !known.has(archivedKey(entry)))]
}

/**
 * After an update in one tab: an answer given in the `other` to an item that is asked no longer goes to the archive. It
 * takes the place of the answer that both tabs started from; what was answered in the first tab too stays beside it.
 */
function settled(base: Assessment, a: Assessment, other: Assessment): Assessment {
  const asked = new Set(a.items.map((item) => item.id))
  const items = new Map(other.items.map((item) => [item.id, item]))
  const answers = { ...a.answers }
  const archive = [...a.archive]
  for (const [id, answer] of Object.entries(a.answers)) {
    const item = items.get(id)
    if (asked.has(id) || !item) continue
    delete answers[id]
    const own = archive.filter((entry) => entry.item.id === id)
    if (!isAnswered(answer) || own.some((entry) => same(entry.answer, answer))) continue
    const before = own.find((entry) => same(entry.answer, base.answers[id]))
    if (before) archive[archive.indexOf(before)] = { ...before, answer }
    else archive.push({ item, answer, why: WORDS.otherTab, edition: a.edition, last: other.edition })
  }
  return { ...a, answers, archive }
}
