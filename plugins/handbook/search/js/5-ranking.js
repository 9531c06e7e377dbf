// What a record is worth for a query. Every part of a score is kept, so that a page can say why a result stands where
// it does.

const FORCE = [1.15, 1.1, 1.0, 0.98, 0.8, 0.7] // as data.forces: binding, guidance, self-discipline, draft, literature, superseded
const MODALITY = [1.12, 1.12, 1.06, 1.06, 1.0, 0.92] // as data.modalities: shall, shall-not, should, should-not, may, none
const WEIGHT = { typed: 1, start: 0.85, part: 0.6, synonym: 0.85, linked: 0.75, figure: 1, limit: 1.15, slip: 0.55, near: 0.5 }
const ABOUT = 0.55 // the clause calls for the test or limits the parameter
const HEADING = 0.35
const TOPIC = 0.3
const DENSE = 0.6
const EARLY = 0.15
const PHRASE = 0.8
const CLOSE = 0.6
const DEFINES = 1.6
const ASKED_FIGURE = 1.3

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
    const stem = singular(text)
    if (stem !== text) found.push({ how: "typed", text: stem })
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
  return found
}

/** Where each record answers a unit, and how well: Map record → {score, how, zh, en, density}. */
function answersTo(unit, corpus, expand) {
  const hits = new Map()
  const raise = (record, score, how, language, offset, density) => {
    const hit = hits.get(record) || { score: 0, how, zh: -1, en: -1, density: 0 }
    if (score > hit.score) {
      hit.score = score
      hit.how = how
    }
    if (language && (hit[language] < 0 || offset < hit[language])) hit[language] = offset
    hit.density = Math.max(hit.density, density)
    hits.set(record, hit)
  }
  unit.alternatives = alternativesOf(unit, corpus, expand)
  for (const one of unit.alternatives) collect(one, corpus, raise)
  if (!hits.size && expand && unit.kind !== "figure" && unit.kind !== "exact") {
    const near = slipsOf(unit, corpus)
    unit.corrected = near.map((one) => one.text).filter(Boolean)
    unit.alternatives.push(...near)
    for (const one of near) collect(one, corpus, raise)
  }
  return hits
}

function collect(one, corpus, raise) {
  const weight = WEIGHT[one.how]
  if (one.concept !== undefined) {
    for (const record of corpus.links.get(one.concept) || []) raise(record, weight, one.how, null, 0, 0)
    return
  }
  if (one.figure) {
    corpus.limits.forEach((limits, record) => {
      const best = Math.max(0, ...limits.map((limit) => answers(one.figure, limit)))
      if (best) raise(record, weight * best, one.how, null, 0, 0)
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
        if (!wordStart(text, offset)) value = weight * WEIGHT.part
        else if (!wholeWord(text, offset, length) && !/^(?:s|es)(?![a-z0-9])/.test(text.slice(offset + length, offset + length + 3))) value = weight * WEIGHT.start
      }
      raise(record, value, one.how, language, offset, length / (text.length + 30))
    })
  }
}

/** Words one slip away from a Latin word; for a run of four or more Han characters one wrong, missing or extra character. */
function slipsOf(unit, corpus) {
  const text = unit.text
  if (HAN.test(text)) {
    const pattern = nearPattern(text)
    return pattern ? [{ how: "near", regexp: pattern }] : []
  }
  const word = text.match(/[a-z][a-z-]{3,}/)
  if (!word || word[0] !== text) return []
  const near = [...corpus.words].filter(([known]) => Math.abs(known.length - text.length) < 2 && oneSlip(text, known))
  near.sort((a, b) => b[1] - a[1])
  return near.slice(0, 4).flatMap(([known]) => [
    { how: "slip", text: known },
    ...corpus.named(known).flatMap((concept) => [{ how: "linked", concept }]),
  ])
}

/** The score of one record, and its parts. */
function scoreOf(record, units, corpus, context) {
  const parts = []
  let sum = 0
  let most = 0
  let first = 0
  units.forEach((unit, n) => {
    most += unit.rarity
    const hit = context.hits[n].get(record)
    if (!hit) return
    let value = hit.score
    const about = unit.concepts.some((concept) => (corpus.calls.get(concept) || NONE).has(record) || (corpus.limited.get(concept) || NONE).has(record))
    if (about) value += ABOUT
    if (corpus.headings[corpus.data.clauses.heading[record]].includes(unit.text)) value += HEADING
    if (context.topics[n].some((topic) => corpus.data.clauses.topics[record].includes(topic))) value += TOPIC
    value += DENSE * Math.min(1, hit.density * 4)
    const offsets = [hit.zh, hit.en].filter((offset) => offset >= 0)
    if (offsets.length && Math.min(...offsets) < 25) value += EARLY
    sum += value * unit.rarity
    first += unit.rarity
    parts.push({ unit: unit.text, how: hit.how, about, points: value * unit.rarity })
  })
  let total = sum
  const phrase = context.phrase.has(record)
  if (phrase) total += PHRASE * most
  if (units.length > 1) total += CLOSE * most * closeness(record, context.hits)
  const share = most ? first / most : phrase ? 1 : 0
  total *= share * share
  const clauses = corpus.data.clauses
  const force = FORCE[corpus.data.documents[clauses.doc[record]][6]]
  const modality = MODALITY[clauses.modality[record]]
  let defines = false
  if (units.length === 1) {
    defines = units[0].concepts.some((concept) => (corpus.defined.get(concept) || NONE).has(record))
    if (defines) total *= DEFINES
  }
  if (context.asksFigure && clauses.limits[record].length) total *= ASKED_FIGURE
  total *= force * modality
  return { record, total, parts, phrase, share, force, modality, defines }
}

const NONE = new Set()

/** How near the units stand to each other in one of the texts: 1 beside each other, falling to 0. */
function closeness(record, hits) {
  let best = 0
  for (const [language, wide] of [["zh", 30], ["en", 90]]) {
    const offsets = hits.map((unit) => unit.get(record)).map((hit) => (hit ? hit[language] : -1)).filter((offset) => offset >= 0)
    if (offsets.length < 2) continue
    const span = Math.max(...offsets) - Math.min(...offsets)
    best = Math.max(best, (Math.exp(-span / wide) * (offsets.length - 1)) / Math.max(1, hits.length - 1))
  }
  return best
}
