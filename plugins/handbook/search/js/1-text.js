// Texts as the search sees them: folded to one case and width, each character in its old place.
"use strict"

const WIDE = /[\u00a0-\u00bf\u2000-\u2fff\u3000-\u303f\ufe30-\ufeff\uff00-\uffef]/g
const SAME = { "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "‐": "-", "−": "-", "×": "x", "〜": "~", "≈": "~" }
const HAN = /[\u3400-\u9fff]/
const GREEK = new Map(
  Object.entries({ alpha: "α", beta: "β", gamma: "γ", delta: "δ", epsilon: "ε", kappa: "κ", lambda: "λ", mu: "μ", omega: "ω" }),
)
const GREEK_NAMES = new Map([...GREEK].map(([name, letter]) => [letter, name]))

function foldOne(character) {
  if (SAME[character]) return SAME[character]
  const half = character.normalize("NFKC").toLowerCase()
  return half.length === 1 ? half : character
}

/** `text` in lower case and half width; the result is as long as `text`. */
function fold(text) {
  const lower = text.toLowerCase()
  const even = lower.length === text.length ? lower : [...text].map((c) => (c.toLowerCase().length === c.length ? c.toLowerCase() : c)).join("")
  return even.replace(WIDE, foldOne).replace(/[×–—]/g, foldOne)
}

const isLetter = (code) => (code >= 97 && code <= 122) || (code >= 0x3b1 && code <= 0x3c9)
const isDigit = (code) => code >= 48 && code <= 57
const isWordCode = (code) => isLetter(code) || isDigit(code)

/** An English word without its plural ending; of one in -ies what its other forms begin with (therapies: therap). */
function singular(word) {
  if (word.length < 4 || !/[a-z]s$/.test(word)) return word
  if (word.endsWith("ies") && word.length > 4) return word.slice(0, -3)
  if (/(?:ss|us|is)$/.test(word)) return word
  if (/(?:ch|sh|x|ss)es$/.test(word)) return word.slice(0, -2)
  return word.slice(0, -1)
}

const escapeRegExp = (text) => text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&")

/** The stem of an English word, good enough as the beginning of its other forms: measured, measuring, measures. */
function stem(word) {
  const base = singular(word)
  const cut = base.replace(/(?:ings?|ed|er|e|y)$/, "")
  return /^[a-z]+$/.test(word) && cut.length >= 4 ? cut : base
}

/** Optimal string alignment distance (insert, delete, replace, swap neighbours), or `most` + 1 when it is more. */
function slips(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let before = []
  let last = Array.from({ length: b.length + 1 }, (_, n) => n)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1)
    }
    if (Math.min(...row) > most) return most + 1
    before = last
    last = row
  }
  return last[b.length]
}

/** A pattern for a run of four or more Han characters with one of them wrong, missing or too many; null for others. */
function nearPattern(text) {
  const run = text.match(/^[\u3400-\u9fff]{4,16}$/)
  if (!run) return null
  const forms = []
  for (let at = 0; at < text.length; at++) {
    forms.push(`${text.slice(0, at)}[\\u3400-\\u9fff]?${text.slice(at + 1)}`)
    if (at) forms.push(`${text.slice(0, at)}[\\u3400-\\u9fff]${text.slice(at)}`)
  }
  return new RegExp(forms.join("|"), "g")
}
