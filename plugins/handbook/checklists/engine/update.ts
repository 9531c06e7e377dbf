// An assessment on a newer edition. No answer is lost: it stays, goes along with its clause to be confirmed, or is
// archived with the wording that it was given on. Nothing is decided that the auditor cannot see in the plan.
import { answerOf, isAnswered, itemsById } from "./answers.ts"
import { combine, type Part } from "./combine.ts"
import { belonging, COLLECTED, itemOf, lookupOf } from "./create.ts"
import { Lineage } from "./lineage.ts"
import { message, type Message, WORDS } from "./messages.ts"
import { sameValue } from "./order.ts"
import type { Answer, Archived, Assessment, Catalogue, Edition, Item, Review, Text } from "./types.ts"

export interface Changed {
  kind: Review["kind"]
  item: Item
  from: Item[]
  answered: boolean
}

/** A draft in the assessment whose later version the handbook has; `update` takes it up when asked to. */
export interface Succession {
  from: { id: string; short: Text }
  to: { id: string; short: Text }
  items: number
}

export interface Plan {
  from: Edition
  to: Edition
  /** Nothing would change but perhaps the edition that the assessment names. */
  nothing: boolean
  kept: number
  changed: Changed[]
  added: Item[]
  /** Answered, and no longer asked. */
  archived: Archived[]
  /** Never answered, and no longer asked or no longer part of this checklist. */
  removed: Item[]
  /** Back from the archive, since the handbook asks it again. */
  restored: Item[]
  /** Answered, and still asked by the handbook, but no longer part of this checklist; they stay. */
  outside: Item[]
  successions: Succession[]
  notes: Message[]
}

export interface Updated {
  assessment: Assessment
  plan: Plan
}

/** What an update would do. */
export function updatePlan(a: Assessment, catalogue: Catalogue): Plan {
  return applyUpdate(a, catalogue, a.changed).plan
}

/** The assessment on the edition of the catalogue. A second time it changes nothing. */
export function applyUpdate(a: Assessment, catalogue: Catalogue, now: string): Updated {
  return new Update(a, catalogue, null).made(now)
}

/** What taking up the later version of a document would do. */
export function successionPlan(a: Assessment, catalogue: Catalogue, document: string): Plan {
  return applySuccession(a, catalogue, document, a.changed).plan
}

/** Update, with the clauses of the later version in place of those of `document`, as far as lineage leads there. */
export function applySuccession(a: Assessment, catalogue: Catalogue, document: string, now: string): Updated {
  const succession = successionsOf(a, catalogue).find(({ from }) => from.id === document)
  return new Update(a, catalogue, succession ?? null).made(now)
}

/** Drafts of which the assessment has items, with their later versions. */
export function successionsOf(a: Assessment, catalogue: Catalogue): Succession[] {
  const { entries, documents } = lookupOf(catalogue)
  const later = new Map<string, string>()
  for (const move of catalogue.moves) {
    const from = entries.get(move.from[0] ?? "")?.document
    const to = entries.get(move.to[0] ?? "")?.document
    if (from !== undefined && to !== undefined && from !== to) later.set(from, to)
  }
  return [...later].flatMap(([from, to]): Succession[] => {
    const items = a.items.filter(({ document }) => document.id === from).length
    const [earlier, newer] = [documents.get(from), documents.get(to)]
    return items > 0 && earlier && newer ? [{ from: { id: from, short: earlier.short }, to: { id: to, short: newer.short }, items }] : []
  })
}

interface Source {
  item: Item
  answer: Answer
  /** How many successors the item has. */
  width: number
}

class Update {
  private readonly answers = new Map<string, Answer>()
  private readonly sources = new Map<string, Source[]>()
  private readonly archive: Archived[]
  private readonly plan: Plan
  private readonly left: Set<string>
  private readonly lineage: Lineage
  private readonly checklist: Assessment["checklist"]

  constructor(
    private readonly a: Assessment,
    private readonly catalogue: Catalogue,
    private readonly succession: Succession | null,
  ) {
    this.left = new Set([...(a.checklist.succeeded ?? []), ...(succession ? [succession.from.id] : [])])
    this.lineage = new Lineage(catalogue, this.left)
    this.archive = a.archive
    this.checklist = this.left.size > (a.checklist.succeeded?.length ?? 0) ? this.succeeded() : a.checklist
    this.plan = {
      from: a.edition, to: catalogue.edition, nothing: true, kept: 0, changed: [], added: [], archived: [], removed: [], restored: [], outside: [],
      successions: successionsOf(a, catalogue), notes: [],
    }
  }

  /** The checklist of a document becomes that of its later version; any other remembers what was succeeded. */
  private succeeded(): Assessment["checklist"] {
    const { checklist } = this.a
    const list = this.succession && checklist.id === `document/${this.succession.from.id}` && lookupOf(this.catalogue).lists.get(`document/${this.succession.to.id}`)
    const base = list ? { id: list.id, title: list.title, profile: list.profile } : this.forBoth(checklist)
    return { ...base, succeeded: [...this.left].sort() }
  }

  /** A choice of documents that named the earlier version names the later one too. */
  private forBoth(checklist: Assessment["checklist"]): Assessment["checklist"] {
    const { documents } = checklist.profile
    const to = this.succession?.to.id
    const add = to !== undefined && documents.includes(this.succession!.from.id) && !documents.includes(to)
    return add ? { ...checklist, profile: { ...checklist.profile, documents: [...documents, to] } } : checklist
  }

  made(now: string): Updated {
    const { a, catalogue, plan } = this
    this.belonging()
    const [there, leaving] = this.parted()
    leaving.forEach((item) => this.leave(item))
    const staying = there.filter(({ id }) => this.hasPlace(id))
    const kept = staying.map((item) => this.kept(item))
    const ids = new Set(kept.map(({ id }) => id))
    this.remove([...leaving, ...there], ids)
    plan.outside = staying.filter(({ id }) => !this.isAsked(id))
    const restored = this.restored(ids)
    const arrived = [...this.sources.keys()].filter((id) => !ids.has(id))
    arrived.forEach((id) => ids.add(id))
    const added = this.added(ids)
    const fresh = [...arrived, ...restored.map(({ item }) => item.id), ...added].map((id) => this.fresh(id))
    const items = this.placed(kept, this.inOrder(fresh))
    for (const [id, sources] of this.sources) this.settle(id, sources, items)
    plan.added = this.inOrder(added.map((id) => this.fresh(id)))
    const archive = [...this.archive.filter((entry) => !restored.includes(entry)), ...plan.archived]
    const sameItems = items.length === a.items.length && items.every((item, place) => item === a.items[place])
    plan.nothing = sameItems && this.answers.size === 0 && plan.archived.length + plan.removed.length + restored.length === 0 && this.checklist === a.checklist
    const settled = plan.nothing && a.edition.fingerprint === catalogue.edition.fingerprint && a.edition.version === catalogue.edition.version
    if (settled) return { assessment: a, plan }
    const gone = new Set(a.items.flatMap(({ id }) => (ids.has(id) ? [] : [id])))
    const before = Object.entries(a.answers).filter(([id]) => !gone.has(id))
    const answers = Object.fromEntries([...before, ...this.answers])
    return { assessment: { ...a, edition: catalogue.edition, checklist: this.checklist, items: sameItems ? a.items : items, answers, archive, samples: this.samples(), changed: now }, plan }
  }

  private fresh(id: string): Item {
    return itemOf(this.catalogue, lookupOf(this.catalogue).entries.get(id)!)
  }

  private inOrder(items: Item[]): Item[] {
    return [...items].sort((one, other) => this.place(one) - this.place(other))
  }

  private place({ id }: Item): number {
    return lookupOf(this.catalogue).places.get(id) ?? 0
  }

  /** New items stand among those of their document where the handbook has them; of a new document, at the end. */
  private placed(kept: Item[], fresh: Item[]): Item[] {
    const items = [...kept]
    for (const item of fresh) {
      const alike = (one: Item): boolean => one.document.id === item.document.id
      const before = items.findLastIndex((one) => alike(one) && this.place(one) < this.place(item))
      const first = before >= 0 ? before + 1 : items.findIndex(alike)
      items.splice(first >= 0 ? first : items.length, 0, item)
    }
    return items
  }

  /** Samples that a restored answer names and that were taken out since are listed again. */
  private samples(): Assessment["samples"] {
    const known = new Set(this.a.samples.map(({ id }) => id))
    const named = new Set([...this.answers.values()].flatMap(({ samples }) => Object.keys(samples)))
    const missing = [...named].filter((id) => !known.has(id))
    return missing.length === 0 ? this.a.samples : [...this.a.samples, ...missing.map((id) => ({ id, label: id }))]
  }

  // ----------------------------------------------------------------------------------- items that were there

  /** The items whose clause is still there to be asked, and those whose answers are on the way elsewhere. */
  private parted(): [Item[], Item[]] {
    const { entries } = lookupOf(this.catalogue)
    const there = new Set(this.a.items.filter(({ id }) => entries.has(id) && !this.left.has(entries.get(id)!.document)))
    return [[...there], this.a.items.filter((item) => !there.has(item))]
  }

  /** The item as the handbook has it now. */
  private kept(item: Item): Item {
    const now = this.fresh(item.id)
    if (now.fingerprint !== item.fingerprint) {
      this.reword(item, now, answerOf(this.a, item.id))
      return now
    }
    this.plan.kept += 1
    return sameValue(now, item) ? item : now
  }

  /** Whether the checklist asks it; one that no longer says what it asks turns nothing away. */
  private isAsked(id: string): boolean {
    return this.asked.size === 0 || this.asked.has(id)
  }

  /** What the checklist does not ask has a place only with an answer, its own or one that arrives. */
  private hasPlace(id: string): boolean {
    const arrives = this.sources.get(id)?.some(({ answer }) => isAnswered(answer)) ?? false
    return this.isAsked(id) || arrives || isAnswered(answerOf(this.a, id))
  }

  /** Lists the unanswered items that go without a successor; successors that have no place are none. */
  private remove(items: Item[], ids: ReadonlySet<string>): void {
    for (const id of this.sources.keys()) if (!this.hasPlace(id)) this.sources.delete(id)
    const carried = new Set([...this.sources.values()].flatMap((sources) => sources.map(({ item }) => item.id)))
    const goes = ({ id }: Item): boolean => !ids.has(id) && !carried.has(id) && !isAnswered(answerOf(this.a, id))
    this.plan.removed = items.filter(goes)
  }

  private reword(was: Item, now: Item, answer: Answer): void {
    const answered = isAnswered(answer)
    this.plan.changed.push({ kind: "reworded", item: now, from: [was], answered })
    if (!answered) return
    const pending = answer.review
    // The wording that was answered on stays the one to compare with; when it has come back, there is nothing to confirm.
    const back = pending?.from.length === 1 && pending.from[0]?.id === now.id && pending.from[0].fingerprint === now.fingerprint
    const review = pending ? (back ? null : pending) : this.review("reworded", [was])
    if (review !== pending) this.answers.set(was.id, { ...answer, review })
  }

  private review(kind: Review["kind"], from: Item[], edition: Edition = this.a.edition): Review {
    return { kind, from: from.map(({ id, fingerprint, zh, en }) => ({ id, fingerprint, zh, en, edition })) }
  }

  private leave(item: Item): void {
    const answer = answerOf(this.a, item.id)
    const fate = this.lineage.fateOf(item.id)
    for (const to of fate.to) this.sources.set(to, [...(this.sources.get(to) ?? []), { item, answer, width: fate.to.length }])
    if (isAnswered(answer) && fate.to.length === 0) this.archived(item, answer, fate.why)
  }

  private archived(item: Item, answer: Answer, why: Text): void {
    this.plan.archived.push({ item, answer, why, edition: this.catalogue.edition, last: this.a.edition })
  }

  // ------------------------------------------------------------------------------------ where answers arrive

  /** The answer of an item from those of its predecessors, and its own when it was there already. */
  private settle(id: string, sources: Source[], items: Item[]): void {
    const item = items.find((one) => one.id === id)!
    const own = itemsById(this.a).get(id)
    const ownAnswer = this.answers.get(id) ?? answerOf(this.a, id)
    const from = own && isAnswered(ownAnswer) ? [{ item: own, answer: ownAnswer, width: 1 }, ...sources] : sources
    const answered = from.filter(({ answer }) => isAnswered(answer))
    const kind = this.kindOf(from, own !== undefined)
    this.plan.changed = this.plan.changed.filter((one) => one.item.id !== id)
    this.plan.changed.push({ kind, item, from: from.map((source) => source.item), answered: answered.length > 0 })
    if (answered.length === 0) return
    const [only] = from
    const single = from.length === 1 && only !== undefined
    const answer = single ? only.answer : combine(from.map(({ item: { code, id: name }, answer: said }): Part => ({ code: code || name, answer: said })))
    this.answers.set(id, { ...answer, review: this.arrival(kind, answered) })
    if (!single) this.keepParts(answered, item)
  }

  private kindOf(from: Source[], there: boolean): Review["kind"] {
    if (this.succession && from.some(({ item }) => item.document.id === this.succession?.from.id)) return "succeeded"
    if (from.length > 1 || there) return "merged"
    return (from[0]?.width ?? 1) > 1 ? "split" : "moved"
  }

  /** What had not been confirmed yet is still compared with the wording that it was answered on. */
  private arrival(kind: Review["kind"], answered: Source[]): Review {
    const wordings = answered.flatMap(({ item, answer }) => answer.review?.from ?? this.review(kind, [item]).from)
    const seen = new Set<string>()
    const known = (wording: Review["from"][number]): boolean => seen.has(`${wording.id} ${wording.fingerprint}`)
    const from = wordings.filter((wording) => !known(wording) && seen.add(`${wording.id} ${wording.fingerprint}`))
    return { kind, from }
  }

  /** The single answers behind a combined one stay readable in the archive, each as it was given. */
  private keepParts(answered: Source[], into: Item): void {
    const why = { zh: `${WORDS.mergedInto.zh} ${into.code}`, en: `${WORDS.mergedInto.en} ${into.code}` }
    for (const { item, answer } of answered) {
      const known = this.plan.archived.some((entry) => entry.item.id === item.id && entry.answer === answer)
      if (!known) this.archived(item, answer, why)
    }
  }

  // ------------------------------------------------------------------------------- what belongs to the list

  private asked: Set<string> = new Set()

  private belonging(): void {
    const entries = belonging(this.catalogue, this.checklist)
    if (entries === null) this.plan.notes.push(message("update-list-gone", [this.checklist.title]))
    this.asked = new Set((entries ?? []).filter(({ document }) => !this.left.has(document)).map(({ id }) => id))
  }

  /** The latest of an item's archived answers comes back when the handbook asks the item again. */
  private restored(ids: Set<string>): Archived[] {
    const { entries } = lookupOf(this.catalogue)
    const latest = new Map(this.archive.map((entry) => [entry.item.id, entry]))
    const back = [...latest.values()].filter(({ item: { id }, answer }) => {
      const entry = entries.get(id)
      const asks = this.asked.has(id) || this.checklist.id === COLLECTED
      return entry !== undefined && asks && !ids.has(id) && !this.sources.has(id) && !this.left.has(entry.document) && isAnswered(answer)
    })
    for (const { item, answer, edition, last } of back) {
      ids.add(item.id)
      const now = this.fresh(item.id)
      this.plan.restored.push(now)
      this.answers.set(item.id, { ...answer, review: answer.review ?? this.review("reworded", [item], last ?? edition) })
    }
    return back
  }

  private added(ids: Set<string>): string[] {
    const added = [...this.asked].filter((id) => !ids.has(id))
    added.forEach((id) => ids.add(id))
    return added
  }
}
