/* Loads the search engine and its data once, in a worker, and puts questions to it. The engine's own script says how
   it works; here it is only carried over. Data come as a script too, so that a local folder does as well as a server. */

const handbookSearch = (() => {
  const here = document.currentScript.src
  const waiting = new Map()
  let starting = null
  let worker = null
  let asked = 0

  const script = (name) =>
    new Promise((done, failed) => {
      const element = document.createElement("script")
      element.src = new URL(name, here)
      element.onload = done
      element.onerror = () => failed(new Error(name))
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
          self.postMessage({ id, answer: what === "suggest" ? engine.suggest(value.q, value.limit) : engine.search(value) })
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
    const labels = await ask("load", handbookSearchData.text)
    return { labels, edition: handbookSearchData.edition }
  }

  let defined = null
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
    suggest: (q, limit) => handbookSearch.start().then(() => ask("suggest", { q, limit })),
    /** Definitions of terms, methods and parameters by "kind/id"; they are fetched when first shown. */
    definitions() {
      defined ??= script("search/definitions.js").then(() => handbookDefinitions)
      return defined
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
