// What a record is worth for a query. Every part of a score is kept, so that a page can say why a result stands where
// it does.

const FORCE = [1.15, 1.1, 1.0, 0.98, 0.8, 0.7] // as data.forces: binding, guidance, self-discipline, draft, literature, superseded
const MODALITY = [1.12, 1.12, 1.06, 1.06, 1.0, 0.92] // as data.modalities: shall, shall-not, should, should-not, may, none
const WEIGHT = { typed: 1, start: 0.85, part: 0.6, synonym: 0.85, linked: 0.75, figure: 1, limit: 1.15, near: 0.5 }
const ABOUT = 0.55 // the clause calls for the test or limits the parameter
const HEADING = 0.35
const TOPIC = 0.3
const ABOVE = 0.4 // only the heading or the document's title answers
const DENSE = 0.6
const EARLY = 0.15
const PHRASE = 0.8
const CLOSE = 0.6
const DEFINES = 1.6
const ASKED_FIGURE = 1.5

/** The alternatives by which a unit is found: {how, zh, en} with patterns, or {how, concept}. */
function alternativesOf(unit, corpus, expand) {
  const found = []
  const text = unit.text
  if (unit.kind === "figure") {
    found.push({ how: "figure", regexp: new RegExp(unit.figure.pattern, "g") })
    found.push({ how: "limit", figure: unit.figure })
    return found
  }
  found.push({ how: "typed", text })
  if (unit.kind === "exact" || !expand) return found
  if (unit.kind === "word") {
    for (const form of new Set([singular(text), stem(text)])) if (form !== text) found.push({ how: "typed", text: form })
    const joined = text.match(/^(\d+)([a-z]{1,4})$/)
    if (joined) found.push({ how: "typed", regexp: new RegExp(`(?<![\\d.])${joined[1]}\\s*${joined[2]}(?![a-z])`, "g") })
  }
  const greek = text.replace(/[α-ω]|\b[a-z]{2,7}\b/g, (one) => GREEK.get(one) || GREEK_NAMES.get(one) || one)
  if (greek !== text) found.push({ how: "synonym", text: greek })
  for (const concept of unit.concepts) {
    for (const label of labelsOf(corpus.concepts[concept])) {
      const folded = fold(label)
      if (folded !== text && !found.some((one) => one.text === folded)) found.push({ how: "synonym", text: folded, label })
    }
    found.push({ how: "linked", concept })
  }
  for (const concept of unit.joint || []) found.push({ how: "linked", concept })
  return found
}

const HOWS = ["typed", "synonym", "linked", "figure", "limit", "near"]

/** Where each record answers one unit, and how well; columns by record, because a common word answers almost anywhere. */
class Hits {
  constructor(size) {
    this.score = new Float32Array(size)
    this.density = new Float32Array(size)
    this.how = new Uint8Array(size)
    this.zh = new Int16Array(size).fill(-1)
    this.en = new Int16Array(size).fill(-1)
    this.records = []
  }

  raise(record, score, how, language, offset, density) {
    if (!this.score[record]) this.records.push(record)
    if (score > this.score[record]) {
      this.score[record] = score
      this.how[record] = HOWS.indexOf(how)
    }
    if (language && (this[language][record] < 0 || offset < this[language][record])) this[language][record] = offset
    if (density > this.density[record]) this.density[record] = density
  }
}

function answersTo(unit, corpus, expand) {
  const hits = new Hits(corpus.size)
  unit.alternatives = alternativesOf(unit, corpus, expand)
  for (const one of unit.alternatives) collect(one, corpus, hits)
  if (!hits.records.length && expand && unit.kind !== "figure" && unit.kind !== "exact") {
    const near = slipsOf(unit)
    unit.alternatives.push(...near)
    for (const one of near) collect(one, corpus, hits)
  }
  return hits
}

function collect(one, corpus, hits) {
  const weight = WEIGHT[one.how]
  if (one.concept !== undefined) {
    for (const record of corpus.links.get(one.concept) || []) hits.raise(record, weight, one.how, null, 0, 0)
    return
  }
  if (one.figure) {
    corpus.limits.forEach((limits, record) => {
      const best = Math.max(0, ...limits.map((limit) => answers(one.figure, limit)))
      if (best) hits.raise(record, weight * best, one.how, null, 0, 0)
    })
    return
  }
  for (const language of ["zh", "en"]) {
    const column = corpus[language]
    const latin = one.text !== undefined && isWordCode(one.text.charCodeAt(0))
    column.each(one.regexp || one.text, (record, offset, length) => {
      const text = column.folded[record]
      let value = weight
      if (latin && one.how !== "figure") {
        // Two letters in the middle of a word are no question.
        if (!wordStart(text, offset)) {
          if (length < 3) return
          value = weight * WEIGHT.part
        }
        else if (!wholeWord(text, offset, length) && !/^(?:s|es)(?![a-z0-9])/.test(text.slice(offset + length, offset + length + 3))) value = weight * WEIGHT.start
      }
      hits.raise(record, value, one.how, language, offset, length / (text.length + 30))
    })
  }
}

/** For a run of four or more Han characters: one of them wrong, missing or too many. (Latin words are mended in the query.) */
function slipsOf(unit) {
  const pattern = nearPattern(unit.text)
  return pattern ? [{ how: "near", regexp: pattern }] : []
}

/** What one unit adds to the score of a record. */
function pointsOf(record, unit, n, corpus, context) {
  const hits = context.hits[n]
  let value = hits.score[record]
  if (aboutIt(record, unit, corpus)) value += ABOUT
  if (context.headings[n][corpus.data.clauses.heading[record]]) value += HEADING
  if (context.topics[n].length && context.topics[n].some((topic) => corpus.data.clauses.topics[record].includes(topic))) value += TOPIC
  value += DENSE * Math.min(1, hits.density[record] * 4)
  const { [record]: zh } = hits.zh
  const { [record]: en } = hits.en
  if ((zh >= 0 && zh < 25) || (en >= 0 && en < 25)) value += EARLY
  return value * unit.rarity
}

const aboutIt = (record, unit, corpus) =>
  [...unit.concepts, ...(unit.joint || [])].some((concept) => (corpus.calls.get(concept) || NONE).has(record) || (corpus.limited.get(concept) || NONE).has(record))

/** The score of one record: {record, total, share, phrase}. */
function scoreOf(record, units, corpus, context) {
  let sum = 0
  let most = 0
  let answered = 0
  for (let n = 0; n < units.length; n++) {
    most += units[n].rarity
    if (!context.hits[n].score[record]) {
      // The title or heading says what the clause need not say again.
      if (units.length > 1 && (context.titles[n][corpus.data.clauses.doc[record]] || context.headings[n][corpus.data.clauses.heading[record]])) {
        sum += ABOVE * units[n].rarity
        answered += 0.7 * units[n].rarity
      }
      continue
    }
    sum += pointsOf(record, units[n], n, corpus, context)
    answered += units[n].rarity
  }
  let total = sum
  const phrase = context.phrase.has(record)
  if (phrase) total += PHRASE * most
  if (units.length > 1) total += CLOSE * most * closeness(record, context.hits)
  const share = most ? answered / most : phrase ? 1 : 0
  total *= share * share
  const { modality, limits } = corpus.data.clauses
  if (definesIt(record, units, corpus)) total *= DEFINES
  if (context.asksFigure && limits[record].length) total *= ASKED_FIGURE
  total *= FORCE[corpus.forces[record]] * MODALITY[modality[record]]
  return { record, total, share, phrase }
}

const definesIt = (record, units, corpus) =>
  units.length === 1 && units[0].concepts.some((concept) => (corpus.defined.get(concept) || NONE).has(record))

/** Why a record stands where it does, for those that are shown. */
function reasonsOf({ record, share, phrase }, units, corpus, context) {
  const parts = []
  units.forEach((unit, n) => {
    const hits = context.hits[n]
    if (!hits.score[record]) return
    parts.push({ unit: unit.text, how: HOWS[hits.how[record]], about: aboutIt(record, unit, corpus), points: pointsOf(record, unit, n, corpus, context) })
  })
  const force = FORCE[corpus.forces[record]]
  const modality = MODALITY[corpus.data.clauses.modality[record]]
  return { parts, phrase, share, force, modality, defines: definesIt(record, units, corpus) }
}

const NONE = new Set()

/** How near the units stand to each other in one of the texts: 1 beside each other, falling to 0. */
function closeness(record, hits) {
  let best = 0
  for (const [language, wide] of [["zh", 30], ["en", 90]]) {
    let least = Infinity
    let most = -1
    let count = 0
    for (const unit of hits) {
      const offset = unit.score[record] ? unit[language][record] : -1
      if (offset < 0) continue
      count++
      if (offset < least) least = offset
      if (offset > most) most = offset
    }
    if (count > 1) best = Math.max(best, (Math.exp((least - most) / wide) * (count - 1)) / (hits.length - 1))
  }
  return best
}
