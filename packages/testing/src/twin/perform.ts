/**
 * The slow twin of operations: what each does to a stage, and what comes of it. Ties must go to
 * rank, as a twin knows no ids.
 */
import { settledClass } from '../picture/settled.js'
import type { Operation } from '../play/operation.js'
import type { Outcome } from '../play/perform.js'
import type { ClassRecipe } from '../recipe/recipe.js'
import { changing, joined, regiven, without, withTurns } from './change.js'
import { explainTwin } from './explain.js'
import { namingOnly } from './forget.js'
import { masksAfter, numbersAfter } from './give.js'
import { byPriority, placeTwin, type Wish } from './place.js'
import { pictureOfStage, type Stage } from './stage.js'
import { tryTwin } from './trial.js'

type Performed = readonly [outcome: Outcome, after: Stage]

/**
 * Plays one operation. What can not be done gives the tag of its fault, and the stage as it was.
 */
export const performTwin = (before: Stage, operation: Operation): Performed => {
  const has = (name: string): boolean => before.nodes.some(({ node }) => node.name === name)
  switch (operation._tag) {
    case 'Join':
      return has(operation.node.name)
        ? ['DuplicateNode', before]
        : ['done', joined(before, operation.node)]
    case 'Leave':
      return has(operation.node)
        ? ['done', without(before, operation.node)]
        : ['UnknownNode', before]
    case 'Bind': {
      if (!has(operation.node)) return ['UnknownNode', before]
      const came = { class: classAt(before, operation.class), phase: operation.phase }
      return ['done', withTurns(before, [[operation.node, { came }]])]
    }
    case 'Stop':
      return ofReplica(
        before,
        changing(before, operation.replica, (went) => ({ went })),
      )
    case 'SetPhase':
      return ofReplica(
        before,
        changing(before, operation.replica, (went) => ({
          went,
          came: { ...went, phase: operation.phase },
        })),
      )
    case 'GiveMask':
      return operation.nodes.every(has)
        ? ['done', regiven(before, (one, name) => masksAfter(one.given, operation, name))]
        : ['UnknownNode', before]
    case 'GiveColumn': {
      if (!operation.numbers.every(([, number]) => isGivable(number))) return ['BadNumber', before]
      if (!operation.numbers.every(([name]) => has(name))) return ['UnknownNode', before]
      return ['done', regiven(before, (one, name) => numbersAfter(one.given, operation, name))]
    }
    case 'Explain': {
      const asked = { class: classAt(before, operation.class), replica: 0 }
      return [{ explained: explainTwin(pictureOfStage(before), asked) }, before]
    }
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
      const [trial, after] = tryTwin(before, operation.end, (opened) =>
        performAllTwin(opened, operation.body),
      )
      return [{ trial }, after]
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

/** What a column takes: numbers of up to a million, with either sign. */
const isGivable = (number: number): boolean => number >= -1_000_000 && number <= 1_000_000

const classAt = ({ classes }: Stage, position: number): ClassRecipe =>
  classes[position % classes.length]!

const ofReplica = (before: Stage, after: Stage | undefined): Performed =>
  after === undefined ? ['UnknownReplica', before] : ['done', after]

const placing = (before: Stage, wishes: readonly Wish[]): Performed => {
  const { answers } = placeTwin(pictureOfStage(before), wishes, [])
  const turns = byPriority(wishes).flatMap((index) =>
    answers[index]!.placed.map((name) => {
      const came = { class: wishes[index]!.class, phase: 'assumed' } as const
      return [name, { came, placed: true }] as const
    }),
  )
  return [answers, withTurns(before, turns)]
}
