/** Tests decoding price lists, and the errors for malformed price lists. */
import * as E from 'fp-ts/lib/Either.js'
import { pathOf } from '@stowage/kernel'
import { describe, expect, it } from 'vitest'
import { priceListOf } from './price-list.js'

const rates = { perVcpuHour: 0.04, perGbHour: 0.004 }
const read = (value: unknown) => priceListOf('p.json', [{ from: 'p.json', value }])
const complaints = (value: unknown): readonly string[] => {
  const list = read(value)
  return E.isLeft(list)
    ? list.left.map(
        ({ at, found, expected }) => `${pathOf(at)}: found ${found}, expected ${expected}`,
      )
    : []
}

describe('a price list', () => {
  it('is read, with what is not in it left out', () => {
    const list = {
      currency: 'USD',
      instances: { 'm5.large': 0.1 },
      fargate: { 'linux/arm64': rates },
    }
    expect(read(list)).toMatchObject({ _tag: 'Right', right: list })
    expect(read({ currency: 'USD' })).toMatchObject({ _tag: 'Right' })
  })
  it.each<readonly [unknown, string]>([
    [{}, 'currency: found nothing, expected a currency, such as USD'],
    [{ currency: 'dollars' }, 'currency: found "dollars", expected a currency, such as USD'],
    [
      { currency: 'USD', instance: {} },
      'instance: found "instance", expected one of currency, region, date, instances, instancesSpot, fargate, fargateSpot, ephemeralStorage',
    ],
    [
      { currency: 'USD', instances: [1] },
      'instances: found a list of 1, expected prices per hour by instance type',
    ],
    [
      { currency: 'USD', instances: { 'm5.large': '0.1' } },
      'instances["m5.large"]: found "0.1", expected a price, 0 or more',
    ],
    [
      { currency: 'USD', instances: { 1: -1 } },
      'instances["1"]: found -1, expected a price, 0 or more',
    ],
    [
      { currency: 'USD', fargate: { linux: rates } },
      'fargate.linux: found "linux", expected one of linux/x86_64, linux/arm64, windows/x86_64',
    ],
    [
      { currency: 'USD', fargateSpot: { 'linux/arm64': { perGbHour: 1 } } },
      'fargateSpot["linux/arm64"].perVcpuHour: found nothing, expected a price, 0 or more',
    ],
    [{ currency: 'USD', ephemeralStorage: 0.1 }, 'ephemeralStorage: found 0.1, expected an object'],
    [[], ': found an empty list, expected a list of prices'],
  ])('is not %j', (value, line) => {
    expect(complaints(value)).toEqual([line])
  })
  it('is one document', () => {
    expect(priceListOf('p.yaml', [])).toMatchObject({
      left: [{ from: 'p.yaml', found: '0 documents' }],
    })
  })
})
