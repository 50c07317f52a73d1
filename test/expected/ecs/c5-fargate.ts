/**
 * Lists expected values for tests, taken by hand from the AWS documentation: the task sizes,
 * platform versions and quotas of Fargate.
 *
 * Source: Amazon ECS Developer Guide, Fargate task sizes, platform versions and quotas; AWS re:Post
 * for rates.
 */

export interface SizeRow {
  /** 1/1024 vCPU. */
  readonly cpu: number
  /** MiB. */
  readonly memory:
    | readonly number[]
    | { readonly from: number; readonly to: number; readonly step: number }
  readonly count: number
  readonly os: readonly ('linux' | 'windows')[]
  readonly platformVersionMin?: string
}

export const sizes: readonly SizeRow[] = [
  { cpu: 256, memory: [512, 1024, 2048], count: 3, os: ['linux'] },
  { cpu: 512, memory: { from: 1024, to: 4096, step: 1024 }, count: 4, os: ['linux'] },
  { cpu: 1024, memory: { from: 2048, to: 8192, step: 1024 }, count: 7, os: ['linux', 'windows'] },
  {
    cpu: 2048,
    memory: { from: 4096, to: 16_384, step: 1024 },
    count: 13,
    os: ['linux', 'windows'],
  },
  {
    cpu: 4096,
    memory: { from: 8192, to: 30_720, step: 1024 },
    count: 23,
    os: ['linux', 'windows'],
  },
  {
    cpu: 8192,
    memory: { from: 16_384, to: 61_440, step: 4096 },
    count: 12,
    os: ['linux'],
    platformVersionMin: '1.4.0',
  },
  {
    cpu: 16_384,
    memory: { from: 32_768, to: 122_880, step: 8192 },
    count: 12,
    os: ['linux'],
    platformVersionMin: '1.4.0',
  },
  {
    cpu: 32_768,
    memory: [61_440, 122_880, 249_856],
    count: 3,
    os: ['linux'],
    platformVersionMin: '1.4.0',
  },
]
export const sizesTogether = 77

/** In GiB; the settable ones on Linux from platform version 1.4.0 on. */
export const ephemeralStorage = { absent: 20, least: 21, most: 200, platformVersionMin: '1.4.0' }

/** What LATEST is. */
export const latest: readonly (readonly [os: 'linux' | 'windows', version: string])[] = [
  ['linux', '1.4.0'],
  ['windows', '1.0.0'],
]

/** Processors, per operating system. */
export const architectures: readonly {
  readonly os: 'linux' | 'windows'
  readonly architectures: readonly string[]
}[] = [
  { os: 'linux', architectures: ['X86_64', 'ARM64'] },
  { os: 'windows', architectures: ['X86_64'] },
]

export const absent: readonly string[] = ['GPU', 'placement constraints', 'placement strategies']

/** Tasks are spread over the subnets that are given, for each provider by itself. */
export const spreadOver = 'subnets'

/** Quotas as they are by default: vCPUs at once, and rates as token buckets. */
export const quotas = {
  onDemandVcpus: 6,
  spotVcpus: 6,
  launches: { burst: 100, perSecond: 20 },
  launchesInSomeRegions: { burst: 25, perSecond: 5 },
  runTaskCallsPerSecond: 20,
  serviceLaunchesPerMinute: 500,
  serviceLaunchesPerMinuteInNewerRegions: 125,
  tasksPerService: 5000,
  servicesPerCluster: 5000,
  instancesPerCluster: 5000,
  containersPerTaskDefinition: 10,
}

export const spot = {
  /** In seconds, from the signal and an event on. */
  warning: 120,
  signal: 'SIGTERM',
  reason: 'Your Spot Task was interrupted.',
  stopCode: 'SpotInterruption',
}
