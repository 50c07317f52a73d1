/**
 * Implements sums, differences and comparisons of resource amounts that keep their format: decimal
 * (`500M`), binary (`1Gi`) or exponent (`1e9`). A sum has the format of its first operand that is
 * not zero.
 */
import { byCodeUnit } from '@stowage/kernel'
import { podHolds } from '../demand/resized.js'
import { formatOf, quantityText, type Format } from '../wire/canonical.js'
import type { Amounts } from '../words/amounts.js'
import type { PodSpec, PodStatus } from '../words/pod.js'
import { zero, type Quantity } from '../words/quantity.js'

/** A quantity, which may be negative, and its format. */
export interface Measure {
  readonly quantity: Quantity
  readonly format: Format
}

/** Measures by resource name. */
export type Measures = ReadonlyMap<string, Measure>

/** No resource at all. */
export const noMeasures: Measures = new Map()

const noMeasure: Measure = { quantity: zero, format: 'decimal' }

/** The amounts as measures. */
export const measuresFrom = (amounts: Amounts): Measures =>
  new Map(
    [...amounts].map(([name, { text, quantity }]) => [name, { quantity, format: formatOf(text) }]),
  )

const measureSum = (one: Measure, other: Measure, sign: bigint): Measure => ({
  quantity: (one.quantity + sign * other.quantity) as Quantity,
  format: one.quantity === zero ? other.format : one.format,
})

/** The sums, resource by resource. */
export const addMeasures = (one: Measures, other: Measures): Measures => {
  const sum = new Map(one)
  for (const [name, measure] of other)
    sum.set(name, measureSum(sum.get(name) ?? noMeasure, measure, 1n))
  return sum
}

/** What is left of the resources of the first. */
export const subtractMeasures = (one: Measures, other: Measures): Measures =>
  new Map(
    [...one].map(([name, measure]) => {
      const taken = other.get(name)
      return [name, taken === undefined ? measure : measureSum(measure, taken, -1n)]
    }),
  )

/** What is left, nothing where more would be taken; also of resources that the first lacks. */
export const remainderOf = (one: Measures, other: Measures): Measures => {
  const names = new Set([...one.keys(), ...other.keys()])
  return new Map(
    [...names].map((name) => {
      const left = measureSum(one.get(name) ?? noMeasure, other.get(name) ?? noMeasure, -1n)
      return [name, left.quantity < 0n ? { ...left, quantity: zero } : left]
    }),
  )
}

const measuredQuantity = (measures: Measures, name: string): bigint =>
  measures.get(name)?.quantity ?? zero

/** Whether the amounts fit into the total, of which nothing may be overdrawn already. */
export const measuresFit = (requests: Measures, total: Measures): boolean => {
  for (const { quantity } of total.values()) if (quantity < 0n) return false
  for (const [name, { quantity }] of requests)
    if (quantity > measuredQuantity(total, name)) return false
  return true
}

/** Whether the amounts exceed a limit in no resource that the limit names. */
export const isWithinLimit = (amounts: Measures, limit: Measures): boolean => {
  for (const [name, { quantity }] of limit)
    if (measuredQuantity(amounts, name) > quantity) return false
  return true
}

/** The largest amount of each resource that one of the lists names. */
export const largestMeasures = (lists: readonly Measures[]): Measures => {
  const largest = new Map<string, Measure>()
  for (const list of lists)
    for (const [name, measure] of list) {
      const before = largest.get(name)
      if (before === undefined || measure.quantity > before.quantity) largest.set(name, measure)
    }
  return largest
}

/** The smallest amount of each resource that all of the lists name. */
export const smallestMeasures = (lists: readonly Measures[]): Measures =>
  lists.reduce((smallest, list) => {
    const both = [...smallest].filter(([name]) => list.has(name))
    return new Map(
      both.map(([name, measure]) => {
        const other = list.get(name)!
        return [name, other.quantity < measure.quantity ? other : measure]
      }),
    )
  })

/** The resource that each pod takes one of. */
const podsName = 'pods'

/** What pods request together, and how many they are. */
export const requestedMeasures = (
  pods: readonly { readonly spec: PodSpec; readonly status?: PodStatus | undefined }[],
): Measures => {
  const sum = pods.reduce<Measures>(
    (before, pod) => addMeasures(before, ownRequests(pod)),
    noMeasures,
  )
  const count = BigInt(pods.length) * 1_000_000_000n
  return new Map(sum).set(podsName, { quantity: count as Quantity, format: 'exponent' })
}

const ownRequests = (pod: {
  readonly spec: PodSpec
  readonly status?: PodStatus | undefined
}): Measures =>
  new Map(
    [...podHolds(pod)].map(([name, quantity]) => [
      name,
      { quantity, format: formatIn(pod.spec, name) },
    ]),
  )

const formatIn = (spec: PodSpec, name: string): Format => {
  const lists = [spec, ...spec.containers, ...spec.initContainers].map(
    ({ resources }) => resources.requests,
  )
  const amounts = [...lists, spec.overhead].flatMap((list) => list.get(name) ?? [])
  const first = amounts.find(({ quantity }) => quantity !== zero) ?? amounts[0]
  return first === undefined ? 'decimal' : formatOf(first.text)
}

/** The canonical texts by resource, in the order of their names. */
export const measureTexts = (measures: Measures): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...measures]
      .sort(([one], [other]) => byCodeUnit(one, other))
      .map(([name, { quantity, format }]) => [name, quantityText(quantity, format)]),
  )
