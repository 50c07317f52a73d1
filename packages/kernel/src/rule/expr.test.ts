/** Tests expressions (conditions on a node) by examples, one group for each kind. */
import { build, lowerNode, plainClass, plainNode, type NodeRecipe } from '@stowage/testing'
import { lowerExpr } from '../../../testing/src/lower/expr.js'
import { explainByName } from '../../../testing/src/picture/answer.js'
import type { ExprRecipe } from '../../../testing/src/recipe/recipe.js'
import { describe, expect, it } from 'vitest'
import { batch, getOrThrow, empty, join, nodesWhere, pattern, type Piece } from '../index.js'
import type { ComparisonOp } from './expr.js'

const holdsOf = (node: Partial<NodeRecipe>, expr: ExprRecipe): boolean =>
  batch(empty, (draft) => {
    join(draft, lowerNode(draft, { ...plainNode, ...node }))
    return getOrThrow(nodesWhere(draft, lowerExpr(draft, expr))).length === 1
  })[1]

const zoneX: ExprRecipe = { _tag: 'In', key: 'zone', values: ['x'] }

describe('Compare', () => {
  const compare = (value: string, op: ComparisonOp, than: string): boolean =>
    holdsOf(
      { attributes: [['size', value]] },
      { _tag: 'Compare', key: 'size', as: 'int64', op, than },
    )

  it.each([
    ['5', '<', '10'],
    ['+5', '>=', '5'],
    ['+5', '<=', '5'],
    ['-0', '>=', '0'],
    ['007', '>', '6'],
    ['-9223372036854775808', '<', '-9223372036854775807'],
    ['9223372036854775807', '>', '9223372036854775806'],
  ] as const)('holds of %s %s %s', (value, op, than) => {
    expect(compare(value, op, than)).toBe(true)
  })

  it.each(['9223372036854775808', '-9223372036854775809', 'x', '', '+', '5.0', '0x5', '1_0', ' 5'])(
    'holds of no order when one side is %j',
    (text) => {
      for (const op of ['<', '<=', '>', '>='] as const)
        expect([compare(text, op, '5'), compare('5', op, text)]).toEqual([false, false])
    },
  )

  it('does not hold when the key is not there, and then its negation does', () => {
    const small: ExprRecipe = {
      _tag: 'Compare',
      key: 'size',
      as: 'int64',
      op: '<',
      than: '5',
    }
    expect(holdsOf({}, small)).toBe(false)
    expect(holdsOf({}, { _tag: 'Not', of: small })).toBe(true)
  })
})

describe.each([
  ['version', '1.9.0', '1.10'],
  ['version', '2', '2.0.1'],
  ['instant', '2026-11-23', '2026-11-23T00:00:00.000000001Z'],
  ['instant', '2026-11-23T01:00:00+02:00', '2026-11-22T23:30:00'],
] as const)('Compare as %s', (order, earlier, later) => {
  it(`finds ${earlier} before ${later}`, () => {
    const compare = (value: string, op: ComparisonOp, than: string): boolean =>
      holdsOf({ attributes: [['at', value]] }, { _tag: 'Compare', key: 'at', as: order, op, than })
    expect(compare(earlier, '<', later)).toBe(true)
    expect(compare(later, '<', earlier)).toBe(false)
    expect(compare(later, '>=', earlier)).toBe(true)
    expect(compare('x', '<', later)).toBe(false)
    expect(compare(earlier, '>=', 'x')).toBe(false)
  })
})

describe('Pattern', () => {
  const { text, many, either, any, atStart, atEnd, oneOf } = pattern
  const accepts = (value: string, ...pieces: readonly Piece[]): boolean =>
    holdsOf(
      { attributes: [['type', value]] },
      { _tag: 'Pattern', key: 'type', program: pattern.program(...pieces) },
    )

  it('accepts the whole value', () => {
    expect(accepts('m5.large', text('m5.'), many(any))).toBe(true)
    expect(accepts('xm5.large', text('m5.'), many(any))).toBe(false)
    expect(accepts('m5.large', text('m5.'))).toBe(false)
    expect(accepts('', many(any))).toBe(true)
  })

  it('takes one way or the other', () => {
    const five = either(text('m'), text('c'))
    expect(['m5', 'c5', 'r5', '5'].map((value) => accepts(value, five, text('5')))).toEqual([
      true,
      true,
      false,
      false,
    ])
  })

  it('holds an anchor where the text begins or ends', () => {
    expect(accepts('x', atStart, text('x'), atEnd)).toBe(true)
    expect(accepts('xx', text('x'), atStart, text('x'))).toBe(false)
    expect(accepts('xx', text('x'), atEnd, text('x'))).toBe(false)
  })

  it('takes code points', () => {
    expect(accepts('💧', any)).toBe(true)
    expect(accepts('💧', any, any)).toBe(false)
    expect(accepts('💧', oneOf([[0x1f4a7, 0x1f4a7]]))).toBe(true)
  })

  it('does not hold of a node without the key', () => {
    const all = { _tag: 'Pattern', key: 'type', program: pattern.program(many(any)) } as const
    expect(holdsOf({}, all)).toBe(false)
  })
})

/** By name, the nodes that a class takes which requires it, where `a` has a zone and holds two. */
const taken = (expr: ExprRecipe): readonly string[] => {
  const { cluster, classes } = build({
    nodes: [
      { ...plainNode, name: 'a', attributes: [['zone', 'x']] },
      { ...plainNode, name: 'b' },
    ],
    classes: [
      { ...plainClass, facts: ['web'] },
      {
        ...plainClass,
        filters: [{ _tag: 'Require', plugin: 0, reason: 0, removable: true, expr }],
      },
    ],
    given: { masks: [{ mask: 'claims', nodes: ['b'] }], columns: [] },
    replicas: [0, 0].map((position) => ({ class: position, node: 'a', phase: 'running' })),
  })
  return explainByName(cluster, { class: classes[1]! }).best
}

it('knows the nodes that a mask was given', () => {
  expect(taken({ _tag: 'InMask', mask: 'claims' })).toEqual(['b'])
  expect(taken({ _tag: 'InMask', mask: 'other' })).toEqual([])
  expect(taken({ _tag: 'Not', of: { _tag: 'InMask', mask: 'claims' } })).toEqual(['a'])
})

describe('Count', () => {
  const count = (op: ComparisonOp, than: number, rest: { key?: string } = {}): ExprRecipe => ({
    _tag: 'Count',
    tally: { facts: { _tag: 'Fact', word: 'web' }, domain: 'node', absent: 'skip', ...rest },
    op,
    than,
  })

  it('compares the count on the node', () => {
    expect(taken(count('>=', 2))).toEqual(['a'])
    expect(taken(count('>', 2))).toEqual([])
    expect(taken(count('<', 1))).toEqual(['b'])
    expect(taken(count('<=', 2))).toEqual(['a', 'b'])
  })

  it('is false of a node without the key', () => {
    expect(taken(count('<=', 2, { key: 'zone' }))).toEqual(['a'])
    expect(taken({ _tag: 'Not', of: count('<=', 2, { key: 'zone' }) })).toEqual(['b'])
  })
})

describe('Marks', () => {
  const tolerant: ExprRecipe = { _tag: 'Marks', tolerated: zoneX }

  it('holds of a node without marks', () => {
    expect(holdsOf({}, tolerant)).toBe(true)
  })

  it('holds when every mark is tolerated, and not when one is not', () => {
    expect(holdsOf({ marks: [[['zone', 'x']]] }, tolerant)).toBe(true)
    expect(holdsOf({ marks: [[['zone', 'x']], [['zone', 'y']]] }, tolerant)).toBe(false)
  })

  it('asks the mark and not the node', () => {
    expect(holdsOf({ attributes: [['zone', 'x']], marks: [[]] }, tolerant)).toBe(false)
  })
})

it('has nothing of all, and nothing of any', () => {
  expect(holdsOf({}, { _tag: 'All', of: [] })).toBe(true)
  expect(holdsOf({}, { _tag: 'Any', of: [] })).toBe(false)
})

it.each(['__proto__', 'constructor', 'toString'])('knows a key only where it is: %s', (key) => {
  expect(holdsOf({}, { _tag: 'Has', key })).toBe(false)
  expect(holdsOf({ attributes: [[key, 'x']] }, { _tag: 'In', key, values: ['x'] })).toBe(true)
})

it('names nodes', () => {
  expect(holdsOf({ name: 'a' }, { _tag: 'Named', nodes: ['a', 'b'] })).toBe(true)
  expect(holdsOf({ name: 'c' }, { _tag: 'Named', nodes: ['a', 'b'] })).toBe(false)
})
