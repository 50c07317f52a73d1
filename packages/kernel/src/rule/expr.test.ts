import { lowerExpr, lowerNode, plainNode, type ExprRecipe, type NodeRecipe } from '@stowage/testing'
import { describe, expect, it } from 'vitest'
import { batch, empty, join, nodesWhere, type Order } from '../index.js'

const holdsOf = (node: Partial<NodeRecipe>, expr: ExprRecipe): boolean =>
  batch(empty, (draft) => {
    join(draft, lowerNode(draft, { ...plainNode, ...node }))
    return nodesWhere(draft, lowerExpr(draft, expr)).length === 1
  })[0]

const zoneX: ExprRecipe = { _tag: 'In', key: 'zone', values: ['x'] }

describe('Compare', () => {
  const compare = (value: string, op: Order, than: string): boolean =>
    holdsOf(
      { attributes: [['size', value]] },
      { _tag: 'Compare', key: 'size', order: 'int64', op, than },
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
      order: 'int64',
      op: '<',
      than: '5',
    }
    expect(holdsOf({}, small)).toBe(false)
    expect(holdsOf({}, { _tag: 'Not', of: small })).toBe(true)
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
