// From what is typed to units: concepts of the glossary, words, runs of Han characters, figures.

const STOP_EN = new Set(
  ("a an the of in on for to and or is are be been must shall should may can could would will what which who whom how when where why " +
    "does do did with by at from it its as that this these those than then there have has had need needs needed required require " +
    "requirement requirements any all much many long often soon take takes part happen mean means i we you me my our about into between per if please tell show find")
    .split(" "),
)
const STOP_HAN = [
  "是否需要", "是不是", "有哪些", "有什么", "是什么", "多长时间", "为什么", "怎么样", "能不能", "可不可以", "应该", "应当", "需要", "必须", "可以", "能否", "是否",
  "如何", "怎么", "怎样", "什么", "多少", "哪些", "多久", "几年", "多长", "哪里", "谁来", "关于", "以及", "的要求", "的规定", "要求", "规定", "吗", "呢", "么", "的", "了", "和", "与",
  "或", "对", "在", "由", "从", "到", "几", "每", "用", "时", "应", "须", "需", "要", "有", "是",
].sort((a, b) => b.length - a.length)

const LONGEST_PIECE = 24
const FEW = 5
const MOST_UNITS = 16
const SEPARATORS = /[\s,，。、；;：:!！?？"“”'‘’《》〈〉【】[\]{}（）|]+/

/** `text` as typed, folded, simplified and without what no text holds (control characters, lone surrogates). */
function clean(text, simplified) {
  const plain = [...text.replace(/\s/g, " ").slice(0, 400)]
    .filter((c) => !(c.length === 1 && c >= "\ud800" && c <= "\udfff") && c >= " ")
    .map((c) => simplified[c] || c)
    .join("")
  return fold(plain).replace(/\s+/g, " ").trim()
}

/** The units of a folded query. */
function unitsOf(query, corpus) {
  const quoted = [...query.matchAll(/"([^"]{2,})"/g)].map((found) => ({ kind: "exact", text: found[1].trim(), concepts: [] }))
  const rest = query.replace(/"[^"]{2,}"/g, " ")
  const whole = corpus.named(rest.trim())
  if (whole.length && !quoted.length) return [{ kind: "concept", text: rest.trim(), concepts: whole }]
  const tokens = tokensOf(rest).map((token) => spelt(token, corpus))
  const units = [...quoted, ...conceptsOf(tokens, corpus)]
  const meant = withJointConcepts(units.filter((unit) => !unit.stop), corpus)
  return (meant.length ? meant : units.map((unit) => ({ ...unit, stop: false }))).slice(0, MOST_UNITS)
}

// A question for a figure: how long, how many, which limit.
const ASKS_FIGURE = /how (?:long|many|much|often|old)|limit|多久|多长|几年|几个|多少|几次|期限|限值|限度|上限|下限|间隔/

/** Pieces of a query: figures, Latin words (with inner dots and hyphens), runs of Han characters. */
function tokensOf(text) {
  const tokens = []
  let rest = text
  while (rest) {
    const gap = rest.match(new RegExp(`^${SEPARATORS.source}`))
    if (gap) {
      rest = rest.slice(gap[0].length)
      continue
    }
    const figure = figureAt(rest)
    if (figure) {
      tokens.push({ kind: "figure", text: figure.typed, figure, concepts: [] })
      rest = rest.slice(figure.length)
      continue
    }
    const word = rest.match(/^[a-z0-9α-ω][a-z0-9α-ω+]*(?:[-./'][a-z0-9α-ω+]+)*/)
    const han = rest.match(/^[\u3400-\u9fff]+/)
    if (word) tokens.push({ kind: "word", text: word[0], concepts: [], stop: STOP_EN.has(word[0]) })
    else if (han) tokens.push({ kind: "han", text: beforeFigure(han[0]), concepts: [] })
    const taken = word ? word[0] : han ? beforeFigure(han[0]) : rest[0]
    rest = rest.slice(taken.length)
  }
  return tokens
}

/** A Latin word that neither the texts nor the glossary begin with becomes the nearest one that they hold. */
function spelt(token, corpus) {
  if (token.kind !== "word" || token.stop || !/^[a-z][a-z-]{3,}$/.test(token.text)) return token
  if (corpus.named(token.text).length || corpus.holdsWord(stem(token.text))) return token
  const known = corpus.corrected(token.text)
  return known ? { ...token, text: known, typed: token.text } : token
}

/** A run of Han characters up to where a figure in words begins (百万分之一). */
function beforeFigure(run) {
  const part = run.search(PART)
  return part > 0 ? run.slice(0, part) : run
}

/** Units that a label holds together (记录 … 保存 and 记录保存期限; waive … consent and waiver of consent) may be answered by its concept. */
function withJointConcepts(units, corpus) {
  const words = units.filter((unit) => unit.kind !== "figure" && unit.kind !== "exact")
  if (words.length < 2 || words.length > 5) return units
  const parts = words.map((unit) => (HAN.test(unit.text) ? unit.text : stem(unit.text)))
  const joint = new Set()
  for (const [label, concepts] of corpus.labels) if (parts.every((part) => label.includes(part))) for (const concept of concepts) joint.add(concept)
  if (!joint.size || joint.size > 6) return units
  return units.map((unit) => (words.includes(unit) ? { ...unit, joint: [...joint] } : unit))
}

/** Neighbouring words that make a label of the glossary become one unit. */
function conceptsOf(tokens, corpus) {
  const units = []
  for (let at = 0; at < tokens.length; ) {
    const many = longestLabel(tokens, at, corpus)
    if (many) {
      units.push({ kind: "concept", text: many.text, concepts: many.concepts, typed: tokens.slice(at, at + many.length).find((token) => token.typed)?.typed })
      at += many.length
      continue
    }
    const token = tokens[at++]
    if (token.kind === "han") units.push(...hanUnits(token.text, corpus))
    else units.push(token)
  }
  return units
}

function longestLabel(tokens, at, corpus) {
  for (let length = Math.min(6, tokens.length - at); length > 0; length--) {
    const some = tokens.slice(at, at + length)
    if (some.some((token) => token.kind === "figure") || (length === 1 && some[0].stop)) continue
    if (length > 1 && some.every((token) => token.kind === "han")) continue
    for (const joint of length > 1 ? [" ", ""] : [""]) {
      const text = some.map((token) => token.text).join(joint)
      const concepts = corpus.named(text)
      if (concepts.length) return { text, concepts, length }
    }
  }
  return null
}

/** A run of Han characters: itself where the texts hold it, else the labels in it and what is left between them. */
function hanUnits(run, corpus) {
  const concepts = corpus.named(run)
  if (concepts.length) return [{ kind: "concept", text: run, concepts }]
  const count = corpus.zh.times(run, FEW)
  if (run.length <= 2 || count === FEW || (count && run.length !== 4)) return [{ kind: "han", text: run, concepts: [] }]
  // Four characters that hardly ever stand together are two words: 记录保存 is found as 记录 … 保存 too.
  const halves = [run.slice(0, 2), run.slice(2)]
  if (run.length === 4 && halves.every((half) => corpus.zh.times(half, FEW) === FEW)) return halves.flatMap((half) => hanUnits(half, corpus))
  if (count) return [{ kind: "han", text: run, concepts: [] }]
  const label = corpus.correctedHan(run)
  if (label) return [{ kind: "concept", text: label, concepts: corpus.labels.get(label), typed: run }]
  if (nearlyHeld(run, corpus)) return [{ kind: "han", text: run, concepts: [] }]
  const units = []
  let open = ""
  const close = () => {
    units.push(...leftOver(open, corpus))
    open = ""
  }
  for (let at = 0; at < run.length; ) {
    let length = Math.min(corpus.longest, run.length - at)
    while (length > 1 && !corpus.labels.has(run.slice(at, at + length))) length--
    if (length > 1) {
      close()
      const text = run.slice(at, at + length)
      units.push({ kind: "concept", text, concepts: corpus.labels.get(text) })
      at += length
    } else {
      open += run[at++]
    }
  }
  close()
  return units.length ? units : [{ kind: "han", text: run, concepts: [] }]
}

/** Whether the texts hold the run with one character wrong, missing or too many. */
function nearlyHeld(run, corpus) {
  const pattern = nearPattern(run)
  return Boolean(pattern && pattern.test(corpus.zh.whole))
}

/** What is left between labels: without the words of a question, in the longest pieces that the texts hold. */
function leftOver(text, corpus) {
  let rest = text
  for (const stop of STOP_HAN) rest = rest.split(stop).join(" ")
  return rest
    .split(" ")
    .filter((piece) => piece.length > 1)
    .flatMap((piece) => heldPieces(piece, corpus))
    .map((piece) => ({ kind: "han", text: piece, concepts: [] }))
}

function heldPieces(piece, corpus) {
  const held = []
  let at = 0
  while (at < piece.length - 1 && held.length < MOST_UNITS) {
    let length = Math.min(LONGEST_PIECE, piece.length - at)
    while (length > 1 && !corpus.zh.whole.includes(piece.slice(at, at + length))) length--
    if (length > 1) held.push(piece.slice(at, at + length))
    at += length
  }
  return held.length ? held : [piece]
}
