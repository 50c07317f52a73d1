/** Tests the parser of the cluster query language. */
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { isLeft, isRight, mapLeft } from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { derived, printed, refused } from '../../../../test/expected/ecs/a4-query-examples.js'
import {
  connectives,
  dates,
  names,
  operators,
  subjects,
  values,
} from '../../../../test/expected/ecs/a4-query-words.js'
import { limits } from '../../../../test/expected/ecs/a1-requests.js'
import type { TextFault } from '../pattern/fault.js'
import { withCaret } from './caret.js'
import { queryOptions, type QueryOptions } from './options.js'
import { parseQuery } from './parse.js'
import { printQuery } from './print.js'

const reads = (text: string, options?: QueryOptions) => isRight(parseQuery(text, options))
const fault = (text: string, options?: QueryOptions) => {
  const read = parseQuery(text, options)
  return isLeft(read) ? read.left : expect.fail(`${text} was read`)
}
const shown = (text: string, options?: QueryOptions) => {
  const { at, found, expected } = fault(text, options)
  return `${withCaret(text, at)}\nfound ${found}, expected ${expected}`.split('\n')
}
const read = (text: string) => {
  const result = parseQuery(text)
  return isRight(result) ? result.right : expect.fail(shown(text).join('\n'))
}

describe('the documented words', () => {
  it.each([...printed, ...derived].map(({ expression }) => expression))('%s is read', (text) => {
    expect(reads(text)).toBe(true)
  })

  const argument = { nothing: '', 'a literal': ' 1', 'a list': ' [1]', 'a pattern': ' 1.*' }
  const one = (subject: string, takes: keyof typeof argument) => {
    const isDate = subject === 'registeredAt' && takes === 'a literal'
    return isDate ? ' 2018-06-18' : argument[takes]
  }

  it.each(subjects)('$subject has the operators $operators', (subject) => {
    for (const { symbol, word, takes } of operators) {
      const texts = [symbol, word].map(
        (operator) => `${subject.subject} ${operator}${one(subject.subject, takes)}`,
      )
      expect(texts.map((text) => reads(text))).toEqual(
        Array(2).fill(subject.operators.includes(symbol)),
      )
      if (subject.operators.includes(symbol)) expect(read(texts[0]!)).toEqual(read(texts[1]!))
    }
  })

  it('are joined by signs or by words', () => {
    const [and, or, not] = connectives.map(([symbol]) => symbol)
    const words = 'not attribute:a exists and attribute:b exists or attribute:c exists'
    const signs = `${not}attribute:a exists${and}attribute:b exists${or}attribute:c exists`
    expect(read(signs)).toEqual(read(words))
    expect(printQuery(read(words))).toBe(
      '(not (attribute:a exists) and attribute:b exists) or attribute:c exists',
    )
  })

  it.each(dates)('registeredAt < $text is $valid', ({ text, valid }) => {
    expect(reads(`registeredAt < ${text}`)).toBe(valid)
  })

  it.each(names)('attribute:$text is $valid as a name', ({ text, valid }) => {
    expect(reads(`attribute:${text} exists`)).toBe(valid)
  })

  it.each(values.filter(({ valid }) => valid))(
    'an attribute can be asked for $text',
    ({ text }) => {
      expect(read(`attribute:a == '${text}'`)).toMatchObject({ test: { value: text } })
    },
  )
})

describe('what is refused', () => {
  it.each(refused)('$expression at $at', ({ expression, at }) => {
    expect(fault(expression).at).toBe(at)
  })

  it('is shown with a caret under the place', () => {
    expect(shown('attribute:stack === prod')).toEqual([
      'attribute:stack === prod',
      '                ^',
      'found "===", expected an operator of attribute:stack: ==, !=, >, >=, <, <=, exists, !exists, in, !in, =~, !~',
    ])
    expect(shown('runningTasksCount in [1]')).toEqual([
      'runningTasksCount in [1]',
      '                  ^',
      'found "in", expected an operator of runningTasksCount: ==, !=, >, >=, <, <=',
    ])
    expect(shown("attribute:stack =~ '(a)\\1'")).toEqual([
      "attribute:stack =~ '(a)\\1'",
      '                       ^',
      'found "\\\\1", expected no reference back to a group: an automaton has no memory of one',
    ])
    expect(shown('attribute:a == "b"')[2]).toBe(
      'found "\\"", expected a value, in single quotes if it is not one word; quotes are single ones',
    )
    expect(shown("attribute:a == 'b")[2]).toBe(`found "'b", expected a ' that closes the quotes`)
    expect(shown('attribute:a == and')[1]).toBe('               ^')
  })

  it('is more than so many characters', () => {
    const { most } = limits.find(({ field }) => field === 'expression')!
    const long = (length: number) => 'attribute:a exists'.padEnd(length)
    expect(reads(long(most))).toBe(true)
    expect(fault(long(most + 1))).toEqual({
      at: most,
      found: '2001 characters',
      expected: 'an expression of at most 2000',
    })
  })

  it('is more than a hundred parentheses and negations', () => {
    const within = (count: number) =>
      `${'!('.repeat(count / 2)}attribute:a exists${')'.repeat(count / 2)}`
    expect(reads(within(100))).toBe(true)
    expect(fault(within(102)).at).toBe(100)
    expect(reads('('.repeat(1990))).toBe(false)
    expect(reads('!'.repeat(1990))).toBe(false)
  })

  it('is a parenthesis in quotes, where the option says so', () => {
    const nowhere: QueryOptions = { ...queryOptions, parentheses: 'nowhere' }
    const text = "attribute:a =~ '(a|b)c'"
    expect(reads(text)).toBe(true)
    expect(fault(text, nowhere)).toMatchObject({ at: 16, found: '"("' })
    expect(fault("attribute:a in [b, 'c)']", nowhere).at).toBe(21)
  })

  it('is what does not compare as it is to be compared', () => {
    const as = (attributeOrder: QueryOptions['attributeOrder']) => ({
      ...queryOptions,
      attributeOrder,
    })
    expect(reads('attribute:a < -5')).toBe(true)
    expect(reads('attribute:a < 1.5')).toBe(false)
    expect(reads('attribute:a < 1.5', as('version'))).toBe(true)
    expect(reads('attribute:a < 2018-06-18T22:28:28+02:00', as('instant'))).toBe(true)
    expect(reads('agentVersion == new')).toBe(true)
    expect(reads('agentVersion == new', { ...queryOptions, agentVersionEquality: 'version' })).toBe(
      false,
    )
    expect(reads('registeredAt == then')).toBe(false)
    expect(reads('registeredAt == then', { ...queryOptions, registeredAtEquality: 'text' })).toBe(
      true,
    )
  })
})

/** Anything at all, mostly made of what expressions are made of. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...['attribute:a', 'task:group', 'runningTasksCount', 'and', '||', 'not', '!', '(', ')'],
        ...[
          '==',
          '=~',
          '!in',
          'in',
          'exists',
          '[',
          ',',
          ']',
          "'",
          '"',
          '1',
          'x.*',
          '(?=',
          '\\',
          ' ',
        ],
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(' ').slice(0, 60))

const isAnswered = (reading: typeof parseQuery) =>
  fc.property(anyText, (text) => {
    const result = reading(text)
    if (isRight(result)) return isRight(parseQuery(printQuery(result.right)))
    const [line, caret] = withCaret(text, result.left.at).split('\n')
    return (
      result.left.at <= text.length &&
      caret!.indexOf('^') <= [...line!].length &&
      caret!.endsWith('^')
    )
  })

describe('any text', () => {
  it('is read, or has a place that is wrong', () => {
    fc.assert(isAnswered(parseQuery), { numRuns: 5_000 })
  })
  it('is refuted when the place is outside of the text', () => {
    const astray: typeof parseQuery = (text) =>
      mapLeft((wrong: TextFault) => ({ ...wrong, at: wrong.at + 1 }))(parseQuery(text))
    expect(isRefuted(isAnswered(astray))).toBe(true)
  })
})

describe('a caret', () => {
  it('stands under its place in a long expression', () => {
    const text = `${'attribute:a exists and '.repeat(20)}attribute:b ? x${' and attribute:a exists'.repeat(20)}`
    const { at } = fault(text)
    const [line, caret] = withCaret(text, at).split('\n')
    expect(line![caret!.indexOf('^')]).toBe('?')
    expect([line!.length, line!.startsWith('…'), line!.endsWith('…')]).toEqual([74, true, true])
  })

  it('counts characters, and lets none break the line', () => {
    expect(withCaret("attribute:a == '💧\n' ?", 20)).toBe(
      "attribute:a == '💧 ' ?\n                   ^",
    )
  })
})

describe('a pattern without quotes', () => {
  it.each([
    ['[mc]5.*', '[mc]5.*'],
    ['m[45],.{1,2}', 'm[45],.{1,2}'],
    ['m5.*|c5.*', 'm5.*|c5.*'],
    ['a<b', 'a<b'],
  ])('%s goes on to the next blank or parenthesis', (pattern, text) => {
    expect(
      read(`(attribute:a =~ ${pattern}) and attribute:b =~ ${pattern}||attribute:c exists`),
    ).toMatchObject({
      of: [{ of: [{ test: { pattern: text } }, { test: { pattern: text } }] }, {}],
    })
  })
})
