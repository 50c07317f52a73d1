/**
 * Runs the work of the WebAssembly bench; this is the entry that is bundled. Places replicas of
 * plain classes one by one, stops the oldest, and returns the chosen nodes and the processor time.
 */
import type { NodeId, DecidedBy } from '@stowage/kernel'
import { crowd, shapes } from '../shapes.js'
import { go, openWork } from '../work.js'

/** So many decisions: the nodes, and how long it took of the processor, in microseconds. */
export type Deciding = (
  count: number,
) => readonly [nodes: readonly (NodeId | -1)[], microseconds: number]

export const decidingOn = (
  nodes: number,
  classes: number,
  path: DecidedBy | undefined,
): Deciding => {
  const work = openWork(shapes(crowd(nodes), 'plain', classes), 3)
  return (count) => {
    const began = process.cpuUsage()
    const chosen = go(work, { path, stops: true }, count)
    const { user, system } = process.cpuUsage(began)
    return [chosen, user + system]
  }
}
