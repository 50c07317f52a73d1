/**
 * Implements the expander filter `price`: keeps the options with the lowest score. The score is the
 * price of the new nodes, divided by the price of what their pods request, and multiplied by
 * 1. a penalty for nodes of an unusual size for a cluster of this size;
 * 2. a factor of 2 for a node group that does not exist yet.
 */
import { plain } from '../demand/requests.js'
import type { Node } from '../words/node.js'
import { milliOf, wholeOf, zero } from '../words/quantity.js'
import type { ExpanderWorld, ExpansionOption, Prices } from './expansion.js'
import type { AutoscaledPod } from './words.js'

/** All options without prices; an option whose node has none is dropped. */
export const lowestPrice = (
  options: readonly ExpansionOption[],
  world: ExpanderWorld,
): readonly ExpansionOption[] => {
  const { prices } = world
  if (prices === undefined) return options
  const scores = options.map((option) => priceScore(option, prices, world))
  const least = scores.reduce<number>((min, score) => Math.min(min, score ?? Infinity), Infinity)
  return options.filter((_, i) => scores[i] === least)
}

const notExistingFactor = 2
const gpuUnfitness = 1000
const dampingNodes = 15

/**
 * The penalty shrinks with the number of new nodes; for a node with GPUs it is a large constant.
 */
const priceScore = (
  { nodeGroup, nodes, pods }: ExpansionOption,
  prices: Prices,
  { nodeOf, existing }: ExpanderWorld,
): number | undefined => {
  const node = nodeOf.get(nodeGroup)
  const price = prices.nodePerHour.get(node?.metadata.name ?? '')
  if (node === undefined || price === undefined) return undefined
  let worth = 0
  for (const { pod, count } of pods)
    for (let i = 0; i < count; i++) worth += priceOfPod(pod, prices)
  const steadying = priceOf(0.5, 500 / 1024, prices)
  const unfitness = hasGpu(node, prices)
    ? gpuUnfitness
    : (unfitnessOf(node, prices) - 1) * (1 - tanh((nodes - 1) / dampingNodes)) + 1
  const score = unfitness * ((price * nodes + steadying) / (worth + steadying))
  return existing.has(nodeGroup) ? score : score * notExistingFactor
}

/** By its continued fraction, as that of the runtime is not the same everywhere. */
const tanh = (x: number): number => {
  if (x > 20) return 1
  let rest = 0
  for (let odd = 99; odd > 0; odd -= 2) rest = (x * x) / (odd + rest)
  return x === 0 ? 0 : rest / x
}

const gib = 1024 * 1024 * 1024

const priceOf = (cpu: number, memoryGib: number, { cpuPerHour, gibPerHour }: Prices): number =>
  cpu * cpuPerHour + memoryGib * gibPerHour

/** Of the containers alone: init containers and overhead are free. */
const priceOfPod = ({ spec }: AutoscaledPod, prices: Prices): number =>
  spec.containers.reduce((sum, { resources }) => {
    const requests = plain(resources.requests)
    const cpu = milliOf(requests.get('cpu') ?? zero) / 1000
    return sum + priceOf(cpu, wholeOf(requests.get('memory') ?? zero) / gib, prices)
  }, 0)

/** CPUs of the preferred node, by the largest cluster that prefers it. */
const preferredCpus: readonly (readonly [nodes: number, cpus: number])[] = [
  [2, 1],
  [6, 2],
  [20, 4],
  [60, 8],
  [200, 16],
  [Infinity, 32],
]

const unfitnessOf = (node: Node, { clusterNodes }: Prices): number => {
  const preferred = preferredCpus.find(([nodes]) => clusterNodes <= nodes)![1] * 1000
  const own = milliOf(node.status?.capacity.get('cpu')?.quantity ?? zero)
  return Math.max(preferred / own, own / preferred)
}

const hasGpu = (node: Node, { gpuLabel }: Prices): boolean =>
  node.metadata.labels.has(gpuLabel) ||
  (node.status?.allocatable.get('nvidia.com/gpu')?.quantity ?? zero) !== zero
