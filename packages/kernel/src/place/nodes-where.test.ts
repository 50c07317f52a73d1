import {
  anyExpr,
  anyWorld,
  build,
  exprTwin,
  lowerExpr,
  namesOf,
  picture,
  refuted,
} from '@stowage/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { batch, nodesWhere } from '../index.js'

const agrees = (where: typeof nodesWhere) =>
  fc.property(anyWorld, anyExpr, (world, expr) => {
    const { cluster } = build(world)
    const [found] = batch(cluster, (draft) => where(draft, lowerExpr(draft, expr)))
    const all = picture(cluster)
    const twins = all.nodes.filter((node) => exprTwin(expr, node, all))
    expect(namesOf(cluster, found)).toEqual(twins.map(({ name }) => name))
  })

it('finds the nodes of which it holds, in the order of rank', () => fc.assert(agrees(nodesWhere)))

it('is refuted when the order is another', () => {
  expect(refuted(agrees((view, expr) => [...nodesWhere(view, expr)].reverse()))).toBe(true)
})
