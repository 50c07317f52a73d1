/**
 * Compares parsed quantities with recorded answers of Kubernetes (`test/golden/quantity.jsonl`,
 * recorded by `test/oracle/quantity`). Also tests rounding up and edge cases.
 */
import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { add, larger, milliOf, parseQuantity, type Quantity, wholeOf, zero } from './quantity.js'

/** What upstream says of one text: `test/oracle/README.md` tells what the fields mean. */
interface Answer {
  readonly text: string
  readonly ok: boolean
  readonly held?: 'int64' | 'decimal'
  readonly nano?: string
  readonly value?: string
  readonly milli?: string
}

const golden = new URL('../../../../test/golden/quantity.jsonl', import.meta.url)
const answers = readFileSync(golden, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Answer)
const accepted = answers.filter(({ ok }) => ok)
const exact = accepted.filter(({ nano }) => nano !== undefined)

const most = 9_223_372_036_854_775_807n
const parsed = (text: string): Quantity => parseQuantity(text) ?? expect.fail(`${text} is refused`)

/** Upstream overflows when the count leaves 64 bits, and rounds negative decimals amiss. */
const isSound = ({ nano, held }: Answer, unit: bigint): boolean => {
  const quantity = BigInt(nano ?? '')
  return quantity < 0n ? held === 'int64' && -quantity <= most * unit : quantity <= most * unit
}

describe(`upstream's ${answers.length} recorded answers`, () => {
  it('are all there', () => {
    expect(answers.length).toBe(2032)
    expect([accepted.length, exact.length]).toEqual([1838, 1834])
  })

  it('agree on what is a quantity, in all 2032', () => {
    const wrong = answers.filter(({ text, ok }) => (parseQuantity(text) !== undefined) !== ok)
    expect(wrong).toEqual([])
  })

  it('agree on the exact value, in all 1834 that are not immense', () => {
    const wrong = exact.filter(({ text, nano }) => String(parseQuantity(text)) !== nano)
    expect(wrong).toEqual([])
  })

  it.each([
    { name: 'units', count: wholeOf, unit: 1_000_000_000n, field: 'value', lines: 1548 },
    { name: 'milli-units', count: milliOf, unit: 1_000_000n, field: 'milli', lines: 1358 },
  ] as const)('agree on $name, in all $lines where they are sound', (each) => {
    const sound = exact.filter((answer) => isSound(answer, each.unit))
    const wrong = sound.filter(
      (answer) => each.count(parsed(answer.text)) !== Number(answer[each.field]),
    )
    expect(sound.length).toBe(each.lines)
    expect(wrong).toEqual([])
  })

  it('agree on JSON numbers of up to 15 characters, even when String writes them another way', () => {
    const isNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d\d?)?$/
    const numbers = exact.filter(({ text }) => isNumber.test(text) && text.length <= 15)
    const wrong = numbers.filter(
      ({ text, nano }) => String(parseQuantity(String(JSON.parse(text)))) !== nano,
    )
    expect(numbers.length).toBe(398)
    expect(wrong).toEqual([])
  })
})

describe('reading', () => {
  const suffixes = new Map<string, bigint>([
    ['n', 1n],
    ['u', 1_000n],
    ['m', 1_000_000n],
    ['', 1_000_000_000n],
    ['k', 1_000_000_000_000n],
    ['M', 1_000_000_000_000_000n],
    ['Ki', 1_024_000_000_000n],
    ['Mi', 1_048_576_000_000_000n],
    ['Gi', 1_073_741_824_000_000_000n],
  ])
  const anyText = fc.record({
    whole: fc.nat(),
    fraction: fc.string({ unit: fc.nat(9).map(String), maxLength: 14 }),
    suffix: fc.constantFrom(...suffixes.keys()),
  })

  /** The size is the least whole number of nano-units that is not less than what is written. */
  const isLeast = (parse: typeof parseQuantity) =>
    fc.property(anyText, ({ whole, fraction, suffix }) => {
      const size = parse(`${whole}.${fraction}${suffix}`)
      const negative = parse(`-${whole}.${fraction}${suffix}`)
      const ten = BigInt('1'.padEnd(fraction.length + 1, '0'))
      const written = BigInt(`${whole}${fraction}`) * (suffixes.get(suffix) ?? 0n)
      if (size === undefined || negative === undefined || size + negative !== 0n) return false
      return size * ten >= written && (size - 1n) * ten < written
    })
  const sizes = { numRuns: 2000 }

  it('gives the least nano-units that are enough', () => fc.assert(isLeast(parseQuantity), sizes))

  it.each<readonly [string, typeof parseQuantity]>([
    ['M is taken for Mi', (text) => parseQuantity(text.replace(/M$/, 'Mi'))],
    ['a tenth decimal is dropped', (text) => parseQuantity(text.replace(/(\.\d{9})\d+$/, '$1'))],
    ['the sign is dropped', (text) => parseQuantity(text.replace(/^-/, ''))],
  ])('is refuted when %s', (_, broken) => {
    expect(isRefuted(isLeast(broken))).toBe(true)
  })

  it.each([
    ['', undefined],
    [' 1', undefined],
    ['1\n', undefined],
    ['1.5.Gi', undefined],
    ['1KI', undefined],
    ['1K', undefined],
    ['0x10', undefined],
    ['--1', undefined],
    ['1e', undefined],
    ['1e3Ki', undefined],
    ['Pi', undefined],
    ['e-10', undefined],
    ['1e9223372036854775808', undefined],
    ['Ki', 0n],
    ['.', 0n],
    ['-', 0n],
    ['e-9', 0n],
    ['100m', 100_000_000n],
    ['.5', 500_000_000n],
    ['5.', 5_000_000_000n],
    ['1E', 1_000_000_000_000_000_000_000_000_000n],
    ['1E0', 1_000_000_000n],
    ['1.5Gi', 1_610_612_736_000_000_000n],
    ['0.1n', 1n],
    ['-0.1n', -1n],
    ['1e-2000000000', 1n],
    ['1e4294967296', 1_000_000_000n],
    ['8Ei', most * 1_000_000_000n],
    ['-9Ei', -most * 1_000_000_000n],
    ['9223372036854775808', (most + 1n) * 1_000_000_000n],
  ])('reads %j as %s nano-units', (text, nano) => expect(parseQuantity(text)).toBe(nano))

  it.each([
    [0.1, '100m'],
    [1e3, '1k'],
    [100, '100'],
    [-0, '0'],
    [1e21, '1000E'],
    [1e-7, '100n'],
    [5e-324, '1n'],
  ])('reads the number %d as %s', (number, text) =>
    expect(parseQuantity(String(number))).toBe(parsed(text)),
  )
})

describe('counting', () => {
  const isLeast = (count: typeof milliOf) =>
    fc.property(fc.bigInt({ min: 0n, max: most }), (nano) => {
      const milli = BigInt(count(parsed(`${nano}n`)))
      return milli * 1_000_000n >= nano && (milli - 1n) * 1_000_000n < nano
    })

  it('gives the least milli-units that are enough', () => fc.assert(isLeast(milliOf)))

  it('is refuted when it rounds down', () => {
    const roundedDown: typeof milliOf = (quantity) => Number(quantity / 1_000_000n)
    expect(isRefuted(isLeast(roundedDown))).toBe(true)
  })

  it('rounds a sum once, not each of its parts', () => {
    const half = parsed('500u')
    expect(milliOf(half) + milliOf(half)).toBe(2)
    expect(milliOf(add(half, add(half, zero)))).toBe(1)
  })

  it('takes the larger by value, whatever the suffix', () => {
    expect(larger(parsed('1Gi'), parsed('1G'))).toBe(parsed('1Gi'))
    expect(larger(parsed('999m'), parsed('1'))).toBe(parsed('1'))
  })

  it('rounds away from zero, and stops at the largest 64-bit number', () => {
    expect([wholeOf(parsed('-1.5')), milliOf(parsed('-1.1m')), wholeOf(parsed('1n'))]).toEqual([
      -2, -2, 1,
    ])
    expect([wholeOf(parsed('100E')), milliOf(parsed('-1e2147483647'))]).toEqual([
      Number(most),
      -Number(most),
    ])
  })
})
