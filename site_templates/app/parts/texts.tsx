// Texts in both languages; which of them shows is the reader's choice (html[data-hb-choice]), not this script's.
import type { Text } from "./engine.ts"
import { langOf, tongue } from "./words.ts"
import { wordDiff } from "./worddiff.ts"

const ORDER = tongue === "zh" ? (["zh", "en"] as const) : (["en", "zh"] as const)

/** Both wordings, the page's own language first. */
export function Texts({ text, small }: { text: Text; small?: boolean }) {
  return (
    <span class="hb-texts">
      {ORDER.map((language) => (
        <span key={language} class={small ? "hb-t hb-t--small" : "hb-t"} lang={langOf(language)}>{text[language]}</span>
      ))}
    </span>
  )
}

/** What changed between two wordings, in both languages. */
export function Turn({ from, to }: { from: Text; to: Text }) {
  return (
    <span class="hb-texts hb-turn">
      {ORDER.map((language) => (
        <span key={language} class="hb-t" lang={langOf(language)}>
          {wordDiff(from[language], to[language]).map((run, at) =>
            run.change === "gone" ? <del key={at}>{run.text}</del> : run.change === "new" ? <ins key={at}>{run.text}</ins> : run.text,
          )}
        </span>
      ))}
    </span>
  )
}
