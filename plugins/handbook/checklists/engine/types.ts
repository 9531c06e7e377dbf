// What the engine passes about: the catalogue that the handbook is built into, and the assessment that an auditor
// fills. The assessment's shape is published as data/assessment.schema.json (made from handbook/checklists/record.py);
// a test holds the two together.

export type Language = "zh" | "en"
export type Shown = Language | "both"
export interface Text {
  zh: string
  en: string
}

// ------------------------------------------------------------------------------------------------ the catalogue

export interface Edition {
  version: string
  fingerprint: string
  date: string
}

export const GROUPS = ["products", "sources", "modifications", "donors", "stages", "roles"] as const
export type Group = (typeof GROUPS)[number]

/** What is chosen; an empty list restricts nothing. */
export type Profile = Record<Group | "topics" | "points" | "documents" | "forces" | "modalities", string[]>

export interface Work {
  id: string
  title: Text
  short: Text
  force: string
  kind: string
  file: string
}

/** One value of a vocabulary; `covers` holds itself and everything more general. */
export interface Value {
  id: string
  label: Text
  broader: string | null
  covers: string[]
  /** For modifications: products that the choice counts as too. */
  implies: string[]
}

/** A clause as the catalogue holds it. `audited` is false for what asks nothing (statements, definitions). */
export interface Entry {
  id: string
  code: string
  fingerprint: string
  document: string
  heading: Text
  number: string | null
  lines: [number, number]
  type: string
  modality: string
  audited: boolean
  zh: string
  en: string
  scope: Record<Group, string[]>
  topics: string[]
  points: string[]
  look: Text[]
  evidence: string[]
  note: Text | null
  /** Page and anchor, relative to the folder of a language: documents/x/index.html#y */
  url: string
}

export interface ReadyList {
  id: string // audit/cell-bank, document/<id>, topic/<id>, point/<id>
  title: Text
  purpose: Text | null
  profile: Profile
  items: string[]
}

/** What became of clauses of an earlier document or edition. */
export interface Move {
  verb: string // unchanged, wording, modified, moved-to, split-to, merged-to, covered-by, deleted, withdrawn
  from: string[]
  to: string[]
  reason: Text | null
}

export interface Catalogue {
  schema: 1
  edition: Edition
  documents: Work[]
  vocabularies: Record<Group | "topics" | "points" | "evidence", Value[]>
  forces: { id: string; label: Text }[]
  modalities: { id: string; label: Text }[]
  entries: Entry[]
  lists: ReadyList[]
  moves: Move[]
}

// ----------------------------------------------------------------------------------------------- the assessment

export const RESULTS = ["conforms", "partly", "does-not-conform", "not-applicable", "not-checked"] as const
export type Result = (typeof RESULTS)[number]
export const SEVERITIES = ["critical", "major", "minor"] as const
export type Severity = (typeof SEVERITIES)[number]

export const FORMAT = "cell-therapy-handbook/assessment"
export const VERSION = 1

/** What is said of one item, as a whole or for one sample. */
export interface Mark {
  result: Result
  severity: Severity | null
  evidence: string
  remark: string
  reason: string // why not applicable
  capa: string
}

/** Why an answer wants another look after an update: the wording it was given on. */
export interface Review {
  kind: "reworded" | "moved" | "split" | "merged" | "succeeded"
  from: { id: string; fingerprint: string; zh: string; en: string; edition: Edition }[]
}

export interface Answer extends Mark {
  changed: string | null // ISO time of the last change
  samples: Record<string, Mark> // by id of the sample
  review: Review | null
}

/** A copy of what was asked, so that an answer can be read years later without the handbook. */
export interface Item {
  id: string
  code: string
  fingerprint: string
  document: { id: string; short: Text; force: string; file: string }
  heading: Text
  number: string | null
  lines: [number, number]
  topic: { id: string; label: Text }
  type: string
  modality: string
  zh: string
  en: string
  look: Text[]
  evidence: Text[]
  url: string
}

/** An item that the handbook no longer asks, or no longer asks here; what was answered stays. */
export interface Archived {
  item: Item
  answer: Answer
  why: Text
  edition: Edition // the one that dropped it
  last?: Edition | null // the last one that asked it, with the wording that the item holds
}

export interface Sample {
  id: string
  label: string
}

export interface Head {
  site: string
  product: string
  scope: string
  auditor: string
  auditee: string
  begins: string // ISO date or empty
  ends: string
}

export interface Assessment {
  format: typeof FORMAT
  version: typeof VERSION
  id: string
  title: string
  created: string
  changed: string
  archived: boolean
  edition: Edition
  checklist: {
    id: string
    title: Text
    profile: Profile
    /** Documents whose later version took their place here: an update adds none of their clauses again. */
    succeeded?: string[]
  }
  head: Head
  samples: Sample[]
  items: Item[]
  answers: Record<string, Answer> // by item id; an item without an answer is not checked
  archive: Archived[]
}
