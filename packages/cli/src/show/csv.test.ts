/**
 * Tests that CSV is read back as it was written, by a reader of RFC 4180, and that no cell is a
 * formula.
 */
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { csvText } from './csv.js'

/** The records of a text, character by character, by the grammar of RFC 4180. */
const readCsv = (text: string): readonly (readonly string[])[] => {
  const records: string[][] = [['']]
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    const record = records[records.length - 1]!
    const character = text[at]!
    const isDoubled = character === '"' && isQuoted && text[at + 1] === '"'
    if (character === '"' && !isDoubled) isQuoted = !isQuoted
    else if (character === ',' && !isQuoted) record.push('')
    else if (character === '\n' && !isQuoted) records.push([''])
    else if (character !== '\r' || isQuoted) record.push((record.pop() ?? '') + character)
    if (isDoubled) at++
  }
  return records
}

const cells = fc.array(fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '1') }), {
  ...{ minLength: 2, maxLength: 2 },
})
const isReadBack = (print: typeof csvText): fc.IProperty<[string[][]]> =>
  fc.property(fc.array(cells, { minLength: 1 }), (rows) => {
    const safe = rows.map((row) => row.map((cell) => `x${cell}`))
    expect(readCsv(print({ _tag: 'Table', head: ['a', 'b'], rows: safe }))).toEqual([
      ['a', 'b'],
      ...safe,
    ])
  })

it('is read back', () => fc.assert(isReadBack(csvText)))
it('is refuted when a quote is not doubled', () => {
  const single: typeof csvText = (table) => csvText(table).replaceAll('""', '"')
  expect(isRefuted(isReadBack(single))).toBe(true)
})
it('has nothing that controls a terminal', () => {
  const rows = [['\u001b[31mred', 'a\r\u009b\u202eb\nc']]
  expect(csvText({ _tag: 'Table', head: ['a', 'b'], rows })).toBe(
    'a,b\r\n\\u001b[31mred,"a\\u000d\\u009b\\u202eb\nc"',
  )
})
it('has no formula, and leaves numbers alone', () => {
  const rows = [
    ['=1+1', '-5'],
    ['@x', '-x'],
  ]
  expect(csvText({ _tag: 'Table', head: ['a', 'b'], rows })).toBe("a,b\r\n'=1+1,-5\r\n'@x,'-x")
})
