// What the handbook asks no longer: the wording as it was, why it went, and the answer that stays.
import type { Assessment } from "../parts/engine.ts"
import { Texts } from "../parts/texts.tsx"
import { of, say } from "../parts/words.ts"
import { Told } from "./answers.tsx"
import { Badges, placeOf } from "./row.tsx"
import { BLANK, sampleName } from "./session.ts"

export function Archive({ assessment }: { assessment: Assessment }) {
  const { archive, samples } = assessment
  if (archive.length === 0) return <p class="hb-note" data-hb="archive-empty">{say("archive.empty")}</p>
  return (
    <section data-hb="archive">
      <p class="hb-lead">{say("archive.lead")}</p>
      {archive.map(({ item, answer, why, edition }, at) => (
        <article key={`${item.id} ${at}`} class="hb-assess-row hb-assess-row--gone" data-hb="archived" data-id={item.id}>
          <header class="hb-assess-row-head"><span class="hb-id">{item.code}</span> <Badges item={item} /> <span class="hb-line-where">{placeOf(item)}</span></header>
          <div class="hb-assess-asked"><Texts text={item} /></div>
          <div class="hb-assess-answer">
            <p><b>{say(`result.${answer.result}`)}</b></p>
            <Told mark={answer} />
            {Object.entries(answer.samples).map(([id, mark]) => {
              const place = samples.findIndex((sample) => sample.id === id)
              return <div key={id}><p>{place < 0 ? id : sampleName(samples[place]!, place)}: <b>{say(`result.${(mark ?? BLANK).result}`)}</b></p><Told mark={mark} /></div>
            })}
            <p class="hb-small">{of(why)} {say("archive.edition", { version: edition.version, date: edition.date })}</p>
          </div>
        </article>
      ))}
    </section>
  )
}
