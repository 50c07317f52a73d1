/**
 * Answers the question `provision`: which machines to launch for replicas that find no node, what
 * the machines cost, and a lower bound on the cost of any choice of machines.
 */
import { collectAll, nearestNames, type DocumentFault } from '@stowage/documents'
import type { NodeSupply } from '@stowage/kubernetes'
import { shown, type SupplyOptions } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import { priceIn, type PriceOrigin } from '../bill/bill.js'
import { isOfPattern } from '../machines/pattern.js'
import type { Machines } from '../machines/fleet.js'
import type { PriceList } from '../machines/price-list.js'
import type { MachineOffer, Platform } from '../platform/platform.js'
import type { Faults } from '../text/fault.js'
import type { Question, QuestionPart } from './question.js'

/** The machines to open on each platform. */
export interface Provisions {
  readonly provisions: readonly Provision[]
  readonly prices: PriceOrigin
  /** Types that the patterns mean and that have no price: they were not offered. */
  readonly unpriced: readonly string[]
  /** Whether everything has a place then. */
  readonly isPlaced: boolean
}

/** The machines to open on one platform. */
export interface Provision {
  readonly platform: Platform
  readonly offers: readonly MachineOffer[]
  readonly supply: NodeSupply
}

/** What can be opened. */
export interface ProvisionOptions {
  readonly machines: Machines
  readonly zones: readonly string[]
  readonly prices: PriceList
  /** Patterns of machine types; every type with a price when there are none. */
  readonly types: readonly string[]
  /** How far a cheaper choice is looked for; by a greedy packing alone when absent. */
  readonly search?: SupplyOptions
}

/** Prices are counted in millionths, so that sums are exact. */
export const priceUnits = 1_000_000

/**
 * Chooses machines of the types in the zones. A `Left` says that a pattern means no type, that no
 * type has a price, or that a platform cannot be asked.
 */
export const provisionMachines = (
  { parts }: Question,
  options: ProvisionOptions,
): E.Either<Faults, Provisions> => {
  const offered = offersOf(options)
  if (E.isLeft(offered)) return offered
  const { offers, unpriced } = offered.right
  const answers = collectAll(parts.map((part) => provisionPart(part, offers, options.search ?? {})))
  if (E.isLeft(answers)) return answers
  const { currency, region, date } = options.prices
  return E.right({
    ...{ provisions: answers.right, prices: { currency, region, date }, unpriced },
    isPlaced: answers.right.every(({ supply }) => supply.unplaced.length === 0),
  })
}

const provisionPart = (
  { platform, planner }: QuestionPart,
  offers: readonly MachineOffer[],
  search: SupplyOptions,
): E.Either<Faults, Provision> =>
  planner.provision === undefined
    ? E.left([
        {
          ...{ from: platform.title, at: [], found: `workloads of ${platform.title}` },
          expected: 'workloads of Kubernetes: for others no machines are chosen yet',
        },
      ])
    : pipe(
        planner.provision(offers, search),
        E.map((supply) => ({ platform, offers, supply })),
      )

/** A machine of each type in each zone, with its price; and the types without one. */
export const offersOf = ({
  machines: { typeNames, typeNamed },
  zones,
  prices: { instances = {} },
  types,
}: Omit<ProvisionOptions, 'search'>): E.Either<
  Faults,
  { readonly offers: readonly MachineOffer[]; readonly unpriced: readonly string[] }
> => {
  const unknown = types.filter((pattern) => !typeNames.some((name) => isOfPattern(pattern, name)))
  if (unknown.length > 0) return E.left(unknown.map((pattern) => noSuchType(pattern, typeNames)))
  const hasPrice = (name: string): boolean => priceIn(instances, name) !== undefined
  const isOffered = (name: string): boolean =>
    types.length === 0 ? hasPrice(name) : types.some((pattern) => isOfPattern(pattern, name))
  const { left: unpriced, right: priced } = RA.partition(hasPrice)(typeNames.filter(isOffered))
  if (priced.length === 0)
    return E.left([
      {
        ...{ from: '--prices', at: [], found: 'no price of any type that could be opened' },
        expected: 'a price under instances for at least one of them',
      },
    ])
  return pipe(
    collectAll(priced.map(typeNamed)),
    E.map((read) => ({
      unpriced,
      offers: read.flatMap((type) =>
        type === undefined
          ? []
          : zones.map((zone) => ({
              ...{ type, zone },
              price: Math.round(priceIn(instances, type.name)! * priceUnits),
            })),
      ),
    })),
  )
}

const noSuchType = (pattern: string, names: readonly string[]): DocumentFault => ({
  ...{ from: '--types', at: [], found: shown(pattern) },
  expected: `a type, a family or a pattern, such as ${nearestNames(pattern, names).join(', ')}`,
})
