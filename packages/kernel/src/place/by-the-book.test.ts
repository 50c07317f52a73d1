/**
 * Tests, on random clusters, that the decision by scan equals that of its twin (a slow reference
 * implementation).
 */
import {
  anyFittingClass,
  build,
  plainClass,
  plainNode,
  placeAgrees,
  placeBy,
  isRefuted,
  worldOf,
} from '@stowage/testing'
import { anyEasyClass } from '../../../testing/src/arbitrary/class.js'
import { nodeNames } from '../../../testing/src/raise/expr.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batch, getOrThrow, join, leave, nodeIds } from '../index.js'
import { place } from './place.js'

describe('placing', () => {
  it('is what its twin says', () => fc.assert(placeAgrees(place), { numRuns: 300 }))

  it('is so in worlds that fill up', () =>
    fc.assert(placeAgrees(place, worldOf(anyFittingClass)), { numRuns: 200 }))

  it('is so where nothing but the choice decides', () =>
    fc.assert(placeAgrees(place, worldOf(anyEasyClass)), { numRuns: 300 }))

  it.each<[string, typeof place]>([
    ['the first that is allowed is taken, whatever it scores', placeBy(firstAllowed)],
    ['the second best is taken', placeBy(({ runnerUp, chosen }) => runnerUp ?? chosen)],
    ['the last of the best is taken', placeBy(({ best }) => best[best.length - 1])],
    ['a node that one rule refuses is taken', placeBy(forgivingOne)],
    ['all nodes are looked at', forgettingOnly],
  ])('is refuted when %s', (_, broken) => {
    expect(isRefuted(placeAgrees(broken))).toBe(true)
  })

  it('is refuted when priorities are not looked at', () => {
    expect(isRefuted(placeAgrees(asGiven, worldOf(anyEasyClass)))).toBe(true)
  })
})

it('does not look at the node that has the row of one that left', () => {
  const { cluster, classes } = build({
    nodes: ['gone', 'stays'].map((name) => ({ ...plainNode, name })),
    classes: [plainClass],
    replicas: [],
  })
  batch(cluster, (draft) => {
    const [gone, stays] = nodeIds(draft)
    leave(draft, gone!)
    const came = getOrThrow(join(draft, { name: 'came', capacity: [], attributes: [], marks: [] }))
    const placed = (only: readonly (typeof came)[]) => {
      const { answers } = place(draft, [{ class: classes[0]!, count: 1, only }])
      return nodeNames(
        draft,
        answers[0]!.placed.map(({ node }) => node),
      )
    }
    expect(placed([gone!, stays!])).toEqual(['stays'])
    expect(placed([gone!])).toEqual([])
    expect(placed([came, stays!])).toEqual(['came'])
  })
})

function firstAllowed(explanation: Parameters<Parameters<typeof placeBy>[0]>[0]) {
  return explanation.nodes.find(({ all }) => all.length === 0)?.node
}

function forgivingOne({ nodes, chosen }: Parameters<Parameters<typeof placeBy>[0]>[0]) {
  return chosen ?? nodes.find(({ all }) => all.length === 1)?.node
}

function forgettingOnly(...[draft, wanted]: Parameters<typeof place>) {
  return place(
    draft,
    wanted.map((request) => ({ class: request.class, count: request.count })),
  )
}

function asGiven(...[draft, wanted]: Parameters<typeof place>): ReturnType<typeof place> {
  return {
    answers: wanted.map((request) => place(draft, [request]).answers[0]!),
    decidedBy: 'scan',
  }
}
