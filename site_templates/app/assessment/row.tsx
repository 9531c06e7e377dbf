// One item: what is asked and where it is written, what to look for, and the answer. Rows are many, so each is only
// drawn again when something of its own has changed.
import { memo } from "preact/compat"
import { type Answer, isMarked, type Item, overall, type Sample, type Text } from "../parts/engine.ts"
import { pageAddress } from "../parts/catalogue.ts"
import { Texts, Turn } from "../parts/texts.tsx"
import { of, say } from "../parts/words.ts"
import { Doubts, Fields, Results, Samples, Told } from "./answers.tsx"
import type { Session } from "./session.ts"

export interface RowGiven {
  session: Session
  item: Item
  answer: Answer
  samples: Sample[]
  open: boolean
  active: boolean
  /** Waiting cells of this row as JSON, so that the row can tell whether they changed. */
  pending: string
  other: Answer | undefined
}

export const rowId = (item: string): string => `row-${item}`

const NO_RULE = new Set(["draft", "literature", "superseded"])

/** Force and modality; what is no rule does not wear the badge of one. */
export function Badges({ item }: { item: Item }) {
  const said = NO_RULE.has(item.document.force) ? " hb-modality--said" : ""
  return (
    <>
      <span class={`hb-force hb-force--${item.document.force}`}>{say(`force.${item.document.force}`)}</span>{" "}
      <span class={`hb-modality hb-modality--${item.modality}${said}`}>{say(`modality.${item.modality}`)}</span>
    </>
  )
}

export const placeOf = (item: Item): string =>
  [of(item.document.short), [item.number, of(item.heading)].filter(Boolean).join(" "), say("lines", { file: item.document.file, first: item.lines[0], last: item.lines[1] })].join(" · ")

/** Labels as one line in each language. */
export const listed = (labels: Text[]): Text => ({ zh: labels.map((label) => label.zh).join("、"), en: labels.map((label) => label.en).join(", ") })

function Asked({ item }: { item: Item }) {
  return (
    <>
      <Texts text={item} />
      {(item.look.length > 0 || item.evidence.length > 0) && (
        <dl class="hb-assess-aids">
          {item.look.length > 0 && <div data-hb="look"><dt>{say("look")}</dt><dd>{item.look.map((text, at) => <Texts key={at} text={text} small />)}</dd></div>}
          {item.evidence.length > 0 && <div data-hb="evidence-ask"><dt>{say("ask")}</dt><dd><Texts text={listed(item.evidence)} small /></dd></div>}
        </dl>
      )}
    </>
  )
}

/** After an update: on which wording the answer was given, and what has changed. */
function ToReview({ session, item, answer }: { session: Session; item: Item; answer: Answer }) {
  const { review } = answer
  if (!review) return null
  return (
    <div class="hb-assess-review" data-hb="review">
      <p><b>{say("review.title")}</b> {say(`review.${review.kind}`)}</p>
      {review.from.map((was) => (
        <div key={`${was.id} ${was.fingerprint}`}>
          <p class="hb-small">{was.id} · {say("review.edition", { version: was.edition.version, date: was.edition.date })}</p>
          <Turn from={was} to={item} />
        </div>
      ))}
      <button type="button" class="hb-button hb-button--main" data-hb="confirm" onClick={() => session.confirm(item.id)}>{say("review.confirm")}</button>
    </div>
  )
}

/** Two tabs answered the same item: the later answer counts, the other one is at hand. */
function Other({ session, item, other }: { session: Session; item: Item; other: Answer }) {
  return (
    <div class="hb-assess-review" data-hb="other">
      <p><b>{say("other.title")}</b> {say(`result.${other.result}`)}</p>
      <Told mark={other} />
      <button type="button" class="hb-button" data-hb="exchange" onClick={() => session.exchange(item.id)}>{say("other.take")}</button>{" "}
      <button type="button" class="hb-button" data-hb="settle" onClick={() => session.settle(item.id)}>{say("other.leave")}</button>
    </div>
  )
}

function Given({ session, item, answer, samples, open, pending }: RowGiven) {
  const waits = pending === "" ? undefined : new Map(JSON.parse(pending) as [string, string][]).get(item.id)
  if (samples.length > 0) {
    return (
      <>
        {isMarked(answer) && (
          // Given before there were samples: it counts, so it is shown and can be changed.
          <div class="hb-assess-whole" data-hb="whole">
            <b>{say("whole")}</b>
            <Results label={say("whole")} chosen={answer.result} onChoose={(result) => session.result(item.id, null, result)} hook="whole-results" />
            {open || waits !== undefined ? <Fields session={session} item={item.id} sample={null} mark={answer} waits={waits} /> : <Told mark={answer} />}
          </div>
        )}
        <Samples session={session} item={item.id} answer={answer} samples={samples} open={open} pending={pending} />
      </>
    )
  }
  return (
    <>
      <Results label={say("result")} chosen={answer.result} onChoose={(result) => session.result(item.id, null, result)} hook="results" />
      {open || waits !== undefined ? <Fields session={session} item={item.id} sample={null} mark={answer} waits={waits} /> : <Told mark={answer} />}
      <Doubts mark={answer} />
    </>
  )
}

function RowView(given: RowGiven) {
  const { session, item, answer, samples, open, active, other } = given
  const result = samples.length > 0 ? overall(session.assessment, item.id) : answer.result
  return (
    <article
      id={rowId(item.id)} class="hb-assess-row" data-hb="row" data-id={item.id} data-result={result} data-active={active} data-open={open}
      tabIndex={active ? 0 : -1} aria-label={`${item.code}, ${say(`result.${result}`)}`}
    >
      <header class="hb-assess-row-head">
        <a class="hb-id" href={pageAddress(item.url)} target="_blank" rel="noopener">{item.code}</a> <Badges item={item} />{" "}
        <span class="hb-line-where">{placeOf(item)}</span>
      </header>
      <div class="hb-assess-asked"><Asked item={item} /></div>
      <div class="hb-assess-answer">
        <ToReview session={session} item={item} answer={answer} />
        {other && <Other session={session} item={item} other={other} />}
        <Given {...given} />
        {!open && <button type="button" class="hb-assess-more" data-open-row={item.id}>{say("more")}</button>}
      </div>
    </article>
  )
}

export const Row = memo(RowView)
