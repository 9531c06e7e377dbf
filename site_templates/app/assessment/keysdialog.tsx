import { Dialog } from "../parts/dialog.tsx"
import { RESULTS } from "../parts/engine.ts"
import { say } from "../parts/words.ts"

const KEYS = [["↓ j", "keys.down"], ["↑ k", "keys.up"], ["n", "next"], ["e", "keys.details"], ["Esc", "keys.out"], ["/", "filter"], ["Ctrl+Z", "undo"], ["Ctrl+Y", "redo"], ["?", "keys"]] as const

/** Which key does what. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={say("keys")} hook="keys-dialog" onClose={onClose}>
      <table class="hb-table">
        <tbody>
          {RESULTS.map((result, at) => <tr key={result}><th scope="row"><kbd>{at + 1}</kbd></th><td>{say(`result.${result}`)}</td></tr>)}
          {KEYS.map(([key, word]) => <tr key={key}><th scope="row">{key.split(" ").map((one) => <kbd key={one}>{one}</kbd>)}</th><td>{say(word)}</td></tr>)}
        </tbody>
      </table>
      <p class="hb-small">{say("keys.typing")}</p>
    </Dialog>
  )
}
