/**
 * Tests that the names of nodes matter only by their order. If all nodes are renamed and keep their
 * order, the same nodes are chosen; after any other renaming, scores and best nodes stay the same.
 */
import {
  anyRequests,
  anyWorld,
  build,
  placeBy,
  isRefuted,
  lowerRequests,
  type ExplanationPicture,
  type RequestRecipe,
  type WorldRecipe,
} from '@stowage/testing'
import { anyNodeName } from '../../../testing/src/arbitrary/text.js'
import { explainByName, pictureOfAnswer } from '../../../testing/src/picture/answer.js'
import { nodeNames } from '../../../testing/src/raise/expr.js'
import {
  renameRequest,
  renameWorld,
  type NodeRenaming,
} from '../../../testing/src/recipe/rename.js'
import * as O from 'fp-ts/lib/Option.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batch, byCodeUnit, findNode, place, type View } from '../index.js'

const names = [...new Set(fc.sample(anyNodeName, 200))].sort(byCodeUnit)

/** Other names, in this order. */
const anyOtherNames = fc.uniqueArray(fc.string({ maxLength: 3 }), {
  minLength: names.length,
  maxLength: names.length,
})
const renaming =
  (others: readonly string[]): NodeRenaming =>
  (name) =>
    others[names.indexOf(name)]!

const placedIn = (
  world: WorldRecipe,
  requests: readonly RequestRecipe[],
  placing: typeof place,
) => {
  const { cluster, classes } = build(world)
  const [after, placed] = batch(cluster, (draft) =>
    placing(draft, lowerRequests(draft, classes, requests)),
  )
  return placed.answers.map((answer) => pictureOfAnswer(after, answer))
}

/**
 * Names that stand in the same order rename the answers to a whole list of requests, and change
 * nothing else in them.
 */
const orderIsAllThatCounts = (placing: typeof place) =>
  fc.property(anyWorld, anyRequests, anyOtherNames, (world, requests, others) => {
    const rename = renaming([...others].sort(byCodeUnit))
    const answers = placedIn(
      renameWorld(world, rename),
      requests.map((request) => renameRequest(request, rename)),
      placing,
    )
    expect(answers).toEqual(
      placedIn(world, requests, placing).map(({ placed, unplaced }) => ({
        placed: placed.map(rename),
        unplaced,
      })),
    )
  })

describe('other names in the same order', () => {
  it('give the same answers', () => fc.assert(orderIsAllThatCounts(place), { numRuns: 200 }))

  it('are refuted when the longest name is taken', () => {
    const byLength: typeof place = (draft, wanted) =>
      placeBy(
        ({ best }) => [...best].sort((a, b) => lengthOf(draft, [b]) - lengthOf(draft, [a]))[0],
      )(draft, wanted)
    expect(isRefuted(orderIsAllThatCounts(byLength))).toBe(true)
  })
})

const lengthOf = (view: View, nodes: Parameters<typeof nodeNames>[1]): number =>
  nodeNames(view, nodes)[0]!.length

type Explained = typeof explainByName

/**
 * Any names rename who is best of a single decision, and what is said of each node: only who is
 * taken of the best may change.
 */
const namesSayNothing = (explaining: Explained) =>
  fc.property(anyWorld, anyOtherNames, (world, others) => {
    const rename = renaming(others)
    const explanation = saidIn(renameWorld(world, rename), explaining)
    const before = saidIn(world, explaining)
    expect(explanation).toEqual({
      best: before.best.map(rename).sort(byCodeUnit),
      nodes: before.nodes
        .map((node) => ({ ...node, name: rename(node.name) }))
        .sort((a, b) => byCodeUnit(a.name, b.name)),
    })
  })

const saidIn = (
  world: WorldRecipe,
  explaining: Explained,
): Pick<ExplanationPicture, 'best' | 'nodes'> => {
  const { cluster, classes } = build(world)
  const { best, nodes } = explaining(cluster, { class: classes[0]! })
  return { best: [...best].sort(byCodeUnit), nodes }
}

describe('any other names', () => {
  it('leave the best and the scores as they are', () =>
    fc.assert(namesSayNothing(explainByName), { numRuns: 200 }))

  it.each<[string, Explained]>([
    [
      'one alone is called best',
      (view, request) => {
        const explanation = explainByName(view, request)
        return { ...explanation, best: explanation.best.slice(0, 1) }
      },
    ],
    [
      'the first by name is not looked at',
      (view, request) => {
        const first = O.toUndefined(
          findNode(view, explainByName(view, request).nodes[0]?.name ?? ''),
        )
        const only = explainByName(view, request).nodes.flatMap(({ name }) => {
          const node = O.toUndefined(findNode(view, name))
          return node === undefined || node === first ? [] : [node]
        })
        return explainByName(view, { ...request, only })
      },
    ],
  ])('are refuted when %s', (_, broken) => {
    expect(isRefuted(namesSayNothing(broken))).toBe(true)
  })
})
