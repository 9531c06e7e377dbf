// The assessment on paper: a table that repeats its head, made when the browser is about to print and gone afterwards.
import { render } from "preact"
import { type Assessment, countsOf, type Edition, findingsOf, groupsOf, type Item, type Mark, overall, RESULTS } from "../parts/engine.ts"
import { Texts } from "../parts/texts.tsx"
import { of, say } from "../parts/words.ts"
import { Told } from "./answers.tsx"
import { Bars } from "./findings.tsx"
import { HEAD_FIELDS } from "./head.tsx"
import { answerTo } from "./listing.ts"
import { Badges, listed, placeOf } from "./row.tsx"
import { BLANK, sampleName, type Session } from "./session.ts"

/** Makes the paper before each print until the returned function is called. */
export function paperOnPrint(session: Session): () => void {
  const root = document.createElement("div")
  root.className = "hb hb-assess-paper"
  const style = document.createElement("style")
  const before = (): void => {
    style.textContent = footer(session.assessment.edition, session.landscape)
    document.head.append(style)
    document.querySelector("[data-hb=assessments]")?.after(root)
    render(<Paper a={session.assessment} />, root)
  }
  const after = (): void => {
    render(null, root)
    root.remove()
    style.remove()
    session.landscape = false
  }
  window.addEventListener("beforeprint", before)
  window.addEventListener("afterprint", after)
  return () => {
    window.removeEventListener("beforeprint", before)
    window.removeEventListener("afterprint", after)
    after()
  }
}

/** Text in a style sheet: everything but letters, figures and a few signs is written as its number. */
const quoted = (text: string): string => `"${text.replace(/[^\p{L}\p{N} .,:·()-]/gu, (sign) => `\\${sign.codePointAt(0)!.toString(16)} `)}"`

function footer(edition: Edition, landscape: boolean): string {
  const stamp = say("paper.stamp", { version: edition.version, date: edition.date, fingerprint: edition.fingerprint.slice(0, 12) })
  const [before = "", between = "", after = ""] = say("paper.page", { page: "\u0000", pages: "\u0000" }).split("\u0000")
  return `@page { size: A4 ${landscape ? "landscape" : "portrait"}; margin: 14mm 12mm 16mm; @bottom-left { content: ${quoted(stamp)}; font-size: 7pt; } @bottom-right { content: ${quoted(before)} counter(page) ${quoted(between)} counter(pages) ${quoted(after)}; font-size: 7pt; } }`
}

function Paper({ a }: { a: Assessment }) {
  const findings = findingsOf(a)
  return (
    <>
      <h1>{a.title}</h1>
      <p>{say("from", { list: of(a.checklist.title), version: a.edition.version, fingerprint: a.edition.fingerprint.slice(0, 12), date: a.edition.date })}</p>
      <dl class="hb-paper-head">
        {HEAD_FIELDS.map((field) => <div key={field}><dt>{say(`head.${field}`)}</dt><dd>{a.head[field] || "\u00a0"}</dd></div>)}
        {a.samples.length > 0 && <div><dt>{say("samples")}</dt><dd>{a.samples.map((sample, place) => sampleName(sample, place)).join("; ")}</dd></div>}
      </dl>
      <table class="hb-paper-items">
        <thead><tr><th>{say("code")}</th><th>{say("asked")}</th><th>{say("result")}</th><th>{say("paper.said")}</th></tr></thead>
        {groupsOf(a, "topic").map((group) => (
          <tbody key={group.id}>
            <tr class="hb-paper-group"><th colSpan={4}>{of(group.label)}</th></tr>
            {group.items.map((item) => <PaperRow key={item.id} a={a} item={item} />)}
          </tbody>
        ))}
      </table>
      <section class="hb-paper-findings">
        <h2>{say("findings")} ({findings.length})</h2>
        <Bars counts={countsOf(findings)} />
        <ul>{findings.map(({ item, sample, mark }) => <li key={`${item.id} ${sample?.id}`}>{item.code} {sample?.label} {mark.severity ? say(`severity.${mark.severity}`) : say("severity.none")} · {say(`result.${mark.result}`)} · {mark.remark} {mark.capa}</li>)}</ul>
      </section>
      <section class="hb-paper-signatures">
        <h2>{say("paper.signatures")}</h2>
        <table><tbody>{(["auditor", "auditee"] as const).map((who) => <tr key={who}><th scope="row">{say(`head.${who}`)}</th><td>{a.head[who]}</td><th>{say("paper.signature")}</th><td /><th>{say("paper.date")}</th><td /></tr>)}</tbody></table>
      </section>
    </>
  )
}

function PaperRow({ a, item }: { a: Assessment; item: Item }) {
  const answer = answerTo(a, item.id)
  return (
    <tr data-result={overall(a, item.id)}>
      <td><span class="hb-id">{item.code}</span><br /><Badges item={item} /></td>
      <td>
        <Texts text={item} />
        <span class="hb-line-where">{placeOf(item)}</span>
        {item.look.length > 0 && <div><b>{say("look")}</b> {item.look.map((text, at) => <Texts key={at} text={text} small />)}</div>}
        {item.evidence.length > 0 && <div><b>{say("ask")}</b> <Texts text={listed(item.evidence)} small /></div>}
      </td>
      <td>{a.samples.length === 0 ? <Boxes mark={answer} /> : a.samples.map((sample, place) => <div key={sample.id}><b>{sampleName(sample, place)}</b><Boxes mark={answer.samples[sample.id] ?? BLANK} /></div>)}</td>
      <td>
        <Told mark={answer} />
        {a.samples.map((sample, place) => answer.samples[sample.id] && <div key={sample.id}><b>{sampleName(sample, place)}</b> <Told mark={answer.samples[sample.id]!} /></div>)}
        {answer.review && <p>{say("review.title")}</p>}
      </td>
    </tr>
  )
}

const Boxes = ({ mark }: { mark: Mark }) => (
  <ul class="hb-paper-boxes">
    {RESULTS.map((result) => <li key={result}>{mark.result === result ? "☒" : "☐"} {mark.result === result ? <b>{say(`result.${result}`)}</b> : say(`result.${result}`)}</li>)}
  </ul>
)
