// What changed from one wording to another: the engine's own word diff, which tells what handbook/worddiff.py tells.
export { type Run, wordDiff } from "../../../plugins/handbook/checklists/engine/worddiff.ts"
