// What the assessment is about: site, product, people, dates, and the batches or samples that are looked at.
import { useState } from "preact/hooks"
import type { Head, Sample } from "../parts/engine.ts"
import { Dialog } from "../parts/dialog.tsx"
import { say } from "../parts/words.ts"
import { sampleName, type Session } from "./session.ts"

export const HEAD_FIELDS = ["site", "product", "scope", "auditor", "auditee", "begins", "ends"] as const satisfies readonly (keyof Head)[]

export function HeadForm({ session }: { session: Session }) {
  const { head, samples } = session.assessment
  const [blank] = useState(HEAD_FIELDS.every((field) => head[field] === ""))
  const told = [head.site, head.product, head.auditor, head.begins].filter(Boolean).join(" · ")
  return (
    <details class="hb-assess-about" data-hb="head" open={blank}>
      <summary>{say("head")}{told && <span class="hb-count"> {told}</span>}{samples.length > 0 && <span class="hb-count"> · {say("samples.count", { count: samples.length })}</span>}</summary>
      <div class="hb-assess-fields">
        {HEAD_FIELDS.map((field) => {
          const isDay = field === "begins" || field === "ends"
          return (
            <div key={field} class={field === "scope" ? "hb-field hb-field--wide" : "hb-field"}>
              <label for={`head-${field}`}>{say(`head.${field}`)}</label>
              {isDay
                ? <input id={`head-${field}`} data-hb={`head-${field}`} type="date" value={head[field]} onChange={(event) => session.head({ [field]: event.currentTarget.value })} />
                : <textarea id={`head-${field}`} data-hb={`head-${field}`} rows={1} value={head[field]} onInput={(event) => session.head({ [field]: event.currentTarget.value })} />}
            </div>
          )
        })}
      </div>
      <SampleList session={session} samples={samples} />
    </details>
  )
}

function SampleList({ session, samples }: { session: Session; samples: Sample[] }) {
  const [label, setLabel] = useState("")
  const [doubted, doubt] = useState<Sample | null>(null)
  const add = (event: Event): void => {
    event.preventDefault()
    if (label.trim() === "") return
    session.addSample(label.trim())
    setLabel("")
  }
  return (
    <div class="hb-assess-batches" data-hb="batches">
      <h3>{say("samples")}</h3>
      <p class="hb-small">{say("samples.lead")}</p>
      <ul>
        {samples.map((sample, place) => (
          <li key={sample.id}>
            <input aria-label={say("samples.name", { number: place + 1 })} value={sample.label} data-hb="sample-name" onChange={(event) => session.renameSample(sample.id, event.currentTarget.value)} />
            <button type="button" class="hb-button" data-hb="sample-remove" onClick={() => session.removeSample(sample.id, false) || doubt(sample)}>{say("samples.remove", { name: sampleName(sample, place) })}</button>
          </li>
        ))}
      </ul>
      <form onSubmit={add}>
        <input aria-label={say("samples.new")} placeholder={say("samples.new")} value={label} data-hb="sample-new" onInput={(event) => setLabel(event.currentTarget.value)} />
        <button type="submit" class="hb-button" data-hb="sample-add">{say("samples.add")}</button>
      </form>
      {doubted && (
        <Dialog
          title={say("samples.remove", { name: doubted.label })} hook="sample-dialog" onClose={() => doubt(null)} close={say("cancel")}
          actions={<button type="button" class="hb-button hb-button--main" data-hb="sample-sure" onClick={() => { session.removeSample(doubted.id, true); doubt(null) }}>{say("samples.sure")}</button>}
        >
          <p>{say("samples.answered")}</p>
        </Dialog>
      )}
    </div>
  )
}
