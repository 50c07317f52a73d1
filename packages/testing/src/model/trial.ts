/**
 * Makes changes to a model, and then keeps them or rolls them back. This is the slow reference
 * implementation (twin) of the kernel's `trial`. Trials may be nested: each node records its
 * changes until the outermost trial ends.
 */
import type { Operation } from '../play/operation.js'
import type { ClusterModel, NodeModel } from './model.js'

/** Opens a trial, runs the body in it, and ends the trial as `end` says. */
export const trialTwin = <Answer>(
  before: ClusterModel,
  end: Extract<Operation, { readonly _tag: 'Trial' }>['end'],
  body: (opened: ClusterModel) => readonly [after: ClusterModel, answer: Answer],
): readonly [after: ClusterModel, answer: Answer] => {
  const [after, answer] = body({
    ...before,
    trials: before.trials + 1,
    nodes: before.trials === 0 ? before.nodes.map(startRecord) : before.nodes,
  })
  if (end !== 'kept') return [before, answer]
  const nodes = before.trials === 0 ? after.nodes.map(dropRecord) : after.nodes
  return [{ ...after, trials: before.trials, nodes }, answer]
}

const startRecord = (one: NodeModel): NodeModel => ({
  ...one,
  trial: { before: one.replicas, changes: [] },
})

const dropRecord = ({ trial: _, ...one }: NodeModel): NodeModel => one
