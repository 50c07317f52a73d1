/**
 * Builds NodeClaims, each a node to launch with the pods on it. A NodeClaim keeps all instance
 * types that can hold its pods, fewer with each pod that is added.
 */
import type { Taint } from '../words/taint.js'
import { toleratesAll } from './domains.js'
import { occupyPorts } from './host-ports.js'
import type { InstanceType } from '../node-pool/instance-type.js'
import { addMeasures, noMeasures, smallestMeasures, type Measures } from '../node-pool/measure.js'
import type { PodNeeds } from './pod-needs.js'
import { requireIn } from '../node-pool/requirement.js'
import {
  addRequirements,
  areCompatible,
  incompatibility,
  noRequirements,
  type Requirements,
  type UndefinedKeys,
} from '../node-pool/requirements.js'
import { exceededDriver, uniteVolumes, type AttachedVolumes } from './storage.js'
import type { PlaceRefusal } from './refusal.js'
import { untoleratedText } from './taint-text.js'
import type { NodeClaimTemplate } from './template.js'
import { addHost, narrowPlace, recordPod, type Topology } from './topology.js'
import { filterTypes, type DaemonGroup } from './type-filter.js'
import { hostKey } from '../node-pool/well-known.js'
import type { KarpenterPod } from '../node-pool/words.js'

/** A node to launch. */
export interface NodeClaim {
  readonly pool: string
  readonly taints: readonly Taint[]
  readonly host: string
  readonly pods: readonly KarpenterPod[]
  readonly types: readonly InstanceType[]
  readonly requirements: Requirements
  /** Labels that pods may ask for though the claim does not name them. */
  readonly knownLabels: UndefinedKeys
  readonly requests: Measures
  readonly volumes: AttachedVolumes
  readonly daemons: readonly DaemonGroup[]
}

/** A claim without pods, of those types of its template that the limits of the pool leave. */
export const openClaim = (
  { pool, taints, requirements, knownLabels }: NodeClaimTemplate,
  types: readonly InstanceType[],
  daemons: readonly DaemonGroup[],
  host: string,
): NodeClaim => ({
  ...{ pool, taints, host, types, daemons, pods: [], requests: noMeasures, volumes: new Map() },
  knownLabels,
  requirements: addRequirements(requirements, [requireIn(hostKey, [host])]),
})

/** What a claim becomes with one more pod. */
export type ClaimChange = Pick<NodeClaim, 'types' | 'requirements'>

/** The change that a pod makes of a claim, or why the claim does not take it. */
export const tryClaim = (
  claim: NodeClaim,
  needs: PodNeeds,
  topology: Topology,
  relaxesMinValues: boolean,
): ClaimChange | PlaceRefusal => {
  const { pod } = needs
  if (!toleratesAll(pod.spec.tolerations, claim.taints))
    return () => untoleratedText(pod.spec.tolerations, claim.taints)
  const volumes = uniteVolumes(claim.volumes, needs.volumes)
  const types =
    needs.volumes.size === 0
      ? claim.types
      : claim.types.filter(
          ({ volumeLimits }) => exceededDriver(volumes, volumeLimits) === undefined,
        )
  if (types.length === 0) return () => volumeRefusal(claim.types, volumes)
  if (!areCompatible(claim.requirements, needs.requirements, claim.knownLabels)) {
    const { requirements, knownLabels } = claim
    return () =>
      `incompatible requirements, ${incompatibility(requirements, needs.requirements, knownLabels)}`
  }
  const base = addRequirements(claim.requirements, needs.requirements.values())
  const alternatives = needs.alternatives.length === 0 ? [noRequirements] : needs.alternatives
  let refusal: PlaceRefusal = () => ''
  for (const alternative of alternatives) {
    const change = tryAlternative({ ...claim, types, requirements: base }, alternative, {
      ...{ needs, topology, relaxesMinValues },
    })
    if (typeof change !== 'function') return change
    refusal = change
  }
  return refusal
}

interface Trial {
  readonly needs: PodNeeds
  readonly topology: Topology
  readonly relaxesMinValues: boolean
}

const tryAlternative = (
  claim: NodeClaim,
  alternative: Requirements,
  { needs, topology, relaxesMinValues }: Trial,
): ClaimChange | PlaceRefusal => {
  const { pod } = needs
  if (!areCompatible(claim.requirements, alternative, claim.knownLabels)) {
    const { requirements, knownLabels } = claim
    return () =>
      `incompatible volume requirements, ${incompatibility(requirements, alternative, knownLabels)}`
  }
  const here = addRequirements(claim.requirements, alternative.values())
  const narrow = narrowPlace(topology, pod, needs.strict, {
    taints: claim.taints,
    requirements: here,
  })
  if (typeof narrow === 'function') return narrow
  if (!areCompatible(here, narrow, claim.knownLabels))
    return () => incompatibility(here, narrow, claim.knownLabels)!
  const requirements = addRequirements(here, narrow.values())
  const filtered = filterTypes(claim.types, claim.daemons, {
    ...{ requirements, pod, relaxesMinValues, podRequests: needs.requests },
    requests: addMeasures(claim.requests, needs.requests),
  })
  if (typeof filtered === 'function') return filtered
  const relaxed = [...filtered.short].map(
    ([key, minValues]) => [key, { ...requirements.get(key)!, minValues }] as const,
  )
  return { types: filtered.types, requirements: new Map([...requirements, ...relaxed]) }
}

/** The claim with the pod, which counts in the topology from now on. */
export const addToClaim = (
  claim: NodeClaim,
  needs: PodNeeds,
  change: ClaimChange,
  topology: Topology,
): NodeClaim => {
  const { pod } = needs
  addHost(topology, claim.host)
  recordPod(topology, pod, { taints: claim.taints, requirements: change.requirements })
  return {
    ...{ ...claim, ...change, pods: [...claim.pods, pod] },
    requests: addMeasures(claim.requests, needs.requests),
    volumes: uniteVolumes(claim.volumes, needs.volumes),
    daemons: claim.daemons.map((group) => ({ ...group, ports: occupyPorts(group.ports, pod) })),
  }
}

/** The claim as it is launched: it has no name yet, and requests for its daemons too. */
export const finishClaim = (claim: NodeClaim): NodeClaim => {
  const left = new Set(claim.types)
  const overheads = claim.daemons
    .filter(({ types }) => types.some((type) => left.has(type)))
    .map(({ overhead }) => overhead)
  const requirements = new Map(claim.requirements)
  requirements.delete(hostKey)
  const least = overheads.length === 0 ? noMeasures : leastOverhead(overheads)
  return { ...claim, requirements, requests: addMeasures(claim.requests, least) }
}

/** An overhead of nothing gives way to the next one, whichever comes first. */
const leastOverhead = (overheads: readonly Measures[]): Measures =>
  overheads.reduce((least, one) => (least.size === 0 ? one : smallestMeasures([least, one])))

const volumeRefusal = (types: readonly InstanceType[], volumes: AttachedVolumes): string => {
  const text = 'would exceed volume limit for all instance type options'
  for (const [driver, { size }] of volumes) {
    const limits = types.map(({ volumeLimits }) => volumeLimits.get(driver))
    if (limits.every((limit) => limit !== undefined && size > limit)) {
      const most = limits.reduce<number>((largest, limit) => Math.max(largest, limit!), -1)
      return `${text} (provisioner=${driver}, volume-count=${size}, volume-limit=${most})`
    }
  }
  return text
}
