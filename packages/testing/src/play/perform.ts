/** One operation, done to a draft. */
import {
  findNode,
  internMask,
  nodeIds,
  replicasOn,
  type ClassId,
  type Draft,
  type Fault,
  type NodeId,
  type ReplicaId,
  type View,
  type PlaceRequest,
} from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import {
  explained,
  pictureOfAnswer,
  type AnswerPicture,
  type ExplanationPicture,
} from '../picture/answer.js'
import { defineRecipe, lowerNode } from '../recipe/lower.js'
import { lowerNames } from '../recipe/lower-expr.js'
import { readableColumn } from '../recipe/probe.js'
import type { RequestRecipe } from '../recipe/recipe.js'
import type { Moves } from './moves.js'
import type { Operation } from './operation.js'

/**
 * What came of an operation: `done`, a fault's tag, or what was answered; a trial gives what came
 * of its body.
 */
export type Outcome =
  | string
  | readonly AnswerPicture[]
  | { readonly explained: ExplanationPicture }
  | { readonly trial: readonly Outcome[] }

/** What a play is played with. */
export interface Cast {
  readonly classes: readonly ClassId[]
  readonly moves: Moves
}

/** Does the operation, and says what came of it. */
export const perform = (draft: Draft, cast: Cast, operation: Operation): Outcome => {
  const { moves } = cast
  switch (operation._tag) {
    case 'Join':
      return told(moves.join(draft, lowerNode(draft, operation.node)))
    case 'Leave':
      return told(moves.leave(draft, nodeNamed(draft, operation.node)))
    case 'Bind': {
      const node = nodeNamed(draft, operation.node)
      return told(moves.bind(draft, classAt(cast, operation.class), node, operation.phase))
    }
    case 'Stop':
      return told(moves.stop(draft, replicaAt(draft, operation.replica)))
    case 'SetPhase':
      return told(moves.setPhase(draft, replicaAt(draft, operation.replica), operation.phase))
    case 'GiveMask': {
      const members = operation.nodes.map((name) => nodeNamed(draft, name))
      return told(moves.giveMask(draft, internMask(draft, operation.mask), members))
    }
    case 'GiveColumn': {
      const numbers = operation.numbers.map(
        ([name, number]) => [nodeNamed(draft, name), number] as const,
      )
      return told(moves.giveColumn(draft, readableColumn(draft, operation.column), numbers))
    }
    case 'Explain':
      return { explained: explained(draft, { class: classAt(cast, operation.class) }) }
    case 'Place':
      return placed(draft, cast, requested(draft, cast.classes, operation.requests))
    case 'Launch': {
      const launched = defineRecipe(draft, operation.class)
      return placed(draft, cast, [{ class: launched, count: operation.count }])
    }
    case 'Trial':
      return tried(draft, cast, operation)
  }
}

const told = (came: E.Either<Fault, unknown>): Outcome => (E.isLeft(came) ? came.left._tag : 'done')

const placed = (draft: Draft, { moves }: Cast, wanted: readonly PlaceRequest[]): Outcome =>
  moves.place(draft, wanted).answers.map((answer) => pictureOfAnswer(draft, answer))

const nobody = -1

const nodeNamed = (view: View, name: string): NodeId =>
  O.getOrElse(() => nobody as NodeId)(findNode(view, name))

const classAt = ({ classes }: Pick<Cast, 'classes'>, position: number): ClassId =>
  classes[position % classes.length]!

/** The replicas of a cluster: nodes by rank, the oldest first. */
export const allReplicas = (view: View): readonly ReplicaId[] =>
  nodeIds(view).flatMap((node) => replicasOn(view, node).map(({ id }) => id))

const replicaAt = (view: View, position: number): ReplicaId => {
  const all = allReplicas(view)
  return all[position % all.length] ?? (nobody as ReplicaId)
}

/** Requests as `place` takes them; names of nodes that are not there are left out. */
export const requested = (
  draft: Draft,
  classes: readonly ClassId[],
  requests: readonly RequestRecipe[],
): readonly PlaceRequest[] =>
  requests.map(({ class: position, count, only }) => ({
    class: classAt({ classes }, position),
    count,
    ...(only === undefined ? {} : { only: lowerNames(draft, only) }),
  }))

const tried = (
  draft: Draft,
  cast: Cast,
  { end, body }: Extract<Operation, { readonly _tag: 'Trial' }>,
): Outcome => {
  const outcomes: Outcome[] = []
  const ended = new Error('this trial ends by throwing')
  try {
    cast.moves.trial(draft, () => {
      for (const operation of body) outcomes.push(perform(draft, cast, operation))
      if (end === 'thrown') throw ended
      return [end === 'kept', undefined]
    })
  } catch (error) {
    if (error !== ended) throw error
  }
  return { trial: outcomes }
}
