/**
 * Tests what decides about colours: the flag, then FORCE_COLOR, then NO_COLOR, then the terminal.
 */
import { expect, it } from 'vitest'
import { isColoured, type ColourWish } from './terminal.js'

const wish = (
  environment: ColourWish['environment'],
  isTerminal = true,
  flag?: ColourWish['flag'],
): boolean => isColoured({ flag, isTerminal, environment })

it('follows the terminal when nobody says otherwise', () => {
  expect([wish({}), wish({}, false), wish({ TERM: 'dumb' })]).toEqual([true, false, false])
})
it('obeys NO_COLOR unless it is empty', () => {
  expect([wish({ NO_COLOR: '1' }), wish({ NO_COLOR: '' })]).toEqual([false, true])
})
it('obeys FORCE_COLOR before NO_COLOR', () => {
  expect(wish({ FORCE_COLOR: '1', NO_COLOR: '1' }, false)).toBe(true)
  expect(wish({ FORCE_COLOR: '0' })).toBe(false)
})
it('obeys the flag before all', () => {
  expect(wish({ NO_COLOR: '1' }, false, 'always')).toBe(true)
  expect(wish({ FORCE_COLOR: '1' }, true, 'never')).toBe(false)
})
