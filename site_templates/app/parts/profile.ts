// A choice of clauses in the address of a page: ?products=a&products=b&topics=c. The builder writes it, the page of
// assessments reads it, so that a choice can be sent as a link.
import type { Profile } from "./engine.ts"

export const PROFILE_KEYS = [
  "products", "sources", "modifications", "donors", "stages", "roles", "topics", "points", "documents", "forces", "modalities",
] as const satisfies readonly (keyof Profile)[]

/** A key that says that a choice is meant although it restricts nothing. */
const WHOLE = "profile"

export const emptyProfile = (): Profile => Object.fromEntries(PROFILE_KEYS.map((key) => [key, []])) as unknown as Profile

/** The choice in an address, or null when there is none. Values are taken once each, in the order given. */
export function profileFrom(params: URLSearchParams): Profile | null {
  if (!params.has(WHOLE) && !PROFILE_KEYS.some((key) => params.has(key))) return null
  const profile = emptyProfile()
  for (const key of PROFILE_KEYS) profile[key] = [...new Set(params.getAll(key).filter((value) => value !== ""))]
  return profile
}

/** The choice as it stands in an address. */
export function profileTo(profile: Profile): URLSearchParams {
  const params = new URLSearchParams()
  for (const key of PROFILE_KEYS) for (const value of profile[key]) params.append(key, value)
  if ([...params].length === 0) params.set(WHOLE, "all")
  return params
}
