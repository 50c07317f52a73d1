/**
 * Decodes a file of prices per hour for EC2 instance types and for Fargate (per vCPU, GB of memory
 * and GB of ephemeral storage). The file also says where and when the prices hold. An unknown key
 * is an error, so that a misspelt key is noticed.
 */
import {
  closedRecord,
  codecOf,
  collectAll,
  decodeDocument,
  isObject,
  nonEmptyText,
  omittable,
  type Codec,
  type FieldCodecs,
  type SourceDocument,
} from '@stowage/documents'
import { renderValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { documentsOf, type TextSet } from '../text/documents.js'
import type { Faults } from '../text/fault.js'

interface Rates {
  readonly perVcpuHour: number
  readonly perGbHour: number
}
interface PlatformRates {
  readonly 'linux/x86_64': Rates | undefined
  readonly 'linux/arm64': Rates | undefined
  readonly 'windows/x86_64': Rates | undefined
}
/** Prices per hour in one currency; what is not in it has no price. */
export interface PriceList {
  /** Three capital letters, such as USD. */
  readonly currency: string
  /** The region of the prices, such as us-east-1. */
  readonly region: string | undefined
  /** The day on which they were taken, as in 2026-01-31. */
  readonly date: string | undefined
  /** By instance type. */
  readonly instances: Readonly<Record<string, number>> | undefined
  /** By instance type, of spot instances. */
  readonly instancesSpot: Readonly<Record<string, number>> | undefined
  readonly fargate: PlatformRates | undefined
  readonly fargateSpot: PlatformRates | undefined
  readonly ephemeralStorage: { readonly perGbHour: number } | undefined
}

const price = codecOf('a price, 0 or more', (value) =>
  typeof value === 'number' && value >= 0 && value <= 1_000_000 ? value : undefined,
)

type TypePrices = Readonly<Record<string, number>>
const prices: Codec<TypePrices> = new t.Type<TypePrices, unknown, unknown>(
  'prices per hour by instance type',
  (value): value is TypePrices => isObject(value) && Object.values(value).every(price.is),
  (value, context) => {
    if (!isObject(value)) return t.failure(value, context)
    const rows = Object.entries(value).map(([key, one]) =>
      price.validate(one, t.appendContext(context, key, price, one)),
    )
    const read = collectAll(rows)
    return E.isLeft(read) ? t.failures([...read.left]) : t.success(value as TypePrices)
  },
  t.identity,
)

/** A misspelt key is shown itself, not its value. */
const strictRecord = <Fields extends object>(fields: FieldCodecs<Fields>): Codec<Fields> =>
  closedRecord('an object', fields, (key, _, names) => ({
    value: key,
    expected: `one of ${names.join(', ')}`,
  }))

const Rates: Codec<Rates> = strictRecord({ perVcpuHour: price, perGbHour: price })

const PlatformRates: Codec<PlatformRates> = strictRecord<PlatformRates>({
  'linux/x86_64': omittable(Rates),
  'linux/arm64': omittable(Rates),
  'windows/x86_64': omittable(Rates),
})

const PriceList: Codec<PriceList> = strictRecord<PriceList>({
  currency: codecOf('a currency, such as USD', (value) =>
    typeof value === 'string' && /^[A-Z]{3}$/.test(value) ? value : undefined,
  ),
  region: omittable(nonEmptyText('a region, such as us-east-1')),
  date: omittable(
    codecOf('a day, such as 2026-01-31', (value) =>
      typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined,
    ),
  ),
  instances: omittable(prices),
  instancesSpot: omittable(prices),
  fargate: omittable(PlatformRates),
  fargateSpot: omittable(PlatformRates),
  ephemeralStorage: omittable(strictRecord({ perGbHour: price })),
})

/** Reads one document of prices. No price is built in. */
export const readPrices = ({ from, texts }: TextSet): E.Either<Faults, PriceList> => {
  const documents = documentsOf(texts)
  return E.isLeft(documents) ? documents : priceListOf(from, documents.right)
}

/** The price list in the only document; `path` is what a fault calls any other number of them. */
export const priceListOf = (
  path: string,
  documents: readonly SourceDocument[],
): E.Either<Faults, PriceList> => {
  const [document, ...others] = documents
  if (document === undefined || others.length > 0)
    return E.left([
      {
        from: path,
        at: [],
        found: `${documents.length} documents`,
        expected: 'one, a list of prices',
      },
    ])
  const { from, value } = document
  return isObject(value)
    ? decodeDocument(PriceList, document)
    : E.left([{ from, at: [], found: renderValue(value), expected: 'a list of prices' }])
}
