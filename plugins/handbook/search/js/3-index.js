// The index: all texts of one language in one string, so that finding a pattern is one pass and any substring is found.

/** Texts joined into one string, each found again by binary search. */
class Column {
  constructor(texts) {
    this.texts = texts
    this.folded = texts.map(fold)
    this.whole = this.folded.join("\n")
    this.starts = new Int32Array(texts.length + 1)
    let at = 0
    for (let n = 0; n < texts.length; n++) {
      this.starts[n] = at
      at += this.folded[n].length + 1
    }
    this.starts[texts.length] = at
  }

  /** How often a folded string stands in the texts, counted no further than `most`. */
  times(text, most) {
    let count = 0
    for (let at = this.whole.indexOf(text); at >= 0 && count < most; at = this.whole.indexOf(text, at + 1)) count++
    return count
  }

  /** Calls `seen(record, offset, length)` for every place of `pattern`: a folded string, or a global regular expression. */
  each(pattern, seen) {
    if (typeof pattern === "string") {
      if (!pattern) return
      let record = 0
      for (let at = this.whole.indexOf(pattern); at >= 0; at = this.whole.indexOf(pattern, at + 1)) {
        while (this.starts[record + 1] <= at) record++
        seen(record, at - this.starts[record], pattern.length)
      }
      return
    }
    pattern.lastIndex = 0
    let record = 0
    for (let found = pattern.exec(this.whole); found; found = pattern.exec(this.whole)) {
      if (!found[0]) {
        pattern.lastIndex++
        continue
      }
      while (this.starts[record + 1] <= found.index) record++
      seen(record, found.index - this.starts[record], found[0].length)
    }
  }
}

const wholeWord = (text, at, length) => {
  const after = at + length
  return after >= text.length || !isWordCode(text.charCodeAt(after))
}
const wordStart = (text, at) => at === 0 || !isWordCode(text.charCodeAt(at - 1)) || !isWordCode(text.charCodeAt(at))

/** The data of an edition, unpacked for searching. */
class Corpus {
  constructor(data) {
    this.data = data
    const clauses = data.clauses
    this.size = clauses.doc.length
    this.ids = clauses.id.split("\n")
    this.zh = new Column(clauses.zh.split("\n"))
    this.en = new Column(clauses.en.split("\n"))
    this.headings = data.headings.map(([zh, en]) => fold(`${zh}\n${en}`))
    this.concepts = data.concepts
    this.labels = new Map()
    this.longest = 1
    data.concepts.forEach((concept, n) => {
      for (const label of labelsOf(concept)) this.name(fold(label), n)
    })
    this.links = this.inverted(clauses.concepts.map(summed))
    this.calls = this.inverted(clauses.tests.map((tests) => tests.filter(([, need]) => need !== 2).map(([method]) => method)))
    this.limited = this.inverted(clauses.limits.map((limits) => limits.map(([parameter]) => parameter)))
    this.titles = data.documents.map(titleOf)
    this.lines = spansOf(clauses.lines)
    this.forces = Uint8Array.from(clauses.doc, (document) => data.documents[document][6])
    this.limits = clauses.limits.map((limits) => limits.map(([parameter, relation, low, high, unit]) => ({ parameter, relation, low, high, unit })))
    this.fullIds = this.ids.map((id, n) => `${data.documents[clauses.doc[n]][0]}/${id}`)
    this.places = new Map(this.fullIds.map((id, n) => [id, n]))
    this.byId = new Map()
    this.ids.forEach((id, n) => {
      for (const key of [id, this.fullIds[n]]) {
        if (!this.byId.has(key)) this.byId.set(key, [])
        this.byId.get(key).push(n)
      }
    })
    this.defined = new Map(data.defines.map(([concept, records]) => [concept, new Set(records)]))
  }

  name(label, concept) {
    if (!label) return
    const known = this.labels.get(label) || []
    if (!known.includes(concept)) known.push(concept)
    this.labels.set(label, known)
    if (HAN.test(label)) this.longest = Math.max(this.longest, label.length)
  }

  /** Whether a word of the English texts or of a label begins so. */
  holdsWord(start) {
    return this.en.whole.includes(` ${start}`) || this.en.whole.includes(`(${start}`) || [...this.words.keys()].some((word) => word.startsWith(start))
  }

  /** The nearest label or word of the texts to a misspelt Latin word, or null. */
  corrected(word) {
    const most = word.length >= 9 ? 2 : 1
    let best = null
    for (const [known, count] of this.words) {
      const distance = slips(word, known, most)
      if (distance <= most && (!best || distance < best.distance || (distance === best.distance && count > best.count))) best = { known, distance, count }
    }
    return best && best.known
  }

  /** The label with one Han character other than in `run`, or null. */
  correctedHan(run) {
    const pattern = nearPattern(run)
    if (!pattern) return null
    const whole = new RegExp(`^(?:${pattern.source})$`)
    for (const label of this.labels.keys()) if (Math.abs(label.length - run.length) < 2 && whole.test(label)) return label
    return null
  }

  inverted(lists) {
    const found = new Map()
    lists.forEach((values, record) => {
      for (const value of values) {
        if (!found.has(value)) found.set(value, new Set())
        found.get(value).add(record)
      }
    })
    return found
  }

  /** The concepts that a word or phrase is a label of, its plural taken off if need be. */
  named(text) {
    const y = text.endsWith("ies") ? `${text.slice(0, -3)}y` : text
    return this.labels.get(text) || this.labels.get(y) || this.labels.get(singular(text)) || this.labels.get(text.replace(/[ -]/g, "")) || []
  }

  /** All different words of the English texts with the number of records; made when first asked for. */
  get words() {
    if (!this.vocabulary) {
      this.vocabulary = new Map()
      for (const text of [...this.en.folded, ...this.labels.keys()]) {
        for (const word of text.match(/[a-z][a-z0-9-]{2,}/g) || []) this.vocabulary.set(word, (this.vocabulary.get(word) || 0) + 1)
      }
    }
    return this.vocabulary
  }
}

/** What a document is called, for clauses that leave it to their title. */
const titleOf = (document) => fold(`${document[1]}\n${document[2]}\n${document[3]}\n${document[4]}`)

/** Ascending numbers from the steps between them. */
function summed(steps) {
  let last = 0
  return steps.map((step) => (last += step))
}

/** Spans from steps: begin less the begin before, and length, in turn. */
function spansOf(steps) {
  const spans = []
  let begin = 0
  for (let at = 0; at < steps.length; at += 2) {
    begin += steps[at]
    spans.push([begin, begin + steps[at + 1]])
  }
  return spans
}

/** Every label of a concept record: [kind, id, zh, en, more zh, more en, hidden and misprints]. */
function labelsOf(concept) {
  return [concept[2], concept[3], ...concept[4], ...concept[5], ...concept[6]]
}
