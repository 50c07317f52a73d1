/**
 * Prices per hour from a file: of each instance type, and on Fargate of a vCPU, of a GB of memory
 * and of a GB of ephemeral storage. No price is built in. An unknown key is a fault, so that a
 * misspelt one is noticed.
 */
import type { SourceDocument } from '@stowage/documents'
import { shown } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { decodeAt, isRecord, only, optional, that } from '../text/codec.js'
import { documentsOf, type TextSet } from '../text/documents.js'
import type { Faults } from '../text/fault.js'

const price = that(
  'a price, 0 or more',
  (value): value is number => typeof value === 'number' && value >= 0 && value <= 1_000_000,
)

const prices: t.Type<Readonly<Record<string, number>>> = new t.Type(
  'prices per hour by instance type',
  (value): value is Readonly<Record<string, number>> =>
    isRecord(value) && Object.values(value).every(price.is),
  (value, context) => {
    if (!isRecord(value)) return t.failure(value, context)
    const wrong = Object.entries(value).flatMap(([key, one]) => {
      const read = price.validate(one, t.appendContext(context, key, price, one))
      return E.isLeft(read) ? read.left : []
    })
    return wrong.length > 0
      ? t.failures(wrong)
      : t.success(value as Readonly<Record<string, number>>)
  },
  t.identity,
)

const Rates = only({ perVcpuHour: price, perGbHour: price })

const Platforms = only({
  'linux/x86_64': optional(Rates),
  'linux/arm64': optional(Rates),
  'windows/x86_64': optional(Rates),
})

const PriceList = only({
  currency: that(
    'a currency, such as USD',
    (value): value is string => typeof value === 'string' && /^[A-Z]{3}$/.test(value),
  ),
  instances: optional(prices),
  fargate: optional(Platforms),
  fargateSpot: optional(Platforms),
  ephemeralStorage: optional(only({ perGbHour: price })),
})
/** Prices per hour in one currency; what is not in it has no price. */
export type PriceList = t.TypeOf<typeof PriceList>

/** Reads one document of prices. */
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
  return isRecord(value)
    ? decodeAt(PriceList, document)
    : E.left([{ from, at: [], found: shown(value), expected: 'a list of prices' }])
}
