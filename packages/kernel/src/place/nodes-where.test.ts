/**
 * Tests that `nodesWhere` finds exactly the nodes on which an expression holds, in the order of
 * rank.
 */
import { anyWorld, build, picture, isRefuted } from '@stowage/testing'
import { anyExpr } from '../../../testing/src/arbitrary/expr.js'
import { lowerExpr } from '../../../testing/src/lower/expr.js'
import { nodeNames } from '../../../testing/src/raise/expr.js'
import { exprTwin } from '../../../testing/src/twin/expr.js'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, it } from 'vitest'
import { batch, getOrThrow, empty, nodesWhere, type Expr } from '../index.js'

const agrees = (where: typeof nodesWhere) =>
  fc.property(anyWorld, anyExpr, (world, expr) => {
    const { cluster } = build(world)
    const [, found] = batch(cluster, (draft) => where(draft, lowerExpr(draft, expr)))
    const all = picture(cluster)
    const twins = all.nodes.filter((node) => exprTwin(expr, node, all))
    expect(nodeNames(cluster, getOrThrow(found))).toEqual(twins.map(({ name }) => name))
  })

it('finds the nodes of which it holds, in the order of rank', () => fc.assert(agrees(nodesWhere)))

it('is refuted when the order is another', () => {
  expect(
    isRefuted(
      agrees((view, expr) =>
        pipe(
          nodesWhere(view, expr),
          E.map((found) => [...found].reverse()),
        ),
      ),
    ),
  ).toBe(true)
})

it.each<[string, readonly (string | number)[], unknown]>([
  ['is none', [], undefined],
  ['is of no kind', ['_tag'], { _tag: 'Is' }],
  [
    'names a word that is not there',
    ['of', 0, 'key'],
    { _tag: 'All', of: [{ _tag: 'Has', key: 7 }] },
  ],
])('says where an expression is wrong that %s', (_, at, expr) => {
  expect(nodesWhere(empty, expr as Expr)).toMatchObject({ left: { _tag: 'BadExpr', at } })
})
