/**
 * Lists expected values for tests, taken by hand from the AWS documentation: which capacity
 * provider strategies are accepted, and how many tasks each provider gets.
 *
 * Source: Amazon ECS API Reference, CapacityProviderStrategyItem and CreateCapacityProvider.
 */

export const bounds = {
  providers: { most: 20 },
  base: { least: 0, most: 100_000, absent: 0 },
  weight: { least: 0, most: 1000, absent: 0, absentInConsole: 1 },
  providersWithBase: { most: 1 },
}

export const providerTypes = [
  'FARGATE',
  'FARGATE_SPOT',
  'EC2_AUTOSCALING',
  'MANAGED_INSTANCES',
] as const

/** What a strategy may hold together. */
export const accepted: readonly {
  readonly strategy: readonly {
    readonly capacityProvider: string
    readonly base?: number
    readonly weight?: number
  }[]
  readonly accepted: boolean
  readonly why?: string
}[] = [
  { strategy: [{ capacityProvider: 'FARGATE', weight: 1 }], accepted: true },
  {
    strategy: [
      { capacityProvider: 'FARGATE', base: 2, weight: 1 },
      { capacityProvider: 'FARGATE_SPOT', weight: 4 },
    ],
    accepted: true,
  },
  {
    strategy: [
      { capacityProvider: 'FARGATE', weight: 1 },
      { capacityProvider: 'group', weight: 1 },
    ],
    accepted: false,
    why: 'providers of Fargate and of Auto Scaling groups',
  },
  {
    strategy: [
      { capacityProvider: 'one', weight: 0 },
      { capacityProvider: 'other', weight: 0 },
    ],
    accepted: false,
    why: 'no weight above 0',
  },
  {
    strategy: [
      { capacityProvider: 'one', base: 1, weight: 1 },
      { capacityProvider: 'other', base: 1, weight: 1 },
    ],
    accepted: false,
    why: 'two bases',
  },
  {
    strategy: [{ capacityProvider: 'one', base: 100_001, weight: 1 }],
    accepted: false,
    why: 'a base above 100000',
  },
  {
    strategy: [{ capacityProvider: 'one', weight: 1001 }],
    accepted: false,
    why: 'a weight above 1000',
  },
]

/**
 * How many of so many tasks each provider gets: the base first, the rest by weight. The documents
 * give the counts that divide; the others are by the option `weightRounding`, whose default gives
 * each task to the largest weight / (count + 1) among the providers with count < weight × tasks /
 * all weights, the first of several that are equal.
 */
export const shares: readonly {
  readonly providers: readonly { readonly base?: number; readonly weight: number }[]
  readonly tasks: number
  readonly counts: readonly number[]
  readonly documented: boolean
}[] = [
  { providers: [{ weight: 1 }, { weight: 1 }], tasks: 2, counts: [1, 1], documented: true },
  { providers: [{ weight: 1 }, { weight: 4 }], tasks: 5, counts: [1, 4], documented: true },
  { providers: [{ weight: 1 }, { weight: 4 }], tasks: 10, counts: [2, 8], documented: true },
  { providers: [{ weight: 0 }, { weight: 1 }], tasks: 3, counts: [0, 3], documented: true },
  {
    providers: [{ base: 2, weight: 1 }, { weight: 1 }],
    tasks: 1,
    counts: [1, 0],
    documented: true,
  },
  {
    providers: [{ base: 2, weight: 1 }, { weight: 1 }],
    tasks: 2,
    counts: [2, 0],
    documented: true,
  },
  {
    providers: [{ base: 2, weight: 1 }, { weight: 1 }],
    tasks: 4,
    counts: [3, 1],
    documented: true,
  },
  {
    providers: [{ base: 2, weight: 1 }, { weight: 1 }],
    tasks: 6,
    counts: [4, 2],
    documented: true,
  },
  {
    providers: [{ weight: 2 }, { weight: 3 }],
    tasks: 1,
    counts: [0, 1],
    documented: false,
  },
  {
    providers: [{ weight: 2 }, { weight: 3 }],
    tasks: 2,
    counts: [1, 1],
    documented: false,
  },
  {
    providers: [{ weight: 2 }, { weight: 3 }],
    tasks: 3,
    counts: [1, 2],
    documented: false,
  },
  {
    providers: [{ weight: 2 }, { weight: 3 }],
    tasks: 4,
    counts: [2, 2],
    documented: false,
  },
  {
    providers: [{ weight: 2 }, { weight: 3 }],
    tasks: 5,
    counts: [2, 3],
    documented: true,
  },
]

/** A service that uses a strategy has a base of its own. */
export const basePer = 'service'

/** A provider that has no room passes nothing on to another. */
export const failover = false
