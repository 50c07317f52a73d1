/**
 * Property: versions of a table that share chunks keep their own content, whatever is written to
 * other versions.
 */
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  fieldsPerRecord,
  fitRecords,
  noRecords,
  readField,
  shareRecords,
  writeField,
  type Records,
} from './records.js'

const rows = 2_500

const anyWrite = fc.record({
  row: fc.nat(rows - 1),
  field: fc.nat(fieldsPerRecord - 1),
  value: fc.integer({ min: -1, max: 2_147_483_647 }),
})

/**
 * Writes to the last value, some to each and then shared: none hears of what is written to those
 * that come after it.
 */
const staysAsItWas = (sharing: (records: Records) => Records, writing: typeof writeField) =>
  fc.property(fc.array(fc.array(anyWrite, { maxLength: 5 }), { maxLength: 5 }), (turns) => {
    const first = noRecords()
    fitRecords(first, rows)
    const versions: [Records, number[]][] = [[first, Array<number>(rows * fieldsPerRecord).fill(0)]]
    for (const writes of turns) {
      const [records, expected] = versions[versions.length - 1]!
      const next: [Records, number[]] = [sharing(records), expected.slice()]
      for (const { row, field, value } of writes) {
        writing(next[0], row, field, value)
        next[1][row * fieldsPerRecord + field] = value
      }
      versions.push(next)
    }
    const writes = turns.flat()
    for (const [records, expected] of versions)
      for (const { row } of [{ row: 0 }, { row: 1_023 }, { row: 1_024 }, ...writes])
        for (let field = 0; field < fieldsPerRecord; field++)
          expect(readField(records, row, field)).toBe(expected[row * fieldsPerRecord + field])
  })

it('are what was written, in each value that shares them', () =>
  fc.assert(staysAsItWas(shareRecords, writeField)))

it.each<[string, typeof shareRecords, typeof writeField]>([
  ['all chunks are owned', ({ chunks, owns }) => ({ chunks, owns }), writeField],
  [
    'a copy leaves the rest of its chunk behind',
    shareRecords,
    (records, row, field, value) => {
      const number = row >> 10
      if (!records.owns[number]!) records.chunks[number] = new Int32Array(1_024 * fieldsPerRecord)
      records.owns[number] = true
      writeField(records, row, field, value)
    },
  ],
])('are refuted when %s', (_, sharing, writing) => {
  expect(isRefuted(staysAsItWas(sharing, writing))).toBe(true)
})

it('have room for as many as were asked for, and keep what they hold', () => {
  const records = noRecords()
  fitRecords(records, 1)
  writeField(records, 0, 4, 7)
  fitRecords(records, 1_025)
  expect([readField(records, 0, 4), readField(records, 1_024, 0)]).toEqual([7, 0])
})
