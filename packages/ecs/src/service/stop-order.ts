/**
 * Which tasks to stop when there are to be fewer: the chain of strategies turned round. Each
 * strategy decides among the tasks that those before it hold for equal; what is stopped is counted
 * out before the next is chosen.
 *
 * Spreading stops in the bucket that has the most, which leaves the best spread; packing stops on
 * the instance that has the most left after the stop; `random` draws, by the seed, and so does what
 * follows a spread over zones, within the zone. Other ties, and the bucket of instances without the
 * attribute of a spread, are not documented: by default the first instance by name gives the task
 * that was started last, and each such instance is a bucket of its own.
 *
 * Source: Amazon ECS Developer Guide, task placement strategies and services.
 */
import type { PlacementRules } from '../lower/options.js'
import type { PlacementStrategy } from '../words/placement.js'

/**
 * A task that may be stopped. The order of a list of them is the order in which they were started.
 */
export interface Stoppable {
  readonly task: string
  readonly instance: string
  /** What stopping it gives back. */
  readonly cpu: number
  readonly memory: number
}

export interface StopPlace {
  readonly attributes: Readonly<Record<string, string>>
  /** What is left now. */
  readonly cpu: number
  readonly memory: number
}

/** The tasks to stop, in that order; all of them, where there are no more than `count`. */
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
    const next = isDrawn ? best[drawn(seed, best.length)]! : firstOf(best)
    stopped.push(next.task)
    left.splice(left.indexOf(next), 1)
    const before = freed.get(next.instance) ?? { cpu: 0, memory: 0 }
    freed.set(next.instance, { cpu: before.cpu + next.cpu, memory: before.memory + next.memory })
  }
  return stopped
}

/** Within a zone it is said to be random. */
const endsInZones = (strategies: readonly PlacementStrategy[]): boolean =>
  strategies.at(-1)?.field === 'attribute:ecs.availability-zone'

/** The first instance by name, and there the newest task. */
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
  if (type === 'random') return [some[drawn(seed, some.length)]!]
  if (type === 'spread') {
    const bucket = bucketBy(places, field, absentBucket)
    const counts = new Map<string, number>()
    for (const task of all) counts.set(bucket(task), (counts.get(bucket(task)) ?? 0) + 1)
    return most(some, (task) => counts.get(bucket(task))!)
  }
  const resource = field.toLowerCase() === 'cpu' ? 'cpu' : 'memory'
  return most(
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

const most = (
  tasks: readonly Stoppable[],
  valueOf: (task: Stoppable) => number,
): readonly Stoppable[] => {
  const values = tasks.map(valueOf)
  const best = values.reduce((a, b) => Math.max(a, b), -Infinity)
  return tasks.filter((_, i) => values[i] === best)
}

/** A number below `count`, from a mix of the seed's bits. */
const drawn = (seed: number, count: number): number => {
  let bits = Math.imul(seed ^ (seed >>> 16), 0x45d9f3b)
  bits = Math.imul(bits ^ (bits >>> 16), 0x45d9f3b)
  return ((bits ^ (bits >>> 16)) >>> 0) % count
}
