// Figures in a query: a relation, a number, a unit, in any of the ways in which people type them.

const RELATIONS = [
  [/(?:>=|≥|=>|不低于|不少于|不小于|至少|大于等于|at least|not less than|no less than|minimum(?: of)?)/, ">="],
  [/(?:<=|≤|=<|不高于|不超过|不多于|不大于|至多|小于等于|at most|not more than|no more than|maximum(?: of)?|up to)/, "<="],
  [/(?:>|大于|高于|超过|多于|more than|above|over)/, ">"],
  [/(?:<|小于|低于|少于|less than|fewer than|below|under)/, "<"],
  [/[=~]/, "="],
]
const RELATION = new RegExp(`(?:${RELATIONS.map(([word]) => word.source).join("|")})\\s*`)
// What a unit is called, and how UCUM codes of the data spell it.
const UNITS = [
  [/%|percent|per cent|百分之/, ["%"], "(?:%|percent|per cent)"],
  [/°c|℃|摄氏度|degrees? c(?:elsius)?/, ["Cel"], "(?:°c|℃|摄氏度)"],
  [/years?|yrs?|年|岁/, ["a"], "(?:-?\\s*years?|年|岁|周岁)"],
  [/months?|个月|月/, ["mo"], "(?:-?\\s*months?|个月|月)"],
  [/weeks?|周/, ["wk"], "(?:-?\\s*weeks?|周)"],
  [/(?:working )?days?|个?工作日|天|日/, ["d", "{working_day}", "{workday}", "{working_days}"], "(?:-?\\s*(?:working )?days?|个?工作日|天|日)"],
  [/hours?|hrs?|h|小时/, ["h"], "(?:-?\\s*hours?|\\s*h\\b|小时)"],
  [/min(?:ute)?s?|分钟/, ["min"], "(?:\\s*min|分钟)"],
  [/x|倍/, ["{X}", "1"], "(?:x|倍)"],
  [/μm|um|微米/, ["um"], "(?:μm|um|微米)"],
  [/ml|毫升/, ["mL", "ml"], "(?:ml|毫升)"],
  [/g|克/, ["g"], "(?:g|克)"],
]
const UNIT = new RegExp(`(?:${UNITS.map(([word]) => word.source).join("|")})(?![a-z])`)
const NUMBER = /(?:\d+(?:[ ,]\d{3})+(?!\d)|\d+)(?:\.\d+)?(?:\s*x\s*10(?:\^-?|-)\d+|\s*x\s*10[2-9](?!\d)|e[-+]?\d+|\^-?\d+)?/
const PARTS = { "百": 1e2, "千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7, "亿": 1e8 }
const PART = /(十万|百万|千万|百|千|万|亿|[二三四五六七八九十])分之(一|二|三|四|五|六|七|八|九|十|\d+)/
const HAN_DIGITS = "零一二三四五六七八九十"
const FIGURE = new RegExp(`^(${RELATION.source})?(${NUMBER.source})(?:\\s*(${UNIT.source}))?`)

/** The value of a number as typed: 85, 1,000, 1e-6, 10^6, 3x10^8. */
function valueOf(text) {
  const plain = text.replace(/[ ,](?=\d{3})/g, "")
  const times = plain.match(/^([\d.]+)\s*x\s*10\^?(-?\d+)$/)
  if (times) return Number(`${times[1]}e${times[2]}`)
  const power = plain.match(/^10\^(-?\d+)$/)
  if (power) return Number(`1e${power[1]}`)
  return Number(plain)
}

const relationOf = (text) => (text ? (RELATIONS.find(([word]) => new RegExp(`^(?:${word.source})$`).test(text.trim())) || [null, null])[1] : null)

/** The figure at the start of `text` (folded), or null: {length, relation, value, units, pattern, typed}. */
function figureAt(text) {
  const part = text.match(new RegExp(`^(${RELATION.source})?${PART.source}`))
  if (part) {
    const count = /^\d+$/.test(part[3]) ? Number(part[3]) : HAN_DIGITS.indexOf(part[3])
    const value = count / (PARTS[part[2]] || HAN_DIGITS.indexOf(part[2]))
    return { length: part[0].length, relation: relationOf(part[1]), value, units: null, pattern: escapeRegExp(part[0].slice((part[1] || "").length)), typed: part[0] }
  }
  const found = text.match(FIGURE)
  if (!found) return null
  // A digit that goes on as a word (293t, 9cfr) is a name, no figure.
  if (!found[3] && /^[a-z]/.test(text.slice(found[0].length))) return null
  const unit = found[3] ? UNITS.find(([word]) => new RegExp(`^(?:${word.source})$`).test(found[3])) : null
  const digits = escapeRegExp(found[2].trim()).replace(/\\\^/g, "\\^?").replace(/\s+/g, "\\s*")
  return {
    length: found[0].length,
    relation: relationOf(found[1]),
    value: valueOf(found[2].trim()),
    units: unit ? unit[1] : null,
    pattern: `(?<![\\d.])${digits}${unit ? `\\s*${unit[2]}` : "(?![\\d]|\\.\\d)"}`,
    typed: found[0].trim(),
  }
}

/** How well a limit of the data answers a figure of the query: 0 not at all, 1 in value and unit, 1.3 in relation too. */
function answers(figure, limit) {
  const scale = figure.units === null && limit.unit === "%" && figure.value < 1 ? 100 : 1
  // A fraction typed in words meets one that the data round: two thirds, 66.67 %.
  const near = (value) => value !== null && Math.abs(value - figure.value * scale) <= Math.abs(value) * (scale === 1 ? 1e-9 : 2e-4)
  if (!near(limit.low) && !near(limit.high)) return 0
  if (figure.units && !figure.units.some((unit) => limit.unit === unit)) return 0
  if (!figure.relation) return 1
  return limit.relation === figure.relation ? 1.3 : limit.relation[0] === figure.relation[0] ? 1.15 : 0.7
}
