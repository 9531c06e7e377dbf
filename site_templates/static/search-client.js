/* Loads the search engine and its data once, in a worker, and puts questions to it. The engine's own script says how
   it works; here it is only carried over. Data come as a script too, so that a local folder does as well as a server. */

const handbookSearch = (() => {
  const here = document.currentScript.src
  const waiting = new Map()
  let starting = null
  let worker = null
  let asked = 0

  const scripts = new Map()
  const script = (name) => {
    if (!scripts.has(name)) scripts.set(name, fetched(name))
    return scripts.get(name)
  }
  const fetched = (name) =>
    new Promise((done, failed) => {
      const element = document.createElement("script")
      element.src = new URL(name, here)
      element.onload = done
      element.onerror = () => {
        scripts.delete(name)
        element.remove()
        failed(new Error(name))
      }
      document.head.append(element)
    })

  /* Runs in the worker: unpacks the data, then answers. */
  const serve = (makeEngine) => {
    let engine = null
    const unpack = async (text) => {
      const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0))
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))
      return JSON.parse(new TextDecoder("gb18030").decode(await new Response(stream).arrayBuffer()))
    }
    self.onmessage = async ({ data: { id, what, value } }) => {
      try {
        if (what === "load") {
          engine = makeEngine()(await unpack(value))
          self.postMessage({ id, answer: engine.labels })
        } else {
          const answers = { suggest: () => engine.suggest(value.q, value.limit), clauses: () => engine.clauses(value), search: () => engine.search(value) }
          self.postMessage({ id, answer: answers[what]() })
        }
      } catch (error) {
        self.postMessage({ id, error: String(error) })
      }
    }
  }

  const ask = (what, value) =>
    new Promise((done, failed) => {
      asked += 1
      waiting.set(asked, { done, failed })
      worker.postMessage({ id: asked, what, value })
    })

  async function load() {
    await Promise.all([script("search/engine.js"), script("search/data.js")])
    const source = `(${serve})(${handbookEngine})`
    worker = new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })))
    worker.onmessage = ({ data: { id, answer, error } }) => {
      const { done, failed } = waiting.get(id)
      waiting.delete(id)
      if (error) failed(new Error(error))
      else done(answer)
    }
    worker.onerror = worker.onmessageerror = (event) => {
      for (const { failed } of waiting.values()) failed(new Error(event.message || "worker"))
      waiting.clear()
      starting = null
    }
    const labels = await ask("load", handbookSearchData.text)
    return { labels, edition: handbookSearchData.edition }
  }

  return {
    /** Loads what is needed; resolves to {labels, edition}. A failed start can be tried again. */
    start() {
      starting ??= load().catch((error) => {
        starting = null
        throw error
      })
      return starting
    },
    search: (question) => handbookSearch.start().then(() => ask("search", question)),
    /** Clauses by full id: {found, missing}. */
    clauses: (ids) => handbookSearch.start().then(() => ask("clauses", ids)),
    suggest: (q, limit) => handbookSearch.start().then(() => ask("suggest", { q, limit })),
    /** Definitions of terms, methods and parameters by "kind/id"; they are fetched when first shown. */
    definitions() {
      return script("search/definitions.js").then(() => handbookDefinitions)
    },
  }
})()

/* ------------------------------------------------------------- shared by the box and the page */

const searchSite = JSON.parse(document.getElementById("__config").textContent).base
const searchTongue = document.documentElement.lang.startsWith("zh") ? "zh" : "en"
const searchAddress = (path, anchor) => {
  const [file, own] = path.split("#")
  const hash = anchor || own
  return `${searchSite}/${searchTongue}/${file}/index.html${hash ? `#${encodeURIComponent(hash)}` : ""}`
}

/** An element with attributes and children; text stays text. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value)
    else element.setAttribute(name, value === true ? "" : value)
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false))
  return element
}

const fillIn = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name])

/** `text` with the stretches in `marks` marked. */
function marked(text, marks) {
  const nodes = []
  let position = 0
  for (const [start, end] of marks) {
    nodes.push(text.slice(position, start), make("mark", {}, text.slice(start, end)))
    position = end
  }
  return [...nodes, text.slice(position)]
}

/** How clauses look in a list, and as a table to take along; `words` are the page's. */
function clauseShower(words) {
  const own = searchTongue === "zh" ? 0 : 1
  const COLUMNS = ["id", "document", "heading", "modality", "force", "file", "lines", "zh", "en", "address"]
  const badge = (group, value) => make("span", { class: `hb-${group} hb-${group}--${value}` }, words[`${group}.${value}`])

  function clause(result) {
    const modality = badge("modality", result.modality)
    if (["draft", "literature", "superseded"].includes(result.force)) modality.classList.add("hb-modality--said")
    const order = own === 0 ? ["zh", "en"] : ["en", "zh"]
    const where = fillIn(words.lines, { file: result.file, first: result.lines[0], last: result.lines[1] })
    return make(
      "li",
      { class: "hb-line hb-result", "data-node-id": result.id },
      make(
        "span",
        { class: "hb-line-head" },
        make("a", { class: "hb-id", href: searchAddress(result.path, result.anchor) }, result.short),
        " ", modality, " ", badge("force", result.force), " ",
        make("span", { class: "hb-line-where" }, `${result.documentName[own]} · ${result.heading[own]} · ${where}`),
        words.collect && make("button", { type: "button", class: "hb-collect", "data-collect": result.id, "data-said": words["collect.done"], "data-refused": words["collect.not"] }, words.collect),
      ),
      make("span", { class: "hb-texts" }, ...order.map((code) => make("span", { class: "hb-t", lang: code === "zh" ? "zh-CN" : "en" }, ...marked(result[code], result.marks[code])))),
    )
  }

  /* A spreadsheet takes a cell that begins so for a formula. */
  const plain = (cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)
  const cells = (results) => [
    COLUMNS.map((name) => words[`column.${name}`]),
    ...results.map((one) =>
      [
        one.id, one.documentName[own], one.heading[own], words[`modality.${one.modality}`], words[`force.${one.force}`], one.file, `${one.lines[0]}-${one.lines[1]}`, one.zh, one.en,
        new URL(searchAddress(one.path, one.anchor), location.href).href,
      ].map(plain),
    ),
  ]

  function saveCsv(results) {
    const text = cells(results).map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")).join("\r\n")
    const link = make("a", { href: URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" })), download: words["csv.name"] })
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 10000)
  }

  const table = (results) => cells(results).map((row) => row.map((cell) => cell.replace(/\s+/g, " ")).join("\t")).join("\n")
  return { clause, saveCsv, table }
}

/* The clauses that the reader has collected, by full id, in this browser alone. */
const handbookCollection = (() => {
  const KEY = "hb-collection"
  const ids = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY) || "[]")
      return Array.isArray(kept) ? kept.filter((id) => typeof id === "string") : []
    } catch {
      return []
    }
  }
  const put = (list) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(list))
      return true
    } catch {
      return false /* storage refused or full */
    }
  }
  return {
    ids,
    put,
    /** Adds what is new; how many that were, or -1 when the browser keeps nothing. */
    add(more) {
      const kept = ids()
      const fresh = more.filter((id) => !kept.includes(id))
      return put([...kept, ...fresh]) ? fresh.length : -1
    },
  }
})()

/* Buttons that collect one clause, on cards and in results. */
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-collect]")
  if (!button) return
  const added = handbookCollection.add([button.dataset.collect])
  button.textContent = button.dataset[added < 0 ? "refused" : "said"]
})
