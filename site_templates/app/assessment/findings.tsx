// The findings in one view: how many of which severity, as bars and as a table, and each with a way to its row.
import { type Assessment, countsOf, findingsOf, SEVERITIES } from "../parts/engine.ts"
import { of, say } from "../parts/words.ts"
import { sampleName } from "./session.ts"

const KINDS = [...SEVERITIES, "unrated"] as const

export function Findings({ assessment, onShow }: { assessment: Assessment; onShow: (item: string) => void }) {
  const findings = findingsOf(assessment)
  const counts = countsOf(findings)
  return (
    <section class="hb-assess-findings" data-hb="findings">
      <h2>{say("findings")} <span class="hb-count">{findings.length}</span></h2>
      <Bars counts={counts} />
      {findings.length > 0 && (
        <div class="hb-scroll">
          <table class="hb-table" data-hb="findings-table">
            <thead><tr><th>{say("code")}</th><th>{say("field.severity")}</th><th>{say("result")}</th><th>{say("document")}</th><th>{say("field.remark")}</th><th>{say("field.capa")}</th></tr></thead>
            <tbody>
              {findings.map(({ item, sample, mark }) => (
                <tr key={`${item.id} ${sample?.id ?? ""}`}>
                  <td><button type="button" class="hb-link hb-id" onClick={() => onShow(item.id)}>{item.code}</button>{sample && <span class="hb-small"> {sampleName(sample, assessment.samples.indexOf(sample))}</span>}</td>
                  <td>{mark.severity ? say(`severity.${mark.severity}`) : say("severity.none")}</td>
                  <td>{say(`result.${mark.result}`)}</td>
                  <td>{of(item.document.short)}</td>
                  <td>{mark.remark.slice(0, 400)}</td>
                  <td>{mark.capa}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

/** Counts by severity: a picture, and the same as a table for whoever cannot see it. */
export function Bars({ counts }: { counts: Record<string, number> }) {
  const most = Math.max(1, ...KINDS.map((kind) => counts[kind] ?? 0))
  return (
    <div class="hb-assess-bars">
      <svg viewBox={`0 0 300 ${KINDS.length * 26}`} role="img" aria-label={say("findings.chart")} data-hb="chart">
        {KINDS.map((kind, at) => (
          <g key={kind} transform={`translate(0 ${at * 26})`}>
            <rect class={`hb-bar-fill hb-bar-fill--${kind}`} x="0" y="4" width={Math.max(1, ((counts[kind] ?? 0) / most) * 260)} height="18" />
            <text x={Math.max(1, ((counts[kind] ?? 0) / most) * 260) + 6} y="18">{counts[kind] ?? 0}</text>
          </g>
        ))}
      </svg>
      <table class="hb-table hb-assess-counts" data-hb="counts">
        <caption class="hb-over">{say("findings.chart")}</caption>
        <tbody>
          {KINDS.map((kind) => <tr key={kind}><th scope="row">{say(kind === "unrated" ? "severity.none" : `severity.${kind}`)}</th><td class="hb-right">{counts[kind] ?? 0}</td></tr>)}
        </tbody>
      </table>
    </div>
  )
}
