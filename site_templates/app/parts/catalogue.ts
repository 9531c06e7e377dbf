// The catalogue and the heavier scripts, fetched when they are first wanted. They come as scripts, so that a local
// folder does as well as a server.
import type { Catalogue, Edition } from "./engine.ts"

declare const handbookCatalogue: { edition: Edition | string; text: string }

/** The root of the site, from where the page's own script lies: <root>/app/<name>.js. */
const root = new URL("..", (document.currentScript as HTMLScriptElement | null)?.src ?? location.href)

/** An address below the folder of the page's language, such as documents/x/index.html#y. */
export const pageAddress = (path: string): string => new URL(`${document.documentElement.lang.startsWith("zh") ? "zh" : "en"}/${path}`, root).href

/** An address below the root of the site. */
export const siteAddress = (path: string): string => new URL(path, root).href

const scripts = new Map<string, Promise<void>>()

/** Loads a script of the site once; one that failed can be tried again. */
export function script(path: string): Promise<void> {
  const known = scripts.get(path)
  if (known) return known
  const loading = new Promise<void>((done, failed) => {
    const element = document.createElement("script")
    element.src = siteAddress(path)
    element.onload = () => done()
    element.onerror = () => {
      scripts.delete(path)
      element.remove()
      failed(new Error(path))
    }
    document.head.append(element)
  })
  scripts.set(path, loading)
  return loading
}

let unpacked: Promise<Catalogue> | null = null

/** The catalogue of this edition of the handbook. */
export function catalogue(): Promise<Catalogue> {
  unpacked ??= script("checklists/catalogue.js")
    .then(() => unpack<Catalogue>(handbookCatalogue.text))
    .catch((error: unknown) => {
      unpacked = null
      throw error
    })
  return unpacked
}

/** Whether the handbook is of another edition than `edition`; the catalogue is only unpacked when it may be. */
export async function isOtherEdition(edition: Edition): Promise<boolean> {
  await script("checklists/catalogue.js")
  const own = handbookCatalogue.edition
  if ((typeof own === "string" ? own : own.fingerprint) === edition.fingerprint) return false
  return (await catalogue()).edition.fingerprint !== edition.fingerprint
}

/** Base64 of gzip of GB 18030, as handbook/search/bundle.py packs it. */
export async function unpack<T>(text: string): Promise<T> {
  const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0))
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))
  return JSON.parse(new TextDecoder("gb18030").decode(await new Response(stream).arrayBuffer())) as T
}
