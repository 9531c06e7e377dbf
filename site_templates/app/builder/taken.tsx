// What the choice takes: a count by binding force, and the clauses as the table that is printed.
import { useState } from "preact/hooks"
import { pageAddress } from "../parts/catalogue.ts"
import { type Catalogue, type Entry, type Selection, itemOf } from "../parts/engine.ts"
import { langOf, of, say, tongue } from "../parts/words.ts"

const SHOWN = 150
const LANGUAGES = tongue === "zh" ? (["zh", "en"] as const) : (["en", "zh"] as const)
const RESULTS = ["conforms", "partly", "does-not-conform", "not-applicable"] as const

export function Sum({ known, selection }: { known: Catalogue; selection: Selection }) {
  const forces = new Map(known.documents.map((work) => [work.id, work.force]))
  const counts = new Map<string, number>()
  for (const { document } of selection.taken) {
    const force = forces.get(document) ?? ""
    counts.set(force, (counts.get(force) ?? 0) + 1)
  }
  return (
    <p class="hb-build-sum" role="status" aria-live="polite" data-hb="sum">
      <strong data-hb="taken-count">{say("taken", { count: selection.taken.length })}</strong>{" "}
      {known.forces.filter(({ id }) => counts.has(id)).map(({ id }) => (
        <span key={id}><span class={`hb-force hb-force--${id}`}>{say(`force.${id}`)}</span> {counts.get(id)} </span>
      ))}
      <a href="#hb-left" data-hb="left-count">{say("left", { count: selection.left.length })}</a>
    </p>
  )
}

export function Taken({ known, taken }: { known: Catalogue; taken: Entry[] }) {
  const [all, setAll] = useState(false)
  const rank = new Map(known.forces.map(({ id }, place) => [id, place]))
  const forces = new Map(known.documents.map((work) => [work.id, rank.get(work.force) ?? rank.size]))
  // What binds comes first; within one force the order of the handbook stays.
  const ordered = [...taken].sort((one, other) => (forces.get(one.document) ?? 0) - (forces.get(other.document) ?? 0))
  const shown = all ? ordered : ordered.slice(0, SHOWN)
  if (taken.length === 0) return <p data-hb="none">{say("none")}</p>
  return (
    <>
      <table class="hb-list" data-hb="taken">
        <colgroup><col class="hb-list-c1" /><col class="hb-list-c2" /><col class="hb-list-c3" /><col class="hb-list-c4" /><col class="hb-list-c5" /></colgroup>
        <thead><tr>{["code", "asked", "look", "result", "remark"].map((name) => <th key={name} scope="col">{say(`check.${name}`)}</th>)}</tr></thead>
        <tbody>{shown.map((entry) => <Row key={entry.id} known={known} entry={entry} />)}</tbody>
      </table>
      {taken.length > shown.length && <p><button type="button" class="hb-button" data-hb="more" onClick={() => setAll(true)}>{say("more", { count: taken.length - shown.length })}</button></p>}
    </>
  )
}

function Row({ known, entry }: { known: Catalogue; entry: Entry }) {
  const item = itemOf(known, entry)
  const { force } = item.document
  const weak = ["draft", "literature", "superseded"].includes(force)
  return (
    <tr data-id={entry.id}>
      <td class="hb-list-code"><span class="hb-id">{entry.code}</span><span class="hb-list-box" aria-hidden="true">☐</span></td>
      <td>
        <span class="hb-list-marks">
          <span class={`hb-modality hb-modality--${entry.modality}${weak ? " hb-modality--said" : ""}`}>{say(`modality.${entry.modality}`)}</span>{" "}
          <span class={`hb-force hb-force--${force}`}>{say(`force.${force}`)}</span>
        </span>
        {LANGUAGES.map((code) => <p key={code} class="hb-t" lang={langOf(code)}>{entry[code]}</p>)}
        <p class="hb-list-where"><a href={pageAddress(entry.url)}>{of(item.document.short)}</a> · {of(entry.heading)} · {say("lines", { first: entry.lines[0], last: entry.lines[1] })}</p>
      </td>
      <td>
        {entry.look.length > 0 && <ul class="hb-list-look">{entry.look.map((text, at) => <li key={at}>{of(text)}</li>)}</ul>}
        {item.evidence.length > 0 && <p class="hb-list-ask"><span>{say("check.ask")}: </span>{item.evidence.map(of).join(tongue === "zh" ? "、" : ", ")}</p>}
      </td>
      <td class="hb-list-answer">{RESULTS.map((result) => <span key={result}>☐ {say(`result.${result}`)}</span>)}</td>
      <td />
    </tr>
  )
}
