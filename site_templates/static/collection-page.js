/* The page of collected clauses: shown from the search data, kept in this browser, printed or taken along as a table. */

function setUpCollection() {
  const root = document.querySelector(".hb-collected")
  if (!root) return
  const words = JSON.parse(root.querySelector("#hb-collection-words").textContent)
  const at = (name) => root.querySelector(`[data-hb="${name}"]`)
  const shower = clauseShower(words)
  const own = searchTongue === "zh" ? 0 : 1
  let gone = null
  let shown = []

  function row(result) {
    const item = shower.clause(result)
    const tick = make("span", { class: "hb-box", "aria-hidden": "true" }, "☐")
    item.querySelector(".hb-line-head").prepend(tick, " ")
    item.append(make("button", { type: "button", class: "hb-drop", "aria-label": fillIn(words.drop, { id: result.short }), onclick: () => drop([result.id]) }, "×"))
    return item
  }

  function drop(ids) {
    const kept = handbookCollection.ids()
    if (!handbookCollection.put(kept.filter((id) => !ids.includes(id)))) return
    gone = kept.filter((id) => ids.includes(id))
    show().then(() => (root.querySelector(".hb-drop") || at("undo")).focus())
  }

  async function show() {
    const ids = handbookCollection.ids()
    at("undo").hidden = !gone
    at("empty").hidden = ids.length > 0
    at("actions").hidden = !ids.length
    try {
      const { found, missing } = await handbookSearch.clauses(ids)
      shown = found
      const groups = new Map()
      for (const one of found) groups.set(one.document, [...(groups.get(one.document) || []), one])
      at("list").replaceChildren(
        ...[...groups.values()].map((members) => make("section", {}, make("h2", {}, members[0].documentName[own], " ", make("span", { class: "hb-count" }, String(members.length))), make("ol", { class: "hb-lines" }, ...members.map(row)))),
      )
      at("missing").hidden = !missing.length
      at("missing").textContent = fillIn(words.missing, { ids: missing.join(", ") })
      document.documentElement.dataset.searchState = "done"
    } catch (error) {
      console.warn(error)
      at("failed").hidden = false
      at("actions").hidden = true
    }
  }

  at("csv").addEventListener("click", () => shower.saveCsv(shown))
  at("print").addEventListener("click", () => window.print())
  at("clear").addEventListener("click", () => drop(handbookCollection.ids()))
  at("undo").addEventListener("click", () => {
    handbookCollection.add(gone)
    gone = null
    show()
  })
  window.addEventListener("storage", (event) => event.key === "hb-collection" && show())
  show()
}

setUpCollection()
