// The one place that knows where the engine lies. What is exported here is what the pages call.
export * from "../../../plugins/handbook/checklists/engine/types.ts"
export * from "../../../plugins/handbook/checklists/engine/main.ts"
// Two modules of the engine have a Group; the one of the vocabularies is meant.
export type { Group } from "../../../plugins/handbook/checklists/engine/types.ts"
