/**
 * Validates offerings (kinds of nodes that can be launched) before `provision` plans with them:
 * capacity, price, count, and the ids of words and classes. Returns the first error with its path.
 */
import { checkNode } from '../check/check.js'
import { classWith } from '../cluster/classes.js'
import type { State } from '../cluster/state.js'
import { symbolsOf } from '../cluster/state.js'
import { renderValue, type MalformedValue } from '../rule/malformed.js'
import type { Offering } from './offering.js'

/** The first thing that is wrong, with its path from the list of offerings. */
export const checkOfferings = (
  state: State,
  offerings: readonly Offering[],
): MalformedValue | undefined => {
  for (const [i, offering] of offerings.entries()) {
    const found = checkOffering(state, offering)
    if (found !== undefined) return { ...found, at: [i, ...found.at] }
  }
  return undefined
}

const checkOffering = (state: State, offering: Offering): MalformedValue | undefined => {
  const { prefix, capacity, attributes, marks, price, countMax, named, holds } = offering
  const node = checkNode({ name: prefix, capacity, attributes, marks }, symbolsOf(state))
  if (node !== undefined) return node
  if (!capacity.some(([, amount]) => amount > 0))
    return wrong(['capacity'], capacity, 'some capacity: a node of it would take nothing')
  if (!isWhole(price)) return wrong(['price'], price, 'a whole number, 0 or more')
  if (countMax !== undefined && !isWhole(countMax))
    return wrong(['countMax'], countMax, 'a whole number, 0 or more')
  for (const [i, key] of named.entries()) {
    if (!state.words.texts.has(key)) return wrong(['named', i], key, 'a word of this cluster')
    if (attributes.some(([other]) => other === key))
      return wrong(['named', i], key, 'a key that is not among the attributes')
  }
  for (const [i, { class: id, count }] of holds.entries()) {
    if (classWith(state.classes, id) === undefined)
      return wrong(['holds', i, 'class'], id, 'a class of this cluster')
    if (!isWhole(count)) return wrong(['holds', i, 'count'], count, 'a whole number, 0 or more')
  }
  return undefined
}

const isWhole = (value: number): boolean => Number.isSafeInteger(value) && value >= 0

const wrong = (at: MalformedValue['at'], found: unknown, expected: string): MalformedValue => ({
  ...{ at, found: renderValue(found), expected },
})
