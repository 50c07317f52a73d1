/**
 * Tests the conversion of `PlainNode`s (nodes described by texts and numbers). The order of keys
 * does not matter, and an invalid node is refused with the path of the mistake.
 */
import { isRefuted } from '@stowage/testing'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { batch } from '../cluster/batch.js'
import { empty } from '../cluster/cluster.js'
import { dimensionName, wordText } from '../cluster/find.js'
import { amountMax } from '../rule/dimension.js'
import { getOrThrow } from '../rule/get-or-throw.js'
import type { WordId } from '../rule/id.js'
import type { LowerNode } from '../provision/lower-node.js'
import { lowerPlainNode } from './plain-node.js'

const lowered = (node: unknown, lower: LowerNode = lowerPlainNode) =>
  batch(empty, (draft) => E.map((spec) => ({ spec, draft }))(lower(draft, node, 'a')))[1]

/** What a node says, read back from ids to texts. */
const textsOf = (node: unknown, lower: LowerNode) =>
  batch(empty, (draft) => {
    const { name, capacity, attributes, marks } = getOrThrow(lower(draft, node, 'a'))
    const text = (word: WordId): string => O.getOrElse(() => 'no word')(wordText(draft, word))
    const texts = (pairs: typeof attributes): Readonly<Record<string, string>> =>
      Object.fromEntries(pairs.map(([key, value]) => [text(key), text(value)]))
    return {
      name,
      capacity: Object.fromEntries(
        capacity.map(([id, amount]) => [
          O.getOrElse(() => 'none')(dimensionName(draft, id)),
          amount,
        ]),
      ),
      attributes: texts(attributes),
      marks: marks.map(texts),
    }
  })[1]

const anyKey = fc.constantFrom('cpu', 'memory', 'zone', 'a', 'Ä', 'toString')
const anyTexts = fc.dictionary(anyKey, fc.constantFrom('x', 'y', ''), { noNullPrototype: true })
const anyNode = fc.record({
  capacity: fc.dictionary(anyKey, fc.nat({ max: amountMax }), { noNullPrototype: true }),
  attributes: anyTexts,
  marks: fc.array(anyTexts, { maxLength: 2 }),
})
const turned = (of: object): object => Object.fromEntries(Object.entries(of).reverse())

const readsBack = (lower: LowerNode) =>
  fc.property(anyNode, (node) => {
    expect(textsOf(node, lower)).toEqual({ name: 'a', ...node })
    const other = {
      marks: node.marks.map(turned),
      attributes: turned(node.attributes),
      capacity: turned(node.capacity),
    }
    const both = [node, other].map((one) => {
      const read = lowered(one, lower)
      return E.isRight(read) ? read.right.spec : undefined
    })
    expect(both[1]).toEqual(both[0])
  })

it('reads what is written, whatever the order of keys', () => {
  fc.assert(readsBack(lowerPlainNode), { numRuns: 500 })
})
it('is refuted when ids are given in the order of the object', () => {
  const hasty: LowerNode = (draft, node, name) => {
    const { capacity = {}, ...rest } = node as { readonly capacity?: Record<string, number> }
    for (const [key, amount] of Object.entries(capacity))
      lowerPlainNode(draft, { capacity: { [key]: amount } }, name)
    return lowerPlainNode(draft, { capacity, ...rest }, name)
  }
  expect(isRefuted(readsBack(hasty))).toBe(true)
})
it('is refuted when a mark is lost', () => {
  const forgetful: LowerNode = (draft, node, name) =>
    lowerPlainNode(draft, { ...(node as object), marks: [] }, name)
  expect(isRefuted(readsBack(forgetful))).toBe(true)
})

it.each([
  [undefined, [], 'nothing'],
  ['a', [], '"a"'],
  [[], [], 'an empty list'],
  [{}, ['capacity'], 'nothing'],
  [{ capacity: [] }, ['capacity'], 'an empty list'],
  [{ capacity: { cpu: -1 } }, ['capacity', 'cpu'], '-1'],
  [{ capacity: { cpu: '1' } }, ['capacity', 'cpu'], '"1"'],
  [{ capacity: { cpu: 0.5 } }, ['capacity', 'cpu'], '0.5'],
  [{ capacity: { cpu: amountMax + 1 } }, ['capacity', 'cpu'], String(amountMax + 1)],
  [{ capacity: {}, attributes: { zone: 1 } }, ['attributes', 'zone'], '1'],
  [{ capacity: {}, attributes: null }, ['attributes'], 'null'],
  [{ capacity: {}, marks: {} }, ['marks'], 'an object'],
  [{ capacity: {}, marks: [{}, 'taint'] }, ['marks', 1], '"taint"'],
  [{ capacity: {}, marks: [{}, { key: null }] }, ['marks', 1, 'key'], 'null'],
  [{ capacity: {}, labels: {} }, ['labels'], 'an object'],
])('refuses %j with a path', (node, at, found) => {
  expect(lowered(node)).toMatchObject({ _tag: 'Left', left: { at, found } })
})
