/**
 * Computes the domains of each topology label: the values of the label that new nodes can have.
 * They are
 * 1. the values of the instance types, as far as the NodePool allows them;
 * 2. the values that a NodePool itself lists.
 *
 * Each domain is stored with the taints of the NodePools that can create nodes in it.
 */
import { tolerates } from '../lower/toleration.js'
import type { Taint, Toleration } from '../words/taint.js'
import type { InstanceType } from '../node-pool/instance-type.js'
import { setOperatorOf } from '../node-pool/requirement.js'
import {
  addRequirements,
  labelRequirements,
  requirementsFrom,
  type Requirements,
} from '../node-pool/requirements.js'
import type { NodePool } from '../node-pool/words.js'

/** By domain, the taints of each pool with nodes there; one without taints stands for all. */
export type PoolDomains = ReadonlyMap<string, readonly (readonly Taint[])[]>

/**
 * The domains by label. A value that a NodePool lists is a domain even if nothing is sold there.
 */
export const poolDomains = (
  pools: readonly NodePool[],
  typesOf: ReadonlyMap<string, readonly InstanceType[]>,
): ReadonlyMap<string, PoolDomains> => {
  const byKey = new Map<string, Map<string, readonly (readonly Taint[])[]>>()
  const insert = (key: string, domains: Iterable<string>, taints: readonly Taint[]): void => {
    const group = byKey.get(key) ?? new Map<string, readonly (readonly Taint[])[]>()
    byKey.set(key, group)
    for (const domain of domains) group.set(domain, addPoolTaints(group.get(domain), taints))
  }
  for (const pool of pools) {
    const types = typesOf.get(pool.metadata.name) ?? []
    const { taints } = pool.spec.template.spec
    const own = templateRequirements(pool)
    for (const type of types)
      for (const [key, { values }] of addRequirements(own, type.requirements.values()))
        insert(key, values, taints)
    if (types.length === 0) continue
    for (const [key, requirement] of own)
      if (setOperatorOf(requirement) === 'In') insert(key, requirement.values, taints)
  }
  return byKey
}

/** What the template of a pool requires, and its labels. */
export const templateRequirements = ({ spec: { template } }: NodePool): Requirements =>
  addRequirements(
    requirementsFrom(template.spec.requirements),
    labelRequirements(template.metadata?.labels ?? new Map()).values(),
  )

const addPoolTaints = (
  before: readonly (readonly Taint[])[] | undefined,
  taints: readonly Taint[],
): readonly (readonly Taint[])[] => {
  if (before === undefined || taints.length === 0) return [taints]
  return before[0]!.length === 0 ? before : [...before, taints]
}

/** Whether the tolerations cover all taints. */
export const toleratesAll = (
  tolerations: readonly Toleration[],
  taints: readonly Taint[],
): boolean => taints.every((taint) => tolerates(tolerations, taint))

/** The domains that tolerations reach, or all of them where taints are ignored. */
export const reachedDomains = (
  domains: PoolDomains | undefined,
  tolerations: readonly Toleration[],
  ignoresTaints: boolean,
): readonly string[] =>
  [...(domains ?? [])]
    .filter(
      ([, pools]) => ignoresTaints || pools.some((taints) => toleratesAll(tolerations, taints)),
    )
    .map(([domain]) => domain)
