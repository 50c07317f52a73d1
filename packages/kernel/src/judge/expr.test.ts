import { anyRequire, filterAgrees, refuted, type ExprRecipe } from '@stowage/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'

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
  <Tag extends ExprRecipe['_tag']>(
    tag: Tag,
    misread: (expr: Extract<ExprRecipe, { readonly _tag: Tag }>) => ExprRecipe,
  ) =>
  (expr: ExprRecipe): ExprRecipe =>
    expr._tag === tag ? misread(expr as Extract<ExprRecipe, { readonly _tag: Tag }>) : expr

const not = (expr: ExprRecipe): ExprRecipe => ({ _tag: 'Not', of: expr })
const strict = { '<': '<', '<=': '<', '>': '>', '>=': '>' } as const
const turned = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const

it('requires what the expression says', () => fc.assert(filterAgrees(anyRequire), { numRuns: 300 }))

it.each<[string, (expr: ExprRecipe) => ExprRecipe]>([
  ['All is read as Any', only('All', ({ of }) => ({ _tag: 'Any', of }))],
  ['Any is read as All', only('Any', ({ of }) => ({ _tag: 'All', of }))],
  ['Not is not heard', only('Not', ({ of }) => of)],
  ['Has asks for a value', only('Has', ({ key }) => ({ _tag: 'In', key, values: ['x'] }))],
  ['In is content with the key', only('In', ({ key }) => ({ _tag: 'Has', key }))],
  ['In skips its last value', only('In', (is) => ({ ...is, values: is.values.slice(0, -1) }))],
  ['Compare is always strict', only('Compare', (is) => ({ ...is, op: strict[is.op] }))],
  ['Compare looks the other way', only('Compare', (is) => ({ ...is, op: turned[is.op] }))],
  [
    'a plus is no part of a number',
    only('Compare', (is) => ({ ...is, than: is.than.startsWith('+') ? 'x' : is.than })),
  ],
  [
    'a number may outgrow 64 bits',
    only('Compare', (is) => ({
      ...is,
      than: is.than === '9223372036854775808' ? '9223372036854775807' : is.than,
    })),
  ],
  [
    'one tolerated mark is enough',
    only('Marks', (is) => not({ ...is, tolerated: not(is.tolerated) })),
  ],
  ['marks are asked of the node', only('Marks', ({ tolerated }) => tolerated)],
  ['Named skips its last name', only('Named', (is) => ({ ...is, nodes: is.nodes.slice(0, -1) }))],
])('is refuted when %s', (_, misread) => {
  const misreading = throughout(misread)
  expect(
    refuted(filterAgrees(anyRequire, (rule) => ({ ...rule, expr: misreading(rule.expr) }))),
  ).toBe(true)
})
