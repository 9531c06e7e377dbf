/* The search box in the header of every page: suggestions while typing, / and Ctrl-K from anywhere. Without scripts it
   is a plain form that leads to the search page. */

const searchBox = (() => {
  const form = document.querySelector("form.hb-find")
  if (!form) return null
  const input = form.querySelector("input")
  const list = form.querySelector("ul")
  const said = JSON.parse(form.dataset.words)
  let composing = false
  let turn = 0
  let active = -1

  const options = () => [...list.children]
  const close = () => {
    list.hidden = true
    active = -1
    input.setAttribute("aria-expanded", "false")
    input.removeAttribute("aria-activedescendant")
  }
  const highlight = (place) => {
    active = place
    options().forEach((option, n) => option.setAttribute("aria-selected", String(n === place)))
    if (place >= 0) {
      input.setAttribute("aria-activedescendant", options()[place].id)
      options()[place].scrollIntoView({ block: "nearest" })
    } else input.removeAttribute("aria-activedescendant")
  }

  const optionOf = (item, n) => {
    const clause = item.kind === "clause"
    const names = clause ? [item.short, item.documentName[searchTongue === "zh" ? 0 : 1]] : searchTongue === "zh" ? [item.zh, item.en] : [item.en, item.zh]
    const link = make("a", { href: searchAddress(item.path, item.anchor), tabindex: -1 }, make("strong", {}, names[0]), " ", make("span", {}, names[1]), " ", make("small", {}, said[item.kind]))
    return make("li", { role: "option", id: `hb-find-${n}`, "aria-selected": "false" }, link)
  }

  async function suggest() {
    const mine = ++turn
    const q = input.value.trim()
    if (!q) return close()
    let found = []
    try {
      found = await handbookSearch.suggest(q, 8)
    } catch {
      return close() /* the form still leads to the search page, which says what is wrong */
    }
    if (mine !== turn || document.activeElement !== input) return
    list.replaceChildren(...found.map(optionOf))
    list.hidden = !found.length
    input.setAttribute("aria-expanded", String(found.length > 0))
    highlight(-1)
  }

  input.addEventListener("focus", () => handbookSearch.start().catch(() => {}))
  input.addEventListener("compositionstart", () => (composing = true))
  input.addEventListener("compositionend", () => {
    composing = false
    suggest()
  })
  input.addEventListener("input", () => composing || suggest())
  input.addEventListener("keydown", (event) => {
    if (composing || event.isComposing) return
    const count = options().length
    if (event.key === "ArrowDown" && !list.hidden) highlight((active + 1) % count)
    else if (event.key === "ArrowUp" && !list.hidden) highlight(active <= 0 ? count - 1 : active - 1)
    else if (event.key === "Enter" && active >= 0) options()[active].firstChild.click()
    else if (event.key === "Escape" && !list.hidden) close()
    else return
    event.preventDefault()
  })
  input.addEventListener("blur", () => setTimeout(close, 150))
  list.addEventListener("mousedown", (event) => event.preventDefault())
  form.addEventListener("submit", (event) => {
    if (!input.value.trim()) event.preventDefault()
  })
  return { input }
})()

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]")
  const wanted = (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) || (event.key?.toLowerCase() === "k" && (event.ctrlKey || event.metaKey))
  const input = document.getElementById("hb-query") || searchBox?.input
  if (!wanted || !input) return
  event.preventDefault()
  input.focus()
  input.select()
})
