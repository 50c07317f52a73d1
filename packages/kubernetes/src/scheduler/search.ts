/**
 * Which nodes are looked at, and in what order, by a scheduler that does not look at all of them.
 *
 * Source: Kubernetes documentation, "Scheduler Performance Tuning" (percentageOfNodesToScore, how
 * the scheduler iterates over Nodes).
 */
import type { Node } from '../words/node.js'

/** Below so many nodes all are looked at, and never are fewer feasible ones looked for. */
const feasibleMin = 100

/**
 * How many feasible nodes are enough among so many. A percentage of 0 is one that falls with the
 * size of the cluster: 50, less 1 for each 125 nodes, and 5 at least.
 */
export const feasibleWanted = (nodes: number, percentage: number): number => {
  if (nodes < feasibleMin) return nodes
  const adaptive = Math.max(5, 50 - Math.trunc(nodes / 125))
  const share = percentage === 0 ? adaptive : percentage
  return Math.max(feasibleMin, Math.trunc((nodes * share) / 100))
}

/**
 * The nodes that are looked at until `most` are feasible and one more is met, which is left for the
 * next pod to start from. So does upstream with a parallelism of 1; with more, it is a matter of
 * chance how much further it looks.
 */
export const looked = <Item>(
  items: readonly Item[],
  most: number,
  isFeasible: (item: Item) => boolean,
): readonly Item[] => {
  let feasible = 0
  const end = items.findIndex((item) => isFeasible(item) && ++feasible > most)
  return end < 0 ? items : items.slice(0, end)
}

/** One node of each zone in turn; zones, and the nodes in each, in the order in which they came. */
export const byZones = (nodes: readonly Node[]): readonly string[] => {
  const zones = new Map<string, string[]>()
  for (const { metadata } of nodes) {
    const zone = zoneOf(metadata)
    const there = zones.get(zone)
    if (there === undefined) zones.set(zone, [metadata.name])
    else there.push(metadata.name)
  }
  const longest = Math.max(0, ...[...zones.values()].map(({ length }) => length))
  return Array.from({ length: longest }, (_, turn) =>
    [...zones.values()].flatMap((names) => names.slice(turn, turn + 1)),
  ).flat()
}

/** A zone is one of a region. The older labels are heeded first. */
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
 * The root of a binary heap made of the items: a highest one, but among equals neither the first
 * nor a random one. Upstream takes its node so.
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
