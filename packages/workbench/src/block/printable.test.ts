/** Tests that texts which would control a terminal are escaped. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printable } from './printable.js'

describe('a printable text', () => {
  it.each([
    ['plain/name-1 ä 語 😀', 'plain/name-1 ä 語 😀'],
    ['a\nb\tc\u007f\u009b', 'a\\u000ab\\u0009c\\u007f\\u009b'],
    ['line\u2028turned\u202eround', 'line\\u2028turned\\u202eround'],
  ])('%j', (text, printed) => {
    expect(printable(text)).toBe(printed)
  })
  it('steers nothing, and is printable already', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(printable(printable(text))).toBe(printable(text))
        expect(printable(text)).not.toMatch(/\p{Cc}/u)
      }),
    )
  })
})
