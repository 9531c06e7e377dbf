// The handbook has moved on since the assessment was made: what an update would change, and the update itself. Shown is
// the difference between the assessment and what the engine makes of it, so that nothing is told that would not happen.
import type { ComponentChildren } from "preact"
import { useEffect, useState } from "preact/hooks"
import { catalogue, isOtherEdition } from "../parts/catalogue.ts"
import { Dialog } from "../parts/dialog.tsx"
import { applySuccession, applyUpdate, type Archived, type Assessment, type Catalogue, type Item, type Review, type Succession, successionsOf, type Updated } from "../parts/engine.ts"
import { now } from "../parts/moment.ts"
import { Turn } from "../parts/texts.tsx"
import { of, say, tongue } from "../parts/words.ts"
import { archivedKey } from "./merge.ts"
import { messageText, type Session } from "./session.ts"

const KINDS = ["reworded", "moved", "split", "merged", "succeeded"] as const satisfies readonly Review["kind"][]
const SHOWN = 100

interface Changed {
  item: Item
  from: Pick<Item, "id" | "zh" | "en">[]
}

export interface Difference {
  kept: number
  changed: Record<Review["kind"], Changed[]>
  added: Item[]
  archived: Archived[]
}

/** What differs between an assessment and the same one on a newer edition. */
export function differenceOf(before: Assessment, after: Assessment): Difference {
  const was = new Map(before.items.map((item) => [item.id, item]))
  const known = new Set(before.archive.map(archivedKey))
  const difference: Difference = {
    kept: 0, changed: { reworded: [], moved: [], split: [], merged: [], succeeded: [] }, added: [],
    archived: after.archive.filter((entry) => !known.has(archivedKey(entry))),
  }
  for (const item of after.items) {
    const review = after.answers[item.id]?.review
    const old = was.get(item.id)
    if (review && review !== before.answers[item.id]?.review) difference.changed[review.kind].push({ item, from: review.from })
    else if (old && old.fingerprint !== item.fingerprint) difference.changed.reworded.push({ item, from: [old] })
    else if (old) difference.kept += 1
    else difference.added.push(item)
  }
  return difference
}

/** Tells that there is a newer edition, and offers the update. Without the catalogue nothing is told. */
export function UpdateOffer({ session }: { session: Session }) {
  const [known, setKnown] = useState<Catalogue | null>(null)
  const [shown, show] = useState(false)
  const { edition, items } = session.assessment
  const drafts = items.some(({ document }) => document.force === "draft")
  useEffect(() => {
    let stale = false
    setKnown(null)
    // After the first rows are drawn: the catalogue is large.
    const timer = setTimeout(() => {
      isOtherEdition(edition)
        .then((other) => (other || drafts ? catalogue() : null))
        .then((loaded) => void (stale || setKnown(loaded)), () => undefined)
    }, 300)
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [edition.fingerprint, drafts])
  if (!known) return null
  if (known.edition.fingerprint === edition.fingerprint) return <Successions session={session} known={known} />
  const values = { from: edition.version, before: edition.date, to: known.edition.version, after: known.edition.date }
  const older = known.edition.date < edition.date
  return (
    <div class="hb-assess-review" data-hb="update-offer" role="status">
      <p><b>{say(older ? "update.older" : "update.title")}</b> {say(older ? "update.older.lead" : "update.offer", values)}</p>
      {!older && <button type="button" class="hb-button hb-button--main" data-hb="update-look" onClick={() => show(true)}>{say("update.look")}</button>}
      {shown && <UpdateDialog session={session} known={known} onClose={() => show(false)} />}
    </div>
  )
}

/** Items of a draft of which the handbook holds the later version: their answers can go along, to be confirmed. */
function Successions({ session, known }: { session: Session; known: Catalogue }) {
  const [shown, show] = useState<Succession | null>(null)
  const offers = successionsOf(session.assessment, known)
  if (offers.length === 0) return null
  return (
    <div class="hb-assess-review" data-hb="succession-offer" role="status">
      {offers.map((one) => (
        <p key={one.from.id}>
          {say("succession.offer", { from: of(one.from.short), to: of(one.to.short), count: one.items })}{" "}
          <button type="button" class="hb-button" data-hb="succession-look" onClick={() => show(one)}>{say("update.look")}</button>
        </p>
      ))}
      {shown && <UpdateDialog session={session} known={known} succession={shown} onClose={() => show(null)} />}
    </div>
  )
}

function UpdateDialog({ session, known, succession, onClose }: { session: Session; known: Catalogue; succession?: Succession; onClose: () => void }) {
  const updated = (): Updated =>
    succession ? applySuccession(session.assessment, known, succession.from.id, now()) : applyUpdate(session.assessment, known, now())
  const [{ kept, changed, added, archived, removed, notes }] = useState(() => {
    const { assessment, plan } = updated()
    return { ...differenceOf(session.assessment, assessment), removed: plan.removed, notes: plan.notes }
  })
  const apply = (): void => {
    // Made again from what stands now: answers may have come in while the changes were read.
    session.put(updated().assessment, "", false)
    session.say({ text: say("update.done"), undo: true })
    onClose()
  }
  return (
    <Dialog
      title={say("update.title")} hook="update-dialog" onClose={onClose} close={say("update.later")}
      actions={<button type="button" class="hb-button hb-button--main" data-hb="update-apply" onClick={apply}>{say("update.apply")}</button>}
    >
      <p data-hb="update-kept">{say("update.kept", { count: kept })}</p>
      {notes.map((note) => <p key={note.code} class="hb-note">{messageText(note)}</p>)}
      {KINDS.filter((kind) => changed[kind].length > 0).map((kind) => (
        <Part key={kind} title={say(`update.${kind}`)} count={changed[kind].length} hook={`update-${kind}`}>
          {changed[kind].slice(0, SHOWN).map(({ item, from }) => (
            <li key={item.id}>
              <span class="hb-id">{item.code}</span> <small>{from.map((was) => was.id).filter((id) => id !== item.id).join(" + ")}</small>
              {from.map((was) => <Turn key={was.id} from={was} to={item} />)}
            </li>
          ))}
        </Part>
      ))}
      {archived.length > 0 && (
        <Part title={say("update.archived")} count={archived.length} hook="update-archived">
          {archived.slice(0, SHOWN).map(({ item, answer, why }) => <li key={item.id}><span class="hb-id">{item.code}</span> {item[tongue]} <small>{of(why)} · {say(`result.${answer.result}`)}</small></li>)}
        </Part>
      )}
      {added.length > 0 && (
        <Part title={say("update.added")} count={added.length} hook="update-added">
          {added.slice(0, SHOWN).map((item) => <li key={item.id}><span class="hb-id">{item.code}</span> <small>{of(item.document.short)}</small> {item[tongue]}</li>)}
        </Part>
      )}
      {removed.length > 0 && (
        <Part title={say("update.removed")} count={removed.length} hook="update-removed">
          {removed.slice(0, SHOWN).map((item) => <li key={item.id}><span class="hb-id">{item.code}</span> <small>{of(item.document.short)}</small> {item[tongue]}</li>)}
        </Part>
      )}
    </Dialog>
  )
}

function Part({ title, count, hook, children }: { title: string; count: number; hook: string; children: ComponentChildren }) {
  return (
    <details data-hb={hook} open={count <= 20}>
      <summary>{title} <span class="hb-count">{count}</span></summary>
      <ul>{children}</ul>
      {count > SHOWN && <p>{say("import.more", { count: count - SHOWN })}</p>}
    </details>
  )
}
