/**
 * Computes the bill of each world (one plan of the workloads, such as all on EC2): the cost per
 * hour of its machines and of its Fargate sizes. Items without a price are listed by name, and the
 * sum then counts as unknown, because a missing price does not mean that the item is free.
 */
import type { FargatePlatform, FargateTerms } from '@stowage/ecs'
import { byCodeUnit } from '@stowage/kernel'
import type { TaskSize } from '@stowage/fargate'
import type { PriceList } from '../machines/price-list.js'
import type { PlatformPlan } from '../platform/plan.js'
import type { WorldId, Worlds } from '../platform/worlds.js'
import { isUsed } from './summary.js'
import { countOnSpot } from './workload.js'

/** The costs of one world, per hour. */
export interface Bill {
  /** Of the instances in use. */
  readonly instances: Cost
  readonly allInstances: Cost
  readonly fargate: Cost
  /** Of the instances in use and of Fargate. */
  readonly total: Cost
}

/** A sum per hour. */
export interface Cost {
  /** Of the items with a price. */
  readonly priced: number
  /** Names of the items without a price, each once, in code-unit order. */
  readonly missing: readonly string[]
}

/** A bill per world. */
export interface Bills extends Readonly<Record<WorldId, Bill>> {
  readonly currency: string
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

/** The bill of each world. */
export const billsOf = (worlds: Worlds, prices: PriceList): Bills => ({
  currency: prices.currency,
  ec2: billOf('ec2', worlds, prices),
  fargate: billOf('fargate', worlds, prices),
  mixed: billOf('mixed', worlds, prices),
})

const billOf = (id: WorldId, worlds: Worlds, prices: PriceList): Bill => {
  const { plan, vended } = worlds[id]
  const used = plan.nodes.filter(isUsed).map((node) => instanceItem(worlds, prices, node))
  const tasks = vended.flatMap((one) =>
    fargateItems(worlds, prices, one, countOnSpot(worlds[id], one.name)),
  )
  return {
    instances: costOf(used),
    allInstances: costOf(plan.nodes.map((node) => instanceItem(worlds, prices, node))),
    fargate: costOf(tasks),
    total: costOf([...used, ...tasks]),
  }
}

const instanceItem = (
  { types }: Worlds,
  { instances }: PriceList,
  { name }: PlatformPlan['plan']['nodes'][number],
): Item => {
  const type = types.get(name)
  if (type === undefined) return { what: `${name}, of no known type`, count: 1, price: undefined }
  return { what: type, count: 1, price: priceIn(instances ?? {}, type) }
}

const priceIn = (all: Readonly<Record<string, number>>, key: string): number | undefined =>
  Object.hasOwn(all, key) ? all[key] : undefined

const fargateItems = (
  { terms }: Worlds,
  prices: PriceList,
  { name, count, size }: PlatformPlan['vended'][number],
  spot: number,
): readonly Item[] => {
  const { platform, storage } = terms.get(name) ?? defaultTerms
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
      count: storage === 0 ? 0 : count * storage,
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
