/**
 * What changes on a stage: nodes that join and leave, what is given about them, and the replicas on
 * them.
 */
import { turned, type Turn } from '../picture/turn.js'
import type { ClassRecipe } from '../recipe/recipe.js'
import { namingOnly } from './forget.js'
import { ranked, type Stage, type Standing } from './stage.js'

/** A node that joins has nothing, whoever had its name before. */
export const joined = (before: Stage, node: Standing['node']): Stage => {
  const tried = before.trials === 0 ? {} : { tried: { before: [], turns: [] } }
  const one = { node, replicas: [], given: { masks: [], numbers: [] }, ...tried }
  return { ...before, nodes: ranked([...before.nodes, one]) }
}

/** A node that leaves takes along all that is on it, and no class names it any more. */
export const without = (before: Stage, name: string): Stage => {
  const forgetting = (classSpec: ClassRecipe): ClassRecipe =>
    namingOnly(classSpec, (other) => other !== name)
  return {
    ...before,
    classes: before.classes.map(forgetting),
    nodes: before.nodes
      .filter(({ node }) => node.name !== name)
      .map((one) => ({
        ...one,
        replicas: one.replicas.map((replica) => ({ ...replica, class: forgetting(replica.class) })),
      })),
  }
}

/** Each node with what is given about it then. */
export const regiven = (
  before: Stage,
  given: (one: Standing, name: string) => Standing['given'],
): Stage => ({
  ...before,
  nodes: before.nodes.map((one) => ({ ...one, given: given(one, one.node.name) })),
})

/** Something came to these nodes or went. */
export const withTurns = (
  before: Stage,
  turns: readonly (readonly [node: string, turn: Turn])[],
): Stage => ({
  ...before,
  nodes: before.nodes.map((one) => {
    const here = turns.filter(([name]) => name === one.node.name).map(([, turn]) => turn)
    return { node: one.node, ...here.reduce((on, turn) => turned(on, turn), onNode(one)) }
  }),
})

const onNode = ({ node: _, ...on }: Standing): Omit<Standing, 'node'> => on

/**
 * Does something to one replica, if there is any: nodes by rank, the oldest first, modulo their
 * number.
 */
export const changing = (
  before: Stage,
  position: number,
  turnOf: (replica: Standing['replicas'][number]) => Turn,
): Stage | undefined => {
  const all = before.nodes.flatMap(({ replicas }) => replicas)
  if (all.length === 0) return undefined
  let ahead = position % all.length
  const nodes = before.nodes.map((one): Standing => {
    const here = ahead
    ahead -= one.replicas.length
    const replica = here < 0 ? undefined : one.replicas[here]
    if (replica === undefined) return one
    return { node: one.node, ...turned(onNode(one), turnOf(replica), here) }
  })
  return { ...before, nodes }
}
