/**
 * Defines the data of the instance types that a NodePool may launch, with their offerings (a zone
 * and a capacity type with a price). Computes which offerings meet requirements, whether instance
 * types satisfy minValues, and their order by price.
 */
import { measuresFit, subtractMeasures, type Measures } from './measure.js'
import { zero, type Quantity } from '../words/quantity.js'
import {
  addRequirements,
  areCompatible,
  doIntersect,
  hasMinValues,
  labelRequirements,
  noRequirements,
  requirementOn,
  type Requirements,
} from './requirements.js'
import { meetsRequirement, requireIn } from './requirement.js'
import { capacityTypeKey, instanceTypeKey, wellKnownLabels, zoneLabelKey } from './well-known.js'
import { sortUnstable } from './sort.js'

/** A zone and a capacity type of an instance type. */
export interface Offering {
  readonly zone: string
  readonly capacityType: string
  readonly price: number
  readonly isAvailable: boolean
  readonly requirements: Requirements
}

/** What a NodePool may launch. */
export interface InstanceType {
  readonly name: string
  readonly requirements: Requirements
  readonly offerings: readonly Offering[]
  readonly capacity: Measures
  /** What pods may request of it. */
  readonly allocatable: Measures
  /** By CSI driver, how many volumes a node attaches, where that is known. */
  readonly volumeLimits: ReadonlyMap<string, number>
}

/** An instance type as a catalogue describes it. */
export interface InstanceTypeFields {
  readonly name: string
  readonly capacity: Measures
  readonly overhead: Measures
  readonly labels: ReadonlyMap<string, readonly string[]>
  readonly offerings: readonly Omit<Offering, 'requirements'>[]
  readonly volumeLimits: ReadonlyMap<string, number>
}

/** The labels of a type that says nothing of them. */
const commonLabels: readonly (readonly [string, readonly string[]])[] = [
  ['kubernetes.io/arch', ['amd64']],
  ['kubernetes.io/os', ['linux']],
]

/** The type with what it requires of the pods on it: only zones in which it is sold count. */
export const instanceTypeFrom = (fields: InstanceTypeFields): InstanceType => {
  const { name, capacity, overhead, labels, volumeLimits } = fields
  const sold = fields.offerings.filter(({ isAvailable }) => isAvailable)
  const all = new Map([...commonLabels, ...labels])
  return {
    ...{ name, capacity, volumeLimits },
    requirements: addRequirements(noRequirements, [
      requireIn(instanceTypeKey, [name]),
      ...[...all].map(([key, values]) => requireIn(key, values)),
      requireIn(
        zoneLabelKey,
        sold.map(({ zone }) => zone),
      ),
      requireIn(
        capacityTypeKey,
        sold.map(({ capacityType }) => capacityType),
      ),
    ]),
    offerings: fields.offerings.map((offering) => ({
      ...offering,
      requirements: labelRequirements(
        new Map([
          [zoneLabelKey, offering.zone],
          [capacityTypeKey, offering.capacityType],
        ]),
      ),
    })),
    allocatable: allocatableMeasures(capacity, overhead),
  }
}

/** Huge pages are taken off the memory as well. */
const allocatableMeasures = (capacity: Measures, overhead: Measures): Measures => {
  const left = new Map(subtractMeasures(capacity, overhead))
  for (const [name, { quantity }] of capacity) {
    if (!name.startsWith('hugepages-')) continue
    const memory = left.get('memory') ?? { quantity: zero, format: 'binary' as const }
    const rest = memory.quantity - quantity
    left.set('memory', { ...memory, quantity: (rest < 0n ? zero : rest) as Quantity })
  }
  return left
}

/** The offerings of a type that can be launched under the requirements. */
export const launchableOfferings = (
  { offerings }: InstanceType,
  requirements: Requirements,
): readonly Offering[] =>
  offerings.filter((one) => one.isAvailable && offeringMeets(one, requirements))

/** Whether a node under the requirements may be launched with an offering. */
export const offeringMeets = (offering: Offering, requirements: Requirements): boolean =>
  areCompatible(requirements, offering.requirements, wellKnownLabels)

const cheapestPrice = (type: InstanceType, requirements: Requirements): number =>
  launchableOfferings(type, requirements).reduce(
    (least, { price }) => Math.min(least, price),
    Number.MAX_VALUE,
  )

/** The types by their cheapest offering that can be launched, the cheapest first. */
export const typesByPrice = (
  types: readonly InstanceType[],
  requirements: Requirements,
): readonly InstanceType[] => {
  const prices = new Map(types.map((type) => [type, cheapestPrice(type, requirements)]))
  return sortUnstable(types, (one, other) => prices.get(one)! < prices.get(other)!)
}

const capacityTypesInTurn = ['reserved', 'spot', 'on-demand']

/** The dearest offering of the capacity type that would be launched. */
export const worstLaunchPrice = (type: InstanceType, requirements: Requirements): number => {
  const launchable = launchableOfferings(type, requirements)
  const ofKind = capacityTypesInTurn
    .map((kind) => launchable.filter(({ capacityType }) => capacityType === kind))
    .find((offers) => offers.length > 0)
  return ofKind === undefined
    ? Number.MAX_VALUE
    : ofKind.reduce((most, { price }) => Math.max(most, price), 0)
}

/** Types that satisfy minValues, or the labels of which they offer too few values. */
export interface MinValuesVerdict {
  /** So many of the first types are enough. */
  readonly typesMin: number
  /** The labels, and how many values the types offer. */
  readonly short: ReadonlyMap<string, number>
}

/** Whether types offer as many values of labels as the requirements ask for. */
export const minValuesVerdict = (
  types: readonly InstanceType[],
  requirements: Requirements,
): MinValuesVerdict => {
  const asking = [...requirements.values()].filter(({ minValues }) => minValues !== undefined)
  const offered = new Map(asking.map(({ key }) => [key, new Set<string>()]))
  const short = new Map<string, number>()
  if (asking.length === 0) return { typesMin: 0, short }
  for (const [at, type] of types.entries()) {
    for (const requirement of asking) {
      const values = offered.get(requirement.key)!
      for (const value of requirementOn(type.requirements, requirement.key).values)
        if (meetsRequirement(requirement, value)) values.add(value)
      if (values.size < requirement.minValues!) short.set(requirement.key, values.size)
      else short.delete(requirement.key)
    }
    if (short.size === 0) return { typesMin: at + 1, short }
  }
  return { typesMin: types.length, short }
}

/** What is said of labels of which the types offer too few values. */
export const minValuesText = (short: ReadonlyMap<string, number>): string =>
  `minValues requirement is not met for label(s) (label(s)=[${[...short.keys()].sort().join(' ')}])`

/** The cheapest of the types, so many at most; or why they are too few. */
export const cheapestTypes = (
  types: readonly InstanceType[],
  requirements: Requirements,
  leastCountMax: number,
  isStrict: boolean,
): readonly InstanceType[] | string => {
  const cheapest = typesByPrice(types, requirements).slice(0, leastCountMax)
  if (!isStrict || !hasMinValues(requirements)) return cheapest
  const { short } = minValuesVerdict(cheapest, requirements)
  return short.size === 0 ? cheapest : minValuesText(short)
}

/** Whether one of the offerings of a type meets the requirements. */
export const hasOfferingFor = ({ offerings }: InstanceType, requirements: Requirements): boolean =>
  offerings.some((one) => one.isAvailable && offeringMeets(one, requirements))

/** Whether the amounts fit a type that meets the requirements, with an offering that does. */
export const takesDemand = (
  type: InstanceType,
  amounts: Measures,
  requirements: Requirements,
): boolean =>
  measuresFit(amounts, type.allocatable) &&
  doIntersect(type.requirements, requirements) &&
  hasOfferingFor(type, requirements)
