// The words of a page. The template writes them as JSON in the page's own language; what the engine says comes with
// both languages and is shown in that of the page.
import type { Language, Text } from "./engine.ts"

let words: Record<string, string> = {}

/** Reads the words that the template wrote into the script element `id`. */
export function readWords(id: string): void {
  words = JSON.parse(document.getElementById(id)?.textContent ?? "{}") as Record<string, string>
}

/** The page's language. */
export const tongue: Language = document.documentElement.lang.startsWith("zh") ? "zh" : "en"

/** The word `key` with its {places} filled; a key that is missing shows itself, so that nothing is silently empty. */
export function say(key: string, values: Record<string, string | number> = {}): string {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/** A text in the page's language; the other one when it has none. */
export const of = (text: Text): string => text[tongue] || text.zh || text.en

export const langOf = (language: Language): string => (language === "zh" ? "zh-CN" : "en")

/** Hour and minute of an ISO time, as the reader's clock shows them. */
export const clockOf = (iso: string): string => new Date(iso).toLocaleTimeString(langOf(tongue), { hour: "2-digit", minute: "2-digit" })

/** The day of an ISO time, as year-month-day. */
export function dayOf(iso: string): string {
  const day = new Date(iso)
  if (Number.isNaN(day.getTime())) return iso
  const two = (number: number): string => String(number).padStart(2, "0")
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}
