// Where assessments are kept: IndexedDB, or memory alone when the browser refuses it.
import { type DBSchema, type IDBPDatabase, openDB } from "idb"
import { type Answer, type Assessment, type Item, progressOf } from "../parts/engine.ts"
import { newId } from "../parts/moment.ts"
import { type Both, join } from "./merge.ts"

const NAME = "hb-assessments"
const SCHEMA = 1
export const BIN_DAYS = 30

export interface Sums {
  total: number
  answered: number
  findings: number
}

/** An assessment as listed: without its items, which are large and seldom change. */
export type Kept = Omit<Assessment, "items"> & { revision: number; sums: Sums; others: Others }

/** Answers that lost against a later one from another tab, by item, until the reader has chosen. */
export type Others = Record<string, Answer>

export interface Binned {
  id: string
  deleted: string
  kept: Kept
  items: Item[]
}

export interface Loaded {
  assessment: Assessment
  revision: number
  others: Others
}

export interface Saved extends Loaded {
  taken: string[]
  both: Both[]
  /** The record had been deleted elsewhere, and is there again because it was changed here. */
  revived: boolean
}

export interface Store {
  /** Why nothing outlasts this page; null when everything does. */
  readonly fleeting: string | null
  list(): Promise<Kept[]>
  load(id: string): Promise<Loaded | null>
  /** Saves `mine`; what another tab saved since `base` was read is joined in, never overwritten. */
  /** `chosen` sets or, with null, settles answers that are kept beside the ones that show. */
  save(mine: Assessment, base: Loaded | null, chosen?: Record<string, Answer | null>): Promise<Saved>
  remove(id: string, now: string): Promise<void>
  bin(): Promise<Binned[]>
  restore(id: string): Promise<void>
  /** For good: one of the bin, or all that were deleted before a time. */
  purge(what: { id: string } | { before: string }): Promise<void>
}

interface Layout extends DBSchema {
  assessments: { key: string; value: Kept }
  items: { key: string; value: { id: string; items: Item[] } }
  bin: { key: string; value: Binned }
}

function split(assessment: Assessment, revision: number, others: Others): { kept: Kept; items: Item[] } {
  const { items, ...rest } = assessment
  const { total, answered, findings } = progressOf(assessment)
  return { kept: { ...rest, revision, sums: { total, answered, findings }, others }, items }
}

function whole({ revision, sums: _, others, ...rest }: Kept, items: Item[]): Loaded {
  return { assessment: { ...rest, items }, revision, others }
}

/** What to write, given what is there. */
function settle(mine: Assessment, base: Loaded | null, there: Loaded | null, chosen: Record<string, Answer | null>): Saved {
  const revision = Math.max(there?.revision ?? 0, base?.revision ?? 0) + 1
  const plain = !there || !base || there.revision === base.revision
  const joined = plain ? { assessment: mine, taken: [], both: [] } : join(base.assessment, mine, there.assessment)
  const others: Others = { ...(there ?? base)?.others }
  for (const { item, other } of joined.both) others[item] = other
  for (const [item, answer] of Object.entries(chosen)) {
    if (answer) others[item] = answer
    else delete others[item]
  }
  return { ...joined, revision, others, revived: !there && base !== null }
}

export class BrowserStore implements Store {
  readonly fleeting = null

  private constructor(private readonly db: IDBPDatabase<Layout>) {}

  /** `onLost` is told when the browser closes the database under the page, or a newer page needs to change it. */
  static async open(onLost: (why: string) => void): Promise<BrowserStore> {
    const db = await openDB<Layout>(NAME, SCHEMA, {
      upgrade(fresh) {
        fresh.createObjectStore("assessments", { keyPath: "id" })
        fresh.createObjectStore("items", { keyPath: "id" })
        fresh.createObjectStore("bin", { keyPath: "id" })
      },
      blocking(_current, _wanted, event) {
        ;(event.target as IDBDatabase).close()
        onLost("newer-page")
      },
      terminated: () => onLost("closed"),
    })
    return new BrowserStore(db)
  }

  list(): Promise<Kept[]> {
    return this.db.getAll("assessments")
  }

  async load(id: string): Promise<Loaded | null> {
    const tx = this.db.transaction(["assessments", "items"])
    const [kept, row] = await Promise.all([tx.objectStore("assessments").get(id), tx.objectStore("items").get(id)])
    return kept && row ? whole(kept, row.items) : null
  }

  async save(mine: Assessment, base: Loaded | null, chosen: Record<string, Answer | null> = {}): Promise<Saved> {
    const tx = this.db.transaction(["assessments", "items"], "readwrite")
    const records = tx.objectStore("assessments")
    const lists = tx.objectStore("items")
    const found = await records.get(mine.id)
    const moved = found && base && found.revision !== base.revision
    const there = found ? whole(found, moved ? ((await lists.get(mine.id))?.items ?? mine.items) : mine.items) : null
    const saved = settle(mine, base, there, chosen)
    const { kept, items } = split(saved.assessment, saved.revision, saved.others)
    // The promises are awaited with the transaction, so that a failed write fails the save.
    const writes: Promise<unknown>[] = [records.put(kept)]
    if (!found || !base || items !== base.assessment.items) writes.push(lists.put({ id: mine.id, items }))
    await Promise.all([...writes, tx.done])
    return saved
  }

  async remove(id: string, now: string): Promise<void> {
    const tx = this.db.transaction(["assessments", "items", "bin"], "readwrite")
    const [kept, row] = await Promise.all([tx.objectStore("assessments").get(id), tx.objectStore("items").get(id)])
    const writes: Promise<unknown>[] = []
    if (kept && row) {
      writes.push(tx.objectStore("bin").put({ id, deleted: now, kept, items: row.items }))
      writes.push(tx.objectStore("assessments").delete(id), tx.objectStore("items").delete(id))
    }
    await Promise.all([...writes, tx.done])
  }

  bin(): Promise<Binned[]> {
    return this.db.getAll("bin")
  }

  async restore(id: string): Promise<void> {
    const tx = this.db.transaction(["assessments", "items", "bin"], "readwrite")
    const binned = await tx.objectStore("bin").get(id)
    const writes: Promise<unknown>[] = []
    if (binned) {
      // One that has come back in the meantime is not overwritten: the deleted one stands beside it.
      const own = (await tx.objectStore("assessments").get(id)) ? newId() : id
      writes.push(tx.objectStore("assessments").put({ ...binned.kept, id: own, revision: binned.kept.revision + 1 }))
      writes.push(tx.objectStore("items").put({ id: own, items: binned.items }), tx.objectStore("bin").delete(id))
    }
    await Promise.all([...writes, tx.done])
  }

  async purge(what: { id: string } | { before: string }): Promise<void> {
    const tx = this.db.transaction("bin", "readwrite")
    const gone = "id" in what ? [what.id] : (await tx.store.getAll()).filter((one) => one.deleted < what.before).map((one) => one.id)
    await Promise.all([...gone.map((id) => tx.store.delete(id)), tx.done])
  }
}

/** The same in memory, for when the browser keeps nothing. */
export class FleetingStore implements Store {
  private readonly held = new Map<string, { kept: Kept; items: Item[] }>()
  private readonly binned = new Map<string, Binned>()

  constructor(readonly fleeting: string) {}

  async list(): Promise<Kept[]> {
    return [...this.held.values()].map(({ kept }) => kept)
  }

  async load(id: string): Promise<Loaded | null> {
    const one = this.held.get(id)
    return one ? whole(one.kept, one.items) : null
  }

  async save(mine: Assessment, base: Loaded | null, chosen: Record<string, Answer | null> = {}): Promise<Saved> {
    const saved = settle(mine, base, await this.load(mine.id), chosen)
    this.held.set(mine.id, split(saved.assessment, saved.revision, saved.others))
    return saved
  }

  async remove(id: string, now: string): Promise<void> {
    const one = this.held.get(id)
    if (one) this.binned.set(id, { id, deleted: now, ...one })
    this.held.delete(id)
  }

  async bin(): Promise<Binned[]> {
    return [...this.binned.values()]
  }

  async restore(id: string): Promise<void> {
    const one = this.binned.get(id)
    const own = this.held.has(id) ? newId() : id
    if (one) this.held.set(own, { kept: { ...one.kept, id: own }, items: one.items })
    this.binned.delete(id)
  }

  async purge(what: { id: string } | { before: string }): Promise<void> {
    for (const one of [...this.binned.values()]) {
      if ("id" in what ? one.id === what.id : one.deleted < what.before) this.binned.delete(one.id)
    }
  }
}

/** Why the browser did not save, as a key of the page's words. */
export function whyNot(error: unknown): string {
  const name = error instanceof DOMException ? error.name : ""
  if (name === "QuotaExceededError") return "full"
  if (name === "VersionError") return "newer-data"
  if (name === "InvalidStateError" || name === "AbortError") return "closed"
  return "refused"
}

/** The browser's store; memory when it is refused, or does not answer. */
export async function openStore(onLost: (why: string) => void): Promise<Store> {
  if (!("indexedDB" in globalThis)) return new FleetingStore("refused")
  let timer = 0
  const silent = new Promise<never>((_, failed) => {
    timer = window.setTimeout(() => failed(new Error("no answer")), 8000)
  })
  try {
    return await Promise.race([BrowserStore.open(onLost), silent])
  } catch (error) {
    return new FleetingStore(whyNot(error))
  } finally {
    clearTimeout(timer)
  }
}
