/** Tests tables of any length, long cells, and cells with terminal control characters. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { cellText } from './block.js'
import { tableText } from './table.js'

const head = ['NAME', 'HOLDS']
const lines = (print: typeof tableText, ...rows: (readonly string[])[]): readonly string[] =>
  print(head, rows).split('\n')

const words = fc.array(fc.stringMatching(/^[a-z]{1,20}$/), { minLength: 1, maxLength: 40 })
/**
 * The second column, which begins after `NAME` and two blanks, has every word in its order and is
 * never too wide.
 */
const keepsAll = (print: typeof tableText): fc.IProperty<[string[]]> =>
  fc.property(words, (held) => {
    const column = lines(print, ['a', held.join(', ')])
      .slice(1)
      .map((line) => line.slice('NAME  '.length))
    expect(column.join(' ')).toBe(held.join(', '))
    expect(Math.max(...column.map(({ length }) => length))).toBeLessThanOrEqual(72)
  })

describe('a long cell', () => {
  it('is folded, and nothing of it is lost', () => fc.assert(keepsAll(tableText)))
  it('is refuted when it is cut', () => {
    const cut: typeof tableText = (...table) => tableText(...table).replace(/^(.{70}).*$/gm, '$1')
    expect(isRefuted(keepsAll(cut))).toBe(true)
  })
  it('is refuted when it is not folded', () => {
    const long: typeof tableText = (titles, rows) =>
      [titles, ...rows.map((row) => row.map(cellText))]
        .map(([a = '', b = '']) => `${a.padEnd(4)}  ${b}`)
        .join('\n')
    expect(isRefuted(keepsAll(long))).toBe(true)
  })
  it('makes its column as wide as its longest word', () => {
    expect(lines(tableText, ['x'.repeat(60), 'y'])).toEqual([
      `${'NAME'.padEnd(60)}  HOLDS`,
      `${'x'.repeat(60)}  y`,
    ])
  })
})

describe('a table', () => {
  it('has the same columns from the first of many rows to the last', () => {
    const rows = Array.from({ length: 1_000 }, (_, i) => [`node-${i}`, `holds ${i}`])
    const all = lines(tableText, ...rows)
    expect(all).toHaveLength(1_001)
    expect(all[0]).toBe('NAME      HOLDS')
    expect([all[1], all[1_000]]).toEqual(['node-0    holds 0', 'node-999  holds 999'])
  })
  it('keeps the line breaks of cells, and nothing else that steers a terminal', () => {
    expect(lines(tableText, ['\u001b[31mred', 'a\nb\r'])).toEqual([
      'NAME           HOLDS',
      '\\u001b[31mred  a',
      '               b\\u000d',
    ])
  })
})

describe('on a terminal', () => {
  const onTerminal =
    (columns: number): typeof tableText =>
    (titles, rows) =>
      tableText(titles, rows, { columns, hasBars: true, hasColour: false })
  const fits = (print: typeof tableText): fc.IProperty<[string[], number]> =>
    fc.property(words, fc.integer({ min: 30, max: 120 }), (held, columns) => {
      const [first = '', ...others] = held
      const printed = lines(print === tableText ? onTerminal(columns) : print, [
        first,
        others.join(' '),
      ])
      expect(Math.max(...printed.map(({ length }) => length))).toBeLessThanOrEqual(columns)
    })
  it('is no wider than the terminal', () => fc.assert(fits(tableText)))
  it('is refuted when it has the width of a pipe', () => {
    expect(isRefuted(fits((titles, rows) => tableText(titles, rows)))).toBe(true)
  })
  it('cuts a word that is longer than its column, with an ellipsis', () => {
    const printed = lines(onTerminal(30), ['x'.repeat(60), 'y'])
    expect(printed[1]).toMatch(/^x+…  y$/)
    expect(printed[1]?.length).toBeLessThanOrEqual(30)
  })
  it('folds nothing when its width has no limit', () => {
    const held = 'word '.repeat(40).trim()
    expect(lines(onTerminal(Infinity), [held, held])[1]).toBe(`${held}  ${held}`)
  })
  it('has a bar for a share where there is room for one', () => {
    const rows = [0, 0.5, 0.66, 1, 1.2].map((share) => ['n', { text: 'load', share }] as const)
    const bars = onTerminal(80)(head, rows).split('\n').slice(1)
    expect(bars).toEqual(
      ['░░░░░', '██▌░░', '███▎░', '█████', '█████'].map((bar) => `n     ${bar} load`),
    )
    expect(onTerminal(12)(head, rows)).not.toContain('░')
    expect(tableText(head, rows)).not.toContain('░')
  })
  it('is coloured on request alone', () => {
    const rows = [
      ['n', { text: 'no', tone: 'bad' }],
      ['m', { text: '95%', share: 0.95 }],
    ] as const
    const coloured = tableText(head, rows, { hasBars: false, hasColour: true })
    expect(coloured.split('\n').slice(1)).toEqual([
      'n     \u001b[31mno\u001b[39m',
      'm     \u001b[33m95%\u001b[39m',
    ])
    expect(tableText(head, rows)).not.toContain('\u001b')
  })
})
