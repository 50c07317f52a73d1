/**
 * Property: for each kind of expression, the *require* filter gives the same results as its twin (a
 * slow reference implementation). The test also checks that planted bugs are detected.
 */
import { filterAgrees, isRefuted } from '@stowage/testing'
import { anyCount } from '../../../testing/src/arbitrary/expr.js'
import { anyRequire } from '../../../testing/src/arbitrary/filter.js'
import { anyCompare, anyPattern } from '../../../testing/src/arbitrary/leaf.js'
import { nodeNames } from '../../../testing/src/raise/expr.js'
import type { ExprRecipe } from '../../../testing/src/recipe/recipe.js'
import fc, { type Arbitrary } from 'fast-check'
import { expect, it } from 'vitest'
import {
  batch,
  getOrThrow,
  empty,
  join,
  leave,
  nodesWhere,
  type NodeSpec,
  type Tally,
} from '../index.js'
import { stateOf } from '../cluster/cluster.js'
import { pattern } from '../rule/pattern.js'
import { domainCounts } from './expr.js'

/** An expression with every part of it misread, the innermost first. */
const throughout =
  (misread: (expr: ExprRecipe) => ExprRecipe) =>
  (expr: ExprRecipe): ExprRecipe => {
    const within = throughout(misread)
    switch (expr._tag) {
      case 'All':
      case 'Any':
        return misread({ ...expr, of: expr.of.map(within) })
      case 'Not':
        return misread({ ...expr, of: within(expr.of) })
      case 'Marks':
        return misread({ ...expr, tolerated: within(expr.tolerated) })
      default:
        return misread(expr)
    }
  }

/** One kind of expression misread, the others as they are. */
const only =
  <Tag extends ExprRecipe['_tag']>(tag: Tag, misread: (expr: Case<Tag>) => ExprRecipe) =>
  (expr: ExprRecipe): ExprRecipe =>
    expr._tag === tag ? misread(expr as Case<Tag>) : expr

const not = (expr: ExprRecipe): ExprRecipe => ({ _tag: 'Not', of: expr })
const strict = { '<': '<', '<=': '<', '>': '>', '>=': '>' } as const
const turned = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const

const as = (order: Order, read: Order): Order => (order === read ? others[read] : order)
type Case<Tag extends ExprRecipe['_tag']> = Extract<ExprRecipe, { readonly _tag: Tag }>
type Order = Case<'Compare'>['as']
const others = { int64: 'version', version: 'int64', instant: 'version' } as const
const tooMuch = '9223372036854775808'

it('requires what the expression says', () => fc.assert(filterAgrees(anyRequire), { numRuns: 300 }))

it.each<[string, (expr: ExprRecipe) => ExprRecipe]>([
  ['All is read as Any', only('All', ({ of }) => ({ _tag: 'Any', of }))],
  ['Any is read as All', only('Any', ({ of }) => ({ _tag: 'All', of }))],
  ['Not is not heard', only('Not', ({ of }) => of)],
  ['Has asks for a value', only('Has', ({ key }) => ({ _tag: 'In', key, values: ['x'] }))],
  ['In is content with the key', only('In', ({ key }) => ({ _tag: 'Has', key }))],
  ['In skips its last value', only('In', (is) => ({ ...is, values: is.values.slice(0, -1) }))],
  [
    'one tolerated mark is enough',
    only('Marks', (is) => not({ ...is, tolerated: not(is.tolerated) })),
  ],
  ['marks are asked of the node', only('Marks', ({ tolerated }) => tolerated)],
  ['Named skips its last name', only('Named', (is) => ({ ...is, nodes: is.nodes.slice(0, -1) }))],
  ['one mask is as good as another', only('InMask', () => ({ _tag: 'InMask', mask: 'claims' }))],
  ['no node was ever given', only('InMask', () => ({ _tag: 'Any', of: [] }))],
])('is refuted when %s', (_, misread) => {
  const misreading = throughout(misread)
  expect(
    isRefuted(filterAgrees(anyRequire, (rule) => ({ ...rule, expr: misreading(rule.expr) }))),
  ).toBe(true)
})

/** A *require* of expressions of one kind alone. */
const refutedOf = <Of extends ExprRecipe>(anyOf: Arbitrary<Of>, misread: (is: Of) => ExprRecipe) =>
  isRefuted(
    filterAgrees(
      fc.tuple(anyRequire, anyOf).map(([rule, expr]) => ({ ...rule, expr })),
      (rule) => ({ ...rule, expr: misread(rule.expr) }),
    ),
  )

it.each<[string, (is: Case<'Compare'>) => ExprRecipe]>([
  ['it is always strict', (is) => ({ ...is, op: strict[is.op] })],
  ['it looks the other way', (is) => ({ ...is, op: turned[is.op] })],
  ['a version is a number', (is) => ({ ...is, as: as(is.as, 'version') })],
  ['an instant is a version', (is) => ({ ...is, as: as(is.as, 'instant') })],
  [
    'a plus is no part of a number',
    (is) => ({ ...is, than: is.than.startsWith('+') ? 'x' : is.than }),
  ],
  [
    'a number may outgrow 64 bits',
    (is) => ({ ...is, than: is.than === tooMuch ? '9223372036854775807' : is.than }),
  ],
])('Compare is refuted when %s', (_, misread) => {
  expect(refutedOf(anyCompare, misread)).toBe(true)
})

it.each<[string, (is: Case<'Pattern'>) => ExprRecipe]>([
  ['it is content with the key', ({ key }) => ({ _tag: 'Has', key })],
  ['it accepts nothing', (is) => ({ ...is, program: pattern.program(pattern.oneOf([])) })],
])('Pattern is refuted when %s', (_, misread) => {
  expect(refutedOf(anyPattern, misread)).toBe(true)
})

it.each<[string, (is: Case<'Count'>) => ExprRecipe]>([
  ['it looks the other way', (is) => ({ ...is, op: turned[is.op] })],
  ['it counts one too few', (is) => ({ ...is, than: is.than + 1 })],
  ['it needs no key', (is) => ({ ...is, tally: { ...is.tally, absent: 'own' } })],
  ['it holds where nothing is to be counted', orWithoutKey],
])('Count is refuted when %s', (_, misread) => {
  expect(refutedOf(anyCount, misread)).toBe(true)
})

function orWithoutKey(is: Case<'Count'>): ExprRecipe {
  const { key } = is.tally
  return key === undefined ? is : { _tag: 'Any', of: [is, not({ _tag: 'Has', key })] }
}

it('does not name the node that has the row of one that left', () => {
  const named = (name: string): NodeSpec => ({ name, capacity: [], attributes: [], marks: [] })
  batch(empty, (draft) => {
    const gone = getOrThrow(join(draft, named('gone')))
    const nodes = [gone, getOrThrow(join(draft, named('stays')))]
    leave(draft, gone)
    join(draft, named('came'))
    const where = (expr: Parameters<typeof nodesWhere>[1]) =>
      nodeNames(draft, getOrThrow(nodesWhere(draft, expr)))
    expect(where({ _tag: 'Named', nodes })).toEqual(['stays'])
    expect(where({ _tag: 'Not', of: { _tag: 'Named', nodes } })).toEqual(['came'])
  })
})

it('does not count by scanning where an index should know the tally', () => {
  batch(empty, (draft) => {
    const tally = (domain: Tally['domain']): Tally => ({
      facts: { _tag: 'Every', of: [] },
      ...{ domain, absent: 'own' },
    })
    const state = { ...stateOf(draft), index: { domainCounts: () => undefined } as never }
    expect(() => domainCounts(state, tally('node'))).not.toThrow()
    expect(() => domainCounts(state, tally('cluster'))).toThrow('does not know a tally')
  })
})
