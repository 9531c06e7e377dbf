export function UpdateOffer(_given: { session: unknown }) {
  return null
}
