/**
 * Answers the question `types`: which machine types are known, the resources of each, how much of
 * these is left for workloads on each platform, and the price.
 */
import { collectAll, nearestNames } from '@stowage/documents'
import type { Ec2InstanceType } from '@stowage/fargate'
import { byCodeUnit } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { priceIn, type PriceOrigin } from '../bill/bill.js'
import type { Machines } from '../machines/fleet.js'
import { isOfPattern } from '../machines/pattern.js'
import type { PriceList } from '../machines/price-list.js'
import type { Offer, Platform } from '../platform/platform.js'
import { platforms } from '../platform/platforms.js'
import type { Faults } from '../text/fault.js'

/** The answer to `types`. */
export interface MachineTypes {
  /** By family, then by vCPUs, memory and name. */
  readonly types: readonly MachineType[]
  /** Names to suggest for a pattern that means none. */
  readonly near: readonly string[]
  /** Absent without prices. */
  readonly prices?: PriceOrigin
}

/** One type. */
export interface MachineType {
  readonly type: Ec2InstanceType
  /** What a new machine of the type leaves to workloads, by the id of the platform. */
  readonly offers: ReadonlyMap<Platform['id'], Offer>
  /** Per hour; absent when the list has none. */
  readonly price?: number
}

/** The types that the pattern means, or all; a `Left` has what is wrong with their descriptions. */
export const listTypes = (
  { typeNames, typeNamed }: Machines,
  pattern = '*',
  prices?: PriceList,
): E.Either<Faults, MachineTypes> => {
  const text = pattern.toLowerCase()
  const names = typeNames.filter((name) => isOfPattern(text, name))
  const read = collectAll(names.map(typeNamed))
  if (E.isLeft(read)) return read
  const types = read.right.flatMap((type) => (type === undefined ? [] : [typeOf(type, prices)]))
  const { currency, region, date } = prices ?? {}
  return E.right({
    types: [...types].sort((one, other) => byFamily(one.type, other.type)),
    near: types.length > 0 ? [] : nearestNames(text.replaceAll('*', ''), typeNames),
    ...(currency === undefined ? {} : { prices: { currency, region, date } }),
  })
}

const typeOf = (type: Ec2InstanceType, prices: PriceList | undefined): MachineType => {
  const price = priceIn(prices?.instances ?? {}, type.name)
  const offers = new Map(platforms.map(({ id, offerOf }) => [id, offerOf(type)]))
  return { type, offers, ...(price === undefined ? {} : { price }) }
}

const byFamily = (one: Ec2InstanceType, other: Ec2InstanceType): number =>
  byCodeUnit(familyOf(one), familyOf(other)) ||
  one.vcpus - other.vcpus ||
  one.memoryMiB - other.memoryMiB ||
  byCodeUnit(one.name, other.name)

const familyOf = ({ name }: Ec2InstanceType): string => name.slice(0, name.indexOf('.'))
