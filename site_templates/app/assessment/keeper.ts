// Keeps one open assessment saved: at once after a result, soon after typing, and whenever the page is left.
import type { Answer, Assessment } from "../parts/engine.ts"
import { now } from "../parts/moment.ts"
import type { Both } from "./merge.ts"
import { type Loaded, type Store, whyNot } from "./store.ts"

export type Saving = { kind: "saved"; at: string } | { kind: "saving" } | { kind: "failed"; why: string }

export interface Told {
  /** Where the saving stands. */
  saving(state: Saving): void
  /** Another tab's changes are in. */
  joined(loaded: Loaded, taken: string[], both: Both[], revived: boolean): void
}

const PAINT = 30 // ms that the page has to show a result before it is saved
const TYPING = 300 // ms without a key before typing is saved
const PATIENCE = 1200 // ms after which it is saved although typing goes on
const CHANNEL = "hb-assessments"
/** How long the last save took, for the browser's own tools. */
const MEASURE = "hb-save"
const EMERGENCY = "hb-assessment-unsaved"

export class Keeper {
  private readonly channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(CHANNEL) : null
  private timer = 0
  private since = 0
  private busy: Promise<void> | null = null
  private current: Assessment
  private closed = false

  constructor(
    private readonly store: Store,
    private base: Loaded,
    private readonly told: Told,
  ) {
    this.current = base.assessment
    this.channel?.addEventListener("message", this.heard)
    document.addEventListener("visibilitychange", this.turned)
    window.addEventListener("pagehide", this.left)
    window.addEventListener("beforeunload", this.leaving)
  }

  private chosen: Record<string, Answer | null> = {}

  get unsaved(): boolean {
    return this.current !== this.base.assessment || Object.keys(this.chosen).length > 0
  }

  /** Which of two answers of an item counts is decided (null), or the other one is now this. */
  choose(item: string, other: Answer | null): void {
    this.chosen = { ...this.chosen, [item]: other }
    this.change(this.current, false)
  }

  /** `typing` may wait a moment for the next key. */
  change(assessment: Assessment, typing: boolean): void {
    this.current = assessment
    clearTimeout(this.timer)
    this.since ||= Date.now()
    const wait = typing && Date.now() - this.since < PATIENCE ? TYPING : PAINT
    this.told.saving({ kind: "saving" })
    this.timer = window.setTimeout(() => void this.flush(), wait)
  }

  /** Saves what is not saved; resolves when it is, or has failed. */
  async flush(): Promise<void> {
    clearTimeout(this.timer)
    while (this.busy) await this.busy
    if (!this.unsaved) return
    this.busy = this.write(this.current).finally(() => {
      this.busy = null
    })
    await this.busy
    if (this.unsaved && !this.closed && this.failure === null) await this.flush()
  }

  private failure: string | null = null

  private async write(mine: Assessment): Promise<void> {
    this.since = 0
    const start = performance.now()
    const chosen = this.chosen
    try {
      const saved = await this.store.save(mine, this.base, chosen)
      this.chosen = Object.fromEntries(Object.entries(this.chosen).filter(([item, other]) => chosen[item] !== other))
      performance.clearMeasures(MEASURE)
      performance.measure(MEASURE, { start })
      this.take(mine, saved)
      this.failure = this.store.fleeting
      this.told.saving(this.failure ? { kind: "failed", why: this.failure } : { kind: "saved", at: now() })
      if (saved.taken.length || saved.both.length || saved.revived) this.told.joined({ ...this.base, assessment: this.current }, saved.taken, saved.both, saved.revived)
      this.channel?.postMessage({ id: mine.id, revision: saved.revision })
      if (this.failure) this.holdBack()
      else if (!this.unsaved) forgetEmergency(mine.id)
    } catch (error) {
      this.failure = whyNot(error)
      this.told.saving({ kind: "failed", why: this.failure })
      this.holdBack()
    }
  }

  /** The saved state becomes the base; changes made while it was being saved stay on top of it. */
  private take(mine: Assessment, saved: Loaded): void {
    const later = this.current
    this.base = { assessment: saved.assessment, revision: saved.revision, others: saved.others }
    if (later === mine) {
      this.current = saved.assessment
    } else if (saved.assessment !== mine) {
      const answers = { ...saved.assessment.answers }
      for (const [id, answer] of Object.entries(later.answers)) if (answer !== mine.answers[id]) answers[id] = answer
      this.current = { ...saved.assessment, head: later.head, title: later.title, samples: later.samples, answers, changed: later.changed }
    }
  }

  /** Another tab saved: its changes are taken over, with ours if there are any. */
  private readonly heard = (event: MessageEvent<{ id: string; revision: number }>): void => {
    if (event.data.id === this.base.assessment.id && event.data.revision !== this.base.revision) void this.catchUp()
  }

  private async catchUp(): Promise<void> {
    if (this.closed) return
    if (this.unsaved) return this.flush()
    while (this.busy) await this.busy
    try {
      const there = await this.store.load(this.current.id)
      if (!there || there.revision === this.base.revision || this.unsaved) return
      const taken = Object.keys(there.assessment.answers).filter(
        (id) => JSON.stringify(there.assessment.answers[id]) !== JSON.stringify(this.current.answers[id]),
      )
      this.base = there
      this.current = there.assessment
      this.told.joined(there, taken, [], false)
    } catch (error) {
      this.told.saving({ kind: "failed", why: whyNot(error) })
    }
  }

  private readonly turned = (): void => {
    if (document.visibilityState === "hidden") void this.flush()
    else void this.catchUp()
  }

  private readonly left = (): void => {
    if (this.unsaved) this.holdBack()
    void this.flush()
  }

  private readonly leaving = (event: BeforeUnloadEvent): void => {
    if (this.unsaved) void this.flush()
    if (this.failure !== null) event.preventDefault()
  }

  /** What is not saved, where a page that is being closed can still put it. */
  private holdBack(): void {
    const { base, current } = this
    const answers = Object.fromEntries(Object.entries(current.answers).filter(([id, answer]) => answer !== base.assessment.answers[id] || this.failure !== null))
    try {
      localStorage.setItem(EMERGENCY, JSON.stringify({ id: current.id, title: current.title, head: current.head, samples: current.samples, changed: current.changed, answers }))
    } catch {
      /* no storage at all: the page has said so, and offers the file */
    }
  }

  close(): Promise<void> {
    const done = this.flush()
    this.closed = true
    this.channel?.removeEventListener("message", this.heard)
    this.channel?.close()
    document.removeEventListener("visibilitychange", this.turned)
    window.removeEventListener("pagehide", this.left)
    window.removeEventListener("beforeunload", this.leaving)
    return done
  }
}

interface Emergency extends Pick<Assessment, "id" | "title" | "head" | "samples" | "changed" | "answers"> {}

/** `assessment` with what an earlier page could not save any more, or null when there is nothing of it. */
export function rescued(assessment: Assessment): Assessment | null {
  const held = emergency()
  if (held?.id !== assessment.id || held.changed <= assessment.changed) return null
  const asked = new Set(assessment.items.map((item) => item.id))
  const later = Object.entries(held.answers).filter(([id, answer]) => asked.has(id) && (answer.changed ?? "") > (assessment.answers[id]?.changed ?? ""))
  return { ...assessment, title: held.title, head: held.head, samples: held.samples, answers: { ...assessment.answers, ...Object.fromEntries(later) }, changed: held.changed }
}

function emergency(): Emergency | null {
  try {
    const held = JSON.parse(localStorage.getItem(EMERGENCY) ?? "null") as Emergency | null
    return held && typeof held === "object" && typeof held.answers === "object" ? held : null
  } catch {
    return null
  }
}

function forgetEmergency(id: string): void {
  try {
    if (emergency()?.id === id) localStorage.removeItem(EMERGENCY)
  } catch {
    /* nothing was held back then */
  }
}
