/**
 * Answers the question `provision`: which machines to launch for replicas that find no node, what
 * the machines cost, and a lower bound on the cost of any choice of machines.
 */
import { collectAll, nearestNames, type DocumentFault } from '@stowage/documents'
import { renderValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import { priceIn, type PriceOrigin } from '../bill/bill.js'
import { readGroups } from '../machines/group-list.js'
import { isOfPattern } from '../machines/pattern.js'
import type { Machines } from '../machines/fleet.js'
import type { PriceList } from '../machines/price-list.js'
import type { MachineOffer, MindSupply, Platform, ProvisionMinds } from '../platform/platform.js'
import type { TextSet } from '../text/documents.js'
import type { Faults } from '../text/fault.js'
import type { Question, QuestionPart } from './question.js'

/** The machines to open on each platform, as each mind has it. */
export interface Provisions {
  readonly provisions: readonly Provision[]
  /** What was assumed for want of documents. */
  readonly notes: readonly string[]
  readonly prices: PriceOrigin
  /** Types that the patterns mean and that have no price: they were not offered. */
  readonly unpriced: readonly string[]
  /** Whether everything has a place then. */
  readonly isPlaced: boolean
}

/** The machines to open on one platform, as one mind has it. */
export interface Provision {
  readonly platform: Platform
  readonly supply: MindSupply
}

/** What can be opened. */
export interface ProvisionOptions {
  readonly machines: Machines
  readonly zones: readonly string[]
  readonly prices: PriceList
  /** Patterns of machine types; every type with a price when there are none. */
  readonly types: readonly string[]
  /** Whose choice; ours when absent. */
  readonly minds?: ProvisionMinds['minds']
  /** Node groups as texts; absent: such as open what NodePools may open, or any machine. */
  readonly groups?: TextSet
  /** The filters by which the Cluster Autoscaler chooses among groups; default: least-waste. */
  readonly expander?: ProvisionMinds['flags']['expander']
  /** Whether the Cluster Autoscaler splits new machines over similar groups. */
  readonly balancesGroups?: boolean
  /** How far a cheaper choice is looked for; by a greedy packing alone when absent. */
  readonly search?: ProvisionMinds['search']
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
  const { minds = ['best'], search = {}, prices, machines, zones } = options
  const groups =
    options.groups === undefined ? E.right([]) : readGroups(options.groups, machines, zones)
  if (E.isLeft(groups)) return groups
  const by = { minds, groups: groups.right, flags: flagsOf(options), search }
  const answers = collectAll(parts.map((part) => provisionPart(part, offers, by)))
  if (E.isLeft(answers)) return answers
  const provisions = answers.right.flatMap((one) => one.provisions)
  const { currency, region, date } = prices
  return E.right({
    ...{ provisions, prices: { currency, region, date }, unpriced },
    notes: answers.right.flatMap(({ notes }) => notes),
    isPlaced: provisions.every(
      ({ supply: { unplaced, held } }) => unplaced.length + held.length === 0,
    ),
  })
}

const flagsOf = ({
  expander = ['least-waste'],
  balancesGroups = false,
}: ProvisionOptions): ProvisionMinds['flags'] => ({
  ...{ expander, tiers: undefined, balanceSimilarNodeGroups: balancesGroups },
})

const provisionPart = (
  { platform, planner }: QuestionPart,
  offers: readonly MachineOffer[],
  minds: ProvisionMinds,
): E.Either<Faults, Pick<Provisions, 'provisions' | 'notes'>> =>
  planner.provision === undefined
    ? E.left([
        {
          ...{ from: platform.title, at: [], found: `workloads of ${platform.title}` },
          expected: 'workloads of Kubernetes: for others no machines are chosen yet',
        },
      ])
    : pipe(
        planner.provision(offers, minds),
        E.map(({ supplies, notes }) => ({
          provisions: supplies.map((supply) => ({ platform, supply })),
          notes,
        })),
      )

/** A machine of each type in each zone, with its price; and the types without one. */
export const offersOf = ({
  machines: { typeNames, typeNamed },
  zones,
  prices: { instances = {}, instancesSpot = {} },
  types,
}: Pick<ProvisionOptions, 'machines' | 'zones' | 'prices' | 'types'>): E.Either<
  Faults,
  { readonly offers: readonly MachineOffer[]; readonly unpriced: readonly string[] }
> => {
  const unknown = types.filter((pattern) => !typeNames.some((name) => isOfPattern(pattern, name)))
  if (unknown.length > 0) return E.left(unknown.map((pattern) => noSuchType(pattern, typeNames)))
  const hasPrice = (name: string): boolean =>
    priceIn(instances, name) !== undefined || priceIn(instancesSpot, name) !== undefined
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
          : zones.flatMap((zone) => [
              ...offersAt(type, zone, 'on-demand', priceIn(instances, type.name)),
              ...offersAt(type, zone, 'spot', priceIn(instancesSpot, type.name)),
            ]),
      ),
    })),
  )
}

const offersAt = (
  type: MachineOffer['type'],
  zone: string,
  capacityType: MachineOffer['capacityType'],
  price: number | undefined,
): readonly MachineOffer[] =>
  price === undefined ? [] : [{ type, zone, capacityType, price: Math.round(price * priceUnits) }]

const noSuchType = (pattern: string, names: readonly string[]): DocumentFault => ({
  ...{ from: '--types', at: [], found: renderValue(pattern) },
  expected: `a type, a family or a pattern, such as ${nearestNames(pattern, names).join(', ')}`,
})
