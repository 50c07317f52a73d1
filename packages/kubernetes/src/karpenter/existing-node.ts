/**
 * Checks whether an existing node takes a pod, and adds pods to it. Adding a pod updates the node's
 * free resources, host ports, volumes and labels, and the topology counts.
 */
import type { Taint } from '../words/taint.js'
import { toleratesAll } from './domains.js'
import { occupyPorts, portsConflict, type HostPortUse } from './host-ports.js'
import { measuresFit, subtractMeasures, type Measures } from '../node-pool/measure.js'
import type { PodNeeds } from './pod-needs.js'
import { requireIn } from '../node-pool/requirement.js'
import {
  addRequirements,
  areCompatible,
  labelRequirements,
  noRequirements,
  noUndefinedKeys,
  type Requirements,
} from '../node-pool/requirements.js'
import type { NodeState } from './state.js'
import { exceededDriver, uniteVolumes, type AttachedVolumes } from './storage.js'
import { narrowPlace, recordPod, type Topology } from './topology.js'
import { hostKey } from '../node-pool/well-known.js'
import type { KarpenterPod } from '../node-pool/words.js'

/** A node with what is left of it. */
export interface ExistingNode {
  readonly node: NodeState
  /** Without those that go once the node is ready. */
  readonly taints: readonly Taint[]
  readonly requirements: Requirements
  /** Without what its daemons will take. */
  readonly left: Measures
  readonly ports: HostPortUse
  readonly volumes: AttachedVolumes
  readonly volumeLimits: ReadonlyMap<string, number>
  /** Whether it takes no pod of a node that is to go, as it has changed lately. */
  readonly isUnsettled: boolean
  /** Pods that were placed on it. */
  readonly pods: readonly KarpenterPod[]
}

/** The name of a node as its label says it. */
export const hostOfNode = ({ labels, name }: NodeState): string => {
  const host = labels.get(hostKey) ?? ''
  return host === '' ? name : host
}

/** What a node requires of pods: its labels. */
export const nodeRequirements = (node: NodeState): Requirements =>
  addRequirements(labelRequirements(node.labels), [requireIn(hostKey, [hostOfNode(node)])])

/** The requirements of a node once it has one more pod; `undefined` when it does not take it. */
export const tryNode = (
  existing: ExistingNode,
  { pod, requests, requirements, strict, volumes, alternatives }: PodNeeds,
  topology: Topology,
): Requirements | undefined => {
  const { taints, left, ports, volumeLimits } = existing
  if (!toleratesAll(pod.spec.tolerations, taints)) return undefined
  const attached = uniteVolumes(existing.volumes, volumes)
  if (exceededDriver(attached, volumeLimits) !== undefined) return undefined
  if (portsConflict(ports, pod) || !measuresFit(requests, left)) return undefined
  if (!areCompatible(existing.requirements, requirements, noUndefinedKeys)) return undefined
  const base = addRequirements(existing.requirements, requirements.values())
  for (const alternative of alternatives.length === 0 ? [noRequirements] : alternatives) {
    if (!areCompatible(base, alternative, noUndefinedKeys)) continue
    const here = addRequirements(base, alternative.values())
    const narrow = narrowPlace(topology, pod, strict, { taints, requirements: here })
    if (typeof narrow !== 'function' && areCompatible(here, narrow, noUndefinedKeys))
      return addRequirements(here, narrow.values())
  }
  return undefined
}

/** The node with the pod, which counts in the topology from now on. */
export const addToNode = (
  existing: ExistingNode,
  { pod, requests, volumes }: PodNeeds,
  requirements: Requirements,
  topology: Topology,
): ExistingNode => {
  recordPod(topology, pod, { taints: existing.taints, requirements })
  return {
    ...{ ...existing, requirements, pods: [...existing.pods, pod] },
    left: subtractMeasures(existing.left, requests),
    ports: occupyPorts(existing.ports, pod),
    volumes: uniteVolumes(existing.volumes, volumes),
  }
}
