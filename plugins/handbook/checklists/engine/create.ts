// A new assessment: from a ready-made list, a choice by facets, or collected clauses.
import { select } from "./applicability.ts"
import { WORDS } from "./messages.ts"
import { type Assessment, type Catalogue, type Entry, FORMAT, GROUPS, type Head, type Item, type Language, type Profile, type ReadyList, type Value, VERSION } from "./types.ts"

export interface Choice {
  list?: string
  profile?: Profile
  clauses?: string[]
  title?: string
}

export interface Given {
  id: string
  now: string
  language: Language
}

export const COLLECTED = "collected"
export const CHOSEN = "chosen"

/** A choice that restricts nothing. */
export function openProfile(): Profile {
  const names = [...GROUPS, "topics", "points", "documents", "forces", "modalities"] as const
  return Object.fromEntries(names.map((name) => [name, []])) as unknown as Profile
}

export function emptyHead(): Head {
  return { site: "", product: "", scope: "", auditor: "", auditee: "", begins: "", ends: "" }
}

interface Lookup {
  entries: Map<string, Entry>
  documents: Map<string, Catalogue["documents"][number]>
  topics: Map<string, Value>
  evidence: Map<string, Value>
  lists: Map<string, ReadyList>
  /** The order of the handbook. */
  places: Map<string, number>
}

const lookups = new WeakMap<Catalogue, Lookup>()

/** The records of a catalogue by id, made once for each catalogue. */
export function lookupOf(catalogue: Catalogue): Lookup {
  const known = lookups.get(catalogue)
  if (known) return known
  const by = <T extends { id: string }>(records: T[]): Map<string, T> => new Map(records.map((record) => [record.id, record]))
  const { entries, documents, vocabularies, lists } = catalogue
  const lookup: Lookup = { entries: by(entries), documents: by(documents), topics: by(vocabularies.topics), evidence: by(vocabularies.evidence), lists: by(lists), places: new Map(entries.map(({ id }, place) => [id, place])) }
  lookups.set(catalogue, lookup)
  return lookup
}

/** The copy of a clause that an assessment keeps. Its group is the first topic that the clause names. */
export function itemOf(catalogue: Catalogue, entry: Entry): Item {
  const { documents, topics, evidence } = lookupOf(catalogue)
  const work = documents.get(entry.document)
  const topic = entry.topics[0]
  const named = (id: string): { zh: string; en: string } => ({ zh: id, en: id })
  return {
    id: entry.id,
    code: entry.code,
    fingerprint: entry.fingerprint,
    document: { id: entry.document, short: work?.short ?? named(entry.document), force: work?.force ?? "", file: work?.file ?? "" },
    heading: entry.heading,
    number: entry.number,
    lines: entry.lines,
    topic: topic === undefined ? { id: "other", label: WORDS.otherTopic } : { id: topic, label: topics.get(topic)?.label ?? named(topic) },
    type: entry.type,
    modality: entry.modality,
    zh: entry.zh,
    en: entry.en,
    look: entry.look,
    evidence: entry.evidence.map((id) => evidence.get(id)?.label ?? named(id)),
    url: entry.url,
  }
}

interface Chosen {
  checklist: Assessment["checklist"]
  entries: Entry[]
}

function chosen(catalogue: Catalogue, choice: Choice): Chosen {
  const { entries, lists } = lookupOf(catalogue)
  const found = (ids: string[]): Entry[] => [...new Set(ids)].flatMap((id) => entries.get(id) ?? [])
  if (choice.list !== undefined) {
    const list = lists.get(choice.list)
    const title = list?.title ?? { zh: choice.list, en: choice.list }
    return { checklist: { id: choice.list, title, profile: list?.profile ?? openProfile() }, entries: found(list?.items ?? []) }
  }
  if (choice.clauses !== undefined) {
    return { checklist: { id: COLLECTED, title: WORDS.collected, profile: openProfile() }, entries: found(choice.clauses) }
  }
  const profile = { ...openProfile(), ...choice.profile }
  return { checklist: { id: CHOSEN, title: WORDS.chosen, profile }, entries: select(catalogue, profile).taken }
}

/** The clauses that belong to the checklist in this catalogue; null when it no longer has the list. */
export function belonging(catalogue: Catalogue, checklist: Assessment["checklist"]): Entry[] | null {
  if (checklist.id === COLLECTED) return []
  const listed = checklist.id !== CHOSEN
  if (listed && !lookupOf(catalogue).lists.has(checklist.id)) return null
  return chosen(catalogue, listed ? { list: checklist.id } : { profile: checklist.profile }).entries
}

/** A new assessment. A list wins over collected clauses, and these over a profile; unknown clauses are left out. */
export function createAssessment(catalogue: Catalogue, choice: Choice, given: Given): Assessment {
  const { checklist, entries } = chosen(catalogue, choice)
  return {
    format: FORMAT,
    version: VERSION,
    id: given.id,
    title: choice.title?.trim() || checklist.title[given.language],
    created: given.now,
    changed: given.now,
    archived: false,
    edition: catalogue.edition,
    checklist,
    head: emptyHead(),
    samples: [],
    items: entries.map((entry) => itemOf(catalogue, entry)),
    answers: {},
    archive: [],
  }
}
