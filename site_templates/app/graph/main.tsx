// The explorer: the neighbourhood of a node as a list, which says everything, and as a drawing beside it.
import cytoscape from "cytoscape"
import { render } from "preact"
import { useEffect, useMemo, useRef, useState } from "preact/hooks"
import { readWords, say } from "../parts/words.ts"
import { pageAddress } from "../parts/catalogue.ts"
import { type Graph, loadGraph, type Near, neighbours } from "./neighbours.ts"

const MOST = 60 // nodes of a drawing: more cannot be told apart
const FOUND = 12

function App({ graph }: { graph: Graph }) {
  const named = (): number | null => graph.places.get(new URLSearchParams(location.search).get("node") ?? "") ?? null
  const [node, setNode] = useState<number | null>(named)
  const [off, setOff] = useState<ReadonlySet<number>>(new Set())
  useEffect(() => {
    const moved = (): void => setNode(named())
    window.addEventListener("popstate", moved)
    return () => window.removeEventListener("popstate", moved)
  }, [])
  const go = (next: number): void => {
    setNode(next)
    setOff(new Set())
    history.pushState(null, "", `?node=${encodeURIComponent(graph.nodes[next]!.id)}`)
  }
  const all = useMemo(() => (node === null ? [] : neighbours(graph, node)), [node])
  const kinds = [...new Map(all.map((near) => [near.kind, 0])).keys()].sort((one, other) => one - other)
  const shown = all.filter((near) => !off.has(near.kind))
  const toggle = (kind: number): void => setOff(off.has(kind) ? new Set([...off].filter((one) => one !== kind)) : new Set([...off, kind]))
  return (
    <>
      <Find graph={graph} onGo={go} />
      {node === null ? <p data-hb="begin">{say("begin")}</p> : (
        <>
          <p data-hb="node"><strong>{say(`record.${graph.records[graph.nodes[node]!.kind]}`)}</strong> {graph.nodes[node]!.label} <span class="hb-id">{graph.nodes[node]!.id}</span> · <a href={addressOf(graph, node)}>{say("open")}</a></p>
          <fieldset class="hb-network-kinds"><legend>{say("filters")}</legend>
            {kinds.map((kind) => (
              <label key={kind}><input type="checkbox" checked={!off.has(kind)} onChange={() => toggle(kind)} /> {say(`edge.${graph.kinds[kind]}`)} <span class="hb-count">{all.filter((near) => near.kind === kind).length}</span></label>
            ))}
          </fieldset>
          <div class="hb-network-both">
            <List graph={graph} shown={shown} onGo={go} />
            <Drawing graph={graph} node={node} shown={shown} onGo={go} />
          </div>
        </>
      )}
    </>
  )
}

const addressOf = (graph: Graph, node: number): string => {
  const { path, anchor } = graph.nodes[node]!
  return pageAddress(`${path}/index.html${anchor ? `#${anchor}` : ""}`)
}

function Find({ graph, onGo }: { graph: Graph; onGo: (node: number) => void }) {
  const [typed, setTyped] = useState("")
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  const found: number[] = []
  if (words.length > 0) {
    for (let at = graph.nodes.length - 1; at >= 0 && found.length < FOUND; at--) {
      if (words.every((word) => graph.nodes[at]!.text.includes(word))) found.push(at)
    }
  }
  return (
    <div class="hb-network-find" role="search">
      <input type="search" data-hb="find" aria-label={say("find")} placeholder={say("find")} value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
      {words.length > 0 && (
        <ul data-hb="found">
          {found.map((at) => (
            <li key={at}><button type="button" onClick={() => { setTyped(""); onGo(at) }}><small>{say(`record.${graph.records[graph.nodes[at]!.kind]}`)}</small> {graph.nodes[at]!.label} <span class="hb-id">{graph.nodes[at]!.id}</span></button></li>
          ))}
          {found.length === 0 && <li>{say("none")}</li>}
        </ul>
      )}
    </div>
  )
}

function List({ graph, shown, onGo }: { graph: Graph; shown: Near[]; onGo: (node: number) => void }) {
  const groups = new Map<string, Near[]>()
  for (const near of shown) groups.set(`${near.kind} ${near.out}`, [...(groups.get(`${near.kind} ${near.out}`) ?? []), near])
  return (
    <div data-hb="list">
      {[...groups].map(([key, members]) => (
        <details key={key} open={members.length <= 12}>
          <summary>{say(`edge.${graph.kinds[members[0]!.kind]}`)} <small>{say(members[0]!.out ? "out" : "in")}</small> <span class="hb-count">{members.length}</span></summary>
          <ul>
            {members.map((near, at) => (
              <li key={at}>
                <button type="button" data-node={graph.nodes[near.node]!.id} onClick={() => onGo(near.node)}>{graph.nodes[near.node]!.label}</button> <a class="hb-id" href={addressOf(graph, near.node)}>{graph.nodes[near.node]!.id}</a>{" "}
                <small>{say(`origin.${graph.origins[near.origin]}`)}{near.score > 0 && ` ${(near.score / 100).toFixed(2)}`}</small>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </div>
  )
}

function Drawing({ graph, node, shown, onGo }: { graph: Graph; node: number; shown: Near[]; onGo: (node: number) => void }) {
  const box = useRef<HTMLDivElement>(null)
  const ends = [...new Set(shown.map((near) => near.node))]
  const drawn = ends.slice(0, MOST)
  useEffect(() => {
    if (!box.current) return undefined
    const style = getComputedStyle(box.current)
    const colour = (name: string): string => style.getPropertyValue(name).trim() || "#666"
    const ink = style.color
    const kinds = ["--hb-quiet", "--hb-binding", "--hb-guidance", "--hb-self-discipline", "--hb-draft", "--hb-forbid"]
    const shapes = ["round-rectangle", "ellipse", "diamond", "triangle", "hexagon", "rectangle"] as const
    const nodes = [node, ...drawn].map((at) => {
      const own = graph.nodes[at]!
      const label = own.label.length > 18 ? `${own.label.slice(0, 17)}…` : own.label
      return { data: { id: String(at), label, colour: colour(kinds[own.kind]!), shape: shapes[own.kind]!, size: at === node ? 26 : 14 } }
    })
    const edges = shown.filter((near) => drawn.includes(near.node)).map((near, at) => ({
      data: { id: `e${at}`, source: String(near.out ? node : near.node), target: String(near.out ? near.node : node) },
    }))
    const view = cytoscape({
      container: box.current,
      elements: [...nodes, ...edges],
      layout: { name: "concentric", concentric: (one: { id: () => string }) => (one.id() === String(node) ? 2 : 1), levelWidth: () => 1, minNodeSpacing: 8, animate: false } as cytoscape.LayoutOptions,
      style: [
        { selector: "node", style: { label: "data(label)", "background-color": "data(colour)", shape: "data(shape)" as "ellipse", width: "data(size)", height: "data(size)", "font-size": 9, color: ink, "text-wrap": "wrap", "text-max-width": "90px", "text-valign": "bottom" } },
        { selector: "edge", style: { width: 1, "line-color": colour("--hb-line"), "target-arrow-color": colour("--hb-quiet"), "target-arrow-shape": "triangle", "arrow-scale": 0.6, "curve-style": "bezier" } },
      ],
      userZoomingEnabled: true,
      maxZoom: 3,
      minZoom: 0.3,
    })
    view.on("tap", "node", (event) => {
      const at = Number(event.target.id())
      if (at !== node) onGo(at)
    })
    // The box has its final size only when the page has laid it out.
    const frame = requestAnimationFrame(() => {
      view.resize()
      view.fit(undefined, 16)
    })
    return () => {
      cancelAnimationFrame(frame)
      view.destroy()
    }
  }, [node, shown.length, drawn.length])
  return (
    <figure class="hb-network-drawing">
      <div ref={box} data-hb="drawing" role="img" aria-label={say("drawing")} />
      {ends.length > drawn.length && <figcaption>{say("more", { count: ends.length - drawn.length })}</figcaption>}
    </figure>
  )
}

const root = document.querySelector<HTMLElement>('[data-hb="network"]')
if (root) {
  readWords("hb-network-words")
  render(<p role="status">{say("opening")}</p>, root)
  loadGraph().then(
    (graph) => {
      render(<App graph={graph} />, root)
      document.documentElement.dataset["networkState"] = "ready"
    },
    () => render(<p class="hb-note" role="alert">{say("failed")}</p>, root),
  )
}
