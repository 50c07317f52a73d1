/**
 * Builds the template from which the NodeClaims of a NodePool are made: taints, requirements on the
 * labels of the node, and the instance types that may be launched. Also sorts NodePools in the
 * order in which they are tried: by weight, then by name in reverse order.
 */
import type { InstanceType } from '../node-pool/instance-type.js'
import { noMeasures } from '../node-pool/measure.js'
import {
  addRequirements,
  labelRequirements,
  requirementsFrom,
  type Requirements,
  type UndefinedKeys,
} from '../node-pool/requirements.js'
import { filterTypes } from './type-filter.js'
import { initializedKey, nodePoolKey, registeredKey } from '../node-pool/well-known.js'
import type { NodePool } from '../node-pool/words.js'
import type { Taint } from '../words/taint.js'

/** A template with at least one type. */
export interface NodeClaimTemplate {
  readonly pool: string
  readonly taints: readonly Taint[]
  readonly requirements: Requirements
  /** Labels that pods may ask for though the pool does not name them. */
  readonly knownLabels: UndefinedKeys
  readonly types: readonly InstanceType[]
}

/** The template of a pool; `undefined` when none of the types meets what it requires. */
export const claimTemplate = (
  pool: NodePool,
  types: readonly InstanceType[],
  relaxesMinValues: boolean,
  knownLabels: UndefinedKeys,
): NodeClaimTemplate | undefined => {
  const { name } = pool.metadata
  const { spec, metadata } = pool.spec.template
  const { nodeClassRef } = spec
  const labels = new Map(metadata?.labels).set(nodePoolKey, name)
  if (nodeClassRef !== undefined)
    labels.set(`${nodeClassRef.group}/${nodeClassRef.kind.toLowerCase()}`, nodeClassRef.name)
  const joined = new Map([
    [registeredKey, 'true'],
    [initializedKey, 'true'],
  ])
  const requirements = addRequirements(requirementsFrom(spec.requirements), [
    ...labelRequirements(labels).values(),
    ...labelRequirements(joined).values(),
  ])
  const filtered = filterTypes(types, [{ types, overhead: noMeasures, ports: new Map() }], {
    ...{ requirements, pod: undefined, relaxesMinValues },
    ...{ podRequests: noMeasures, requests: noMeasures },
  })
  return typeof filtered === 'function'
    ? undefined
    : { pool: name, taints: spec.taints, requirements, knownLabels, types: filtered.types }
}

/** Pools in the order in which they are tried: by weight, then by name, the last first. */
export const poolsInOrder = (pools: readonly NodePool[]): readonly NodePool[] =>
  [...pools].sort((one, other) => {
    const heavier = (other.spec.weight ?? 0) - (one.spec.weight ?? 0)
    if (heavier !== 0) return heavier
    return one.metadata.name > other.metadata.name ? -1 : 1
  })
