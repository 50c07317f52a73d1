/**
 * Property: a judge that keeps counts answers as one that scans, after every change in trials and
 * outside of them.
 */
import { anyWorld, build, moves, isRefuted } from '@stowage/testing'
import { anyOperations } from '../../../testing/src/arbitrary/history.js'
import { perform } from '../../../testing/src/play/perform.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batch, bind, evict, nodeIds, openNodeJudge, replicasOn, trial } from '../index.js'
import type { Draft } from '../cluster/cluster.js'
import { stateOf } from '../cluster/cluster.js'
import type { ClassId } from '../rule/id.js'
import { judgeNode } from './explain.js'

/** A replica is evicted, evicted and bound again, or bound for a second time. */
const anyMoves = fc.array(
  fc.record({
    replica: fc.nat(7),
    move: fc.constantFrom('evict', 'put back', 'copy'),
    isInTrial: fc.boolean(),
    isKept: fc.boolean(),
  }),
  { maxLength: 5 },
)

const answersAlike = (open: typeof openNodeJudge) =>
  fc.property(anyWorld, anyOperations, anyMoves, (world, past, steps) => {
    const { cluster, classes } = build(world)
    batch(cluster, (draft) => {
      for (const operation of past) perform(draft, { classes, moves }, operation)
      const judges = classes.map((one) => [one, open(draft, one)] as const)
      const compare = (): void => {
        for (const [one, judge] of judges)
          for (const node of nodeIds(draft))
            expect(judge(node)).toEqual(judgeNode(draft, one, node))
      }
      compare()
      for (const { replica, move, isInTrial, isKept } of steps) {
        const all = nodeIds(draft).flatMap((node) => replicasOn(draft, node))
        const one = all[replica % all.length]
        if (one === undefined) continue
        const change = (): void => {
          if (move !== 'copy') evict(draft, one.id)
          compare()
          if (move !== 'evict') bind(draft, one.class, one.node, one.phase)
          compare()
        }
        if (isInTrial)
          trial(draft, () => {
            change()
            return [isKept, undefined]
          })
        else change()
        compare()
      }
    })
  })

/** Judges in a state that is spoilt before each judgement. */
const judgingOtherwise =
  (spoil: (draft: Draft, before: ReturnType<typeof stateOf>['moves']) => void) =>
  (draft: Draft, classId: ClassId) => {
    const before = stateOf(draft).moves
    const judge = openNodeJudge(draft, classId)
    return (node: Parameters<typeof judge>[0]) => {
      const { moves: tried } = stateOf(draft)
      spoil(draft, before)
      const refusals = judge(node)
      stateOf(draft).moves = tried
      return refusals
    }
  }

describe('a judge of nodes', () => {
  it('answers as a scan does', () => fc.assert(answersAlike(openNodeJudge), { numRuns: 300 }))

  it.each<[string, typeof openNodeJudge]>([
    [
      'it does not follow changes',
      (draft, classId) => {
        const judge = openNodeJudge(draft, classId)
        const refusals = new Map(nodeIds(draft).map((node) => [node, judge(node)]))
        return (node) => refusals.get(node)!
      },
    ],
    [
      'it forgets what trials count otherwise',
      judgingOtherwise((draft, before) => (stateOf(draft).moves = before)),
    ],
  ])('is refuted when %s', (_, open) => {
    expect(isRefuted(answersAlike(open))).toBe(true)
  })
})
