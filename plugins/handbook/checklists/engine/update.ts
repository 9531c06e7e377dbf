import type { Assessment, Catalogue } from "./types.ts"
export interface Plan { to: Catalogue["edition"] }
export function updatePlan(_a: Assessment, catalogue: Catalogue): Plan { return { to: catalogue.edition } }
export function applyUpdate(a: Assessment, catalogue: Catalogue, _now: string): { assessment: Assessment; plan: Plan } { return { assessment: a, plan: updatePlan(a, catalogue) } }
