/**
 * The slow twin of trials: what they keep, and that what happened in them is remembered until the
 * outermost one ends.
 */
import type { Operation } from '../play/operation.js'
import type { Stage, Standing } from './stage.js'

/** Opens a trial, does something in it, and ends it so. */
export const tryTwin = <Outcome>(
  before: Stage,
  end: Extract<Operation, { readonly _tag: 'Trial' }>['end'],
  body: (opened: Stage) => readonly [outcome: Outcome, after: Stage],
): readonly [outcome: Outcome, after: Stage] => {
  const [outcome, after] = body({
    ...before,
    trials: before.trials + 1,
    nodes: before.trials === 0 ? before.nodes.map(remembering) : before.nodes,
  })
  if (end !== 'kept') return [outcome, before]
  const nodes = before.trials === 0 ? after.nodes.map(forgetting) : after.nodes
  return [outcome, { ...after, trials: before.trials, nodes }]
}

const remembering = (one: Standing): Standing => ({
  ...one,
  tried: { before: one.replicas, turns: [] },
})

const forgetting = ({ tried: _, ...one }: Standing): Standing => one
