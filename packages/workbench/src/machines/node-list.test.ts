/**
 * Tests the parser of the option `--nodes`: a printed list is parsed back to the same list, and an
 * error points at the wrong part of the text.
 */
import { getOrThrow } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { fleetOf } from './fleet.js'
import { parseNodeList, type WrittenMachines } from './node-list.js'
import { zonesOfMachines } from './zones.js'

const types = ['m5.large', 'c5.xlarge', 'own']
const isType = (name: string): boolean => types.includes(name)
const parse = (text: string) => parseNodeList(text, isType)

const word = fc.constantFrom('a', 'disk', 'ssd-2', 'A_b.c')
const key = fc.constantFrom('disk', 'example.com/disk', 'm5x.y')
const anyTaint = fc.record({
  key,
  value: fc.option(fc.oneof(word, fc.constant('')), { nil: undefined }),
  effect: fc.constantFrom('NoSchedule', 'PreferNoSchedule', 'NoExecute'),
})
const anyMachines = fc.record({
  name: fc.constantFrom(...types),
  count: fc.integer({ min: 1, max: 100_000 }),
  labels: fc.dictionary(key, fc.oneof(word, fc.constant(''))).map((all) => Object.entries(all)),
  taints: fc.array(anyTaint, { maxLength: 2 }),
  zones: fc.array(fc.constantFrom('eu-west-1a', 'b'), { maxLength: 2 }),
})
type Drawn = typeof anyMachines extends fc.Arbitrary<infer Of> ? Of : never

const printed = ({ name, count, labels, taints, zones }: Drawn): string =>
  [
    `${name}=${count}`,
    ...labels.map(([label, value]) => `${label}=${value}`),
    ...taints.map((one) =>
      [one.key, ...(one.value === undefined ? [] : ['=', one.value]), ':', one.effect].join(''),
    ),
  ].join() + zones.map((zone) => `@${zone}`).join('')

const shape = ({ at: _, labels, ...rest }: WrittenMachines) => ({ ...rest, labels: [...labels] })

const isReadBack = (read: typeof parse) =>
  fc.property(fc.array(anyMachines, { maxLength: 3 }), (all) => {
    const text = all.map(printed).join()
    const again = read(text)
    return (
      E.isRight(again) &&
      JSON.stringify(again.right.map(shape)) === JSON.stringify(all.map(ordered))
    )
  })
const ordered = ({ name, count, labels, taints, zones }: Drawn) => ({
  ...{
    name,
    count,
    taints: taints.map(({ key: of, value, effect }) => ({ key: of, value, effect })),
    zones,
    labels,
  },
})

describe('the text of --nodes', () => {
  it('says what was printed', () => {
    fc.assert(isReadBack(parse))
  })
  it.each<readonly [string, (one: WrittenMachines) => WrittenMachines]>([
    ['zones', (one) => ({ ...one, zones: [] })],
    ['labels', (one) => ({ ...one, labels: new Map() })],
    [
      'values of taints',
      (one) => ({ ...one, taints: one.taints.map((taint) => ({ ...taint, value: undefined })) }),
    ],
  ])('is refuted when %s are lost', (_, lose) => {
    const careless: typeof parse = (text) => {
      const read = parse(text)
      return E.isLeft(read) ? read : E.right(read.right.map(lose))
    }
    expect(isRefuted(isReadBack(careless))).toBe(true)
  })
  it.each([
    ['m5.large=3,team=a:NoSchedul', 'NoSchedul', 18],
    ['m5.large=3,disk=ssd,disk=hdd', 'disk', 20],
    ['m5.large=3,di!sk=ssd', 'di!sk', 11],
    ['m5.large=3,disk=s d', 's d', 16],
    ['m5.large=3,:NoSchedule', '', 11],
    ['m5.large=3,disk=ssd@', '', 20],
    ['m5.large=3@a@-,c5.xlarge', '-', 13],
    ['m5.large=3,c5.xlarge=0', 'c5.xlarge=0', 11],
    ['disk:NoSchedule,m5.large', 'disk:NoSchedule', 0],
  ])('%s is wrong at %j', (text, found, at) => {
    const read = parse(text)
    if (E.isRight(read)) throw new Error('it is right')
    expect(read.left.found).toBe(JSON.stringify(found))
    expect(read.left.expected.split('\n').slice(1)).toEqual([
      `    ${text}`,
      `    ${' '.repeat(at)}^`,
    ])
  })
  it('takes a known type, or what is written as one with a number, for machines', () => {
    const names = (text: string) => getOrThrow(parse(text)).map(({ name }) => name)
    expect(names('m5.large,own=2,c5.xlarge')).toEqual(['m5.large', 'own', 'c5.xlarge'])
    expect(names('m5.large,x9.huge=2')).toEqual(['m5.large', 'x9.huge'])
    expect(names('m5.large,x9.huge=fast,rack=2')).toEqual(['m5.large'])
  })
})

describe('a fleet with groups', () => {
  const parts = (...texts: readonly string[]) =>
    getOrThrow(fleetOf(texts, undefined)).map(({ type, group = {}, ...rest }) => ({
      ...{ name: type.name, ...rest },
      ...(group.numbering === undefined ? {} : { numbering: group.numbering }),
      ...(group.labels === undefined ? {} : { labels: Object.fromEntries(group.labels) }),
    }))
  it('numbers the machines of a type through, and turns through the zones of each list', () => {
    expect(parts('m5.large=2,disk=ssd,c5.large', 'm5.large=3@b', 'm5.large,disk=ssd')).toEqual([
      {
        name: 'm5.large',
        count: 3,
        before: 0,
        numbering: { before: 0, total: 6 },
        labels: { disk: 'ssd' },
      },
      { name: 'c5.large', count: 1, before: 3 },
      { name: 'm5.large', count: 3, before: 0, zones: ['b'], numbering: { before: 3, total: 6 } },
    ])
  })
})

describe('the zones of new machines', () => {
  const made = ['us-east-1a', 'us-east-1b', 'us-east-1c']
  it.each([
    ['what the caller says', ['x'], ['eu-west-1b'], ['x']],
    ['three zones of one region when the documents name none', undefined, [], made],
    ['the same when the documents name some of them', undefined, ['us-east-1b'], made],
    [
      'those of the documents when they name another',
      undefined,
      ['eu-west-1b', 'us-east-1a'],
      ['eu-west-1b', 'us-east-1a'],
    ],
  ])('are %s', (_, chosen, documented, zones) => {
    expect(zonesOfMachines(chosen, documented)).toEqual(zones)
  })
})
