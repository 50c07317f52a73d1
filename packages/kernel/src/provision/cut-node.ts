/**
 * Sizes a node to one replica of a class (a workload as the scheduler sees it). In each dimension,
 * the capacity is the larger of what the replica occupies and what the class's *fit* filter
 * demands.
 */
import type { ClassSpec } from '../rule/class.js'
import type { DimensionId } from '../rule/id.js'
import type { NodeSpec } from '../rule/node-spec.js'

/** The node with that capacity instead of its own. */
export const cutNode = (spec: NodeSpec, { occupies, filters }: ClassSpec): NodeSpec => {
  const needs = new Map<DimensionId, number>(occupies)
  for (const filter of filters)
    if (filter._tag === 'Fit')
      for (const { dimension, amount } of filter.parts)
        needs.set(dimension, Math.max(amount, needs.get(dimension) ?? 0))
  return { ...spec, capacity: [...needs].sort(([a], [b]) => a - b) }
}
