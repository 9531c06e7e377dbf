// Whether a clause belongs to a checklist, and if not, why. The rule is told, and decided, in
// handbook/applicability.py; this is the same for the page. One table of cases holds both.

import { type Catalogue, type Entry, GROUPS, type Group, type Profile } from "./types.ts"

export type Facet = "asks" | Group | "subject" | "document" | "force" | "modality"
export interface Reason {
  facet: Facet
  has: string[]
}

type Tree = Map<string, ReadonlySet<string>>
export interface Hierarchy {
  above: Map<string, Tree>
  implied: Tree
}

const trees = new WeakMap<Catalogue, Hierarchy>()

/** The hierarchies of the vocabularies, made once for each catalogue. */
export function hierarchyOf(catalogue: Catalogue): Hierarchy {
  const known = trees.get(catalogue)
  if (known) return known
  const above = new Map<string, Tree>()
  for (const [group, values] of Object.entries(catalogue.vocabularies)) {
    above.set(group, new Map(values.map((value) => [value.id, new Set(value.covers)])))
  }
  const products = above.get("products")
  const modifications = catalogue.vocabularies.modifications
  const implied: Tree = new Map(
    modifications.map((value) => {
      const own = modifications.filter((other) => value.covers.includes(other.id)).flatMap((other) => other.implies)
      return [value.id, new Set(own.flatMap((product) => [...(products?.get(product) ?? [])]))]
    }),
  )
  const hierarchy = { above, implied }
  trees.set(catalogue, hierarchy)
  return hierarchy
}

const reaches = (tree: Tree | undefined, from: string, to: string) => from === to || (tree?.get(from)?.has(to) ?? false)
const kin = (tree: Tree | undefined, one: string, other: string) => reaches(tree, one, other) || reaches(tree, other, one)

/** Every reason why the clause is left out; none when it belongs to the checklist. */
export function judge(catalogue: Catalogue, profile: Profile, entry: Entry): Reason[] {
  const { above, implied } = hierarchyOf(catalogue)
  const reasons: Reason[] = []
  if (!entry.audited && !profile.modalities.includes(entry.modality)) {
    reasons.push({ facet: "asks", has: [] })
  } else if (profile.modalities.length > 0 && !profile.modalities.includes(entry.modality)) {
    reasons.push({ facet: "modality", has: [entry.modality] })
  }
  for (const group of GROUPS) {
    const has = entry.scope[group]
    const chosen = profile[group]
    if (has.length === 0 || chosen.length === 0) continue
    const tree = above.get(group)
    const fits =
      has.some((one) => chosen.some((other) => kin(tree, one, other))) ||
      (group === "products" && has.some((one) => profile.modifications.some((value) => implied.get(value)?.has(one))))
    if (!fits) reasons.push({ facet: group, has })
  }
  if (profile.topics.length + profile.points.length > 0) {
    const topics = above.get("topics")
    const points = above.get("points")
    const about =
      entry.topics.some((own) => profile.topics.some((topic) => reaches(topics, own, topic))) ||
      entry.points.some((own) => profile.points.some((point) => kin(points, point, own)))
    if (!about) reasons.push({ facet: "subject", has: [...entry.topics, ...entry.points] })
  }
  if (profile.documents.length > 0 && !profile.documents.includes(entry.document)) {
    reasons.push({ facet: "document", has: [entry.document] })
  }
  if (profile.forces.length > 0) {
    const force = catalogue.documents.find((work) => work.id === entry.document)?.force ?? ""
    if (!profile.forces.includes(force)) reasons.push({ facet: "force", has: [force] })
  }
  return reasons
}

export interface Selection {
  taken: Entry[]
  left: { entry: Entry; reasons: Reason[] }[]
}

/** All clauses, taken or left out with every reason, in the order of the handbook. */
export function select(catalogue: Catalogue, profile: Profile): Selection {
  const selection: Selection = { taken: [], left: [] }
  for (const entry of catalogue.entries) {
    const reasons = judge(catalogue, profile, entry)
    if (reasons.length === 0) selection.taken.push(entry)
    else selection.left.push({ entry, reasons })
  }
  return selection
}
