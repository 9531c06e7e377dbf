// What is answered of one item: the result, and what belongs to it; for each sample where there are any.
import { type Answer, type Mark, type Result, RESULTS, type Sample, SEVERITIES } from "../parts/engine.ts"
import { say } from "../parts/words.ts"
import { BLANK, cellKey, doubts, sampleName, type Session } from "./session.ts"

interface Choice {
  label: string
  chosen: Result | null
  onChoose: (result: Result) => void
  hook?: string
}

/** Five results as one radio group: arrows move within it, a click, Space or Enter chooses. */
export function Results({ label, chosen, onChoose, hook }: Choice) {
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!step) return
    const all = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>("[role=radio]")]
    const at = all.indexOf(document.activeElement as HTMLElement)
    all[(at + step + all.length) % all.length]?.focus()
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div class="hb-results" role="radiogroup" aria-label={label} data-hb={hook} onKeyDown={move}>
      {RESULTS.map((result, at) => (
        <button
          key={result} type="button" role="radio" class={`hb-result-choice hb-result--${result}`} data-result={result}
          aria-checked={chosen === result} tabIndex={(chosen ?? "conforms") === result ? 0 : -1} onClick={() => onChoose(result)}
        >
          <kbd aria-hidden="true">{at + 1}</kbd>
          {say(`result.${result}`)}
        </button>
      ))}
    </div>
  )
}

interface FieldsGiven {
  session: Session
  item: string
  sample: string | null
  mark: Mark
  waits: string | undefined
}

export const isFinding = (mark: Mark): boolean => mark.result === "partly" || mark.result === "does-not-conform"

/** Severity, evidence, remark, CAPA number, and the reason where one is needed. */
export function Fields({ session, item, sample, mark, waits }: FieldsGiven) {
  const base = `f-${cellKey(item, sample).replace(/\s/g, "_")}`
  const typed = (field: keyof Mark) => (event: Event) => session.field(item, sample, field, (event.target as HTMLInputElement).value)
  const asksReason = waits !== undefined || mark.result === "not-applicable" || mark.reason !== ""
  return (
    <div class="hb-assess-fields">
      {asksReason && (
        <div class={waits === undefined ? "hb-field hb-field--wide" : "hb-field hb-field--wide hb-field--wanted"}>
          <label for={`${base}-reason`}>{say("field.reason")}</label>
          <textarea
            id={`${base}-reason`} data-hb="reason" rows={1} value={mark.reason} onInput={typed("reason")} aria-invalid={waits !== undefined}
            aria-describedby={waits === undefined ? undefined : `${base}-wanted`}
          />
          {waits !== undefined && <p id={`${base}-wanted`} class="hb-assess-refused" role="alert" data-hb="refused">{waits}</p>}
        </div>
      )}
      {(isFinding(mark) || mark.severity !== null) && (
        <div class="hb-field">
          <label for={`${base}-severity`}>{say("field.severity")}</label>
          <select id={`${base}-severity`} data-hb="severity" value={mark.severity ?? ""} onChange={typed("severity")}>
            <option value="">{say("severity.none")}</option>
            {SEVERITIES.map((severity) => <option key={severity} value={severity}>{say(`severity.${severity}`)}</option>)}
          </select>
        </div>
      )}
      {(["evidence", "capa", "remark"] as const).map((field) => (
        <div key={field} class={field === "remark" ? "hb-field hb-field--wide" : "hb-field"}>
          <label for={`${base}-${field}`}>{say(`field.${field}`)}</label>
          <textarea id={`${base}-${field}`} data-hb={field} rows={1} value={mark[field]} onInput={typed(field)} />
        </div>
      ))}
    </div>
  )
}

/** What is doubtful about a mark: said, not forbidden. */
export function Doubts({ mark }: { mark: Mark }) {
  const said = doubts(mark)
  return said.length === 0 ? null : <p class="hb-assess-doubt" data-hb="doubt">{said.join(" ")}</p>
}

/** A mark in one line of words, where its fields are not open. */
export function Told({ mark }: { mark: Mark }) {
  const parts = (["reason", "evidence", "remark", "capa"] as const).filter((field) => mark[field] !== "")
  if (parts.length === 0 && mark.severity === null) return null
  return (
    <p class="hb-assess-told" data-hb="told">
      {mark.severity && <span><b>{say(`severity.${mark.severity}`)}</b> </span>}
      {parts.map((field) => <span key={field}><b>{say(`field.${field}`)}</b> {mark[field].length > 300 ? `${mark[field].slice(0, 300)}…` : mark[field]} </span>)}
    </p>
  )
}

interface SamplesGiven {
  session: Session
  item: string
  answer: Answer
  samples: Sample[]
  open: boolean
  pending: string
}

/** A row of answers for each sample, and one result for all of them. */
export function Samples({ session, item, answer, samples, open, pending }: SamplesGiven) {
  const marks = samples.map((sample) => answer.samples[sample.id] ?? BLANK)
  const common = marks.every((mark) => mark.result === marks[0]?.result) ? (marks[0]?.result ?? null) : null
  const waits = pending === "" ? new Map<string, string>() : new Map(JSON.parse(pending) as [string, string][])
  return (
    <div class="hb-assess-samples" data-hb="samples">
      <div class="hb-assess-sample hb-assess-sample--all">
        <span class="hb-assess-sample-name">{say("samples.all")}</span>
        <Results label={say("samples.all")} chosen={common} onChoose={(result) => session.resultForAll(item, result)} hook="all-samples" />
      </div>
      {samples.map((sample, place) => {
        const mark = marks[place]!
        const wait = waits.get(cellKey(item, sample.id))
        return (
          <div key={sample.id} class="hb-assess-sample" data-hb="sample" data-sample={sample.id}>
            <span class="hb-assess-sample-name">{sampleName(sample, place)}</span>
            <Results label={sampleName(sample, place)} chosen={mark.result} onChoose={(result) => session.result(item, sample.id, result)} />
            {open || wait !== undefined ? <Fields session={session} item={item} sample={sample.id} mark={mark} waits={wait} /> : <Told mark={mark} />}
            <Doubts mark={mark} />
          </div>
        )
      })}
    </div>
  )
}
