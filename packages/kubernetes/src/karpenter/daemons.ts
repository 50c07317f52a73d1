/**
 * Groups the instance types of a NodePool by the DaemonSet pods that would run on a node of each
 * type. Sums the requests and host ports of these pods.
 */
import { occupyPorts, type HostPortUse } from './host-ports.js'
import type { InstanceType } from '../node-pool/instance-type.js'
import { noMeasures, requestedMeasures } from '../node-pool/measure.js'
import { podKey } from './pod.js'
import { strictRequirements } from './pod-requirements.js'
import { tolerateDiscouraging, withoutFirstTerm } from './relaxation.js'
import {
  areCompatible,
  doIntersect,
  labelRequirements,
  noUndefinedKeys,
  type Requirements,
  type UndefinedKeys,
} from '../node-pool/requirements.js'
import type { DaemonGroup } from './type-filter.js'
import type { KarpenterPod } from '../node-pool/words.js'
import type { Taint } from '../words/taint.js'
import { toleratesAll } from './domains.js'

/** A daemon, whose terms shrink as types are looked at. */
export interface Daemon {
  pod: KarpenterPod
}

/** What a node of a template will be. */
interface DaemonPlace {
  readonly taints: readonly Taint[]
  readonly requirements: Requirements
  readonly knownLabels: UndefinedKeys
}

/** The types of a template by their daemons. */
export const daemonGroups = (
  place: DaemonPlace,
  types: readonly InstanceType[],
  daemons: readonly Daemon[],
): readonly DaemonGroup[] => {
  const groups = new Map<string, { types: InstanceType[]; pods: readonly KarpenterPod[] }>()
  for (const type of types) {
    const pods = daemons.filter((daemon) => runsOn(daemon, place, type)).map(({ pod }) => pod)
    const key = pods.map(podKey).sort().join(',')
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { types: [type], pods })
    else group.types.push(type)
  }
  return [...groups.values()].map(({ types: alike, pods }) => ({
    types: alike,
    overhead: pods.length === 0 ? noMeasures : requestedMeasures(pods),
    ports: pods.reduce<HostPortUse>(occupyPorts, new Map()),
  }))
}

/**
 * If a pod has several required node affinity terms, the terms that a type does not meet are
 * dropped for this type and all types after it, as in Karpenter.
 */
const runsOn = (
  daemon: Daemon,
  { taints, requirements, knownLabels }: DaemonPlace,
  type: InstanceType,
): boolean => {
  daemon.pod = { ...daemon.pod, spec: tolerateDiscouraging(daemon.pod.spec) ?? daemon.pod.spec }
  if (!toleratesAll(daemon.pod.spec.tolerations, taints)) return false
  for (;;) {
    const strict = strictRequirements(daemon.pod.spec)
    if (areCompatible(requirements, strict, knownLabels) && doIntersect(type.requirements, strict))
      return true
    const spec = withoutFirstTerm(daemon.pod.spec)
    if (spec === undefined) return false
    daemon.pod = { ...daemon.pod, spec }
  }
}

/** Whether a daemon runs on a node that exists. */
export const runsOnNode = (
  { pod: { spec } }: Daemon,
  labels: ReadonlyMap<string, string>,
  taints: readonly Taint[],
): boolean =>
  toleratesAll(spec.tolerations, taints) &&
  areCompatible(labelRequirements(labels), strictRequirements(spec), noUndefinedKeys)
