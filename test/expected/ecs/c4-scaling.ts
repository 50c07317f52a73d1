/**
 * Lists expected values for tests, taken by hand from the AWS documentation: how Application Auto
 * Scaling changes the desired count of a service.
 *
 * Source: Application Auto Scaling User Guide (step scaling, target tracking, scheduled scaling)
 * and API Reference.
 */

/** Steps relative to the threshold, as [lower bound, upper bound]; `null` is no bound. */
export const stepLists: readonly {
  readonly steps: readonly (readonly [lower: number | null, upper: number | null])[]
  readonly accepted: boolean
  readonly why?: string
}[] = [
  { steps: [[0, null]], accepted: true },
  { steps: [[null, 0]], accepted: true },
  {
    steps: [
      [0, 10],
      [10, 20],
      [20, null],
    ],
    accepted: true,
  },
  {
    steps: [
      [null, -20],
      [-20, -10],
      [-10, 0],
    ],
    accepted: true,
  },
  {
    steps: [
      [0, 10],
      [20, null],
    ],
    accepted: false,
    why: 'a gap from 10 to 20',
  },
  {
    steps: [
      [0, 15],
      [10, null],
    ],
    accepted: false,
    why: 'an overlap from 10 to 15',
  },
  { steps: [[0, 10]], accepted: false, why: 'a positive upper bound, and none without' },
  { steps: [[-10, 0]], accepted: false, why: 'a negative lower bound, and none without' },
  { steps: [[null, null]], accepted: false, why: 'no bound at all' },
  {
    steps: [
      [0, null],
      [10, null],
    ],
    accepted: false,
    why: 'two without an upper bound',
  },
]

/** Which step a metric meets; the threshold of the alarm is 50. */
export const metSteps: readonly {
  readonly steps: readonly (readonly [lower: number | null, upper: number | null])[]
  readonly metric: number
  readonly met: number | undefined
}[] = [
  {
    steps: [
      [0, 10],
      [10, null],
    ],
    metric: 50,
    met: 0,
  },
  {
    steps: [
      [0, 10],
      [10, null],
    ],
    metric: 59.9,
    met: 0,
  },
  {
    steps: [
      [0, 10],
      [10, null],
    ],
    metric: 60,
    met: 1,
  },
  {
    steps: [
      [null, -10],
      [-10, 0],
    ],
    metric: 50,
    met: 1,
  },
  {
    steps: [
      [null, -10],
      [-10, 0],
    ],
    metric: 40.1,
    met: 1,
  },
  {
    steps: [
      [null, -10],
      [-10, 0],
    ],
    metric: 40,
    met: 0,
  },
  { steps: [[0, null]], metric: 49, met: undefined },
]

/** How far a step goes: its kind, its number and the least change, from a count. */
export const adjustments: readonly {
  readonly type: 'ChangeInCapacity' | 'PercentChangeInCapacity' | 'ExactCapacity'
  readonly adjustment: number
  readonly magnitudeMin?: number
  readonly count: number
  readonly becomes: number
}[] = [
  { type: 'ChangeInCapacity', adjustment: 5, count: 3, becomes: 8 },
  { type: 'ChangeInCapacity', adjustment: -1, count: 3, becomes: 2 },
  { type: 'ExactCapacity', adjustment: 4, count: 3, becomes: 4 },
  { type: 'PercentChangeInCapacity', adjustment: 10, count: 10, becomes: 11 },
  { type: 'PercentChangeInCapacity', adjustment: 25, count: 51, becomes: 63 },
  { type: 'PercentChangeInCapacity', adjustment: 10, count: 4, becomes: 5 },
  { type: 'PercentChangeInCapacity', adjustment: -10, count: 4, becomes: 3 },
  { type: 'PercentChangeInCapacity', adjustment: -25, count: 27, becomes: 21 },
  { type: 'PercentChangeInCapacity', adjustment: 25, magnitudeMin: 2, count: 4, becomes: 6 },
  { type: 'PercentChangeInCapacity', adjustment: 25, magnitudeMin: 2, count: 20, becomes: 25 },
]

/** Cooldowns in seconds that the API fills in for a service. */
export const cooldowns = { targetTracking: 300, step: 300 }

/** Expressions of schedules, with the next times after 2026-03-01T00:00:00Z (a Sunday), in UTC. */
export const schedules: readonly {
  readonly expression: string
  readonly next: readonly string[]
}[] = [
  { expression: 'at(2026-03-05T09:30:00)', next: ['2026-03-05T09:30:00Z'] },
  { expression: 'at(2026-02-05T09:30:00)', next: [] },
  {
    expression: 'cron(0 9 * * ? *)',
    next: ['2026-03-01T09:00:00Z', '2026-03-02T09:00:00Z'],
  },
  {
    expression: 'cron(0 18 ? * MON-FRI *)',
    next: ['2026-03-02T18:00:00Z', '2026-03-03T18:00:00Z'],
  },
  {
    expression: 'cron(0/15 8-9 ? * 2 *)',
    next: ['2026-03-02T08:00:00Z', '2026-03-02T08:15:00Z', '2026-03-02T08:30:00Z'],
  },
  { expression: 'cron(0 0 L * ? *)', next: ['2026-03-31T00:00:00Z', '2026-04-30T00:00:00Z'] },
  { expression: 'cron(0 12 15W * ? *)', next: ['2026-03-16T12:00:00Z', '2026-04-15T12:00:00Z'] },
  { expression: 'cron(0 12 ? * 6#3 *)', next: ['2026-03-20T12:00:00Z', '2026-04-17T12:00:00Z'] },
  { expression: 'cron(0 12 ? * 6L *)', next: ['2026-03-27T12:00:00Z', '2026-04-24T12:00:00Z'] },
  {
    expression: 'cron(30 6 29 2 ? *)',
    next: ['2028-02-29T06:30:00Z', '2032-02-29T06:30:00Z'],
  },
]

/** Expressions that are refused. */
export const badSchedules = [
  'every day',
  'at(2026-13-01T00:00:00)',
  'rate(0 minutes)',
  'rate(1 minutes)',
  'rate(5 minute)',
  'rate(5 seconds)',
  'cron(0 9 * * *)',
  'cron(0 9 * * * *)',
  'cron(60 9 * * ? *)',
  'cron(0 24 * * ? *)',
  'cron(0 9 ? * 8 *)',
  'cron(0 9 32 * ? *)',
]
