// The engine: data of an edition in, a searcher out. Runs in a worker, in a page and in the command line alike.

const GROUPS = ["doc", "kind", "force", "modality", "product", "stage", "topic", "method", "point"]
// Where the page of a concept is, by its kind: term, method, parameter, reference.
const PATHS = [(id) => `terms/${id}`, (id) => `methods/${id}`, (id) => `parameters/${id}`, (id) => `references#r-${id}`]
const RECORD_KINDS = ["term", "method", "parameter", "reference", "document"]

function createHandbookSearch(data) {
  const corpus = new Corpus(data)
  const facets = facetsOf(corpus)
  const things = thingsOf(corpus)
  const cache = new Map()

  /** Everything that matches, ranked; the last queries are kept, for paging and for changed filters. */
  function matched(typed, expand) {
    const key = `${expand ? 1 : 0}${typed}`
    if (!cache.has(key)) {
      if (cache.size > 20) cache.delete(cache.keys().next().value)
      cache.set(key, match(typed, expand))
    }
    return cache.get(key)
  }

  function match(typed, expand) {
    const query = clean(typed, data.simplified)
    const units = query ? unitsOf(query, corpus) : []
    // One Han character or letter is a question only where the glossary has it as a word.
    if (!units.length || (query.length < 2 && !units.some((unit) => unit.concepts.length))) {
      return { query, units: [], ranked: [], things: [], short: query.length === 1 }
    }
    const hits = units.map((unit) => answersTo(unit, corpus, expand))
    units.forEach((unit, n) => {
      unit.count = hits[n].records.length
      unit.rarity = Math.log(1 + corpus.size / (1 + unit.count))
    })
    const phrase = new Set()
    for (const language of ["zh", "en"]) if (query.length > 2 || HAN.test(query)) corpus[language].each(query, (record) => phrase.add(record))
    const topics = units.map((unit) => topicsOf(unit, corpus))
    const headings = units.map((unit) => corpus.headings.map((heading) => heading.includes(unit.text)))
    const titles = units.map((unit) => corpus.titles.map((title) => title.includes(unit.text)))
    const context = { hits, phrase, topics, headings, titles, asksFigure: ASKS_FIGURE.test(query) }
    const named = [...(corpus.byId.get(query) || []), ...recordsByCode(query, corpus)]
    const records = new Set([...phrase, ...named])
    for (const unit of hits) for (const record of unit.records) records.add(record)
    const ranked = []
    for (const record of records) {
      const scored = scoreOf(record, units, corpus, context)
      if (named.includes(record)) scored.total += 1000
      // Half of what was asked, weighed by how rare it is, is the least that a result has to answer.
      if (scored.phrase || scored.share >= 0.5 || scored.total >= 1000) ranked.push(scored)
    }
    ranked.sort((a, b) => b.total - a.total || a.record - b.record)
    return { query, units, context, ranked, things: thingsFor(query, units, things, corpus, ranked) }
  }

  function search({ q = "", filters = {}, limit = 20, offset = 0, expand = true } = {}) {
    const found = matched(String(q), expand)
    const chosen = usable(filters, facets)
    const filtered = Object.keys(chosen).length > 0
    const browsing = !found.query && filtered
    const all = browsing ? corpus.ids.map((_, record) => ({ record, total: 0, phrase: false, share: 1 })) : found.ranked
    const kept = filtered ? all.filter(({ record }) => passes(record, chosen, facets)) : all
    const rows = [...mixed(filtered ? [] : found.things, kept)]
    return {
      query: found.query,
      short: Boolean(found.short) && !browsing,
      total: rows.length,
      clauses: kept.length,
      hidden: all.length - kept.length + (filtered ? found.things.length : 0),
      full: kept.filter((one) => one.share > 0.999).length,
      units: found.units.map((unit) => told(unit, corpus)),
      unknown: unknownValues(filters, facets),
      facets: counted(all, chosen, facets),
      results: rows.slice(offset, offset + limit).map((row) => shown(row, found, corpus)),
    }
  }

  /** Concepts, documents and clause ids whose name begins with, or holds, what is typed. */
  function suggest(typed, limit = 8) {
    const query = clean(String(typed), data.simplified)
    if (!query) return []
    const ids = recordsByCode(query, corpus).map((record) => ({ record }))
    if (/[0-9]/.test(query)) {
      for (const [id, records] of corpus.byId) {
        if (id.startsWith(query) && ids.length < 3) for (const record of records) if (ids.length < 4) ids.push({ record })
      }
    }
    const named = things
      .map((thing) => ({ thing, score: likeness(query, thing.names) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score || a.thing.names[0].length - b.thing.names[0].length)
      .slice(0, limit)
    return [...ids.map(({ record }) => shown({ record, total: 0 }, { units: [], query: "", context: null }, corpus)), ...named.map(({ thing }) => shownThing(thing, corpus))].slice(0, limit)
  }

  /** The clauses with these full ids, in the order of the handbook: {found, missing}. */
  function clauses(ids) {
    const found = []
    const missing = []
    for (const id of Array.isArray(ids) ? ids : []) {
      const record = corpus.places.get(id)
      if (record === undefined) missing.push(String(id).slice(0, 200))
      else found.push(record)
    }
    const nothing = { units: [], query: "", context: null }
    return { found: found.sort((a, b) => a - b).map((record) => shown({ record, total: 0 }, nothing, corpus)), missing }
  }

  return { search, suggest, clauses, size: corpus.size, labels: labelsOfFacets(corpus) }
}

/** What the values of the facets are called, by group and id: [zh, en]. */
function labelsOfFacets(corpus) {
  const { documents, vocabularies } = corpus.data
  const named = (rows) => Object.fromEntries(rows.map(([id, zh, en]) => [id, [zh, en]]))
  return {
    doc: named(documents.map((document) => [document[0], document[3], document[4]])),
    product: named(vocabularies.product),
    stage: named(vocabularies.stage),
    topic: named(vocabularies.topic),
    point: named(vocabularies.point),
    method: named(corpus.concepts.filter((concept) => concept[0] === 1).map((concept) => concept.slice(1, 4))),
  }
}

// ------------------------------------------------------------------------------------ facets

/** For every group its values, and by record the places of its values. */
function facetsOf(corpus) {
  const { data } = corpus
  const { doc, scope, modality, topics, tests, points } = data.clauses
  const ids = (group) => data.vocabularies[group].map(([id]) => id)
  const kinds = [...new Set(data.documents.map((document) => document[5]))]
  const methods = corpus.concepts.map((concept, n) => (concept[0] === 1 ? n : -1)).filter((n) => n >= 0)
  const methodPlace = new Map(methods.map((concept, place) => [concept, place]))
  const values = {
    doc: data.documents.map(([id]) => id),
    kind: kinds,
    force: data.forces,
    modality: data.modalities,
    product: ids("product"),
    stage: ids("stage"),
    topic: ids("topic"),
    method: methods.map((concept) => corpus.concepts[concept][1]),
    point: ids("point"),
  }
  const placesOf = {
    doc: (record) => [doc[record]],
    kind: (record) => [kinds.indexOf(data.documents[doc[record]][5])],
    force: (record) => [corpus.forces[record]],
    modality: (record) => [modality[record]],
    product: (record) => data.scopes[scope[record]][0],
    stage: (record) => data.scopes[scope[record]][1],
    topic: (record) => topics[record],
    method: (record) => [...new Set(tests[record].map(([method]) => methodPlace.get(method)))],
    point: (record) => points[record],
  }
  const places = {}
  for (const group of GROUPS) places[group] = corpus.ids.map((_, record) => placesOf[group](record))
  return { values, places }
}

/** The filters that mean something: of known groups the places of known values. */
function usable(filters, facets) {
  const chosen = {}
  for (const group of GROUPS) {
    const asked = Array.isArray(filters[group]) ? filters[group] : []
    const good = asked.map((value) => facets.values[group].indexOf(value)).filter((place) => place >= 0)
    if (good.length) chosen[group] = new Set(good)
  }
  return chosen
}

function unknownValues(filters, facets) {
  return GROUPS.flatMap((group) =>
    (Array.isArray(filters[group]) ? filters[group] : []).filter((value) => !facets.values[group].includes(value)).map((value) => [group, String(value).slice(0, 80)]),
  )
}

const passes = (record, chosen, facets, except = "") =>
  GROUPS.every((group) => group === except || !chosen[group] || facets.places[group][record].some((place) => chosen[group].has(place)))

/** For every group how many of the matches each value would leave, the other groups' filters applied. */
function counted(all, chosen, facets) {
  const counts = {}
  const filtered = Object.keys(chosen).length > 0
  for (const group of GROUPS) {
    const values = facets.values[group]
    const found = new Int32Array(values.length)
    for (const { record } of all) {
      if (filtered && !passes(record, chosen, facets, group)) continue
      for (const place of facets.places[group][record]) found[place]++
    }
    const rows = values.map((value, place) => [value, found[place]]).filter(([, count], place) => count || (chosen[group] && chosen[group].has(place)))
    counts[group] = rows.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  }
  return counts
}

// ------------------------------------------------------------------- concepts and documents

/** Everything but clauses that can be found: concepts, references and documents, by their names. */
function thingsOf(corpus) {
  const concepts = corpus.concepts.map((concept, n) => ({
    kind: RECORD_KINDS[concept[0]],
    id: concept[1],
    zh: concept[2],
    en: concept[3],
    path: PATHS[concept[0]](concept[1]),
    concept: n,
    names: [...labelsOf(concept), ...(concept[7] || [])].map(fold).filter(Boolean),
  }))
  const documents = corpus.data.documents.map((document, n) => ({
    kind: "document",
    id: document[0],
    zh: document[1],
    en: document[2],
    path: document[7],
    document: n,
    names: [document[1], document[2], document[3], document[4], document[0], ...document[9]].map(fold).filter(Boolean),
  }))
  return [...concepts, ...documents]
}

/** How well one of the names answers: 3 is it, 2 begins with it, 1 holds it; a little more the more of it is typed. */
function likeness(query, names) {
  let best = 0
  for (const name of names) {
    const place = name.indexOf(query)
    if (place < 0) continue
    const rank = name === query ? 3 : place === 0 ? 2 : HAN.test(query) || wordStart(name, place) ? 1 : 0
    if (rank) best = Math.max(best, rank + (query.length / name.length) * 0.9)
  }
  return best
}

// Words by which people ask for a document as such.
const DOCUMENT_WORDS = /指导原则|管理办法|办法|规范|征求意见|通知|解读|综述|备案材料|要点|guideline|guidance|measures|draft|notice|interpretation|review|standard|considerations/

/** The concepts and documents that a query is about, each with a score among those of the clauses. */
function thingsFor(query, units, things, corpus, ranked) {
  const top = ranked.length ? ranked[0].total : 1
  const sixth = ranked.length ? ranked[Math.min(5, ranked.length - 1)].total * 0.999 : 1
  const words = units.filter((unit) => unit.kind !== "figure")
  const alone = words.length === 1 ? new Set(words[0].concepts) : new Set()
  const joint = new Set(words.flatMap((unit) => unit.joint || []))
  const single = new Set(words.length > 1 && words.length < 4 ? words.flatMap((unit) => unit.concepts.slice(0, 1)) : [])
  const figure = words.length < units.length
  const found = []
  for (const thing of things) {
    const { concept } = thing
    const score = alone.has(concept) ? 3.9 : query.length > 1 ? likeness(query, thing.names) : 0
    // A thing and a figure (活率 80%) ask for a limit first, then for the page that has all limits on one scale.
    if (score >= 3) found.push({ thing, total: figure && ranked.length ? top * 0.999 : top + 2 + score, exact: true })
    else if (joint.has(concept)) found.push({ thing, total: top * 0.9, exact: false })
    else if (thing.kind === "document" && holdsAll(units, thing)) found.push({ thing, total: top * (DOCUMENT_WORDS.test(query) ? 1.05 : 0.95), exact: false })
    else if (single.has(concept)) found.push({ thing, total: sixth, exact: false })
    else if (score > 0 && query.length > 1) found.push({ thing, total: Math.max(top * (0.15 + 0.2 * (score % 1)), score > 1.5 ? sixth : 0), exact: false })
  }
  return found.sort((a, b) => b.total - a.total || (a.thing.id < b.thing.id ? -1 : 1)).slice(0, 40)
}

/** Whether one of the names of a document holds everything that is asked, in this order or another. */
const holdsAll = (units, thing) =>
  units.length > 1 && thing.names.some((name) => units.every((unit) => name.includes(unit.text) || (unit.kind === "word" && name.includes(stem(unit.text)))))

/** Clauses and things in one list by score; both come sorted. */
function* mixed(things, clauses) {
  let at = 0
  for (const clause of clauses) {
    while (at < things.length && things[at].total >= clause.total) yield things[at++]
    yield clause
  }
  while (at < things.length) yield things[at++]
}

// ----------------------------------------------------------------------------------- telling

/** The topics whose name is the unit's, or is what one of its concepts is called. */
function topicsOf(unit, corpus) {
  const names = new Set([unit.text, singular(unit.text)])
  for (const concept of unit.concepts) for (const label of labelsOf(corpus.concepts[concept])) names.add(fold(label))
  return corpus.data.vocabularies.topic.map(([, zh, en], n) => [n, fold(zh), fold(en)]).filter(([, zh, en]) => names.has(zh) || names.has(en)).map(([n]) => n)
}

function told(unit, corpus) {
  return {
    text: unit.text,
    kind: unit.kind,
    count: unit.count,
    concepts: unit.concepts.map((concept) => [RECORD_KINDS[corpus.concepts[concept][0]], corpus.concepts[concept][1], corpus.concepts[concept][2], corpus.concepts[concept][3]]),
    also: (unit.alternatives || []).filter((one) => one.how === "synonym").map((one) => one.label || one.text),
    typed: unit.typed || null,
  }
}

function shown(row, { units, query, context }, corpus) {
  if (row.thing) return { ...shownThing(row.thing, corpus), exact: row.exact }
  const { record } = row
  const { clauses, documents, vocabularies } = corpus.data
  const document = documents[clauses.doc[record]]
  const patterns = units.flatMap((unit) => (unit.alternatives || []).filter((one) => one.text || one.regexp).map((one) => one.regexp || one.text))
  if (query.length > 1) patterns.unshift(query)
  return {
    kind: "clause",
    id: corpus.fullIds[record],
    short: corpus.ids[record],
    path: corpus.data.sheets[clauses.sheet[record]],
    anchor: corpus.ids[record],
    document: document[0],
    documentName: [document[3], document[4]],
    force: corpus.data.forces[document[6]],
    modality: corpus.data.modalities[clauses.modality[record]],
    heading: corpus.data.headings[clauses.heading[record]],
    lines: corpus.lines[record],
    file: document[8],
    zh: corpus.zh.texts[record],
    en: corpus.en.texts[record],
    marks: { zh: marksOf(corpus.zh.folded[record], patterns), en: marksOf(corpus.en.folded[record], patterns) },
    topics: clauses.topics[record].map((topic) => vocabularies.topic[topic]),
    score: row.total,
    why: context ? reasonsOf(row, units, corpus, context) : null,
  }
}

function shownThing(thing, corpus) {
  const counts = thing.concept === undefined ? [] : countsOf(thing.concept, corpus)
  return { kind: thing.kind, id: thing.id, zh: thing.zh, en: thing.en, path: thing.path, names: namesOf(thing, corpus), counts }
}

function namesOf(thing, corpus) {
  if (thing.concept === undefined) return { zh: [], en: [], hidden: [] }
  const concept = corpus.concepts[thing.concept]
  return { zh: concept[4], en: concept[5], hidden: concept[6] }
}

/** In which documents a concept is used, and by how many clauses of each; the most first. */
function countsOf(concept, corpus) {
  const found = new Map()
  for (const record of corpus.links.get(concept) || []) {
    const document = corpus.data.documents[corpus.data.clauses.doc[record]]
    found.set(document, (found.get(document) || 0) + 1)
  }
  return [...found].sort((a, b) => b[1] - a[1]).slice(0, 6).map(([document, count]) => [document[3], document[4], document[7], count])
}

/** The stretches of a folded text that the patterns match, sorted and joined. */
function marksOf(text, patterns) {
  const found = []
  for (const pattern of patterns) {
    if (typeof pattern === "string") {
      for (let at = text.indexOf(pattern); at >= 0 && found.length < 60; at = text.indexOf(pattern, at + pattern.length)) {
        if (!isWordCode(pattern.charCodeAt(0)) || pattern.length > 2 || wordStart(text, at)) found.push([at, at + pattern.length])
      }
    } else {
      for (const hit of text.matchAll(pattern)) if (hit[0] && found.length < 60) found.push([hit.index, hit.index + hit[0].length])
    }
  }
  found.sort((a, b) => a[0] - b[0] || b[1] - a[1])
  const joined = []
  for (const [start, end] of found) {
    const last = joined[joined.length - 1]
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else joined.push([start, end])
  }
  return joined
}
