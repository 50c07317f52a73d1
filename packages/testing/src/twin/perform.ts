/**
 * The slow twin of operations: what each does to a stage, and what comes of it. Ties must go to rank, as a twin knows no ids.
 */
import { settledClass, type ReplicaPicture } from '../picture/settled.js'
import type { Operation } from '../play/operation.js'
import type { Outcome } from '../play/perform.js'
import type { ClassRecipe } from '../recipe/recipe.js'
import { namingOnly } from './forget.js'
import { byPriority, placeTwin, type Wish } from './place.js'
import { pictureOfStage, ranked, type Stage, type Standing } from './stage.js'

type Performed = readonly [outcome: Outcome, after: Stage]

/** Plays one operation. What can not be done gives the tag of its fault, and the stage as it was. */
export const performTwin = (before: Stage, operation: Operation): Performed => {
  const has = (name: string): boolean => before.nodes.some(({ node }) => node.name === name)
  switch (operation._tag) {
    case 'Join': {
      if (has(operation.node.name)) return ['DuplicateNode', before]
      const joined = { node: operation.node, replicas: [] }
      return ['done', { ...before, nodes: ranked([...before.nodes, joined]) }]
    }
    case 'Leave':
      return has(operation.node)
        ? ['done', without(before, operation.node)]
        : ['UnknownNode', before]
    case 'Bind': {
      if (!has(operation.node)) return ['UnknownNode', before]
      const replica = { class: classAt(before, operation.class), phase: operation.phase }
      return ['done', withReplicas(before, [[operation.node, replica]])]
    }
    case 'Stop':
      return changing(before, operation.replica, () => [])
    case 'SetPhase':
      return changing(before, operation.replica, (one) => [{ ...one, phase: operation.phase }])
    case 'Place': {
      const wishes = operation.requests.map(({ class: position, ...rest }) => ({
        class: classAt(before, position),
        ...rest,
      }))
      return placing(before, wishes)
    }
    case 'Launch': {
      const launched = settledClass(namingOnly(operation.class, has))
      return placing(before, [{ class: launched, count: operation.count }])
    }
    case 'Trial': {
      const [outcomes, after] = performAllTwin(before, operation.body)
      return [{ trial: outcomes }, operation.end === 'kept' ? after : before]
    }
  }
}

/** Plays operations in their order. */
export const performAllTwin = (
  before: Stage,
  operations: readonly Operation[],
): readonly [outcomes: readonly Outcome[], after: Stage] => {
  const outcomes: Outcome[] = []
  let after = before
  for (const operation of operations) {
    const [outcome, next] = performTwin(after, operation)
    outcomes.push(outcome)
    after = next
  }
  return [outcomes, after]
}

const classAt = ({ classes }: Stage, position: number): ClassRecipe =>
  classes[position % classes.length]!

/** A node that leaves takes its replicas along, and no class names it any more. */
const without = ({ nodes, classes }: Stage, name: string): Stage => {
  const forgetting = (described: ClassRecipe): ClassRecipe =>
    namingOnly(described, (other) => other !== name)
  return {
    classes: classes.map(forgetting),
    nodes: nodes
      .filter(({ node }) => node.name !== name)
      .map(({ node, replicas }) => ({
        node,
        replicas: replicas.map((one) => ({ ...one, class: forgetting(one.class) })),
      })),
  }
}

const withReplicas = (
  before: Stage,
  added: readonly (readonly [node: string, replica: ReplicaPicture])[],
): Stage => ({
  ...before,
  nodes: before.nodes.map(({ node, replicas }) => ({
    node,
    replicas: [...replicas, ...added.flatMap(([name, one]) => (name === node.name ? [one] : []))],
  })),
})

/** Puts others in the place of one replica: nodes by rank, the oldest first, modulo their number. */
const changing = (
  before: Stage,
  position: number,
  change: (replica: ReplicaPicture) => readonly ReplicaPicture[],
): Performed => {
  const chosen = position % before.nodes.flatMap(({ replicas }) => replicas).length
  if (Number.isNaN(chosen)) return ['UnknownReplica', before]
  let seen = 0
  const changed = ({ node, replicas }: Standing): Standing => ({
    node,
    replicas: replicas.flatMap((one) => (seen++ === chosen ? change(one) : [one])),
  })
  return ['done', { ...before, nodes: before.nodes.map(changed) }]
}

const placing = (before: Stage, wishes: readonly Wish[]): Performed => {
  const { answers } = placeTwin(pictureOfStage(before), wishes, [])
  const added = byPriority(wishes).flatMap((index) =>
    answers[index]!.placed.map(
      (name) => [name, { class: wishes[index]!.class, phase: 'assumed' }] as const,
    ),
  )
  return [answers, withReplicas(before, added)]
}
