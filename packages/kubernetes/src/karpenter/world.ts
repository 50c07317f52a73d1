/**
 * Defines the types of the input of Karpenter's provisioning and consolidation: NodePools with
 * instance types, nodes, pods, daemons, budgets and storage. Also selects the pending pods for
 * which a node may be launched.
 */
import type { Instant } from '@stowage/kernel'
import type { PodDisruptionBudget } from '../words/preemption.js'
import type { InstanceType } from '../node-pool/instance-type.js'
import { isFinished, hasNode, isProvisionable } from './pod.js'
import { preferredRequirements } from './pod-requirements.js'
import { setOperatorOf } from '../node-pool/requirement.js'
import type { NodeState } from './state.js'
import { hasUsableClaims, type KarpenterStorage } from './storage.js'
import type { NamespaceLabels } from './topology-rules.js'
import { isRestrictedLabel, normalLabels, nodePoolKey } from '../node-pool/well-known.js'
import type { KarpenterPod, NodePool } from '../node-pool/words.js'
import { isLabelKey, isLabelValue } from '../words/label.js'
import type { NodeSelectorRequirement } from '../words/node-selector.js'

/** Flags of Karpenter. */
export interface KarpenterOptions {
  readonly preferencePolicy: 'Respect' | 'Ignore'
  readonly minValuesPolicy: 'Strict' | 'BestEffort'
  readonly spotToSpotConsolidation: boolean
}

/** A cluster with its NodePools. Pods have a uid each. */
export interface KarpenterWorld {
  readonly now: Instant
  readonly options: KarpenterOptions
  readonly pools: readonly NodePool[]
  /** By pool, what it may launch. */
  readonly typesOf: ReadonlyMap<string, readonly InstanceType[]>
  readonly nodes: readonly NodeState[]
  readonly pods: readonly KarpenterPod[]
  /** A pod of each DaemonSet. */
  readonly daemons: readonly KarpenterPod[]
  readonly budgets: readonly PodDisruptionBudget[]
  readonly storage: KarpenterStorage
  readonly namespaces: NamespaceLabels
  /** Labels that the cloud provider knows of its types, beside those of Karpenter itself. */
  readonly providerLabels?: readonly string[]
}

/** The pods that wait for a node and that a node may be launched for. */
export const pendingPods = ({ pods, storage }: KarpenterWorld): readonly KarpenterPod[] =>
  pods.filter(
    (pod) =>
      isProvisionable(pod) &&
      mayHavePool(pod) &&
      hasValidSelectors(pod) &&
      hasUsableClaims(pod, storage),
  )

/** The pods that run on a node, or have not yet left it. */
export const podsOnNode = ({ pods }: KarpenterWorld, name: string): readonly KarpenterPod[] =>
  pods.filter((pod) => hasNode(pod) && pod.spec.nodeName === name)

/** Those of them that take room. */
export const podsHolding = (world: KarpenterWorld, name: string): readonly KarpenterPod[] =>
  podsOnNode(world, name).filter((pod) => !isFinished(pod))

/** A pod that wants no node of any pool is none to provision for. */
const mayHavePool = ({ spec }: KarpenterPod): boolean => {
  const onPool = preferredRequirements(spec).get(nodePoolKey)
  return onPool === undefined || setOperatorOf(onPool) !== 'DoesNotExist'
}

const hasValidSelectors = ({ spec }: KarpenterPod): boolean => {
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  const terms = required?.nodeSelectorTerms ?? []
  const selected = [...spec.nodeSelector].map(([key, value]) => ({
    ...{ key, operator: 'In', values: [value] },
  }))
  return (
    terms.every(({ matchFields }) => matchFields.length === 0) &&
    [...selected, ...terms.flatMap(({ matchExpressions }) => matchExpressions)].every(
      isValidRequirement,
    )
  )
}

const knownOperators = ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt', 'Gte', 'Lte']
const numeric = ['Gt', 'Lt', 'Gte', 'Lte']

/** The values that a label of Karpenter can have, where it has no others. */
const knownValues: ReadonlyMap<string, readonly string[]> = new Map([
  ['karpenter.sh/capacity-type', ['on-demand', 'spot', 'reserved']],
])

/** Whether a requirement can be met by a node that Karpenter launches. */
const isValidRequirement = ({
  key: written,
  operator,
  values,
}: NodeSelectorRequirement): boolean => {
  const key = normalLabels.get(written) ?? written
  const known = knownValues.get(key)
  return (
    knownOperators.includes(operator) &&
    !isRestrictedLabel(key) &&
    isLabelKey(key) &&
    values.every(isLabelValue) &&
    (operator !== 'In' ||
      (values.length > 0 &&
        (known === undefined || values.some((value) => known.includes(value))))) &&
    (!numeric.includes(operator) || (values.length === 1 && /^\+?\d+$/.test(values[0]!)))
  )
}
