/**
 * Tests resource amounts in documents: which are accepted, which are refused and how, and how the
 * kernel counts them.
 */
import { decodeValue } from '@stowage/documents'
import { amountMax, pathOf } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { amountIn, Amounts } from './amounts.js'
import { parseQuantity, zero } from './quantity.js'

const wrongIn = (amounts: unknown): readonly string[] => {
  const read = decodeValue(Amounts, amounts)
  return E.isLeft(read)
    ? read.left.map(({ at, found, expected }) => `${pathOf(at)}: ${found}, not ${expected}`)
    : []
}
const textsIn = (amounts: unknown): readonly (readonly [string, string])[] => {
  const read = decodeValue(Amounts, amounts)
  return E.isRight(read) ? [...read.right].map(([resource, { text }]) => [resource, text]) : []
}

describe('an amount', () => {
  it.each([
    ['1.5.Gi', '"1.5.Gi"'],
    ['-1', '"-1"'],
    [-1, '-1'],
    ['1 Gi', '"1 Gi"'],
    ['', '""'],
    [true, 'true'],
    [{ value: 1 }, 'an object'],
    [[], 'an empty list'],
  ])('is not %j', (amount, found) => {
    expect(wrongIn({ cpu: '1', memory: amount })).toEqual([
      `memory: ${found}, not a quantity of 0 or more, such as 500m, 2 or 1.5Gi`,
    ])
  })
  it('is none for a null, as the API server reads it', () => {
    expect(textsIn({ memory: null })).toEqual([['memory', '0']])
  })
  it('may be a number, and may have blanks around it', () => {
    expect(textsIn({ memory: ' 1Gi ', cpu: 0.5, 'a.com/gpu': 1e9 })).toEqual([
      ['a.com/gpu', '1000000000'],
      ['cpu', '0.5'],
      ['memory', '1Gi'],
    ])
  })
})

describe('amounts', () => {
  it.each([[[]], ['1'], [7]])('are not %j', (amounts) => {
    expect(wrongIn(amounts)).toMatchObject([expect.stringContaining(', not an object')])
  })
  it('may be left out', () => {
    expect([decodeValue(Amounts, undefined), decodeValue(Amounts, null)]).toEqual([
      E.right(new Map()),
      E.right(new Map()),
    ])
  })
  it('are all looked at', () => {
    expect(wrongIn({ memory: 'x', cpu: 'y' })).toHaveLength(2)
  })
})

describe('what is too large to count', () => {
  const most = 'not a quantity below 2^53/100 bytes, or as many ticks of 1/128000 CPU'
  it('is refused with its path', () => {
    expect(wrongIn({ cpu: '703687442' })).toEqual([`cpu: "703687442", ${most}`])
    expect(wrongIn({ memory: '90071992547410' })).toEqual([`memory: "90071992547410", ${most}`])
    expect(wrongIn({ 'a.com/x': '1E' })).toEqual([`["a.com/x"]: "1E", ${most}`])
  })
  it('begins one above the most', () => {
    expect(wrongIn({ cpu: '703687441', memory: String(amountMax) })).toEqual([])
  })
})

it.each([
  ['cpu', '1', 128_000],
  ['cpu', '1m', 128],
  ['cpu', '0.6m', 128],
  ['memory', '1Mi', 1_048_576],
  ['memory', '1m', 1],
  ['pods', '110', 110],
])('counts %s of %s as %d', (resource, text, amount) => {
  expect(amountIn(resource, parseQuantity(text) ?? zero)).toBe(amount)
})
