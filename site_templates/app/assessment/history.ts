// Undo and redo. A step holds the assessment before and after; undoing puts back what the step changed and nothing
// else, so that what came from another tab in the meantime stays.
import type { Answer, Assessment } from "../parts/engine.ts"

export interface Step {
  before: Assessment
  after: Assessment
  /** Changes with the same key in quick succession, such as typing in one field, are one step. */
  key: string
  at: number
}

const TOGETHER = 1500 // milliseconds
const MOST = 300

export class History {
  private past: Step[] = []
  private future: Step[] = []

  get canUndo(): boolean {
    return this.past.length > 0
  }

  get canRedo(): boolean {
    return this.future.length > 0
  }

  note(before: Assessment, after: Assessment, key: string, at: number): void {
    this.future = []
    const last = this.past.at(-1)
    if (last && key !== "" && last.key === key && at - last.at < TOGETHER && last.after === before) {
      this.past[this.past.length - 1] = { ...last, after, at }
      return
    }
    this.past = [...this.past.slice(1 - MOST), { before, after, key, at }]
  }

  /** The assessment with the last step taken back, and the first item that it concerns. */
  undo(current: Assessment, now: string): { assessment: Assessment; item: string | null } | null {
    const step = this.past.pop()
    if (!step) return null
    this.future.push(step)
    return carried(current, step.after, step.before, now)
  }

  redo(current: Assessment, now: string): { assessment: Assessment; item: string | null } | null {
    const step = this.future.pop()
    if (!step) return null
    this.past.push(step)
    return carried(current, step.before, step.after, now)
  }
}

const PARTS = ["title", "archived", "edition", "checklist", "head", "samples", "items", "archive"] as const

/** `current` with everything that differs between `from` and `to` as it is in `to`. */
function carried(current: Assessment, from: Assessment, to: Assessment, now: string): { assessment: Assessment; item: string | null } {
  const answers: Record<string, Answer> = { ...current.answers }
  let item: string | null = null
  for (const id of new Set([...Object.keys(from.answers), ...Object.keys(to.answers)])) {
    if (from.answers[id] === to.answers[id]) continue
    item ??= id
    const answer = to.answers[id]
    if (answer) answers[id] = { ...answer, changed: now }
    else delete answers[id]
  }
  const parts = Object.fromEntries(PARTS.filter((part) => from[part] !== to[part]).map((part) => [part, to[part]]))
  return { assessment: { ...current, ...parts, answers, changed: now }, item }
}
