/**
 * Tests how a tally (a rule that counts replicas per domain) counts the replicas that a trial binds
 * or evicts: by its condition `removal` until the outermost trial ends.
 */
import {
  anyTally,
  moves,
  plainClass,
  plainNode,
  playAgrees,
  isRefuted,
  type ClassRecipe,
  type ClusterHistory,
} from '@stowage/testing'
import { choiceByRaw } from '../../../testing/src/agreement/choice.js'
import { anyFact, anyPhase } from '../../../testing/src/arbitrary/text.js'
import type { Moves } from '../../../testing/src/play/moves.js'
import type { Operation } from '../../../testing/src/play/operation.js'
import type { TallyRecipe } from '../../../testing/src/recipe/recipe.js'
import * as E from 'fp-ts/lib/Either.js'
import fc, { type Arbitrary } from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Draft } from '../index.js'
import { stateOf } from '../cluster/cluster.js'
import { rowOf } from '../cluster/generation.js'
import { classAt, nodeAt, phaseAt, phases } from '../cluster/replicas.js'
import type { Move, TrialMoves } from '../cluster/trial-moves.js'

/** Classes that are scored by a count, which trials change. */
const anyCounting: Arbitrary<ClassRecipe> = fc
  .tuple(fc.uniqueArray(anyFact, { maxLength: 2 }), anyTally)
  .map(([facts, tally]) => ({
    ...plainClass,
    facts,
    choice: choiceByRaw({ _tag: 'Counts', terms: [[removing(tally), 1]] }),
  }))

const removing = (tally: TallyRecipe): TallyRecipe => ({
  ...tally,
  absent: 'own',
  removal: tally.removal ?? { _tag: 'Every', of: [] },
})

const leaving: Operation = { _tag: 'Leave', node: 'a' }
const joining: Operation = { _tag: 'Join', node: plainNode }

const anyStep = (body: Arbitrary<Operation>): Arbitrary<Operation> =>
  fc.oneof(
    fc.record({ _tag: fc.constant('Explain'), class: fc.nat(2) }),
    fc.record({
      _tag: fc.constant('Bind'),
      class: fc.nat(2),
      node: fc.constant('a'),
      phase: anyPhase,
    }),
    fc.record({ _tag: fc.constant('SetPhase'), replica: fc.nat(11), phase: anyPhase }),
    fc.record({ _tag: fc.constant('Stop'), replica: fc.nat(11) }),
    fc.record({
      _tag: fc.constant('Place'),
      requests: fc.tuple(fc.record({ class: fc.nat(2), count: fc.constant(1) })),
    }),
    fc.record({
      _tag: fc.constant('Trial'),
      end: fc.constantFrom('kept', 'rolled back', 'thrown'),
      body: fc.array(body, { maxLength: 4 }),
    }),
    fc.constantFrom<Operation>(leaving, joining, {
      _tag: 'Trial',
      end: 'kept',
      body: [leaving, joining],
    }),
  )

/** A trial in the midst of a few steps. */
const anyTrying: Arbitrary<ClusterHistory> = fc
  .array(anyStep(anyStep(fc.record({ _tag: fc.constant('Explain'), class: fc.nat(2) }))), {
    maxLength: 9,
  })
  .chain((steps) => fc.nat(steps.length).map((from) => [steps.slice(0, from), steps.slice(from)]))
  .map(([before, body]) => [
    {
      taken: false,
      operations: [
        joining,
        ...before!,
        { _tag: 'Trial', end: 'kept', body: body! },
        { _tag: 'Explain', class: 0 },
      ],
    },
  ])

const agrees = (broken: Partial<Moves> = {}) =>
  playAgrees({ ...moves, ...broken }, anyCounting, anyTrying)

type Noted = TrialMoves | undefined

/** Does something of which nothing is noted. */
const unnoted =
  <Asked extends readonly unknown[], Answer>(act: (draft: Draft, ...args: Asked) => Answer) =>
  (draft: Draft, ...args: Asked): Answer => {
    const { moves } = stateOf(draft)
    const answer = act(draft, ...args)
    note(draft, moves)
    return answer
  }

const note = (draft: Draft, tried: Noted): void => {
  stateOf(draft).moves = tried
}

/**
 * A trial, behind which something else is noted, by what was before it and at the end of its body.
 */
const noting =
  (noted: (before: Noted, inside: Noted) => Noted): Moves['trial'] =>
  (draft, body) => {
    const before = stateOf(draft).moves
    let inside = before
    try {
      return moves.trial(draft, (tried) => {
        try {
          return body(tried)
        } finally {
          inside = stateOf(tried).moves
        }
      })
    } finally {
      note(draft, noted(before, inside))
    }
  }

const notingPhases: Moves['setPhase'] = (draft, replica, phase) => {
  const { replicas, moves: before } = stateOf(draft)
  const row = rowOf(replica)
  const [node, of, old] = [nodeAt(replicas, row), classAt(replicas, row), phaseAt(replicas, row)]
  const came = moves.setPhase(draft, replica, phase)
  const noted = { node, class: of, phase: old, change: -1 } satisfies Move
  const next = { ...noted, phase: phases.indexOf(phase), change: 1 } satisfies Move
  if (E.isRight(came) && before !== undefined)
    stateOf(draft).moves = { move: next, before: { move: noted, before } }
  return came
}

/** In a trial and outside of one. */
const notingPlaces: Moves['place'] = (draft, wanted) => {
  const placed = moves.place(draft, wanted)
  const { replicas } = stateOf(draft)
  for (const { replica } of placed.answers.flatMap((answer) => answer.placed)) {
    const row = rowOf(replica)
    const [node, phase] = [nodeAt(replicas, row), phaseAt(replicas, row)]
    const move: Move = { node, class: classAt(replicas, row), phase, change: 1 }
    note(draft, { move, before: stateOf(draft).moves })
  }
  return placed
}

describe('what comes and goes in a trial', () => {
  it('counts as `removal` says, until the outermost trial ends', () =>
    fc.assert(agrees(), { numRuns: 300 }))

  it.each<[string, Partial<Moves>]>([
    ['what came is not noted', { bind: unnoted(moves.bind) }],
    ['what was placed is noted', { place: notingPlaces }],
    ['what was stopped is not noted', { stop: unnoted(moves.stop) }],
    [
      'what a trial did that was rolled back is still noted',
      { trial: noting((before, inside) => before && inside) },
    ],
    ['a trial in a trial is forgotten when it ends', { trial: noting((before) => before) }],
    ['it is still noted after the outermost trial', { trial: noting((_, inside) => inside) }],
    ['another phase is noted as coming and going', { setPhase: notingPhases }],
    ['what came to a node that left is still noted', { leave: unnoted(moves.leave) }],
  ])('is refuted when %s', (_, broken) => {
    expect(isRefuted(agrees(broken))).toBe(true)
  })
})
