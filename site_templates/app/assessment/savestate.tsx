// Where the saving stands, always in sight; loud when nothing is saved.
import { useEffect } from "preact/hooks"
import { clockOf, say } from "../parts/words.ts"
import { takeJson } from "./export.tsx"
import type { Session } from "./session.ts"

export function SaveState({ session }: { session: Session }) {
  const { saving, notice } = session
  // What needs no decision goes by itself.
  useEffect(() => {
    if (!notice || notice.urgent || notice.undo) return
    const timer = setTimeout(() => session.notice === notice && session.say(null), 8000)
    return () => clearTimeout(timer)
  }, [notice])
  return (
    <>
      <div class="hb-assess-state" data-hb="state" data-state={saving.kind}>
        <span role="status" aria-live="polite">
          {saving.kind === "saved" ? `✓ ${say("saved", { time: clockOf(saving.at) })}` : saving.kind === "saving" ? say("saving") : `✗ ${say("unsaved")}`}
        </span>
        {session.durable !== null && saving.kind !== "failed" && <span class="hb-small" data-hb="durable"> {say(session.durable ? "durable.yes" : "durable.no")}</span>}
      </div>
      {saving.kind === "failed" && (
        <div class="hb-assess-alarm" role="alert" data-hb="alarm">
          <p><b>{say("unsaved")}</b> {say(`why.${saving.why}`)} {say("unsaved.do")}</p>
          <button type="button" class="hb-button hb-button--main" data-hb="alarm-file" onClick={() => takeJson(session.assessment)}>{say("export.json")}</button>{" "}
          {!session.store.fleeting && <button type="button" class="hb-button" data-hb="retry" onClick={() => void session.again()}>{say("unsaved.again")}</button>}
        </div>
      )}
      <div class="hb-assess-notice" role={notice?.urgent ? "alert" : "status"} aria-live="polite" data-hb="notice">
        {notice && (
          <p>
            <span>{notice.text}</span>{" "}
            {notice.undo && <button type="button" class="hb-button" data-hb="notice-undo" onClick={() => void session.undo()}>{say("undo")}</button>}{" "}
            <button type="button" class="hb-button" aria-label={say("close")} data-hb="notice-close" onClick={() => session.say(null)}>×</button>
          </p>
        )}
      </div>
    </>
  )
}
