/**
 * Answers the question `consolidate`: which machines can go, which cheaper machines to open in
 * their place, what has to move, and why the other machines must stay.
 */
import { shown } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { priceIn, type PriceOrigin } from '../bill/bill.js'
import type { Machines } from '../machines/fleet.js'
import type { PriceList } from '../machines/price-list.js'
import type { MachineOffer, Platform, Release, ReleaseOptions } from '../platform/platform.js'
import type { Faults } from '../text/fault.js'
import { offersOf, priceUnits } from './provision.js'
import type { Question, QuestionPart } from './question.js'

/** Which machines of each platform can go. */
export interface Consolidations {
  readonly consolidations: readonly Consolidation[]
  readonly durations: ReleaseOptions['durations']
  /** Absent when no prices are known: then only the number of machines counts. */
  readonly prices?: PriceOrigin
  /** Whether every machine is needed. */
  readonly isNeeded: boolean
}

/** Which machines of one platform can go. */
export interface Consolidation {
  readonly platform: Platform
  readonly offers: readonly MachineOffer[]
  readonly release: Release
  readonly machines: readonly FleetMachine[]
}

/** A machine, with its type and its price per hour in millionths where they are known. */
export interface FleetMachine {
  readonly name: string
  readonly type?: string
  readonly price?: number
}

/** What may go and what can be opened. */
export interface ConsolidateOptions
  extends Pick<ReleaseOptions, 'durations' | 'deletesLocalData' | 'search' | 'workMax'> {
  readonly machines: Machines
  readonly zones: readonly string[]
  readonly prices?: PriceList
  /** Patterns of machine types; those of the machines that are there when there are none. */
  readonly types: readonly string[]
}

/** Says which machines can go. A `Left` says what is wrong with the types, or with the platform. */
export const consolidateMachines = (
  { parts }: Question,
  options: ConsolidateOptions,
): E.Either<Faults, Consolidations> => {
  const consolidations: Consolidation[] = []
  for (const part of parts) {
    const one = consolidatePart(part, options)
    if (one === undefined) continue
    if (E.isLeft(one)) return one
    consolidations.push(one.right)
  }
  if (consolidations.length === 0) return E.left([nothingToConsolidate])
  const { durations, prices } = options
  const { start, ready, stop } = durations
  return E.right({
    ...{ consolidations, durations: { start, ready, stop } },
    ...(prices === undefined
      ? {}
      : { prices: { currency: prices.currency, region: prices.region, date: prices.date } }),
    isNeeded: consolidations.every(({ release }) => release.gone.length === 0),
  })
}

const nothingToConsolidate: Faults[number] = {
  ...{ from: 'the machines', at: [], found: 'no nodes of Kubernetes' },
  expected: 'some among the files, with the pods that run on them',
}

/** `undefined` for a platform that cannot be asked. */
const consolidatePart = (
  { platform, planner }: QuestionPart,
  options: ConsolidateOptions,
): E.Either<Faults, Consolidation> | undefined => {
  const { release } = planner
  if (release === undefined) return undefined
  const { types } = planner.billTerms()
  const { durations, deletesLocalData, search, workMax, prices } = options
  const machines = planner.state().plan.nodes.map(({ name }): FleetMachine => {
    const type = types.get(name)
    const price = type === undefined ? undefined : priceIn(prices?.instances ?? {}, type)
    return {
      name,
      ...(type === undefined ? {} : { type }),
      ...(price === undefined ? {} : { price: Math.round(price * priceUnits) }),
    }
  })
  const known = new Map(
    machines.flatMap(({ name, price }) => (price === undefined ? [] : [[name, price] as const])),
  )
  const rest = { durations, deletesLocalData, search, workMax, prices: known }
  return pipe(
    replacementsOf(machines, options),
    E.chain((offers) =>
      pipe(
        release(offers, rest),
        E.map((found) => ({ platform, offers, machines, release: found })),
      ),
    ),
  )
}

/** What can be opened: of the types that are there, those that are known and have a price. */
const replacementsOf = (
  there: readonly FleetMachine[],
  { machines, zones, prices, types }: ConsolidateOptions,
): E.Either<Faults, readonly MachineOffer[]> => {
  if (prices === undefined) return types.length === 0 ? E.right([]) : E.left([unpriced(types)])
  const names = new Set(machines.typeNames)
  const own = there.flatMap(({ type, price }) =>
    type === undefined || price === undefined || !names.has(type) ? [] : [type],
  )
  const patterns = types.length > 0 ? types : [...new Set(own)].sort()
  return patterns.length === 0
    ? E.right([])
    : pipe(
        offersOf({ machines, zones, prices, types: patterns }),
        E.map(({ offers }) => offers),
      )
}

/** Only machines with a price are opened, so that types mean nothing without prices. */
const unpriced = (types: readonly string[]): Faults[number] => ({
  ...{ from: '--types', at: [], found: shown(types.join(',')) },
  expected: 'prices beside it, as only machines with a price are opened: --prices FILE',
})
