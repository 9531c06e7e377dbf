// What the choice leaves out: every clause, with every reason in words, and how often each reason stands.
import { useMemo, useState } from "preact/hooks"
import { pageAddress } from "../parts/catalogue.ts"
import { type Catalogue, type Entry, type Facet, type Reason, type Selection } from "../parts/engine.ts"
import { of, say, tongue } from "../parts/words.ts"

const SHOWN = 100

/** The label of a value that a reason names. */
function labelled(known: Catalogue, facet: Facet, id: string): string {
  if (facet === "document") return of(known.documents.find((work) => work.id === id)?.short ?? { zh: id, en: id })
  if (facet === "force") return say(`force.${id}`)
  if (facet === "modality") return say(`modality.${id}`)
  if (facet === "asks") return id
  const groups = facet === "subject" ? (["topics", "points"] as const) : ([facet] as const)
  for (const group of groups) {
    const value = known.vocabularies[group].find((one) => one.id === id)
    if (value) return of(value.label)
  }
  return id
}

export function reasonText(known: Catalogue, { facet, has }: Reason): string {
  const names = [...new Set(has.map((id) => labelled(known, facet, id)))].join(tongue === "zh" ? "、" : ", ")
  return say(`why.${facet}`, { has: names || say("named.none") })
}

export function Left({ known, left }: { known: Catalogue; left: Selection["left"] }) {
  const [only, setOnly] = useState<Facet | null>(null)
  const [shown, setShown] = useState(SHOWN)
  const counts = useMemo(() => {
    const found = new Map<Facet, number>()
    for (const { reasons } of left) for (const { facet } of reasons) found.set(facet, (found.get(facet) ?? 0) + 1)
    return [...found].sort((one, other) => other[1] - one[1])
  }, [left])
  const kept = only === null ? left : left.filter(({ reasons }) => reasons.some(({ facet }) => facet === only))
  return (
    <details id="hb-left" class="hb-build-left" data-hb="left">
      <summary>{say("left", { count: left.length })}</summary>
      <p class="hb-build-reasons" role="group" aria-label={say("reasons")}>
        <button type="button" class="hb-button" aria-pressed={only === null} onClick={() => setOnly(null)}>{say("all")} {left.length}</button>
        {counts.map(([facet, count]) => (
          <button key={facet} type="button" class="hb-button" data-reason={facet} aria-pressed={only === facet} onClick={() => { setOnly(facet); setShown(SHOWN) }}>
            {say(`group.${({ subject: "topics", document: "documents", force: "forces", modality: "modalities", asks: "asks" } as Record<string, string>)[facet] ?? facet}`)} {count}
          </button>
        ))}
      </p>
      <ul class="hb-lines">{kept.slice(0, shown).map(({ entry, reasons }) => <Out key={entry.id} known={known} entry={entry} reasons={reasons} />)}</ul>
      {kept.length > shown && <p><button type="button" class="hb-button" data-hb="left-more" onClick={() => setShown(shown + 500)}>{say("more", { count: kept.length - shown })}</button></p>}
    </details>
  )
}

function Out({ known, entry, reasons }: { known: Catalogue; entry: Entry; reasons: Reason[] }) {
  return (
    <li class="hb-line" data-id={entry.id}>
      <span class="hb-line-head"><a class="hb-id" href={pageAddress(entry.url)}>{entry.code}</a> <small>{of(known.documents.find((work) => work.id === entry.document)?.short ?? { zh: entry.document, en: entry.document })}</small></span>
      <span>{entry[tongue]}</span>
      <ul class="hb-build-why">{reasons.map((reason) => <li key={reason.facet}>{reasonText(known, reason)}</li>)}</ul>
    </li>
  )
}
