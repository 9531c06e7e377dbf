// The bar that stays in sight: progress, filter, grouping, language, undo.
import type { RefObject } from "preact"
import { useEffect, useState } from "preact/hooks"
import { type progressOf, type Shown } from "../parts/engine.ts"
import { say, tongue } from "../parts/words.ts"
import { type By, type Filter, FILTERS } from "./listing.ts"
import type { Session } from "./session.ts"

interface Given {
  session: Session
  progress: ReturnType<typeof progressOf>
  by: By
  onBy: (by: By) => void
  filter: Filter
  onFilter: (filter: Filter) => void
  words: string
  onWords: (words: string) => void
  search: RefObject<HTMLInputElement | null>
  onNext: () => void
  onHelp: () => void
  onUndo: () => void
  onRedo: () => void
  archived: number
}

/** Which languages the reader wants to see: the same choice, kept in the same place, as on the other pages. */
export const shownLanguages = (): Shown => {
  const choice = document.documentElement.dataset["hbChoice"]
  return choice === "zh" || choice === "en" ? choice : "both"
}

function Languages() {
  const [shown, setShown] = useState(shownLanguages)
  useEffect(() => {
    const seen = new MutationObserver(() => setShown(shownLanguages()))
    seen.observe(document.documentElement, { attributeFilter: ["data-hb-choice"] })
    return () => seen.disconnect()
  }, [])
  const choose = (choice: Shown): void => {
    document.documentElement.dataset["hbChoice"] = choice
    try {
      localStorage.setItem("hb-choice", choice)
    } catch {
      /* the choice holds for this page */
    }
  }
  return (
    <fieldset class="hb-choice">
      <legend>{say("language")}</legend>
      {(["zh", "en", "both"] as const).map((choice) => (
        <button key={choice} type="button" aria-pressed={shown === choice} data-hb={`language-${choice}`} lang={choice === "en" ? "en" : choice === "zh" ? "zh-CN" : undefined} onClick={() => choose(choice)}>
          {say(`language.${choice}`)}
        </button>
      ))}
    </fieldset>
  )
}

export function Tools(given: Given) {
  const { session, progress, by, onBy, filter, onFilter, words, onWords, search, onNext, onHelp, onUndo, onRedo, archived } = given
  const counts: Record<Filter, number> = {
    all: progress.total, unanswered: progress.total - progress.answered, findings: progress.findings, changed: progress.toReview, archived,
  }
  return (
    <div class="hb-assess-tools" data-hb="tools" role="group" aria-label={say("tools")}>
      <div class="hb-assess-progress">
        <progress max={progress.total} value={progress.answered} aria-label={say("progress.label")} />
        <span data-hb="progress">{say("progress", { answered: progress.answered, total: progress.total })}</span>
        <span class="hb-assess-saved" data-state={session.saving.kind} aria-hidden="true">{session.saving.kind === "saved" ? "✓" : session.saving.kind === "saving" ? "…" : "✗"}</span>
        <button type="button" class="hb-button" data-hb="next" onClick={onNext}>{say("next")} <kbd>n</kbd></button>
        <button type="button" class="hb-button" data-hb="undo" disabled={!session.history.canUndo} onClick={onUndo} title="Ctrl+Z">↶ {say("undo")}</button>
        <button type="button" class="hb-button" data-hb="redo" disabled={!session.history.canRedo} onClick={onRedo} title="Ctrl+Y" aria-label={say("redo")}>↷</button>
        <button type="button" class="hb-button" data-hb="help" onClick={onHelp} aria-label={say("keys")} title={say("keys")}>?</button>
      </div>
      <div class="hb-assess-filters">
        <input
          ref={search} type="search" data-hb="filter" value={words} placeholder={say("filter")} aria-label={say("filter")}
          onInput={(event) => onWords(event.currentTarget.value)} onKeyDown={(event) => event.key === "Escape" && (onWords(""), event.currentTarget.blur())}
        />
        <span class="hb-assess-chips" role="group" aria-label={say("filters")}>
          {FILTERS.map((one) => (
            <button key={one} type="button" class="hb-chip-choice" data-hb={`filter-${one}`} aria-pressed={filter === one} onClick={() => onFilter(one)}>
              {say(`filter.${one}`)} <span class="hb-count">{counts[one]}</span>
            </button>
          ))}
        </span>
        <label class="hb-assess-by">{say("by")}{" "}
          <select data-hb="by" value={by} onChange={(event) => onBy(event.currentTarget.value as By)}>
            <option value="topic">{say("by.topic")}</option>
            <option value="document">{say("by.document")}</option>
          </select>
        </label>
        <Languages key={tongue} />
      </div>
    </div>
  )
}
