/**
 * Lists expected values for tests, taken by hand from the AWS documentation: on which instances
 * placement strategies start and stop tasks.
 *
 * Source: Amazon ECS API Reference, PlacementStrategy; Developer Guide, placement strategies.
 */

export const strategies: readonly {
  readonly type: 'random' | 'spread' | 'binpack'
  readonly field: readonly string[] | 'none'
  readonly place: string
  /** Nothing is said of what `random` stops. */
  readonly stop?: string
}[] = [
  {
    type: 'random',
    field: 'none',
    place: 'any feasible instance, each as likely',
  },
  {
    type: 'spread',
    // `host` is another name of `instanceId`.
    field: ['instanceId', 'host', 'attribute:<name>'],
    place: 'the bucket with the fewest counted tasks',
    stop: 'the task whose removal leaves the best spread; within a zone any, each as likely',
  },
  {
    type: 'binpack',
    field: ['cpu', 'memory'],
    place: 'the feasible instance with the least of it remaining',
    stop: 'on the instance that has the most of it remaining after the stop',
  },
]

/** Whose tasks spreading counts. */
export const counted: readonly {
  readonly task: 'service' | 'standalone'
  readonly counts: 'tasks of the service' | 'tasks of the group'
}[] = [
  { task: 'service', counts: 'tasks of the service' },
  { task: 'standalone', counts: 'tasks of the group' },
]

/**
 * Two zones of equal room: how many tasks of the service each has after the first, the second, …;
 * the fuller zone first.
 */
export const spreadOverZones: readonly (readonly [fuller: number, emptier: number])[] = [
  [1, 0],
  [1, 1],
  [2, 1],
  [2, 2],
  [3, 2],
]

/** Where a task of so many MiB goes by binpack over memory, on instances with so much remaining. */
export const packing: readonly {
  readonly remaining: Readonly<Record<string, number>>
  readonly task: number
  readonly chosen: string | undefined
}[] = [
  { remaining: { 'i-1': 4096, 'i-2': 2048, 'i-3': 1024 }, task: 512, chosen: 'i-3' },
  { remaining: { 'i-1': 4096, 'i-2': 2048, 'i-3': 1024 }, task: 1024, chosen: 'i-3' },
  { remaining: { 'i-1': 4096, 'i-2': 2048, 'i-3': 1024 }, task: 1536, chosen: 'i-2' },
  { remaining: { 'i-1': 4096, 'i-2': 2048, 'i-3': 1024 }, task: 4096, chosen: 'i-1' },
  { remaining: { 'i-1': 4096, 'i-2': 2048, 'i-3': 1024 }, task: 4097, chosen: undefined },
]

/** A chain: each strategy decides among what those before it hold for equal. */
export const chained: readonly {
  readonly strategies: readonly string[]
  readonly instances: Readonly<
    Record<string, { readonly zone: string; readonly tasks: number; readonly memory: number }>
  >
  readonly chosen: string
}[] = [
  {
    strategies: ['spread(attribute:ecs.availability-zone)', 'binpack(memory)'],
    instances: {
      'i-1': { zone: 'a', tasks: 1, memory: 1024 },
      'i-2': { zone: 'b', tasks: 0, memory: 4096 },
      'i-3': { zone: 'b', tasks: 0, memory: 2048 },
    },
    chosen: 'i-3',
  },
  {
    strategies: ['spread(attribute:ecs.availability-zone)', 'spread(instanceId)'],
    instances: {
      'i-1': { zone: 'a', tasks: 2, memory: 4096 },
      'i-2': { zone: 'b', tasks: 1, memory: 4096 },
      'i-3': { zone: 'b', tasks: 0, memory: 4096 },
    },
    chosen: 'i-3',
  },
  {
    strategies: ['binpack(memory)', 'spread(attribute:ecs.availability-zone)'],
    instances: {
      'i-1': { zone: 'a', tasks: 1, memory: 1024 },
      'i-2': { zone: 'b', tasks: 0, memory: 4096 },
      'i-3': { zone: 'b', tasks: 0, memory: 2048 },
    },
    chosen: 'i-1',
  },
]

/**
 * On which instances a task may be stopped when one has to go: on each of them, by some draw. Tasks
 * are alike and take 512 MiB each.
 */
export const stopping: readonly {
  readonly strategy: string
  readonly instances: (typeof chained)[number]['instances']
  readonly from: readonly string[]
}[] = [
  {
    strategy: 'spread(attribute:ecs.availability-zone)',
    instances: {
      'i-1': { zone: 'a', tasks: 2, memory: 1024 },
      'i-2': { zone: 'a', tasks: 1, memory: 4096 },
      'i-3': { zone: 'b', tasks: 1, memory: 2048 },
    },
    from: ['i-1', 'i-2'],
  },
  {
    strategy: 'spread(instanceId)',
    instances: {
      'i-1': { zone: 'a', tasks: 2, memory: 1024 },
      'i-2': { zone: 'a', tasks: 1, memory: 4096 },
      'i-3': { zone: 'b', tasks: 1, memory: 2048 },
    },
    from: ['i-1'],
  },
  {
    strategy: 'binpack(memory)',
    instances: {
      'i-1': { zone: 'a', tasks: 2, memory: 1024 },
      'i-2': { zone: 'a', tasks: 1, memory: 4096 },
      'i-3': { zone: 'b', tasks: 1, memory: 2048 },
    },
    from: ['i-2'],
  },
]

/**
 * With a target capacity below 100, packing has to stand before spreading, or the cluster drifts to
 * one task per instance.
 */
export const orderBelowFullTarget: readonly [first: string, second: string] = ['binpack', 'spread']
