/**
 * Computes which nodes kube-scheduler searches for a pod, and which it chooses among equals:
 * 1. the number of feasible nodes that ends the search;
 * 2. the order of the search;
 * 3. the choice among nodes with equal scores.
 *
 * Source: Kubernetes documentation, "Scheduler Performance Tuning" (percentageOfNodesToScore, how
 * the scheduler iterates over Nodes).
 */
import type { Node } from '../words/node.js'

/**
 * A cluster with fewer nodes is searched completely; in a larger one, at least this many feasible
 * nodes are looked for.
 */
const feasibleMin = 100

/**
 * The number of feasible nodes that ends the search among `nodes` nodes. A `percentage` of 0 is
 * adaptive: 50, less 1 for each 125 nodes, but at least 5.
 */
export const enoughFeasible = (nodes: number, percentage: number): number => {
  if (nodes < feasibleMin) return nodes
  const adaptive = Math.max(5, 50 - Math.trunc(nodes / 125))
  const share = percentage === 0 ? adaptive : percentage
  return Math.max(feasibleMin, Math.trunc((nodes * share) / 100))
}

/**
 * The items searched until `most` are feasible. The next feasible item is not included: the search
 * for the next pod starts there. kube-scheduler does the same with a parallelism of 1; with more,
 * how far it searches is random.
 */
export const searchedItems = <Item>(
  items: readonly Item[],
  most: number,
  isFeasible: (item: Item) => boolean,
): readonly Item[] => {
  let feasible = 0
  const end = items.findIndex((item) => isFeasible(item) && ++feasible > most)
  return end < 0 ? items : items.slice(0, end)
}

/**
 * Node names in round robin over the zones. Zones, and the nodes of each zone, keep their order in
 * `nodes`.
 */
export const byZones = (nodes: readonly Node[]): readonly string[] => {
  const zones = new Map<string, string[]>()
  for (const { metadata } of nodes) {
    const zone = zoneOf(metadata)
    const there = zones.get(zone)
    if (there === undefined) zones.set(zone, [metadata.name])
    else there.push(metadata.name)
  }
  const longest = [...zones.values()].reduce((most, { length }) => Math.max(most, length), 0)
  return Array.from({ length: longest }, (_, turn) =>
    [...zones.values()].flatMap((names) => names.slice(turn, turn + 1)),
  ).flat()
}

/** The zone of a node, qualified by its region. The older labels take precedence. */
const zoneOf = ({ labels }: Node['metadata']): string =>
  JSON.stringify(
    ['region', 'zone'].map(
      (part) =>
        labels.get(`failure-domain.beta.kubernetes.io/${part}`) ??
        labels.get(`topology.kubernetes.io/${part}`) ??
        '',
    ),
  )

/**
 * The root of a binary heap built from the items: one with the highest total, but neither the first
 * nor a random one among equals. kube-scheduler chooses its node this way.
 */
export const heapRoot = <Item>(
  items: readonly Item[],
  total: (item: Item) => number,
): Item | undefined => {
  const heap = [...items]
  const isAbove = (one: number, other: number): boolean => total(heap[one]!) > total(heap[other]!)
  const sift = (from: number): void => {
    const left = 2 * from + 1
    if (left >= heap.length) return
    const child = left + 1 < heap.length && isAbove(left + 1, left) ? left + 1 : left
    if (!isAbove(child, from)) return
    ;[heap[from], heap[child]] = [heap[child]!, heap[from]!]
    sift(child)
  }
  for (let i = Math.trunc(heap.length / 2) - 1; i >= 0; i--) sift(i)
  return heap[0]
}
