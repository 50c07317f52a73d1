/**
 * Answers the question `consolidate`: which machines can go, which cheaper machines to open in
 * their place, what has to move, and why the other machines must stay.
 */
import { collectAll } from '@stowage/documents'
import { renderValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { priceIn, type PriceOrigin } from '../bill/bill.js'
import type { Machines } from '../machines/fleet.js'
import { readGroups } from '../machines/group-list.js'
import type { PriceList } from '../machines/price-list.js'
import type {
  MachineOffer,
  MindRelease,
  Platform,
  Release,
  ReleaseMinds,
  ReleaseOptions,
} from '../platform/platform.js'
import type { TextSet } from '../text/documents.js'
import type { Faults } from '../text/fault.js'
import { offersOf, priceUnits } from './provision.js'
import type { Question, QuestionPart } from './question.js'

/** Which machines of each platform can go. */
export interface Consolidations {
  /** Ours; none when it is not asked for. */
  readonly consolidations: readonly Consolidation[]
  /** What other minds would do. */
  readonly others: readonly OtherConsolidation[]
  /** What was assumed for want of documents. */
  readonly notes: readonly string[]
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

/** What another mind would do with the machines of one platform. */
export interface OtherConsolidation {
  readonly platform: Platform
  readonly release: MindRelease
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
  /** Whose way; ours when absent. */
  readonly minds?: readonly (MindRelease['mind'] | 'best')[]
  /** Node groups as texts; absent: the machines of a type in a zone are one. */
  readonly groups?: TextSet
}

/** Says which machines can go. A `Left` says what is wrong with the types, or with the platform. */
export const consolidateMachines = (
  { parts }: Question,
  options: ConsolidateOptions,
): E.Either<Faults, Consolidations> => {
  const { minds = ['best'], durations, prices, machines, zones } = options
  const groups =
    options.groups === undefined ? E.right([]) : readGroups(options.groups, machines, zones)
  if (E.isLeft(groups)) return groups
  const consolidatable = parts.filter(({ planner }) => planner.release !== undefined)
  if (consolidatable.length === 0) return E.left([nothingToConsolidate])
  const others = collectAll(consolidatable.map((part) => othersOf(part, options, groups.right)))
  if (E.isLeft(others)) return others
  const ours = minds.includes('best') ? consolidatable : []
  const own = collectAll(
    ours.flatMap((part, i) => consolidatePart(part, options, others.right[i]!.others) ?? []),
  )
  if (E.isLeft(own)) return own
  const { start, ready, stop } = durations
  const byOthers = others.right.flatMap((one) => one.others)
  return E.right({
    ...{ consolidations: own.right, others: byOthers, durations: { start, ready, stop } },
    notes: others.right.flatMap(({ notes }) => notes),
    ...(prices === undefined
      ? {}
      : { prices: { currency: prices.currency, region: prices.region, date: prices.date } }),
    isNeeded:
      own.right.every(({ release }) => release.gone.length === 0) &&
      byOthers.every(({ release }) => release.steps.length === 0),
  })
}

type OthersPart = Pick<Consolidations, 'others' | 'notes'>

/** Other minds choose among all types with a price, as NodePools and groups say which. */
const othersOf = (
  { platform, planner }: QuestionPart,
  { minds = [], prices, machines, zones, types, deletesLocalData }: ConsolidateOptions,
  groups: ReleaseMinds['groups'],
): E.Either<Faults, OthersPart> => {
  const names = minds.flatMap((mind) => (mind === 'best' ? [] : [mind]))
  if (names.length === 0 || planner.releaseAs === undefined)
    return E.right({ others: [], notes: [] })
  if (prices === undefined) return E.left([noPrices(names)])
  const { releaseAs } = planner
  const there = fleetMachines(planner, prices)
  const by = { minds: names, groups, deletesLocalData, prices: knownPrices(there) }
  return pipe(
    offersOf({ machines, zones, prices, types }),
    E.chain(({ offers }) => releaseAs(offers, by)),
    E.map(({ releases, notes }) => ({
      others: releases.map((release) => ({ platform, release, machines: there })),
      notes,
    })),
  )
}

const noPrices = (minds: readonly string[]): Faults[number] => ({
  ...{ from: '--as', at: [], found: renderValue(minds.join(',')) },
  expected: 'prices beside it, as what goes is decided by them: --prices FILE',
})

const fleetMachines = (
  planner: QuestionPart['planner'],
  prices: PriceList | undefined,
): readonly FleetMachine[] => {
  const { types } = planner.billTerms()
  return planner.state().plan.nodes.map(({ name }): FleetMachine => {
    const type = types.get(name)
    const price = type === undefined ? undefined : priceIn(prices?.instances ?? {}, type)
    return {
      name,
      ...(type === undefined ? {} : { type }),
      ...(price === undefined ? {} : { price: Math.round(price * priceUnits) }),
    }
  })
}

const knownPrices = (machines: readonly FleetMachine[]): ReadonlyMap<string, number> =>
  new Map(
    machines.flatMap(({ name, price }) => (price === undefined ? [] : [[name, price] as const])),
  )

const nothingToConsolidate: Faults[number] = {
  ...{ from: 'the machines', at: [], found: 'no nodes of Kubernetes' },
  expected: 'some among the files, with the pods that run on them',
}

/** `undefined` for a platform that cannot be asked. */
const consolidatePart = (
  { platform, planner }: QuestionPart,
  options: ConsolidateOptions,
  others: readonly OtherConsolidation[],
): E.Either<Faults, Consolidation> | undefined => {
  const { release } = planner
  if (release === undefined) return undefined
  const { durations, deletesLocalData, search, workMax, prices } = options
  const machines = fleetMachines(planner, prices)
  const known = knownPrices(machines)
  const sets = others.map(({ release: { steps } }) => steps.flatMap(({ gone }) => gone))
  const rest = { durations, deletesLocalData, search, workMax, prices: known, sets }
  return pipe(
    replacementsOf(machines, options, others),
    E.chain((offers) =>
      pipe(
        release(offers, rest),
        E.map((found) => ({ platform, offers, machines, release: found })),
      ),
    ),
  )
}

/**
 * What can be opened: of the types that are there or that others open, those that are known and
 * have a price.
 */
const replacementsOf = (
  there: readonly FleetMachine[],
  { machines, zones, prices, types }: ConsolidateOptions,
  others: readonly OtherConsolidation[],
): E.Either<Faults, readonly MachineOffer[]> => {
  if (prices === undefined)
    return types.length === 0 ? E.right([]) : E.left([missingPricesFault(types)])
  const names = new Set(machines.typeNames)
  const own = there.flatMap(({ type, price }) =>
    type === undefined || price === undefined || !names.has(type) ? [] : [type],
  )
  const opened = others.flatMap(({ release: { steps, offers } }) =>
    steps.flatMap(({ opened: one }) => (one === undefined ? [] : [offers[one.offer]!.type.name])),
  )
  const patterns = types.length > 0 ? types : [...new Set([...own, ...opened])].sort()
  return patterns.length === 0
    ? E.right([])
    : pipe(
        offersOf({ machines, zones, prices, types: patterns }),
        E.map(({ offers }) => offers.filter(({ capacityType }) => capacityType === 'on-demand')),
      )
}

/** Only machines with a price are opened, so that types mean nothing without prices. */
const missingPricesFault = (types: readonly string[]): Faults[number] => ({
  ...{ from: '--types', at: [], found: renderValue(types.join(',')) },
  expected: 'prices beside it, as only machines with a price are opened: --prices FILE',
})
