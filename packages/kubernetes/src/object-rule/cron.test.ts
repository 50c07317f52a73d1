/** Tests which schedules of CronJobs are accepted or refused, and which field the error names. */
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { wrongCronJob } from './cron.js'

const wrongs = (schedule: string): readonly string[] =>
  wrongCronJob({ schedule }, 'tick', { comparison: true })
    .filter(({ at }) => at.join('.') === 'spec.schedule')
    .map(({ expected }) => expected)

it.each(['* * * * *', '*/15 0-6 1,15 jan-MAR sun', '@daily', '@every 1h30m', '0 0 ? * *'])(
  'takes %s',
  (schedule) => {
    expect(wrongs(schedule)).toEqual([])
  },
)

it.each([
  ['61 * * * *', /^a minute \(field 1, 61\) from 0 to 59, as/],
  ['0 24 * * *', /^a hour \(field 2, 24\)/],
  ['0 0 0 * *', /^a day of the month \(field 3, 0\)/],
  ['0 0 1 13 *', /^a month \(field 4, 13\) from 1 to 12, or jan to dec, as/],
  ['0 0 * * 7', /^a day of the week \(field 5, 7\) from 0 to 6, or sun to sat, as/],
  ['0 0 * *', /^five fields \(minute, hour, /],
  ['@dayly', /^one of @yearly, /],
  ['CRON_TZ=UTC 0 0 * * *', /^no time zone, which spec\.timeZone names/],
])('says what is wrong of %s', (schedule, expected) => {
  expect(wrongs(schedule)).toEqual([expect.stringMatching(expected)])
})

const ranges = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
] as const
const numbers = fc.tuple(...ranges.map(([, max]) => fc.nat(max + 2)))
/** By the book: the first number that is outside of the range of its field. */
const namesFirst = (bounds: readonly (readonly [number, number])[]) =>
  fc.property(numbers, (fields) => {
    const first = fields.findIndex((number, i) => number < bounds[i]![0] || number > bounds[i]![1])
    const found = wrongs(fields.join(' '))
    expect(found.map((text) => /field (\d)/.exec(text)?.[1])).toEqual(
      first < 0 ? [] : [`${first + 1}`],
    )
  })

it('names the first field that is out of its range', () => {
  fc.assert(namesFirst(ranges))
})
it('is refuted when days of the week go to 7', () => {
  const wide = [...ranges.slice(0, 4), [0, 7] as const]
  expect(isRefuted(namesFirst(wide), { runsMax: 10_000 })).toBe(true)
})
