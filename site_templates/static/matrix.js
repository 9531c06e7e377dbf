/* Filters of the test matrix: by what stands behind a cell, by words, by difference, by two documents. The state is
   in the address. Without this script everything shows. */
{
  const form = document.querySelector(".hb-mx-tools")
  const ORDER = ["rules", "drafts", "other"]

  if (form) {
    const body = form.parentElement
    const rows = [...body.querySelectorAll(".hb-mx tr[data-words], .hb-mx-list tr[data-says]")]
    const output = form.querySelector("output")
    const folded = (text) => text.normalize("NFKC").toLowerCase()

    const given = new URLSearchParams(location.search)
    for (const control of form.elements) {
      const value = control.name && given.get(control.name)
      if (value === null || value === "") continue
      if (control.type === "radio" || control.type === "checkbox") control.checked = control.value === value
      else if (control.tagName !== "SELECT" || [...control.options].some((one) => one.value === value)) control.value = value
    }
    if (form.elements.force && !form.querySelector("[name=force]:checked")) form.querySelector("[value=all]").checked = true

    const state = () => Object.fromEntries([...new FormData(form)].filter(([name, value]) => value && !(name === "force" && value === "all")))

    const differsWithin = (weight, last) => weight !== undefined && ORDER.indexOf(weight) <= last

    const shows = (row, wanted, chosen, last) => {
      if (row.dataset.words !== undefined) {
        const words = folded(row.dataset.words)
        if (!wanted.every((word) => words.includes(word))) return false
        if (chosen.differs) return [...row.children].some((cell) => differsWithin(cell.dataset.ne, last))
        if (!form.elements.force) return true
        return ORDER.slice(0, last + 1).some((weight) => row.querySelector(`.mx-${weight}:not(.mx-ne)`))
      }
      if (!differsWithin(row.dataset.ne, last)) return false
      const says = Object.fromEntries(row.dataset.says.trim().split(/\s+/).map((one) => one.split("=")))
      const pair = [chosen.a, chosen.b].filter(Boolean)
      if (!pair.every((name) => says[name])) return false
      return pair.length < 2 || says[pair[0]] !== says[pair[1]]
    }

    const update = () => {
      const chosen = state()
      const last = { rules: 0, drafts: 1 }[chosen.force] ?? 2
      const wanted = folded(chosen.q || "").split(/\s+/).filter(Boolean)
      body.dataset.upto = chosen.force || "all"
      let shown = 0
      for (const row of rows) {
        // The list below a document's own matrix belongs to the page, not to the filters above it.
        if (row.dataset.says !== undefined && !form.elements.a) continue
        row.hidden = !shows(row, wanted, chosen, last)
        shown += row.hidden ? 0 : 1
      }
      for (const block of body.querySelectorAll(".hb-mx tbody")) block.hidden = !block.querySelector("tr[data-words]:not([hidden])")
      if (form.elements.a) {
        for (const part of body.querySelectorAll("section")) part.hidden = !part.querySelector("tr[data-says]:not([hidden])")
      }
      output.textContent = Object.keys(chosen).length ? form.dataset.shown.replace("#", shown) : ""
    }

    const remember = () => {
      const query = new URLSearchParams(state()).toString()
      try {
        history.replaceState(null, "", `${location.pathname}${query ? `?${query}` : ""}${location.hash}`)
      } catch {
        /* a browser that keeps no history of local files */
      }
    }

    form.hidden = false
    form.addEventListener("submit", (event) => event.preventDefault())
    form.addEventListener("input", () => {
      update()
      remember()
    })
    update()
  }
}
