/**
 * What an hour of a world costs. What has no price is named, and then there is no sum: no price is
 * not the price of nothing.
 */
import type { FargatePlatform, FargateTerms } from '@stowage/ecs'
import { byCodeUnit } from '@stowage/kernel'
import type { TaskSize } from '@stowage/fargate'
import { worldIds, type Planned, type WorldId, type Worlds } from '../vocabulary/vocabulary.js'
import type { PriceList } from './price-list.js'
import { onSpot } from './standing.js'
import { isUsed } from './summary.js'

export interface Bill {
  /** Of instances that hold something, and of all that there are. */
  readonly instances: Amount
  readonly allInstances: Amount
  readonly fargate: Amount
  /** Of the instances that hold something, and of Fargate. */
  readonly total: Amount
}

/** Per hour. */
export interface Amount {
  /** Of what has a price. */
  readonly priced: number
  /** What has none, each once, by name. */
  readonly missing: readonly string[]
}

export interface Bills extends Readonly<Record<WorldId, Bill>> {
  readonly currency: string
}

/** As AWS counts a month where it gives a price for one. */
export const hoursPerMonth = 730

/** A price of so many of something; nothing, where it has none. */
interface Item {
  readonly what: string
  readonly count: number
  readonly price: number | undefined
}

export const billsOf = (worlds: Worlds, prices: PriceList): Bills => {
  const [ec2, fargate, mixed] = worldIds.map((id) => billOf(id, worlds, prices)) as [
    Bill,
    Bill,
    Bill,
  ]
  return { currency: prices.currency, ec2, fargate, mixed }
}

const billOf = (id: WorldId, worlds: Worlds, prices: PriceList): Bill => {
  const { plan, vended } = worlds[id]
  const used = plan.nodes.filter(isUsed).map((node) => instanceItem(worlds, prices, node))
  const tasks = vended.flatMap((one) =>
    fargateItems(worlds, prices, one, onSpot(worlds[id], one.name)),
  )
  return {
    instances: amountOf(used),
    allInstances: amountOf(plan.nodes.map((node) => instanceItem(worlds, prices, node))),
    fargate: amountOf(tasks),
    total: amountOf([...used, ...tasks]),
  }
}

const instanceItem = (
  { types }: Worlds,
  { instances }: PriceList,
  { name }: Planned['plan']['nodes'][number],
): Item => {
  const type = types.get(name)
  if (type === undefined) return { what: `${name}, of no known type`, count: 1, price: undefined }
  return { what: type, count: 1, price: own(instances ?? {}, type) }
}

const own = (all: Readonly<Record<string, number>>, key: string): number | undefined =>
  Object.hasOwn(all, key) ? all[key] : undefined

const fargateItems = (
  { terms }: Worlds,
  prices: PriceList,
  { name, count, size }: Planned['vended'][number],
  spot: number,
): readonly Item[] => {
  const { platform, storage } = terms.get(name) ?? plain
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

const plain: FargateTerms = { platform: 'linux/x86_64', storage: 0 }

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

const amountOf = (items: readonly Item[]): Amount => {
  const counted = items.filter(({ count }) => count > 0)
  const missing = counted.filter(({ price }) => price === undefined).map(({ what }) => what)
  return {
    priced: counted.reduce((sum, { count, price = 0 }) => sum + count * price, 0),
    missing: [...new Set(missing)].sort(byCodeUnit),
  }
}
