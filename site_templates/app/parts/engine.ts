// The one place that knows where the engine lies. What is exported here is what the pages call.
export * from "../../../plugins/handbook/checklists/engine/types.ts"
export * from "../../../plugins/handbook/checklists/engine/main.ts"
