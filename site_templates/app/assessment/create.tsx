// A new assessment: from a ready-made list, a choice made in the builder, or collected clauses. What it will hold is
// shown before it is made.
import { useEffect, useMemo, useState } from "preact/hooks"
import { catalogue } from "../parts/catalogue.ts"
import { type Assessment, type Catalogue, createAssessment, groupsOf, type Profile } from "../parts/engine.ts"
import { newId, now } from "../parts/moment.ts"
import { profileFrom } from "../parts/profile.ts"
import { of, say, tongue } from "../parts/words.ts"
import { type Store, whyNot } from "./store.ts"

export interface Wish {
  list?: string
  profile?: Profile
  clauses?: string[]
  title?: string
}

const COLLECTION = "hb-collection"

/** The clauses that the reader has collected on the search page. */
export function collected(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(COLLECTION) ?? "[]")
    return Array.isArray(kept) ? kept.filter((id): id is string => typeof id === "string") : []
  } catch {
    return []
  }
}

/** What the address asks for: ?list=…, ?clauses=a/b,c/d (or ?clauses=collected), or a choice of the builder. */
export function wishOf(params: URLSearchParams): Wish | null {
  const title = params.get("title")?.slice(0, 200)
  const named = title ? { title } : {}
  const list = params.get("list")
  if (list) return { list, ...named }
  const clauses = params.get("clauses")
  if (clauses !== null) return { clauses: clauses === "collected" ? collected() : clauses.split(",").filter(Boolean), ...named }
  const profile = profileFrom(params)
  return profile ? { profile, ...named } : null
}

interface Given {
  store: Store
  wish: Wish
  onMade: (id: string) => void
  onLeave: () => void
}

function titleOf(wish: Wish, known: Catalogue): string {
  if (wish.title) return wish.title
  const list = known.lists.find((one) => one.id === wish.list)
  if (list) return of(list.title)
  return say(wish.clauses ? "create.collected" : "create.built")
}

export function Create({ store, wish, onMade, onLeave }: Given) {
  const [known, setKnown] = useState<Catalogue | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [title, setTitle] = useState("")
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    catalogue().then(
      (loaded) => {
        setKnown(loaded)
        setTitle(titleOf(wish, loaded))
      },
      () => setFailure(say("create.failed")),
    )
  }, [])
  const draft = useMemo(() => (known ? made(known, wish) : null), [known, wish])
  const make = async (event: Event): Promise<void> => {
    event.preventDefault()
    if (!draft || typeof draft === "string" || busy) return
    setBusy(true)
    try {
      await store.save({ ...draft, title: title.trim() || draft.title }, null)
      onMade(draft.id)
    } catch (error) {
      setBusy(false)
      setFailure(`${say("unsaved")} ${say(`why.${whyNot(error)}`)}`)
    }
  }
  if (failure) return <p class="hb-assess-alarm" role="alert" data-hb="create-failed">{failure} <button type="button" class="hb-button" onClick={onLeave}>{say("back")}</button></p>
  if (!known || draft === null) return <p role="status">{say("opening")}</p>
  if (typeof draft === "string") return <p class="hb-note" role="alert" data-hb="create-refused">{draft} <button type="button" class="hb-button" onClick={onLeave}>{say("back")}</button></p>
  const lost = (wish.clauses ?? []).filter((id) => !draft.items.some((item) => item.id === id))
  return (
    <form class="hb-assess-create" data-hb="create" onSubmit={(event) => void make(event)}>
      <h2>{say("create")}</h2>
      <div class="hb-field hb-field--wide">
        <label for="hb-new-title">{say("title")}</label>
        <input id="hb-new-title" data-hb="new-title" value={title} onInput={(event) => setTitle(event.currentTarget.value)} />
      </div>
      <p data-hb="create-count">{say("create.count", { count: draft.items.length, version: draft.edition.version, date: draft.edition.date })}</p>
      {lost.length > 0 && <p class="hb-note" data-hb="create-lost">{say("create.lost", { ids: lost.join(", ") })}</p>}
      <p>
        <button type="submit" class="hb-button hb-button--main" data-hb="make" disabled={busy || draft.items.length === 0}>{say("create.make")}</button>{" "}
        <button type="button" class="hb-button" data-hb="leave" onClick={onLeave}>{say("cancel")}</button>
      </p>
      {groupsOf(draft, "topic").map((group) => (
        <details key={group.id}>
          <summary>{of(group.label)} <span class="hb-count">{group.items.length}</span></summary>
          <ul class="hb-lines">
            {group.items.map((item) => <li key={item.id} class="hb-line"><span class="hb-id">{item.code}</span> <small>{of(item.document.short)}</small> {item[tongue]}</li>)}
          </ul>
        </details>
      ))}
    </form>
  )
}

/** The assessment that would be made, or why none can be. */
function made(known: Catalogue, wish: Wish): Assessment | string {
  if (wish.list && !known.lists.some((one) => one.id === wish.list)) return say("create.unknown", { list: wish.list })
  const draft = createAssessment(known, wish, { id: newId(), now: now(), language: tongue })
  return draft.items.length ? draft : say("create.empty")
}
