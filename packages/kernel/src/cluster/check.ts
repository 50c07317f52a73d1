/**
 * Whether a node or a class can be evaluated at all, before it is let in: every word, dimension and number in it is known and in
 * its range. Each check gives what is wrong with its place, or nothing.
 */
import { isAmount, type Vector } from '../rule/dimension.js'
import type { Class } from '../rule/class.js'
import type { Attributes, Expr } from '../rule/expr.js'
import type { Filter } from '../rule/filter.js'
import { shown, type Malformed } from '../rule/malformed.js'
import type { NodeSpec } from '../rule/node-spec.js'
import type { Choice, Raw } from '../rule/score.js'
import type { Match, Tally } from '../rule/tally.js'
import type { Parts } from './parts.js'

type At = readonly (string | number)[]
type Checked = Malformed | undefined

const wrong = (at: At, found: unknown, expected: string): Malformed => ({
  at,
  found: shown(found),
  expected,
})

/** The first of the checks, done in order, that finds something. */
const firstOf = <Item>(items: readonly Item[], check: (item: Item, index: number) => Checked) => {
  for (const [index, item] of items.entries()) {
    const found = check(item, index)
    if (found !== undefined) return found
  }
  return undefined
}

const checkAmount = (amount: number, at: At): Checked =>
  isAmount(amount) ? undefined : wrong(at, amount, 'a whole number from 0 to below 2^53/100')

/** Beyond it, weighted sums would lose what they add up. */
const weightMost = 1_000_000

const checkWeight = (weight: number, at: At): Checked =>
  weight >= 0 && weight <= weightMost
    ? undefined
    : wrong(at, weight, `a weight from 0 to ${weightMost}`)

const checkSigned = (number: number, at: At): Checked =>
  Math.abs(number) <= weightMost
    ? undefined
    : wrong(at, number, `a number from -${weightMost} to ${weightMost}`)

const checkWord = (parts: Parts, word: number, at: At): Checked =>
  parts.words.texts[word] === undefined ? wrong(at, word, 'a word of this cluster') : undefined

const checkDimension = (parts: Parts, dimension: number, at: At): Checked =>
  parts.dimensions.texts[dimension] === undefined
    ? wrong(at, dimension, 'a dimension of this cluster')
    : undefined

const checkVector = (parts: Parts, vector: Vector, at: At): Checked =>
  firstOf(
    vector,
    ([dimension, amount], i) =>
      checkDimension(parts, dimension, [...at, i, 0]) ??
      checkAmount(amount, [...at, i, 1]) ??
      (vector.findIndex(([other]) => other === dimension) < i
        ? wrong([...at, i, 0], dimension, 'each dimension once')
        : undefined),
  )

const checkAttributes = (parts: Parts, attributes: Attributes, at: At): Checked =>
  firstOf(
    attributes,
    ([key, value], i) =>
      checkWord(parts, key, [...at, i, 0]) ??
      checkWord(parts, value, [...at, i, 1]) ??
      (attributes.findIndex(([other]) => other === key) < i
        ? wrong([...at, i, 0], parts.words.texts[key], 'each key once')
        : undefined),
  )

export const checkNode = (parts: Parts, spec: NodeSpec): Checked =>
  checkVector(parts, spec.capacity, ['capacity']) ??
  checkAttributes(parts, spec.attributes, ['attributes']) ??
  firstOf(spec.marks, (mark, i) => checkAttributes(parts, mark, ['marks', i]))

const checkExpr = (parts: Parts, expr: Expr, at: At, ofMark: boolean): Checked => {
  switch (expr._tag) {
    case 'All':
    case 'Any':
      return firstOf(expr.of, (part, i) => checkExpr(parts, part, [...at, 'of', i], ofMark))
    case 'Not':
      return checkExpr(parts, expr.of, [...at, 'of'], ofMark)
    case 'Has':
    case 'Compare':
      return checkWord(parts, expr.key, [...at, 'key'])
    case 'In':
      return (
        checkWord(parts, expr.key, [...at, 'key']) ??
        firstOf(expr.values, (value, i) => checkWord(parts, value, [...at, 'values', i]))
      )
    case 'Marks':
      if (ofMark) return wrong(at, 'Marks', 'no question about marks inside a mark')
      return checkExpr(parts, expr.tolerated, [...at, 'tolerated'], true)
    case 'Named':
      return ofMark ? wrong(at, 'Named', 'no question about nodes inside a mark') : undefined
  }
}

const checkMatch = (parts: Parts, match: Match, at: At): Checked => {
  switch (match._tag) {
    case 'Fact':
      return checkWord(parts, match.word, [...at, 'word'])
    case 'Phase':
      return undefined
    case 'Every':
    case 'Some':
      return firstOf(match.of, (part, i) => checkMatch(parts, part, [...at, 'of', i]))
    case 'None':
      return checkMatch(parts, match.of, [...at, 'of'])
  }
}

const checkTally = (parts: Parts, tally: Tally, at: At): Checked =>
  checkMatch(parts, tally.facts, [...at, 'facts']) ??
  (tally.domain === 'node' ? undefined : checkWord(parts, tally.domain, [...at, 'domain']))

const checkFilter = (parts: Parts, filter: Filter, at: At): Checked => {
  switch (filter._tag) {
    case 'Only':
      return undefined
    case 'Require':
      return checkExpr(parts, filter.expr, [...at, 'expr'], false)
    case 'Fit':
      return firstOf(
        filter.parts,
        ({ dimension, amount }, i) =>
          checkDimension(parts, dimension, [...at, 'parts', i, 'dimension']) ??
          checkAmount(amount, [...at, 'parts', i, 'amount']),
      )
    case 'Limit':
      return (
        checkTally(parts, filter.tally, [...at, 'tally']) ??
        checkAmount(filter.self, [...at, 'self']) ??
        checkAmount(filter.most, [...at, 'most'])
      )
  }
}

const checkRaw = (parts: Parts, raw: Raw, at: At): Checked => {
  switch (raw._tag) {
    case 'Static':
      return (
        firstOf(raw.cases, (one, i) => checkCase(parts, one, [...at, 'cases', i], false)) ??
        firstOf(raw.marks, (one, i) => checkCase(parts, one, [...at, 'marks', i], true))
      )
    case 'Load':
      return firstOf(
        raw.parts,
        ({ dimension, amount, weight }, i) =>
          checkDimension(parts, dimension, [...at, 'parts', i, 'dimension']) ??
          checkAmount(amount, [...at, 'parts', i, 'amount']) ??
          checkWeight(weight, [...at, 'parts', i, 'weight']),
      )
    case 'Counts':
      return firstOf(
        raw.terms,
        ([tally, weight], i) =>
          checkTally(parts, tally, [...at, 'terms', i, 0]) ??
          checkSigned(weight, [...at, 'terms', i, 1]),
      )
  }
}

const checkCase = (
  parts: Parts,
  [expr, number]: readonly [Expr, number],
  at: At,
  ofMark: boolean,
): Checked => checkExpr(parts, expr, [...at, 0], ofMark) ?? checkSigned(number, [...at, 1])

const checkTie = (choice: Choice): Checked =>
  choice.tie === 'rank' || Number.isSafeInteger(choice.tie.seeded)
    ? undefined
    : wrong(['choice', 'tie', 'seeded'], choice.tie.seeded, 'a whole number')

const checkChoice = (parts: Parts, choice: Choice): Checked => {
  const inside =
    choice._tag === 'Sum'
      ? firstOf(
          choice.scores,
          ({ raw, weight }, i) =>
            checkRaw(parts, raw, ['choice', 'scores', i, 'raw']) ??
            checkWeight(weight, ['choice', 'scores', i, 'weight']),
        )
      : firstOf(choice.keys, ({ raw }, i) => checkRaw(parts, raw, ['choice', 'keys', i, 'raw']))
  return inside ?? checkTie(choice)
}

export const checkClass = (parts: Parts, described: Class): Checked =>
  firstOf(described.facts, (fact, i) => checkWord(parts, fact, ['facts', i])) ??
  checkVector(parts, described.occupies, ['occupies']) ??
  firstOf(described.filters, (filter, i) => checkFilter(parts, filter, ['filters', i])) ??
  checkChoice(parts, described.choice) ??
  (Number.isFinite(described.priority)
    ? undefined
    : wrong(['priority'], described.priority, 'a finite number'))
