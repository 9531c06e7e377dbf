// A new assessment: a copy of what is asked, with nothing answered.
import { select } from "./applicability.ts"
import { type Assessment, type Catalogue, type Entry, FORMAT, GROUPS, type Item, type Language, type Profile, type ReadyList, type Text, VERSION, type Work } from "./types.ts"

/** What to make an assessment of: a ready-made list, a choice, or single clauses; ids that are unknown are passed over. */
export interface Choice {
  list?: string
  profile?: Profile
  clauses?: string[]
  title?: string
}

export interface Given {
  id: string
  now: string // ISO time
  language: Language
}

/** Id of the checklist of an assessment that was put together: by a choice, or clause by clause. */
export const CHOSEN = "chosen"
export const COLLECTED = "collected"

const OWN_TITLES: Record<string, Text> = {
  [CHOSEN]: { zh: "自选检查表", en: "Checklist of my choice" },
  [COLLECTED]: { zh: "收集的条款", en: "Collected clauses" },
}
const ELSEWHERE: Text = { zh: "其他", en: "Other" }

interface Known {
  entries: Map<string, Entry>
  works: Map<string, Work>
  topics: Map<string, Text>
  evidence: Map<string, Text>
  lists: Map<string, ReadyList>
}

const indexes = new WeakMap<Catalogue, Known>()

/** The catalogue by ids; made once for each. */
export function known(catalogue: Catalogue): Known {
  const made = indexes.get(catalogue)
  if (made) return made
  const labels = (values: { id: string; label: Text }[]): Map<string, Text> => new Map(values.map((value) => [value.id, value.label]))
  const index: Known = {
    entries: new Map(catalogue.entries.map((entry) => [entry.id, entry])),
    works: new Map(catalogue.documents.map((work) => [work.id, work])),
    topics: labels(catalogue.vocabularies.topics),
    evidence: labels(catalogue.vocabularies.evidence),
    lists: new Map(catalogue.lists.map((list) => [list.id, list])),
  }
  indexes.set(catalogue, index)
  return index
}

/** A choice that restricts nothing. */
export const wholeProfile = (): Profile =>
  Object.fromEntries([...GROUPS, "topics", "points", "documents", "forces", "modalities"].map((key) => [key, []])) as unknown as Profile

/** The copy of a clause that an assessment keeps. */
export function itemOf(catalogue: Catalogue, entry: Entry): Item {
  const { works, topics, evidence } = known(catalogue)
  const work = works.get(entry.document)
  const topic = entry.topics[0] ?? ""
  return {
    id: entry.id,
    code: entry.code,
    fingerprint: entry.fingerprint,
    document: { id: entry.document, short: work?.short ?? { zh: entry.document, en: entry.document }, force: work?.force ?? "", file: work?.file ?? "" },
    heading: entry.heading,
    number: entry.number,
    lines: entry.lines,
    topic: { id: topic, label: topics.get(topic) ?? ELSEWHERE },
    type: entry.type,
    modality: entry.modality,
    zh: entry.zh,
    en: entry.en,
    look: entry.look,
    evidence: entry.evidence.map((id) => evidence.get(id) ?? { zh: id, en: id }),
    url: entry.url,
  }
}

/** The ids of the clauses that a checklist holds in this catalogue, in its order; null when the list is not there. */
export function clausesOf(catalogue: Catalogue, checklist: string, profile: Profile): string[] | null {
  if (checklist === COLLECTED) return null
  if (checklist === CHOSEN) return select(catalogue, profile).taken.map((entry) => entry.id)
  return known(catalogue).lists.get(checklist)?.items ?? null
}

/** A new assessment in which nothing is checked yet. */
export function createAssessment(catalogue: Catalogue, choice: Choice, given: Given): Assessment {
  const { entries, lists } = known(catalogue)
  const list = choice.list === undefined ? undefined : lists.get(choice.list)
  const profile = { ...wholeProfile(), ...(list?.profile ?? choice.profile ?? {}) }
  const id = list?.id ?? (choice.clauses ? COLLECTED : CHOSEN)
  const clauses = list?.items ?? choice.clauses ?? (choice.list === undefined ? clausesOf(catalogue, CHOSEN, profile) : null) ?? []
  const title = list?.title ?? OWN_TITLES[id] ?? ELSEWHERE
  return {
    format: FORMAT,
    version: VERSION,
    id: given.id,
    title: choice.title?.trim() || title[given.language],
    created: given.now,
    changed: given.now,
    archived: false,
    edition: catalogue.edition,
    checklist: { id, title, profile },
    head: { site: "", product: "", scope: "", auditor: "", auditee: "", begins: "", ends: "" },
    samples: [],
    items: [...new Set(clauses)].flatMap((clause) => {
      const entry = entries.get(clause)
      return entry ? [itemOf(catalogue, entry)] : []
    }),
    answers: {},
    archive: [],
  }
}
