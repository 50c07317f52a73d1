/**
 * Converts a `PlainNode` (a node described by texts and numbers) to a `NodeSpec`. This is the
 * default reader of the nodes in events, for callers without an adapter (the Kubernetes or ECS
 * package).
 */
import { isObject } from '../check/shape.js'
import * as E from 'fp-ts/lib/Either.js'
import type { Draft } from '../cluster/draft.js'
import { internDimension, internWord } from '../cluster/intern.js'
import { isAmount } from '../rule/dimension.js'
import type { Attributes } from '../rule/expr.js'
import { renderValue, type MalformedValue } from '../rule/malformed.js'
import type { PlainNode } from '../time/event.js'
import type { LowerNode } from '../provision/lower-node.js'
import { byCodeUnit } from '../rule/text-order.js'

/** Reads a `PlainNode`. A `Left` has the path of the first wrong field. */
export const lowerPlainNode: LowerNode = (draft, node, name) => {
  const wrong = wrongIn(node)
  if (wrong !== undefined) return E.left(wrong)
  const { capacity, attributes = {}, marks = [] } = node as PlainNode
  return E.right({
    name,
    capacity: entriesOf(capacity).map(([key, amount]) => [internDimension(draft, key), amount]),
    attributes: attributesOf(draft, attributes),
    marks: marks.map((mark) => attributesOf(draft, mark)),
  })
}

/** The entries in the order of their keys, so that ids do not depend on how an object was built. */
const entriesOf = <Value>(of: Readonly<Record<string, Value>>): readonly [string, Value][] =>
  Object.entries(of).sort(([a], [b]) => byCodeUnit(a, b))

const attributesOf = (draft: Draft, texts: Readonly<Record<string, string>>): Attributes =>
  entriesOf(texts).map(([key, value]) => [internWord(draft, key), internWord(draft, value)])

const fields: Readonly<
  Record<string, (value: unknown, at: MalformedValue['at']) => MalformedValue | undefined>
> = {
  capacity: (value, at) =>
    wrongEntry(value, at, isWholeAmount, 'a whole amount within the bounds of amounts'),
  attributes: (value, at) =>
    value === undefined ? undefined : wrongEntry(value, at, isAnyText, 'a text'),
  marks: (value, at) => {
    if (value === undefined) return undefined
    if (!Array.isArray(value)) return { at, found: renderValue(value), expected: 'a list of marks' }
    for (const [i, mark] of value.entries()) {
      const wrong = wrongEntry(mark, [...at, i], isAnyText, 'a text')
      if (wrong !== undefined) return wrong
    }
    return undefined
  },
}

const wrongIn = (node: unknown): MalformedValue | undefined => {
  if (!isObject(node)) return { at: [], found: renderValue(node), expected: 'a node' }
  for (const key of Object.keys(node))
    if (!Object.hasOwn(fields, key) && key !== 'name')
      return { at: [key], found: renderValue(node[key]), expected: 'no such field' }
  for (const [key, check] of Object.entries(fields)) {
    const wrong = check(node[key], [key])
    if (wrong !== undefined) return wrong
  }
  return undefined
}

const wrongEntry = (
  value: unknown,
  at: MalformedValue['at'],
  passes: (one: unknown) => boolean,
  expected: string,
): MalformedValue | undefined => {
  if (!isObject(value)) return { at, found: renderValue(value), expected: 'an object' }
  const wrong = Object.keys(value).find((key) => !passes(value[key]))
  return wrong === undefined
    ? undefined
    : { at: [...at, wrong], found: renderValue(value[wrong]), expected }
}

const isAnyText = (value: unknown): boolean => typeof value === 'string'
const isWholeAmount = (value: unknown): boolean => typeof value === 'number' && isAmount(value)
