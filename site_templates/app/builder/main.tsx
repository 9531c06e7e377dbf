// The page on which a checklist is put together. The choice stands in the address; what is taken and what is left out,
// with every reason, follows each change.
import { render } from "preact"
import { useEffect, useMemo, useState } from "preact/hooks"
import { catalogue } from "../parts/catalogue.ts"
import { type Catalogue, type Profile, select } from "../parts/engine.ts"
import { emptyProfile, profileFrom, profileTo } from "../parts/profile.ts"
import { readWords, say } from "../parts/words.ts"
import { Actions } from "./actions.tsx"
import { Choices } from "./choices.tsx"
import { Left } from "./left.tsx"
import { Sum, Taken } from "./taken.tsx"

const LIVING = ["binding", "guidance", "self-discipline", "draft"]

/** What is chosen before anything is: all but papers and what was superseded. */
const preset = (): Profile => ({ ...emptyProfile(), forces: [...LIVING] })

function App({ known }: { known: Catalogue }) {
  const [profile, setProfile] = useState<Profile>(() => profileFrom(new URLSearchParams(location.search)) ?? preset())
  const selection = useMemo(() => select(known, profile), [known, profile])
  useEffect(() => {
    const moved = (): void => setProfile(profileFrom(new URLSearchParams(location.search)) ?? preset())
    window.addEventListener("popstate", moved)
    return () => window.removeEventListener("popstate", moved)
  }, [])
  const change = (next: Profile): void => {
    setProfile(next)
    history.replaceState(null, "", `?${profileTo(next)}`)
  }
  return (
    <>
      <Actions known={known} profile={profile} count={selection.taken.length} onChange={change} preset={preset} />
      <div class="hb-build-columns">
        <Choices known={known} profile={profile} onChange={change} />
        <div>
          <Sum known={known} selection={selection} />
          <Taken known={known} taken={selection.taken} />
          <Left known={known} left={selection.left} />
        </div>
      </div>
    </>
  )
}

const root = document.querySelector<HTMLElement>('[data-hb="builder"]')
if (root) {
  readWords("hb-build-words")
  render(<p role="status">{say("opening")}</p>, root)
  catalogue().then(
    (known) => {
      render(<App known={known} />, root)
      document.documentElement.dataset["builderState"] = "ready"
    },
    () => render(<p class="hb-note" role="alert">{say("failed")}</p>, root),
  )
}
