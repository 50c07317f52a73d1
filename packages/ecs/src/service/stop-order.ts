/**
 * Chooses the tasks to stop when a service is scaled in, by its placement strategies in reverse.
 * Each strategy breaks the ties of the strategies before it:
 *
 * - `spread` stops a task in the bucket (the instances with the same value) with the most tasks.
 * - `binpack` stops a task on the instance that has the most of the resource free after the stop.
 * - `random` stops a random task, drawn by the seed.
 *
 * Source: Amazon ECS Developer Guide, task placement strategies and services.
 */
import type { PlacementRules } from '../lower/options.js'
import type { PlacementStrategy } from '../words/placement.js'

/** A task that may be stopped. Lists of them are in the order in which the tasks were started. */
export interface Stoppable {
  readonly task: string
  readonly instance: string
  /** The resources that are free after it stops: CPU units and MiB. */
  readonly cpu: number
  readonly memory: number
}

/** An instance as the choice sees it. */
export interface StopPlace {
  readonly attributes: Readonly<Record<string, string>>
  /** The remaining resources now: CPU units and MiB. */
  readonly cpu: number
  readonly memory: number
}

/**
 * The strategies to turn round. A service without any stops in the zone with the most tasks, and
 * there on the instance with the most.
 */
export const stopChain = (
  strategies: readonly PlacementStrategy[],
): readonly PlacementStrategy[] =>
  strategies.length > 0
    ? strategies
    : [
        { type: 'spread', field: 'attribute:ecs.availability-zone' },
        { type: 'spread', field: 'instanceId' },
      ]

/**
 * Chooses up to `count` tasks to stop, in the order of stopping.
 *
 * Tasks are chosen one by one, and each chosen task counts as stopped in the next choice. Ties that
 * remain after a spread over zones are drawn by the seed too. Two points are not documented and are
 * options: (1) other ties, by default the newest task on the first instance by name; (2) the bucket
 * of an instance without the attribute, by default one of its own.
 */
export const stopOrder = (
  tasks: readonly Stoppable[],
  places: ReadonlyMap<string, StopPlace>,
  strategies: readonly PlacementStrategy[],
  count: number,
  rules: Omit<PlacementRules, 'query'>,
): readonly string[] => {
  const isDrawn = rules.ties === 'seeded' || endsInZones(strategies)
  const left = [...tasks]
  const freed = new Map<string, { cpu: number; memory: number }>()
  const stopped: string[] = []
  while (stopped.length < count && left.length > 0) {
    const seed = rules.seed + stopped.length
    const best = strategies.reduce<readonly Stoppable[]>(
      (some, strategy) => bestBy(some, left, places, freed, strategy, { ...rules, seed }),
      left,
    )
    const next = isDrawn ? best[drawIndex(seed, best.length)]! : firstOf(best)
    stopped.push(next.task)
    left.splice(left.indexOf(next), 1)
    const before = freed.get(next.instance) ?? { cpu: 0, memory: 0 }
    freed.set(next.instance, { cpu: before.cpu + next.cpu, memory: before.memory + next.memory })
  }
  return stopped
}

/** The choice within a zone is documented as random. */
const endsInZones = (strategies: readonly PlacementStrategy[]): boolean =>
  strategies.at(-1)?.field === 'attribute:ecs.availability-zone'

/** The newest task on the first instance by name. */
const firstOf = (tasks: readonly Stoppable[]): Stoppable =>
  tasks.reduce((best, task) => (task.instance <= best.instance ? task : best))

const bestBy = (
  some: readonly Stoppable[],
  all: readonly Stoppable[],
  places: ReadonlyMap<string, StopPlace>,
  freed: ReadonlyMap<string, { readonly cpu: number; readonly memory: number }>,
  { type, field = '' }: PlacementStrategy,
  { seed, absentBucket }: Omit<PlacementRules, 'query'>,
): readonly Stoppable[] => {
  if (type === 'random') return [some[drawIndex(seed, some.length)]!]
  if (type === 'spread') {
    const bucket = bucketBy(places, field, absentBucket)
    const counts = new Map<string, number>()
    for (const task of all) counts.set(bucket(task), (counts.get(bucket(task)) ?? 0) + 1)
    return highestOf(some, (task) => counts.get(bucket(task))!)
  }
  const resource = field.toLowerCase() === 'cpu' ? 'cpu' : 'memory'
  return highestOf(
    some,
    (task) =>
      (places.get(task.instance)?.[resource] ?? 0) +
      (freed.get(task.instance)?.[resource] ?? 0) +
      task[resource],
  )
}

const bucketBy = (
  places: ReadonlyMap<string, StopPlace>,
  field: string,
  absent: PlacementRules['absentBucket'],
): ((task: Stoppable) => string) => {
  if (!field.startsWith('attribute:')) return ({ instance }) => instance
  const name = field.slice('attribute:'.length)
  return ({ instance }) => {
    const attributes = places.get(instance)?.attributes ?? {}
    if (Object.hasOwn(attributes, name)) return `of ${attributes[name]!}`
    return absent === 'own' ? `without ${instance}` : 'without'
  }
}

const highestOf = (
  tasks: readonly Stoppable[],
  valueOf: (task: Stoppable) => number,
): readonly Stoppable[] => {
  const values = tasks.map(valueOf)
  const best = values.reduce((a, b) => Math.max(a, b), -Infinity)
  return tasks.filter((_, i) => values[i] === best)
}

/** A pseudorandom number below `count`, from a hash of the seed. */
const drawIndex = (seed: number, count: number): number => {
  let bits = Math.imul(seed ^ (seed >>> 16), 0x45d9f3b)
  bits = Math.imul(bits ^ (bits >>> 16), 0x45d9f3b)
  return ((bits ^ (bits >>> 16)) >>> 0) % count
}
