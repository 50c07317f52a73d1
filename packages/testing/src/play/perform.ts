/**
 * Performs one operation of a history on a draft (the mutable cluster inside `batch`) and returns
 * its outcome. It calls the functions of `moves`, which are the kernel's own or broken on purpose.
 */
import {
  findNode,
  internMask,
  nodeIds,
  replicasOn,
  tableIds,
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
  explainByName,
  pictureOfAnswer,
  type AnswerPicture,
  type ExplanationPicture,
} from '../picture/answer.js'
import { defineRecipe, lowerNode } from '../lower/world.js'
import { lowerRequests } from '../lower/request.js'
import { internProbedColumn, isProbe } from '../lower/column-probe.js'
import type { Moves } from './moves.js'
import type { Operation } from './operation.js'

/** The outcome of an operation: `done`, the tag of a fault, an answer, or those of a trial. */
export type Outcome =
  | string
  | readonly AnswerPicture[]
  | { readonly explanation: ExplanationPicture }
  | { readonly trial: readonly Outcome[] }

/** The classes that positions refer to, and the functions that change the draft. */
export interface PlayContext {
  readonly classes: readonly ClassId[]
  readonly moves: Moves
}

/** Performs an operation. */
export const perform = (draft: Draft, context: PlayContext, operation: Operation): Outcome => {
  const { moves } = context
  switch (operation._tag) {
    case 'Join':
      return faultOrDone(moves.join(draft, lowerNode(draft, operation.node)))
    case 'Leave':
      return faultOrDone(moves.leave(draft, nodeIdOf(draft, operation.node)))
    case 'Redescribe': {
      const node = nodeIdOf(draft, operation.node.name)
      return faultOrDone(moves.redescribe(draft, node, lowerNode(draft, operation.node)))
    }
    case 'Bind': {
      const node = nodeIdOf(draft, operation.node)
      return faultOrDone(
        moves.bind(draft, classIdAt(context, operation.class), node, operation.phase),
      )
    }
    case 'Stop':
      return faultOrDone(moves.stop(draft, replicaAt(draft, operation.replica)))
    case 'SetPhase':
      return faultOrDone(
        moves.setPhase(draft, replicaAt(draft, operation.replica), operation.phase),
      )
    case 'Reclass': {
      const to = classIdAt(context, operation.class)
      return faultOrDone(moves.reclass(draft, replicaAt(draft, operation.replica), to))
    }
    case 'Forget':
      return performForget(draft, context)
    case 'GiveMask': {
      const members = operation.nodes.map((name) => nodeIdOf(draft, name))
      return faultOrDone(moves.giveMask(draft, internMask(draft, operation.mask), members))
    }
    case 'GiveColumn': {
      const numbers = operation.numbers.map(
        ([name, number]) => [nodeIdOf(draft, name), number] as const,
      )
      return faultOrDone(
        moves.giveColumn(draft, internProbedColumn(draft, operation.column), numbers),
      )
    }
    case 'Explain':
      return { explanation: explainByName(draft, { class: classIdAt(context, operation.class) }) }
    case 'Place':
      return performPlace(draft, context, lowerRequests(draft, context.classes, operation.requests))
    case 'Launch': {
      const id = defineRecipe(draft, operation.class)
      return performPlace(draft, context, [{ class: id, count: operation.count }])
    }
    case 'Trial':
      return performTrial(draft, context, operation)
  }
}

const faultOrDone = (result: E.Either<Fault, unknown>): Outcome =>
  E.isLeft(result) ? result.left._tag : 'done'

const performPlace = (
  draft: Draft,
  { moves }: PlayContext,
  requests: readonly PlaceRequest[],
): Outcome => moves.place(draft, requests).answers.map((answer) => pictureOfAnswer(draft, answer))

/** Each id by itself: what is refused is in use. */
const performForget = (draft: Draft, { classes, moves }: PlayContext): Outcome => {
  for (const id of tableIds(draft).classes)
    if (!classes.includes(id) && !isProbe(draft, id)) moves.forget(draft, { classes: [id] })
  const { words, masks, columns } = tableIds(draft)
  for (const word of words) moves.forget(draft, { words: [word] })
  for (const mask of masks) moves.forget(draft, { masks: [mask] })
  for (const column of columns) moves.forget(draft, { columns: [column] })
  return 'done'
}

const unknownId = -1

const nodeIdOf = (view: View, name: string): NodeId =>
  O.getOrElse(() => unknownId as NodeId)(findNode(view, name))

const classIdAt = ({ classes }: PlayContext, position: number): ClassId =>
  classes[position % classes.length]!

/** All replicas: nodes in the order of names, the oldest replica first. */
export const allReplicas = (view: View): readonly ReplicaId[] =>
  nodeIds(view).flatMap((node) => replicasOn(view, node).map(({ id }) => id))

const replicaAt = (view: View, position: number): ReplicaId => {
  const all = allReplicas(view)
  return all[position % all.length] ?? (unknownId as ReplicaId)
}

const performTrial = (
  draft: Draft,
  context: PlayContext,
  { end, body }: Extract<Operation, { readonly _tag: 'Trial' }>,
): Outcome => {
  const outcomes: Outcome[] = []
  const ended = new Error('this trial ends by throwing')
  try {
    context.moves.trial(draft, () => {
      for (const operation of body) outcomes.push(perform(draft, context, operation))
      if (end === 'thrown') throw ended
      return [end === 'kept', undefined]
    })
  } catch (error) {
    if (error !== ended) throw error
  }
  return { trial: outcomes }
}
