/**
 * Determines whether two node groups are similar. The Cluster Autoscaler splits new nodes over
 * similar groups. By default their nodes must have
 * 1. equal capacity (for memory, nearly equal capacity);
 * 2. nearly equal allocatable and free resources;
 * 3. equal labels, apart from a list of ignored labels.
 */
import { podRequests } from '../demand/requests.js'
import type { Amounts } from '../words/amounts.js'
import { milliOf, zero, type Quantity } from '../words/quantity.js'
import type { OccupiedNode } from './words.js'

/** By how much amounts may differ, as a part of the larger one. */
export interface SimilarityRatios {
  readonly allocatable: number
  readonly free: number
  readonly capacityMemory: number
}

/** How groups are compared: by what nodes have, or by some labels alone. */
export interface SimilarityOptions {
  readonly comparator: 'generic' | 'aws' | 'gce' | 'azure' | 'labels'
  readonly ratios: SimilarityRatios
  /** LabelMap that may differ beside those of the comparator. */
  readonly ignoredLabels: readonly string[]
  /** The labels of the comparator `labels`. */
  readonly balancingLabels: readonly string[]
}

/** Whether nodes like these two may share new nodes. */
export const areSimilar = (
  one: OccupiedNode,
  other: OccupiedNode,
  options: SimilarityOptions,
): boolean => {
  const { comparator, balancingLabels, ratios } = options
  const [labels, otherLabels] = [one.node.metadata.labels, other.node.metadata.labels]
  if (comparator === 'labels')
    return balancingLabels.every(
      (key) => labels.has(key) && labels.get(key) === otherLabels.get(key),
    )
  if (comparator === 'azure' && isOfSamePool(labels, otherLabels)) return true
  const ignored = new Set([
    ...basicLabels,
    ...(labelsOfProvider[comparator] ?? []),
    ...options.ignoredLabels,
  ])
  return (
    haveSameCapacity(one, other, ratios.capacityMemory) &&
    areNear(
      quantities(one.node.status?.allocatable),
      quantities(other.node.status?.allocatable),
      ratios.allocatable,
    ) &&
    areNear(freeOf(one), freeOf(other), ratios.free) &&
    haveSameLabels(labels, otherLabels, ignored)
  )
}

type LabelMap = ReadonlyMap<string, string>
type Quantities = ReadonlyMap<string, Quantity>

const basicLabels = [
  'kubernetes.io/hostname',
  'failure-domain.beta.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region',
  'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region',
  'beta.kubernetes.io/fluentd-ds-ready',
  'kops.k8s.io/instancegroup',
]

const labelsOfProvider: Readonly<Record<string, readonly string[]>> = {
  aws: [
    'alpha.eksctl.io/instance-id',
    'alpha.eksctl.io/nodegroup-name',
    'eks.amazonaws.com/nodegroup',
    'k8s.amazonaws.com/eniConfig',
    'lifecycle',
    'topology.ebs.csi.aws.com/zone',
  ],
  gce: ['topology.gke.io/zone'],
  azure: [
    'agentpool',
    'kubernetes.azure.com/agentpool',
    'storageprofile',
    'storagetier',
    'topology.disk.csi.azure.com/zone',
  ],
}

const isOfSamePool = (labels: LabelMap, others: LabelMap): boolean =>
  ['agentpool', 'kubernetes.azure.com/agentpool'].some((key) => {
    const pool = labels.get(key)
    return pool !== undefined && pool !== '' && pool === others.get(key)
  })

const quantities = (amounts: Amounts | undefined): Quantities =>
  new Map([...(amounts ?? [])].map(([resource, { quantity }]) => [resource, quantity]))

const haveSameCapacity = (one: OccupiedNode, other: OccupiedNode, ratio: number): boolean => {
  const [own, others] = [one, other].map(({ node }) => quantities(node.status?.capacity)) as [
    Quantities,
    Quantities,
  ]
  return everyPair(own, others, (resource, a, b) =>
    resource === 'memory' ? isNear(a, b, ratio) : a === b,
  )
}

const areNear = (one: Quantities, other: Quantities, ratio: number): boolean =>
  everyPair(one, other, (_, a, b) => isNear(a, b, ratio))

const isNear = (a: Quantity, b: Quantity, ratio: number): boolean => {
  const [small, large] = [milliOf(a), milliOf(b)].sort((x, y) => x - y) as [number, number]
  return large - small <= large * ratio
}

/** Both have the same resources, and of each the pair holds. */
const everyPair = (
  one: Quantities,
  other: Quantities,
  holds: (resource: string, a: Quantity, b: Quantity) => boolean,
): boolean =>
  [...new Set([...one.keys(), ...other.keys()])].every((resource) => {
    const [a, b] = [one.get(resource), other.get(resource)]
    return a !== undefined && b !== undefined && holds(resource, a, b)
  })

/** What the pods leave of each resource that any of them requests, and of the common ones. */
const freeOf = ({ node, pods }: OccupiedNode): Quantities => {
  const requests = pods.map(({ spec }) => podRequests(spec))
  const names = new Set([
    ...['cpu', 'memory', 'pods', 'ephemeral-storage'],
    ...requests.flatMap((one) => [...one.keys()]),
  ])
  return new Map(
    [...names].map((resource) => {
      const has: bigint = node.status?.allocatable.get(resource)?.quantity ?? zero
      const used = requests.reduce<bigint>((sum, one) => sum + (one.get(resource) ?? zero), 0n)
      return [resource, (has - used) as Quantity]
    }),
  )
}

const haveSameLabels = (one: LabelMap, other: LabelMap, ignored: ReadonlySet<string>): boolean =>
  [...new Set([...one.keys(), ...other.keys()])].every(
    (key) => ignored.has(key) || one.get(key) === other.get(key),
  )
