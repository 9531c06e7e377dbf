// An assessment at work: every change goes through here, is checked by the engine, can be undone, and is saved.
import {
  addSample, type Answer, answerOf, type Assessment, confirmReview, type Head, type Mark, type Message, removeSample, renameSample,
  type Result, type Sample, setHead, setMark, setTitle, warningsOf,
} from "../parts/engine.ts"
import { newId, now } from "../parts/moment.ts"
import { of, say } from "../parts/words.ts"
import { History } from "./history.ts"
import { Keeper, rescued, type Saving } from "./keeper.ts"
import type { Loaded, Store } from "./store.ts"

/** Something to say about what just happened; `undo` offers to take it back. */
export interface Notice {
  text: string
  urgent?: boolean
  undo?: boolean
}

/** One cell of answers: an item as a whole, or one of its samples. */
export const cellKey = (item: string, sample: string | null): string => (sample === null ? item : `${item}\n${sample}`)

export class Session {
  assessment: Assessment
  saving: Saving
  notice: Notice | null = null
  /** Cells that wait for a reason before "not applicable" is taken. */
  pending: ReadonlyMap<string, string> = new Map()
  /** The other of two answers that two tabs gave to one item. */
  others: ReadonlyMap<string, Answer>
  /** What the browser said to keeping the data although space is short; null while it was not asked. */
  durable: boolean | null = null
  /** Set by the rows: makes sure that the row of an item is drawn. */
  wanted: ((item: string) => void) | null = null
  /** Told apart from another session of the same assessment. */
  readonly opened = newId()
  landscape = false
  readonly history = new History()
  private readonly keeper: Keeper
  private listeners = new Set<() => void>()

  constructor(
    readonly store: Store,
    loaded: Loaded,
  ) {
    this.assessment = loaded.assessment
    this.others = new Map(Object.entries(loaded.others))
    this.saving = store.fleeting ? { kind: "failed", why: store.fleeting } : { kind: "saved", at: loaded.assessment.changed }
    this.keeper = new Keeper(store, loaded, {
      saving: (state) => {
        this.saving = state
        if (state.kind === "saved") this.keepAsked()
        this.tell()
      },
      joined: (now, taken, both, revived) => this.joined(now, taken, both, revived),
    })
    const back = rescued(loaded.assessment)
    if (back) {
      this.put(back, "", false)
      this.say({ text: say("rescued"), undo: true })
    }
  }

  private asked = false

  private keepAsked(): void {
    if (this.asked) return
    this.asked = true
    void askToKeep().then((answer) => {
      this.durable = answer
      this.tell()
    })
  }

  listen(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private tell(): void {
    for (const listener of this.listeners) listener()
  }

  readonly say = (notice: Notice | null): void => {
    this.notice = notice
    this.tell()
  }

  /** Takes a new state. `key` joins changes that belong to one step of undo. */
  readonly put = (next: Assessment, key: string, typing: boolean): void => {
    if (next === this.assessment) return
    this.history.note(this.assessment, next, key, Date.now())
    this.assessment = next
    this.keeper.change(next, typing)
    this.tell()
  }

  private joined(loaded: Loaded, taken: string[], both: { item: string; other: Answer }[], revived: boolean): void {
    this.assessment = loaded.assessment
    this.others = new Map(Object.entries(loaded.others))
    if (!taken.length && !both.length && !revived) return this.tell() // only something beside the answers
    const text = both.length ? say("tabs.both", { count: both.length }) : revived ? say("tabs.revived") : say("tabs.taken", { count: taken.length })
    this.say({ text, urgent: both.length > 0 || revived })
  }

  // ------------------------------------------------------------------------------------------------- answers

  private markOf(item: string, sample: string | null): Mark {
    const answer = answerOf(this.assessment, item)
    return sample === null ? answer : (answer.samples[sample] ?? BLANK)
  }

  private set(item: string, sample: string | null, patch: Partial<Mark>, typing: boolean): Message | null {
    const { assessment, refused } = setMark(this.assessment, item, sample, patch, now())
    if (refused) return refused
    const field = Object.keys(patch).join()
    this.put(assessment, typing ? `${cellKey(item, sample)} ${field}` : "", typing)
    return null
  }

  private await(item: string, sample: string | null, why: string | null): void {
    const pending = new Map(this.pending)
    if (why === null) pending.delete(cellKey(item, sample))
    else pending.set(cellKey(item, sample), why)
    this.pending = pending
    this.tell()
  }

  /** A result; "not applicable" without a reason is not taken but asked about. False when it waits. */
  readonly result = (item: string, sample: string | null, result: Result): boolean => {
    const refused = this.set(item, sample, { result }, false)
    this.await(item, sample, refused ? of(refused.text) : null)
    return refused === null
  }

  /** One result for all samples of an item. */
  readonly resultForAll = (item: string, result: Result): boolean => {
    let next = this.assessment
    // A reason that was given for one sample does for the others too, when all are said to be not applicable.
    const given = next.samples.map((sample) => this.markOf(item, sample.id).reason).find((reason) => reason.trim() !== "") ?? ""
    for (const sample of next.samples) {
      const reason = this.markOf(item, sample.id).reason.trim() === "" && result === "not-applicable" ? { reason: given } : {}
      const { assessment, refused } = setMark(next, item, sample.id, { result, ...reason }, now())
      if (refused) {
        for (const each of this.assessment.samples) this.await(item, each.id, `${of(refused.text)} ${say("samples.reason")}`)
        return false
      }
      next = assessment
    }
    this.put(next, "", false)
    for (const sample of next.samples) this.await(item, sample.id, null)
    return true
  }

  readonly field = (item: string, sample: string | null, field: keyof Mark, value: string): void => {
    const mark = this.markOf(item, sample)
    if (field === "reason") return this.reason(item, sample, mark, value)
    const patch = (field === "severity" ? { severity: value || null } : { [field]: value }) as Partial<Mark>
    const refused = this.set(item, sample, patch, field !== "severity")
    if (refused) this.say({ text: messageText(refused), urgent: true })
  }

  /** The reason makes a waiting "not applicable" count; without one it counts no longer, and what was typed stays. */
  private reason(item: string, sample: string | null, mark: Mark, value: string): void {
    const waits = this.pending.has(cellKey(item, sample))
    const given = value.trim() !== ""
    if (waits && given) {
      this.set(item, sample, { result: "not-applicable", reason: value }, true)
      this.await(item, sample, null)
    } else if (mark.result === "not-applicable" && !given) {
      this.set(item, sample, { result: "not-checked", reason: value }, true)
      this.await(item, sample, say("reason.again"))
    } else {
      this.set(item, sample, { reason: value }, true)
    }
  }

  readonly confirm = (item: string): void => this.put(confirmReview(this.assessment, item, now()), "", false)

  /** The other tab's answer instead of the one shown, which is then the one offered. */
  readonly exchange = (item: string): void => {
    const other = this.others.get(item)
    if (!other) return
    const shown = answerOf(this.assessment, item)
    this.others = new Map([...this.others, [item, shown]])
    this.keeper.choose(item, shown)
    this.put({ ...this.assessment, answers: { ...this.assessment.answers, [item]: { ...other, changed: now() } }, changed: now() }, "", false)
  }

  readonly settle = (item: string): void => {
    const others = new Map(this.others)
    others.delete(item)
    this.others = others
    this.keeper.choose(item, null)
    this.tell()
  }

  // ------------------------------------------------------------------------------------- head, title, samples

  readonly head = (patch: Partial<Head>): void => this.put(setHead(this.assessment, patch, now()), `head ${Object.keys(patch).join()}`, true)

  readonly title = (title: string): void => this.put(setTitle(this.assessment, title, now()), "title", true)

  readonly addSample = (label: string): void => this.samples(addSample(this.assessment, { id: newId(), label }, now()))

  readonly renameSample = (id: string, label: string): void => this.samples(renameSample(this.assessment, id, label, now()))

  /** Refused once when something was answered for it, until `sure`; false then. */
  readonly removeSample = (id: string, sure: boolean): boolean => {
    const done = removeSample(this.assessment, id, now(), sure)
    if (done.refused && !sure) return false
    this.samples(done)
    if (!done.refused) this.say({ text: say("sample.removed"), undo: true })
    return true
  }

  private samples({ assessment, refused }: { assessment: Assessment; refused: Message | null }): void {
    if (refused) this.say({ text: messageText(refused), urgent: true })
    else this.put(assessment, "", false)
  }

  // ------------------------------------------------------------------------------------------------- undo, end

  /** Takes the last step back; the item that it concerned, if it did. */
  readonly undo = (): string | null => this.step(this.history.undo(this.assessment, now()), "undone")

  readonly redo = (): string | null => this.step(this.history.redo(this.assessment, now()), "redone")

  private step(done: { assessment: Assessment; item: string | null } | null, word: string): string | null {
    if (!done) {
      this.say({ text: say("undo.none") })
      return null
    }
    this.assessment = done.assessment
    this.pending = new Map()
    this.keeper.change(done.assessment, false)
    const code = this.assessment.items.find((item) => item.id === done.item)?.code
    this.say({ text: say(word) + (code ? ` ${code}` : "") })
    return done.item
  }

  readonly again = (): Promise<void> => this.keeper.flush()

  close(): Promise<void> {
    this.listeners.clear()
    return this.keeper.close()
  }
}

/** Asks the browser to keep what is saved when space is short; null when it cannot be asked. */
async function askToKeep(): Promise<boolean | null> {
  try {
    return (await navigator.storage?.persist?.()) ?? null
  } catch {
    return null
  }
}

export const BLANK: Mark = { result: "not-checked", severity: null, evidence: "", remark: "", reason: "", capa: "" }

/** A message of the engine, with the row that it concerns. */
export function messageText(message: Message): string {
  return message.row ? `${message.row}: ${of(message.text)}` : of(message.text)
}

/** What is doubtful about a mark, in the page's words. */
export const doubts = (mark: Mark): string[] => warningsOf(mark).map((message) => of(message.text))

export const sampleName = (sample: Sample, place: number): string => sample.label || `#${place + 1}`
