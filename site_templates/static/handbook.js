/* What the pages do beyond being read. Everything here is an addition: without it both languages show, lists are plain
   lists, and each link keeps its title. Works from a local folder. */

/* ---------------------------------------------------------- small helpers */

const all = (selector, root = document) => [...root.querySelectorAll(selector)]
const inChinese = document.documentElement.lang.startsWith("zh")

function remember(key, value) {
  try {
    localStorage.setItem(key, value)
  } catch {
    /* private window: the choice holds for this page */
  }
}

/* ------------------------------------------------- the reader's language */

function showChoice(choice) {
  document.documentElement.dataset.hbChoice = choice
  for (const button of all("[data-hb-choose]")) {
    button.setAttribute("aria-pressed", String(button.dataset.hbChoose === choice))
  }
}

function setUpChoice() {
  for (const control of all(".hb-choice")) control.hidden = false
  for (const button of all("[data-hb-choose]")) {
    button.addEventListener("click", () => {
      remember("hb-choice", button.dataset.hbChoose)
      showChoice(button.dataset.hbChoose)
    })
  }
  window.addEventListener("storage", (event) => {
    if (event.key === "hb-choice" && event.newValue) showChoice(event.newValue)
  })
  showChoice(document.documentElement.dataset.hbChoice || "both")
}

/* The language switch of the theme stays at the clause, and at what was searched for. */
function setUpSwitch() {
  for (const link of all("a[hreflang]")) {
    link.addEventListener("click", () => {
      link.hash = location.hash
      if (document.querySelector(".hb-finder")) link.search = location.search
    })
  }
}

/* ----------------------------------------------------------------- popups */

function setUpTips() {
  const source = document.querySelector("script#hb-tips")
  if (!source) return
  const tips = JSON.parse(source.textContent)
  const box = document.createElement("div")
  box.className = "hb-tip"
  box.id = "_tip"
  box.setAttribute("role", "tooltip")
  box.hidden = true
  document.body.append(box)
  let owner = null
  let timer = 0

  const line = (tag, text, lang) => {
    const element = document.createElement(tag)
    element.textContent = text
    if (lang) element.lang = lang
    return element
  }

  const fill = (tip, href) => {
    const languages = inChinese ? ["zh", "en"] : ["en", "zh"]
    const names = languages.map((code) => line(code === languages[0] ? "strong" : "span", tip[code], code === "zh" ? "zh-CN" : "en"))
    const text = tip["d" + languages[0]]
    const link = line("a", inChinese ? "打开" : "Open")
    link.href = href
    link.tabIndex = -1
    const last = document.createElement("p")
    last.append(link)
    box.replaceChildren(...names, ...(text ? [line("p", text)] : []), last)
  }

  const place = (link) => {
    const spot = link.getBoundingClientRect()
    const left = Math.min(spot.left, document.documentElement.clientWidth - box.offsetWidth - 12)
    const above = spot.bottom + box.offsetHeight + 12 > window.innerHeight && spot.top > box.offsetHeight + 12
    box.style.left = `${Math.max(8, left) + window.scrollX}px`
    box.style.top = `${(above ? spot.top - box.offsetHeight - 6 : spot.bottom + 6) + window.scrollY}px`
  }

  const hide = () => {
    clearTimeout(timer)
    box.hidden = true
    owner?.removeAttribute("aria-describedby")
    owner = null
  }

  const show = (link) => {
    clearTimeout(timer)
    if (owner === link) return
    const tip = tips[link.dataset.tip]
    if (!tip) return
    hide()
    owner = link
    link.removeAttribute("title")
    fill(tip, link.href)
    box.hidden = false
    place(link)
    link.setAttribute("aria-describedby", box.id)
  }

  const later = (action, delay) => {
    clearTimeout(timer)
    timer = setTimeout(action, delay)
  }

  const linkOf = (event) => event.target.closest?.("[data-tip]")
  document.addEventListener("mouseover", (event) => {
    const link = linkOf(event)
    if (link) later(() => show(link), 180)
    else if (event.target.closest?.(".hb-tip")) clearTimeout(timer)
    else if (owner) later(hide, 250)
    else clearTimeout(timer)
  })
  document.addEventListener("focusin", (event) => {
    const link = linkOf(event)
    if (link) show(link)
    else if (owner && !event.target.closest?.(".hb-tip")) hide()
  })
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide()
  })
}

/* ---------------------------------------------------------------- copying */

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    const area = document.createElement("textarea")
    area.value = text
    area.style.position = "fixed"
    area.style.opacity = "0"
    document.body.append(area)
    area.select()
    document.execCommand("copy")
    area.remove()
  }
}

function setUpCopying() {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy], [data-copy-link]")
    if (!button) return
    const address = location.href.split("#")[0]
    await copy(button.dataset.copy ?? `${address}#${button.dataset.copyLink}`)
    button.focus()
    const said = button.parentElement.querySelector(".hb-copied")
    said.textContent = said.dataset.said
    setTimeout(() => (said.textContent = ""), 2000)
  })
}

/* -------------------------------------------------------------- filtering */

const folded = (text) => text.normalize("NFKC").toLowerCase()

function setUpFilter() {
  for (const input of all("[data-hb-filter]")) {
    const entries = all("[data-words]").map((element) => [element, folded(element.dataset.words)])
    const output = input.parentElement.querySelector("output")
    input.parentElement.hidden = false
    input.addEventListener("input", () => {
      const wanted = folded(input.value).split(/\s+/).filter(Boolean)
      let shown = 0
      for (const [element, words] of entries) {
        element.hidden = !wanted.every((word) => words.includes(word))
        shown += element.hidden ? 0 : 1
      }
      for (const section of all(".hb-letter")) {
        section.hidden = !section.querySelector("li:not([hidden])")
      }
      output.textContent = wanted.length ? input.dataset.shown.replace("#", shown) : ""
    })
  }
}

function setUpPrinting() {
  for (const button of all("[data-hb-print]")) {
    button.hidden = false
    button.addEventListener("click", () => window.print())
  }
}

setUpChoice()
setUpPrinting()
setUpSwitch()
setUpTips()
setUpCopying()
setUpFilter()
