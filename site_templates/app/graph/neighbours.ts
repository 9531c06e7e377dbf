// The graph as it was packed, and what lies around a node of it.
import { script, unpack } from "../parts/catalogue.ts"
import { tongue } from "../parts/words.ts"

declare const handbookGraph: { text: string }

interface Packed {
  kinds: string[]
  records: string[]
  origins: string[]
  nodes: [id: string, kind: number, zh: string, en: string, path: string, anchor: string][]
  edges: number[]
}

export interface Node {
  id: string
  kind: number
  label: string
  text: string // what it is found by
  path: string
  anchor: string
}

export interface Near {
  node: number
  kind: number
  origin: number
  score: number // hundredths
  out: boolean
}

export interface Graph {
  kinds: string[]
  records: string[]
  origins: string[]
  nodes: Node[]
  places: Map<string, number>
  edges: Int32Array
}

export async function loadGraph(): Promise<Graph> {
  await script("graph/data.js")
  const { nodes, edges, ...names } = await unpack<Packed>(handbookGraph.text)
  return {
    ...names,
    nodes: nodes.map(([id, kind, zh, en, path, anchor]) => ({ id, kind, label: tongue === "zh" ? zh : en, text: `${id} ${zh} ${en}`.toLowerCase(), path, anchor })),
    places: new Map(nodes.map(([id], place) => [id, place])),
    edges: Int32Array.from(edges),
  }
}

/** The edges of a node, outgoing first, by kind; the likeliest first within a kind. */
export function neighbours(graph: Graph, node: number): Near[] {
  const found: Near[] = []
  const { edges } = graph
  for (let at = 0; at < edges.length; at += 5) {
    const [start, end] = [edges[at]!, edges[at + 1]!]
    if (start !== node && end !== node) continue
    found.push({ node: start === node ? end : start, kind: edges[at + 2]!, origin: edges[at + 3]!, score: edges[at + 4]!, out: start === node })
  }
  return found.sort((one, other) => one.kind - other.kind || Number(other.out) - Number(one.out) || other.score - one.score || one.node - other.node)
}
