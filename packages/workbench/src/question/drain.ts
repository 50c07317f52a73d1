/**
 * Answers the question `drain`: which pods are evicted when nodes are drained, what prevents
 * evictions, and where the replacement pods go.
 */
import type { Drain, DrainOptions } from '@stowage/kubernetes'
import * as E from 'fp-ts/lib/Either.js'
import type { Platform } from '../platform/platform.js'
import type { Faults } from '../text/fault.js'
import type { Question } from './question.js'

/** The drain of each platform that has one, and what was asked. */
export interface Drains {
  readonly drains: readonly (Drain & { readonly platform: Platform })[]
  readonly options: DrainOptions
  /** Whether all nodes are drained and every pod that comes anew has a place. */
  readonly isDone: boolean
}

/** Drains the nodes. A `Left` says which are unknown, or that no platform has nodes to drain. */
export const drainMachines = (
  { parts }: Question,
  options: DrainOptions,
): E.Either<Faults, Drains> => {
  const drains: (Drain & { readonly platform: Platform })[] = []
  for (const { platform, planner } of parts) {
    const drain = planner.drain?.(options)
    if (drain === undefined) continue
    if (E.isLeft(drain)) return drain
    drains.push({ platform, ...drain.right })
  }
  if (drains.length === 0) return E.left([nothingToDrain])
  const isDone = drains.every(
    ({ nodes, pods }) =>
      nodes.every(({ outcome }) => outcome === 'Drained') &&
      pods.every(({ replacement }) => replacement === undefined || replacement.node !== undefined),
  )
  return E.right({ drains, options, isDone })
}

const nothingToDrain: Faults[number] = {
  ...{ from: 'the nodes to drain', at: [], found: 'no nodes of Kubernetes' },
  expected: 'some among the files, with the pods that run on them',
}
