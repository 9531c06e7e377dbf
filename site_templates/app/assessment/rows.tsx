// The rows in their groups. The first screens are drawn at once, the rest in steps while nothing else is to do, so that
// a list of a thousand opens without a wait.
import { useEffect, useLayoutEffect, useState } from "preact/hooks"
import { progressOf } from "../parts/engine.ts"
import { of, say } from "../parts/words.ts"
import { allGroups, answerTo, type By, type Group } from "./listing.ts"
import { Row } from "./row.tsx"
import type { Session } from "./session.ts"

const FIRST = 40
const STEP = 80

interface Given {
  session: Session
  groups: Group[]
  by: By
  active: string | null
  open: ReadonlySet<string>
  folded: ReadonlySet<string>
  onFold: (group: string) => void
  onActive: (item: string) => void
  onOpen: (item: string) => void
}

/** The waiting cells of one item as JSON; empty when none waits. */
function pendingOf(pending: ReadonlyMap<string, string>, item: string): string {
  if (pending.size === 0) return ""
  const own = [...pending].filter(([key]) => key === item || key.startsWith(`${item}\n`))
  return own.length ? JSON.stringify(own) : ""
}

export function Rows({ session, groups, by, active, open, folded, onFold, onActive, onOpen }: Given) {
  const a = session.assessment
  const all = groups.reduce((sum, group) => sum + group.items.length, 0)
  const [drawn, setDrawn] = useState({ groups, all, limit: FIRST })
  // Under another filter, rows come back in steps too; those that stay are not drawn anew.
  const limit = drawn.groups === groups ? drawn.limit : Math.max(FIRST, Math.min(drawn.limit, drawn.all))
  const draw = (next: number): void => setDrawn({ groups, all, limit: next })
  useLayoutEffect(() => draw(limit), [groups])
  useEffect(() => {
    if (limit >= all) return
    const timer = setTimeout(() => draw(limit + STEP), 16)
    return () => clearTimeout(timer)
  }, [limit, groups])
  // A row that is jumped to has to be there.
  useLayoutEffect(() => {
    session.wanted = (id) => {
      const at = groups.flatMap((group) => group.items).findIndex((item) => item.id === id)
      if (at >= limit) draw(at + STEP)
    }
    return () => {
      session.wanted = null
    }
  })

  const rowOf = (event: Event): HTMLElement | null => (event.target as HTMLElement).closest<HTMLElement>("[data-hb=row]")
  const touched = (event: Event): void => {
    const row = rowOf(event)
    if (row && row.dataset["active"] !== "true") onActive(row.dataset["id"]!)
  }
  const clicked = (event: Event): void => {
    const row = rowOf(event)
    // Choosing a result opens the fields that go with it; they come below, so that nothing moves under the hand.
    if (row && (event.target as HTMLElement).closest("[role=radio], [data-open-row]")) onOpen(row.dataset["id"]!)
  }

  // Out of a field, so that the keys work again.
  const escaped = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && (event.target as HTMLElement).matches("textarea, select")) rowOf(event)?.focus({ preventScroll: true })
  }

  if (all === 0) return <p class="hb-note" data-hb="none">{say("none")}</p>
  const whole = new Map(allGroups(a, by).map((group) => [group.id, group.items]))
  let room = limit
  return (
    <div class="hb-assess-rows" data-hb="rows" data-drawn={limit >= all} onFocusCapture={touched} onClick={clicked} onKeyDown={escaped}>
      {groups.map((group) => {
        const items = group.items.slice(0, Math.max(0, room))
        const shut = folded.has(group.id)
        if (!shut) room -= group.items.length
        const { total, answered, findings } = progressOf(a, (whole.get(group.id) ?? group.items).map((item) => item.id))
        return (
          <section key={group.id} class="hb-assess-group" data-hb="group" data-group={group.id}>
            <h2>
              <button type="button" aria-expanded={!shut} onClick={() => onFold(group.id)}>
                <span>{of(group.label)}</span>
                <progress max={total} value={answered} aria-hidden="true" />
                <span class="hb-count" data-hb="group-progress">{say("progress", { answered, total })}{findings > 0 && ` · ${say("findings.count", { count: findings })}`}</span>
              </button>
            </h2>
            {!shut && items.map((item) => (
              <Row
                key={item.id} session={session} item={item} answer={answerTo(a, item.id)} samples={a.samples} open={open.has(item.id)}
                active={active === item.id} pending={pendingOf(session.pending, item.id)} other={session.others.get(item.id)}
              />
            ))}
          </section>
        )
      })}
    </div>
  )
}
