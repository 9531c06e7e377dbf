/* The search page: query, filters and what is shown stand in the address, so that they can be shared and gone back to. */

function setUpSearchPage() {
  const root = document.querySelector(".hb-finder")
  const input = root?.querySelector("#hb-query")
  if (!root || !input) return
  const words = JSON.parse(root.querySelector("#hb-search-words").textContent)
  const at = (name) => root.querySelector(`[data-hb="${name}"]`)
  const say = (key, values = {}) => fillIn(words[key], values)
  const own = searchTongue === "zh" ? 0 : 1
  const shower = clauseShower(words)
  const GROUPS = ["doc", "kind", "force", "modality", "product", "stage", "topic", "method", "point"]
  const STEP = 20
  const ALL = 20000
  let labels = null
  let state = readAddress()
  let settled = addressOf(state)
  let answer = null
  let turn = 0
  let composing = false

  /* ---------------------------------------------------------------- address */

  function readAddress() {
    const address = new URLSearchParams(location.search)
    const filters = {}
    for (const group of GROUPS) {
      const values = address.getAll(group).flatMap((value) => value.split(",")).filter(Boolean)
      if (values.length) filters[group] = values
    }
    const shown = Math.min(Math.max(STEP, Number(address.get("n")) || STEP), 400)
    return { q: (address.get("q") || "").slice(0, 10000), filters, expand: address.get("expand") !== "0", limit: shown }
  }

  function addressOf({ q, filters, expand, limit }) {
    const address = new URLSearchParams()
    if (q) address.set("q", q)
    for (const group of GROUPS) if (filters[group]?.length) address.set(group, filters[group].join(","))
    if (!expand) address.set("expand", "0")
    if (limit > STEP) address.set("n", String(limit))
    const text = address.toString()
    return `${location.pathname}${text ? `?${text}` : ""}`
  }

  function go(changes, how = "push") {
    state = { ...state, limit: STEP, ...changes }
    const address = addressOf(state)
    if (how === "push" && address !== settled) {
      // What was typed on the way here leaves no trace: the last settled question is what Back returns to.
      history.replaceState(null, "", settled)
      history.pushState(null, "", address)
      settled = address
    } else if (how !== "push") history.replaceState(null, "", address)
    run()
  }

  /* ---------------------------------------------------------------- running */

  const announce = (text) => (at("count").textContent = text)

  async function run() {
    const mine = ++turn
    document.documentElement.dataset.searchState = "busy"
    if (input.value !== state.q) input.value = state.q
    try {
      const started = await handbookSearch.start()
      labels = started.labels
      if (root.dataset.edition !== started.edition) at("stale").hidden = false
      const found = await handbookSearch.search({ ...state })
      if (mine !== turn) return
      answer = found
      show()
      document.documentElement.dataset.searchState = "done"
    } catch (error) {
      if (mine !== turn) return
      console.warn(error)
      at("failed").hidden = false
      announce("")
      at("results").replaceChildren()
      document.documentElement.dataset.searchState = "failed"
    }
  }

  /* ---------------------------------------------------------------- showing */

  function show() {
    const asked = answer.query || Object.keys(state.filters).length
    at("failed").hidden = true
    at("start").hidden = Boolean(asked)
    announce(!asked ? "" : answer.short ? words.short : say(answer.total === 1 ? "found.one" : "found", { count: answer.total }))
    at("actions").hidden = !answer.clauses
    showHidden()
    showUnits()
    showChips()
    showFacets()
    at("results").replaceChildren(...answer.results.map(rowOf))
    at("none").hidden = !asked || answer.total > 0 || answer.short
    at("more").hidden = answer.results.length >= answer.total
    at("more").textContent = say("more", { count: Math.min(STEP, answer.total - answer.results.length) })
  }

  function showHidden() {
    at("hidden").hidden = !answer.hidden
    const held = at("hidden").contains(document.activeElement)
    at("hidden").replaceChildren(
      `${say("hidden", { count: answer.hidden })} `,
      make("button", { type: "button", onclick: () => go({ filters: {} }) }, words["hidden.show"]),
    )
    if (held && at("hidden").hidden) input.focus()
  }

  /* What the words were taken for, and which others were looked for with them. */
  function showUnits() {
    const lines = []
    for (const unit of answer.units) {
      if (unit.typed) lines.push(say("corrected", { word: unit.typed, words: unit.text }))
      else if (unit.also.length && state.expand) lines.push(say("also", { word: unit.text, words: unit.also.slice(0, 12).join(" / ") }))
      else if (!unit.count) lines.push(say("unheld", { word: unit.text }))
    }
    const switchable = !state.expand || answer.units.some((unit) => unit.also.length || unit.typed || unit.concepts.length)
    const toggle = make("button", { type: "button", onclick: () => go({ expand: !state.expand }) }, words[state.expand ? "expand.off" : "expand.on"])
    const held = at("units").contains(document.activeElement)
    at("units").replaceChildren(...lines.map((line) => make("span", {}, line)), ...(switchable && answer.query ? [toggle] : []))
    if (held) toggle.focus()
  }

  const nameOf = (group, value) => {
    const known = labels?.[group]?.[value]
    return known ? known[own] || known[1 - own] : words[`${group}.${value}`] || value
  }

  function without(group, value) {
    const rest = (state.filters[group] || []).filter((one) => one !== value)
    const filters = { ...state.filters, [group]: rest }
    if (!rest.length) delete filters[group]
    return filters
  }

  function showChips() {
    const chips = Object.entries(state.filters).flatMap(([group, values]) =>
      values.map((value) => {
        const known = !answer.unknown.some(([g, v]) => g === group && v === value)
        const text = `${words[`group.${group}`]}${words.colon}${known ? nameOf(group, value) : say("unknown", { value })}`
        return make("button", { type: "button", class: known ? null : "hb-unknown", "aria-label": say("chip.remove", { name: text }), onclick: () => go({ filters: without(group, value) }) }, text, " ×")
      }),
    )
    const held = at("chips").contains(document.activeElement)
    at("chips").replaceChildren(...chips)
    if (held) (chips[0] || input).focus()
  }

  function showFacets() {
    const open = new Set([...at("facets").querySelectorAll("details[open]")].map((one) => one.dataset.group))
    const whole = new Set([...at("facets").querySelectorAll("details.hb-whole")].map((one) => one.dataset.group))
    const focus = document.activeElement?.dataset?.facet
    at("facets").replaceChildren(...GROUPS.filter((group) => answer.facets[group].length).map((group) => facetOf(group, open.has(group), whole.has(group))))
    if (focus) at("facets").querySelector(`[data-facet="${CSS.escape(focus)}"]`)?.focus()
  }

  function facetOf(group, open, whole) {
    const chosen = new Set(state.filters[group] || [])
    const values = answer.facets[group]
    const most = whole ? values.length : 10
    const rows = values.slice(0, Math.max(most, 0)).concat(values.slice(most).filter(([value]) => chosen.has(value)))
    const boxes = rows.map(([value, count]) =>
      make(
        "label",
        {},
        make("input", {
          type: "checkbox",
          checked: chosen.has(value),
          "data-facet": `${group}:${value}`,
          onchange: (event) => go({ filters: event.target.checked ? { ...state.filters, [group]: [...chosen, value] } : without(group, value) }),
        }),
        make("span", {}, nameOf(group, value)),
        make("span", { class: "hb-count" }, String(count)),
      ),
    )
    const more =
      values.length > rows.length &&
      make("button", { type: "button", onclick: (event) => { event.target.closest("details").classList.add("hb-whole"); showFacets() } }, say("facet.more", { count: values.length - rows.length }))
    return make("details", { "data-group": group, open: open || chosen.size > 0, class: whole ? "hb-whole" : null }, make("summary", {}, words[`group.${group}`], chosen.size ? ` (${chosen.size})` : ""), ...boxes, more)
  }

  /* ----------------------------------------------------------------- results */

  function rowOf(result) {
    if (result.kind === "clause") return clauseRow(result)
    return result.exact ? cardOf(result) : thingRow(result)
  }

  function clauseRow(result) {
    const row = shower.clause(result)
    if (answer.query) row.append(whyOf(result))
    return row
  }

  function whyOf({ why, score }) {
    const parts = why.parts.map((part) => `${part.unit}: ${words[`how.${part.how}`]}${part.about ? words["how.about"] : ""} ${part.points.toFixed(1)}`)
    if (why.phrase) parts.push(words["how.phrase"])
    if (why.defines) parts.push(words["how.defines"])
    parts.push(say("how.share", { share: Math.round(why.share * 100) }), say("how.weight", { force: why.force, modality: why.modality }), say("how.total", { total: score.toFixed(1) }))
    return make("details", { class: "hb-why-here" }, make("summary", {}, words.why), parts.join(" · "))
  }

  function thingRow(result) {
    const names = own === 0 ? [result.zh, result.en] : [result.en, result.zh]
    return make(
      "li",
      { class: "hb-line hb-result", "data-node-id": result.id },
      make("span", { class: "hb-line-head" }, make("span", { class: "hb-kind" }, words[`record.${result.kind}`]), " ", make("a", { href: searchAddress(result.path) }, names[0]), " ", make("span", { class: "hb-line-where", lang: own === 0 ? "en" : "zh-CN" }, names[1])),
    )
  }

  /* The card of what the query names exactly: both labels, other names, definition, where it is used. */
  function cardOf(result) {
    const row = thingRow(result)
    row.classList.add("hb-term-card")
    const others = [...result.names.zh, ...result.names.en]
    if (others.length) row.append(make("span", { class: "hb-small" }, `${words["card.names"]}${words.colon}${others.join(" / ")}`))
    const place = make("p", { class: "hb-t-own" })
    row.append(place)
    if (result.kind !== "document") {
      handbookSearch.definitions().then((definitions) => (place.textContent = definitions[`${result.kind}/${result.id}`]?.[own] || "")).catch(() => place.remove())
    }
    if (result.counts.length) {
      const links = result.counts.flatMap(([zh, en, path, count], n) => [n ? " · " : "", make("a", { href: searchAddress(path) }, own === 0 ? zh : en), ` ${count}`])
      row.append(make("span", { class: "hb-small" }, `${words["card.used"]}${words.colon}`, ...links))
    }
    return row
  }

  /* ------------------------------------------------------------------ taking along */

  const everything = async () => {
    const all = await handbookSearch.search({ ...state, limit: ALL })
    return all.results.filter((one) => one.kind === "clause")
  }

  const tell = (text) => {
    at("copied").textContent = text
    setTimeout(() => (at("copied").textContent = ""), 2500)
  }

  /* ------------------------------------------------------------------ listening */

  root.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault()
    if (!composing) go({ q: input.value })
  })
  input.addEventListener("compositionstart", () => (composing = true))
  input.addEventListener("compositionend", () => {
    composing = false
    go({ q: input.value }, "replace")
  })
  input.addEventListener("input", (event) => composing || event.isComposing || go({ q: input.value }, "replace"))
  input.addEventListener("change", () => composing || go({ q: input.value }))
  at("more").addEventListener("click", () => {
    const shown = answer.results.length
    go({ limit: state.limit + STEP }, "replace")
    const wait = setInterval(() => {
      if (document.documentElement.dataset.searchState === "busy") return
      clearInterval(wait)
      at("results").children[shown]?.querySelector("a")?.focus()
    }, 30)
  })
  at("csv").addEventListener("click", async () => shower.saveCsv(await everything()))
  at("copy").addEventListener("click", async () => {
    const rows = await everything()
    await copy(shower.table(rows))
    tell(say("copied", { count: rows.length }))
  })
  at("collect").addEventListener("click", async () => {
    const added = handbookCollection.add((await everything()).map((one) => one.id))
    tell(added < 0 ? words["collect.refused"] : say("collected", { count: added, all: handbookCollection.ids().length }))
  })
  window.addEventListener("popstate", () => {
    state = readAddress()
    settled = addressOf(state)
    run()
  })
  if (window.matchMedia("(min-width: 60em)").matches) at("panel").open = true
  run()
}

setUpSearchPage()
