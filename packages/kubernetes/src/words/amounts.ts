/**
 * Defines the types and codec of resource lists, such as `requests`, `limits` and `allocatable`,
 * which state amounts by resource name. Also converts amounts to the kernel's units. An amount
 * keeps its original text for messages.
 */
import { codecOf, dictionary, type Codec } from '@stowage/documents'
import { amountMax, ticksPerVcpu } from '@stowage/kernel'
import * as t from 'io-ts'
import { milliOf, parseQuantity, wholeOf, type Quantity } from './quantity.js'

/** A quantity with the text that it was read from. */
export interface Amount {
  readonly text: string
  readonly quantity: Quantity
}

/** Amounts by resource name. */
export type Amounts = ReadonlyMap<string, Amount>

/** CPU ticks per milliCPU. */
export const ticksPerMilli = ticksPerVcpu / 1000

/**
 * Converts a quantity to the kernel's units, rounded up: cpu to ticks, every other resource to
 * whole units.
 */
export const amountIn = (resource: string, quantity: Quantity): number =>
  resource === 'cpu' ? milliOf(quantity) * ticksPerMilli : wholeOf(quantity)

/** The text without blanks around it; a pattern for blanks at the end would try each within. */
const withoutBlanks = (text: string): string => {
  let [start, end] = [0, text.length]
  while (text[start] === ' ') start++
  while (end > start && text[end - 1] === ' ') end--
  return text.slice(start, end)
}

/** A null is no amount at all, as the API server reads it. */
const readAmount = (value: unknown): Amount | undefined => {
  if (value === null) return readAmount('0')
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const text = withoutBlanks(String(value))
  const quantity = parseQuantity(text)
  return quantity === undefined || quantity < 0n ? undefined : { text, quantity }
}

const amount: Codec<Amount> = codecOf(
  'a quantity of 0 or more, such as 500m, 2 or 1.5Gi',
  readAmount,
)

const readable = dictionary(amount)

/** So many resources an object names: each is a column of all nodes. */
const resourcesMax = 1_000

/** Amounts by resource name, each below 2^53/100 of the kernel's units. */
export const Amounts: Codec<Amounts> = new t.Type<Amounts, unknown>(
  'an object',
  readable.is,
  (value, context) => {
    const read = readable.validate(value, context)
    if (read._tag === 'Left') return read
    if (read.right.size > resourcesMax)
      return t.failure(value, context, `an object with at most ${resourcesMax} resources`)
    const large = [...read.right].find(
      ([resource, { quantity }]) => amountIn(resource, quantity) > amountMax,
    )
    if (large === undefined) return read
    const [resource, { text }] = large
    return t.failure(
      text,
      t.appendContext(context, resource, amount, text),
      'a quantity below 2^53/100 bytes, or as many ticks of 1/128000 CPU',
    )
  },
  (amounts) => amounts,
)
