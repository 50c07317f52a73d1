/**
 * Computes the cost of a plan per hour: of its machines, and of its tasks or pods on Fargate. If
 * anything has no price, the bill lists it by name, and the sum is unknown.
 */
import type { FargatePlatform, FargateTerms } from '@stowage/ecs'
import { byCodeUnit } from '@stowage/kernel'
import type { TaskSize } from '@stowage/fargate'
import type { PriceList } from '../machines/price-list.js'
import { isUsed, type BillTerms, type PlatformPlan } from '../platform/plan.js'

/** The costs of a plan, per hour. */
export interface Bill {
  readonly prices: PriceOrigin
  /** Of the instances in use. */
  readonly instances: Cost
  readonly allInstances: Cost
  readonly fargate: Cost
  /** Of the instances in use and of Fargate. */
  readonly total: Cost
}

/** Of what prices something is: the currency, and where and when they hold, if the list says so. */
export type PriceOrigin = Pick<PriceList, 'currency' | 'region' | 'date'>

/** A sum per hour. */
export interface Cost {
  /** Of the items with a price. */
  readonly priced: number
  /** Names of the items without a price, each once, in code-unit order. */
  readonly missing: readonly string[]
}

/** The month of AWS's price calculator. */
export const hoursPerMonth = 730

/** A line of a bill. */
interface Item {
  readonly what: string
  readonly count: number
  /** Of one of them, per hour. */
  readonly price: number | undefined
}

/** The bill of a plan; replicas on Fargate that run on Spot are those that it launches there. */
export const billOf = (
  { plan, vended, launched }: PlatformPlan,
  { types, terms }: BillTerms,
  list: PriceList,
): Bill => {
  const { currency, region, date } = list
  const onSpot = spotCounts(launched)
  const used = plan.nodes.filter(isUsed).map(({ name }) => instanceItem(types, list, name))
  const tasks = vended.flatMap((one) =>
    fargateItems(terms.get(one.name), list, one, onSpot.get(one.name) ?? 0),
  )
  return {
    prices: { currency, region, date },
    instances: costOf(used),
    allInstances: costOf(plan.nodes.map(({ name }) => instanceItem(types, list, name))),
    fargate: costOf(tasks),
    total: costOf([...used, ...tasks]),
  }
}

const spotCounts = (launched: PlatformPlan['launched']): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const { name, count, capacityProvider } of launched)
    if (capacityProvider === 'FARGATE_SPOT') counts.set(name, (counts.get(name) ?? 0) + count)
  return counts
}

const instanceItem = (
  types: BillTerms['types'],
  { instances }: PriceList,
  machine: string,
): Item => {
  const type = types.get(machine)
  if (type === undefined)
    return { what: `${machine}, of no known type`, count: 1, price: undefined }
  return { what: type, count: 1, price: priceIn(instances ?? {}, type) }
}

/** The price of that key; `undefined` when the list has none. */
export const priceIn = (all: Readonly<Record<string, number>>, key: string): number | undefined =>
  Object.hasOwn(all, key) ? all[key] : undefined

const fargateItems = (
  { platform, storage }: FargateTerms = defaultTerms,
  prices: PriceList,
  { count, size, storage: own }: PlatformPlan['vended'][number],
  spot: number,
): readonly Item[] => {
  const gibibytes: number = own ?? storage
  return [
    {
      what: `Fargate ${platform}`,
      count: count - spot,
      price: taskPrice(prices.fargate, platform, size),
    },
    {
      what: `Fargate Spot ${platform}`,
      count: spot,
      price: taskPrice(prices.fargateSpot, platform, size),
    },
    {
      what: 'ephemeral storage',
      count: count * gibibytes,
      price: prices.ephemeralStorage?.perGbHour,
    },
  ]
}

const defaultTerms: FargateTerms = { platform: 'linux/x86_64', storage: 0 }

const taskPrice = (
  platforms: PriceList['fargate'],
  platform: FargatePlatform,
  { cpu, memory }: TaskSize,
): number | undefined => {
  const rates = platform === 'windows/arm64' ? undefined : platforms?.[platform]
  return rates === undefined
    ? undefined
    : (cpu / 1024) * rates.perVcpuHour + (memory / 1024) * rates.perGbHour
}

const costOf = (items: readonly Item[]): Cost => {
  const counted = items.filter(({ count }) => count > 0)
  const missing = counted.filter(({ price }) => price === undefined).map(({ what }) => what)
  return {
    priced: counted.reduce((sum, { count, price = 0 }) => sum + count * price, 0),
    missing: [...new Set(missing)].sort(byCodeUnit),
  }
}
