/**
 * Tests the order of warnings and of ignored documents: the order in which documents arrive does
 * not change the sorted lists.
 */
import { isDeepStrictEqual } from 'node:util'
import type { Ord } from 'fp-ts/lib/Ord.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { ignoredOrder, warningOrder, type Warning } from './note.js'

const word = fc.constantFrom('', 'a', 'b', '"', '\u{1f600}')
const anyWarning: fc.Arbitrary<Warning> = fc
  .record({ code: word, from: word, subject: word, text: word, detail: fc.option(word) })
  .map(({ detail, ...rest }) => (detail === null ? rest : { ...rest, detail }))

/** An empty detail and none at all are one place in the order. */
const withDetail = ({ detail = '', ...rest }: Warning) => ({ ...rest, detail })

const isTotal = (order: Ord<Warning>) =>
  fc.property(fc.array(anyWarning, { maxLength: 8 }), (warnings) => {
    const sorted = (all: readonly Warning[]) => RA.sort(order)(all).map(withDetail)
    return isDeepStrictEqual(sorted(warnings), sorted([...warnings].reverse()))
  })

describe('the order of warnings', () => {
  it('is total', () => {
    fc.assert(isTotal(warningOrder))
  })
  it.each(['code', 'from', 'subject', 'text'] as const)(
    'is refuted when it ignores %s',
    (field) => {
      const blind = (one: Warning): Warning => ({ ...one, [field]: '' })
      const careless: Ord<Warning> = {
        equals: (one, other) => warningOrder.equals(blind(one), blind(other)),
        compare: (one, other) => warningOrder.compare(blind(one), blind(other)),
      }
      expect(isRefuted(isTotal(careless))).toBe(true)
    },
  )
  it('is by text first, then by subject, detail and document', () => {
    const warning = (text: string, subject: string, from: string, detail?: string): Warning => ({
      ...{ code: 'A', text, subject, from },
      ...(detail === undefined ? {} : { detail }),
    })
    const ordered = [
      warning('a', 'z', 'z'),
      warning('b', 'a', 'z'),
      warning('b', 'a', 'a', 'x'),
      warning('b', 'a', 'b', 'x'),
      warning('b', 'b', 'a'),
    ]
    expect(RA.sort(warningOrder)([...ordered].reverse())).toEqual(ordered)
  })
})

it('orders ignored documents by kind, then by document', () => {
  const ordered = [
    { kind: 'a', from: 'z' },
    { kind: 'b', from: 'a' },
    { kind: 'b', from: 'b' },
  ]
  expect(RA.sort(ignoredOrder)([...ordered].reverse())).toEqual(ordered)
})
