/**
 * Defines the types and codecs of the lines of Karpenter files: (1) a scenario, which has
 * NodePools, instance types with offerings, nodes and pods; (2) its answer, which has the
 * NodeClaims that Karpenter creates for pending pods, and the commands of its consolidation.
 */
import {
  closedRecord,
  codecOf,
  dictionary,
  flag,
  list,
  nonEmptyText,
  omittable,
  oneOf,
  text,
  withDefault,
  listOrEmpty,
  type Codec,
} from '@stowage/documents'
import { karpenterRules } from './rules.js'
import type { Instant } from '@stowage/kernel'
import { amount, jsonValue, texts } from '../cases/field.js'

const { Amounts, KarpenterPod, NodePool, Taint } = karpenterRules

const price: Codec<number> = codecOf('a price, 0 or more', (value) =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined,
)

const name = nonEmptyText('a name')

/** What a codec of Karpenter's words reads. */
type Word<Name extends keyof typeof karpenterRules> =
  (typeof karpenterRules)[Name] extends Codec<infer Value> ? Value : never

interface OfferingLine {
  readonly zone: string
  readonly capacityType: 'on-demand' | 'spot'
  readonly price: number
  readonly available: boolean | undefined
}
const OfferingLine: Codec<OfferingLine> = closedRecord<OfferingLine>('an offering', {
  ...{ zone: name, capacityType: oneOf(['on-demand', 'spot'] as const) },
  ...{ price, available: omittable(flag) },
})

interface TypeLine {
  readonly name: string
  readonly capacity: Word<'Amounts'>
  readonly overhead: Word<'Amounts'>
  readonly labels: ReadonlyMap<string, readonly string[]>
  readonly offerings: readonly OfferingLine[]
  readonly volumeLimits: ReadonlyMap<string, number>
  /** All pools launch it where the list is empty. */
  readonly nodePools: readonly string[]
}
const TypeLine: Codec<TypeLine> = closedRecord<TypeLine>('an instance type', {
  ...{ name, capacity: Amounts, overhead: Amounts },
  labels: dictionary(texts),
  offerings: list('a list of offerings', OfferingLine),
  volumeLimits: dictionary(amount),
  nodePools: listOrEmpty(text),
})

/** A node that runs. */
interface NodeLine {
  readonly name: string
  readonly nodePool: string | undefined
  readonly instanceType: string
  readonly zone: string
  readonly capacityType: string
  readonly labels: ReadonlyMap<string, string>
  readonly taints: readonly Word<'Taint'>[]
  readonly uninitialized: boolean | undefined
  /** Plays no part in consolidation, as the age of the node. */
  readonly expireAfter: string | undefined
  readonly created: Instant | undefined
}
const NodeLine: Codec<NodeLine> = closedRecord<NodeLine>('a node', {
  ...{ name, nodePool: omittable(text), instanceType: name, zone: text, capacityType: text },
  ...{ labels: dictionary(text), taints: listOrEmpty(Taint), uninitialized: omittable(flag) },
  ...{ expireAfter: omittable(text), created: omittable(karpenterRules.Moment) },
})

interface SettingsLine {
  readonly preferencePolicy: 'Respect' | 'Ignore'
  readonly minValuesPolicy: 'Strict' | 'BestEffort'
  readonly spotToSpotConsolidation: boolean
  /** One answers as many do, only later. */
  readonly workers: number | undefined
}
const preferencePolicies: Codec<SettingsLine['preferencePolicy']> = oneOf(['Respect', 'Ignore'])
const minValuesPolicies: Codec<SettingsLine['minValuesPolicy']> = oneOf(['Strict', 'BestEffort'])
const SettingsLine: Codec<SettingsLine> = closedRecord<SettingsLine>('settings', {
  preferencePolicy: withDefault(preferencePolicies, 'Respect'),
  minValuesPolicy: withDefault(minValuesPolicies, 'Strict'),
  spotToSpotConsolidation: withDefault(flag, false),
  workers: omittable(amount),
})

/** A scenario. */
export interface KarpenterScenario {
  readonly id: string
  readonly now: Instant | undefined
  readonly settings: SettingsLine
  readonly instanceTypes: readonly TypeLine[]
  readonly nodePools: readonly Word<'NodePool'>[]
  readonly nodes: readonly NodeLine[]
  readonly pods: readonly Word<'KarpenterPod'>[]
  readonly daemonSets: readonly Word<'DaemonSet'>[]
  readonly podDisruptionBudgets: readonly Word<'PodDisruptionBudget'>[]
  readonly objects: readonly unknown[]
}
export const KarpenterScenario: Codec<KarpenterScenario> = closedRecord<KarpenterScenario>(
  'a scenario',
  {
    ...{ id: text, now: omittable(karpenterRules.Moment) },
    settings: withDefault(SettingsLine, {
      ...{ preferencePolicy: 'Respect', minValuesPolicy: 'Strict' },
      ...{ spotToSpotConsolidation: false, workers: undefined },
    }),
    instanceTypes: list('a list of instance types', TypeLine),
    nodePools: list('a list of NodePools', NodePool),
    nodes: listOrEmpty(NodeLine),
    pods: list('a list of pods', KarpenterPod),
    daemonSets: listOrEmpty(karpenterRules.DaemonSet),
    podDisruptionBudgets: listOrEmpty(karpenterRules.PodDisruptionBudget),
    objects: listOrEmpty(jsonValue),
  },
)

/** A node to launch. */
export interface ClaimAnswer {
  readonly nodePool: string
  readonly pods: readonly string[]
  /** The cheapest first; of equal prices by name. */
  readonly instanceTypes: readonly string[]
  /** The cheapest offering, as type, zone and capacity type; empty where there is none. */
  readonly launch: string
  readonly price: number
  readonly requirements: readonly string[]
  readonly requests: Readonly<Record<string, string>>
}

/** What a method of consolidation would do. */
export interface CommandAnswer {
  readonly decision: string
  readonly nodes: readonly string[]
  readonly replacements?: readonly ClaimAnswer[]
}

/** The answer to a scenario. */
export interface KarpenterAnswer {
  readonly id: string
  readonly nodeClaims: readonly ClaimAnswer[]
  /** By node, the pods that it takes. */
  readonly existing?: Readonly<Record<string, readonly string[]>>
  readonly errors?: Readonly<Record<string, string>>
  /** Pods that wait and are not tried at all. */
  readonly ignored?: readonly string[]
  readonly nodes: number
  readonly cost: number
  readonly disruption?: Readonly<Record<string, readonly CommandAnswer[]>>
  readonly error?: string
}
