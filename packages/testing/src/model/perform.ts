/**
 * Performs any operation on a model, a cluster as plain data: returns the next model and the
 * outcome. This is the slow reference implementation (twin) of the kernel's operations. Ties must
 * go to the first node by name, because a model has no replica ids to hash.
 */
import { canonicalClass } from '../picture/canonical.js'
import type { Operation } from '../play/operation.js'
import type { Outcome } from '../play/perform.js'
import type { ClassRecipe } from '../recipe/recipe.js'
import { explainTwin } from '../twin/explain.js'
import { placeTwin, priorityOrder, type TwinRequest } from '../twin/place.js'
import {
  changeNodes,
  changeReplica,
  giveNodes,
  joinNode,
  redescribeNode,
  removeNode,
} from './change.js'
import { keepMasks, masksNamed } from './forget.js'
import { giveColumnTwin, giveMaskTwin } from './give.js'
import { pictureOfModel, type ClusterModel } from './model.js'
import { keepNodeNames } from './node-names.js'
import { trialTwin } from './trial.js'

type Step = readonly [after: ClusterModel, outcome: Outcome]

/** One operation. If it is impossible, the outcome is the tag of the fault and nothing changes. */
const performTwin = (before: ClusterModel, operation: Operation): Step => {
  const has = (name: string): boolean => before.nodes.some(({ node }) => node.name === name)
  switch (operation._tag) {
    case 'Join':
      return has(operation.node.name)
        ? [before, 'DuplicateNode']
        : [joinNode(before, operation.node), 'done']
    case 'Leave':
      return has(operation.node)
        ? [removeNode(before, operation.node), 'done']
        : [before, 'UnknownNode']
    case 'Redescribe':
      return has(operation.node.name)
        ? [redescribeNode(before, operation.node), 'done']
        : [before, 'UnknownNode']
    case 'Bind': {
      if (!has(operation.node)) return [before, 'UnknownNode']
      const added = { class: classAt(before, operation.class), phase: operation.phase }
      return [changeNodes(before, [[operation.node, { added }]]), 'done']
    }
    case 'Stop':
      return replicaStep(
        before,
        changeReplica(before, operation.replica, (removed) => ({ removed })),
      )
    case 'SetPhase':
      return replicaStep(
        before,
        changeReplica(before, operation.replica, (removed) => ({
          removed,
          added: { ...removed, phase: operation.phase },
        })),
      )
    case 'Reclass': {
      const to = classAt(before, operation.class)
      return replicaStep(
        before,
        changeReplica(before, operation.replica, (removed) => ({
          removed,
          added: { ...removed, class: to },
        })),
      )
    }
    case 'Forget': {
      const names = masksNamed(classesInUse(before))
      return [giveNodes(before, ({ given }) => keepMasks(given, names)), 'done']
    }
    case 'GiveMask':
      return operation.nodes.every(has)
        ? [giveNodes(before, (one, name) => giveMaskTwin(one.given, operation, name)), 'done']
        : [before, 'UnknownNode']
    case 'GiveColumn': {
      if (!operation.numbers.every(([, number]) => isGivable(number))) return [before, 'BadNumber']
      if (!operation.numbers.every(([name]) => has(name))) return [before, 'UnknownNode']
      return [giveNodes(before, (one, name) => giveColumnTwin(one.given, operation, name)), 'done']
    }
    case 'Explain': {
      const request = { class: classAt(before, operation.class), replica: 0 }
      return [before, { explanation: explainTwin(pictureOfModel(before), request) }]
    }
    case 'Place': {
      const requests = operation.requests.map(({ class: position, ...rest }) => ({
        class: classAt(before, position),
        ...rest,
      }))
      return placeStep(before, requests)
    }
    case 'Launch': {
      const classSpec = canonicalClass(keepNodeNames(operation.class, has))
      return placeStep(before, [{ class: classSpec, count: operation.count }])
    }
    case 'Trial': {
      const [after, trial] = trialTwin(before, operation.end, (opened) =>
        performAllTwin(opened, operation.body),
      )
      return [after, { trial }]
    }
  }
}

/** Operations in their order, with the outcome of each. */
export const performAllTwin = (
  before: ClusterModel,
  operations: readonly Operation[],
): readonly [after: ClusterModel, outcomes: readonly Outcome[]] => {
  const outcomes: Outcome[] = []
  let after = before
  for (const operation of operations) {
    const [next, outcome] = performTwin(after, operation)
    outcomes.push(outcome)
    after = next
  }
  return [after, outcomes]
}

/** A column takes numbers from -1,000,000 to 1,000,000. */
const isGivable = (number: number): boolean => number >= -1_000_000 && number <= 1_000_000

const classAt = ({ classes }: ClusterModel, position: number): ClassRecipe =>
  classes[position % classes.length]!

/** The classes of the history, and those of the replicas. */
const classesInUse = ({ classes, nodes }: ClusterModel): readonly ClassRecipe[] => [
  ...classes,
  ...nodes.flatMap(({ replicas }) => replicas.map((replica) => replica.class)),
]

const replicaStep = (before: ClusterModel, after: ClusterModel | undefined): Step =>
  after === undefined ? [before, 'UnknownReplica'] : [after, 'done']

const placeStep = (before: ClusterModel, requests: readonly TwinRequest[]): Step => {
  const [, answers] = placeTwin(pictureOfModel(before), requests, [])
  const changes = priorityOrder(requests).flatMap((index) =>
    answers[index]!.placed.map((name) => {
      const added = { class: requests[index]!.class, phase: 'assumed' } as const
      return [name, { added, placed: true }] as const
    }),
  )
  return [changeNodes(before, changes), answers]
}
