/**
 * Tests Jobs and CronJobs in simulated rollouts against arithmetic: how many pods run at once, when
 * the last of them has succeeded, and which runs of a schedule fall into the time looked at.
 */
import { getOrThrow, instant } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readMachines } from '../machines/texts.js'
import { defaultDurations, readDurations, type Durations } from './durations.js'
import { rollOutChange, type ChangeInput } from './question.js'
import { replayRun } from './replay.js'
import type { Rollouts } from './rollout.js'

const file = (name: string, documents: readonly object[]) => ({
  from: name,
  texts: [{ file: name, text: documents.map((one) => JSON.stringify(one)).join('\n') }],
})

const roll = (
  documents: readonly object[],
  change: readonly object[],
  { durations = defaultDurations, ...more }: Partial<Omit<ChangeInput, 'change'>> = {},
) =>
  rollOutChange(
    {
      documents: file('before', documents),
      machines: getOrThrow(readMachines({ nodes: [] })),
      ...{ trunking: false, parameters: [], seed: 0, fargate: {} },
    },
    {
      change: change.length === 0 ? { from: '', texts: [] } : file('change', change),
      ...{ durations, ...more },
    },
  )

const node = (pods: number) => ({
  ...{ apiVersion: 'v1', kind: 'Node', metadata: { name: 'a' } },
  status: { allocatable: { cpu: `${pods}`, memory: '64Gi', pods: '110' } },
})
const podSpec = {
  containers: [{ name: 'main', image: 'i', resources: { requests: { cpu: '1' } } }],
}
const job = (spec: object, name = 'load') => ({
  ...{ apiVersion: 'batch/v1', kind: 'Job', metadata: { name, namespace: 'shop' } },
  spec: { ...spec, template: { spec: { ...podSpec, restartPolicy: 'Never' } } },
})
const cronJob = (schedule: string, spec: object = {}) => ({
  ...{ apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'tick', namespace: 'shop' } },
  spec: { ...{ schedule, ...spec }, jobTemplate: { spec: job({}).spec } },
})
const controller = {
  ...{ apiVersion: 'v1', kind: 'ReplicationController' },
  metadata: { name: 'old', namespace: 'shop' },
  spec: {
    replicas: 1,
    selector: { app: 'old' },
    template: { metadata: { labels: { app: 'old' } } },
  },
}
const running = (run: number, more: Partial<Durations> = {}): Durations => ({
  ...defaultDurations,
  ...more,
  run,
})
const workloadIn = ({ rollouts }: Rollouts) => rollouts[0]!.workloads[0]!
const minute = 60_000

describe('a Job in a rollout', () => {
  const anyJob = fc.record({
    completions: fc.integer({ min: 1, max: 9 }),
    parallelism: fc.integer({ min: 1, max: 5 }),
    isIndexed: fc.boolean(),
    run: fc.integer({ min: 1, max: 100_000 }),
  })
  /** With room for all, the pods go in rounds: each takes its start and its run. */
  const goesInRounds = (roller: typeof roll) =>
    fc.property(anyJob, ({ completions, parallelism, isIndexed, run }) => {
      const spec = { completions, parallelism, ...(isIndexed ? { completionMode: 'Indexed' } : {}) }
      const rolled = getOrThrow(roller([node(9)], [job(spec)], { durations: running(run) }))
      const rounds = Math.ceil(completions / parallelism)
      expect(rolled.isDone).toBe(true)
      expect(workloadIn(rolled)).toMatchObject({
        doneAt: rounds * (defaultDurations.start + run),
        replicasMax: Math.min(parallelism, completions),
        after: { ended: { succeeded: completions, failed: 0, of: completions } },
      })
    })
  it('runs as many pods at once as it may, and ends when all have succeeded', () => {
    fc.assert(goesInRounds(roll), { numRuns: 60, seed: 1 })
  })
  it('is refuted when one more may run at once', () => {
    const hasty: typeof roll = (before, [change], options) => {
      const text = JSON.stringify(change).replace(
        /"parallelism":(\d)/,
        (_, count: string) => `"parallelism":${Number(count) + 1}`,
      )
      return roll(before, [JSON.parse(text) as object], options)
    }
    expect(isRefuted(goesInRounds(hasty), { runsMax: 200 })).toBe(true)
  })

  it('runs on where nothing says how long, and is as it is wanted then', () => {
    const rolled = getOrThrow(roll([node(9)], [job({ completions: 3, parallelism: 2 })]))
    expect(workloadIn(rolled)).toMatchObject({
      doneAt: defaultDurations.start,
      after: { running: 2, ended: { succeeded: 0, failed: 0, of: 3 } },
    })
  })

  it('waits for room that another leaves', () => {
    const durations = getOrThrow(readDurations('run=1m,shop/load=5m'))
    const rolled = getOrThrow(roll([node(1)], [job({}), job({}, 'next')], { durations }))
    const [load, next] = rolled.rollouts[0]!.workloads
    expect(load).toMatchObject({ name: 'shop/load', doneAt: 20_000 + 5 * minute })
    expect(next).toMatchObject({ name: 'shop/next', doneAt: 2 * 20_000 + 6 * minute })
  })

  it('fails when its time is over', () => {
    const late = job({ activeDeadlineSeconds: 30 })
    const rolled = getOrThrow(roll([node(9)], [late], { durations: running(minute) }))
    expect(rolled.isDone).toBe(false)
    expect(workloadIn(rolled).why).toMatch(/^DeadlineExceeded: /)
  })

  it('that runs already ends in the time that is assumed', () => {
    const pod = {
      ...{ apiVersion: 'v1', kind: 'Pod' },
      metadata: {
        ...{
          name: 'load-x',
          namespace: 'shop',
          labels: { 'batch.kubernetes.io/job-name': 'load' },
        },
        ownerReferences: [
          { apiVersion: 'batch/v1', kind: 'Job', name: 'load', uid: 'u', controller: true },
        ],
      },
      spec: { ...podSpec, nodeName: 'a' },
      status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
    }
    const there = { ...job({}), status: { active: 1, startTime: '2026-01-01T00:00:00Z' } }
    const rolled = (durations: Durations) =>
      getOrThrow(roll([node(1), there, pod], [job({}, 'next')], { durations }))
    expect(workloadIn(rolled(running(minute)))).toMatchObject({
      ...{ name: 'shop/next', doneAt: 20_000 + minute },
    })
    const { why, after } = workloadIn(rolled(defaultDurations))
    expect([why, after?.waiting]).toEqual(['0 of 1 fit: 1 Insufficient cpu', 1])
  })

  it('is told the same when its log is replayed', () => {
    const rolled = getOrThrow(
      roll([node(9)], [job({ completions: 3 })], { durations: running(minute) }),
    )
    const [{ log, workloads, moments }] = rolled.rollouts as [Rollouts['rollouts'][number]]
    const [replay] = getOrThrow(replayRun({ file: 'log', text: log })).replays
    expect(replay.workloads[0]?.after).toEqual(workloads[0]?.after)
    expect(replay.moments.at(-1)?.workloads).toEqual(moments.at(-1)?.workloads)
  })
})

describe('a CronJob in a rollout', () => {
  const noon = instant(Date.UTC(2026, 11, 1, 12))
  const anySchedule = fc.record({
    every: fc.integer({ min: 1, max: 7 }),
    policy: fc.constantFrom('Allow', 'Forbid'),
    run: fc.integer({ min: 1, max: 400 }).map((seconds) => seconds * 1_000 + 500),
    lookFor: fc.integer({ min: 1, max: 40 }).map((minutes) => minutes * minute + 30_000),
  })
  /** The runs that begin in the window: one that is due while another goes on waits for its end. */
  const runsBy = (every: number, policy: string, run: number, until: number) => {
    const ends: number[] = []
    let freeAt = 0
    const dues: number[] = []
    for (let minutes = 0; minutes * minute <= until; minutes++)
      if ((minutes % 60) % every === 0 && minutes > 0) dues.push(minutes * minute)
    let waiting = -1
    for (const [i, due] of dues.entries()) {
      const next = dues[i + 1] ?? Infinity
      waiting = i
      const from = policy === 'Forbid' ? Math.max(due + 100, freeAt) : due + 100
      if (from > until || (policy === 'Forbid' && from >= next + 100)) continue
      freeAt = from + defaultDurations.start + run
      ends.push(freeAt)
    }
    return { ends: ends.filter((end) => end <= until).length, begun: ends.length, waiting }
  }
  const runsOnTime = (roller: typeof roll) =>
    fc.property(anySchedule, ({ every, policy, run, lookFor }) => {
      const cron = cronJob(`*/${every} * * * *`, { concurrencyPolicy: policy })
      const rolled = getOrThrow(
        roller([node(99), cron], [], { durations: running(run), lookFor, changeAt: noon }),
      )
      const { ends, begun } = runsBy(every, policy, run, lookFor)
      const tick = rolled.rollouts[0]!.workloads[0]
      const starts = rolled.rollouts[0]!.moments.flatMap((moment) => moment.workloads).flatMap(
        (one) => one.starts,
      )
      expect(starts).toHaveLength(begun)
      expect(tick?.after?.ended?.succeeded ?? 0).toBe(ends)
      if (policy === 'Forbid') expect(tick?.replicasMax ?? 0).toBeLessThanOrEqual(1)
    })
  it('starts the Jobs that fall into the time looked at, and with Forbid one at a time', () => {
    fc.assert(runsOnTime(roll), { numRuns: 60, seed: 1 })
  })
  it('is refuted when Forbid is not minded', () => {
    const hasty: typeof roll = (before, change, options) =>
      roll(
        JSON.parse(JSON.stringify(before).replace('"Forbid"', '"Allow"')) as readonly object[],
        change,
        options,
      )
    expect(isRefuted(runsOnTime(hasty), { runsMax: 200 })).toBe(true)
  })
  it('is refuted when the change comes a minute late', () => {
    const late: typeof roll = (before, change, options) =>
      roll(before, change, { ...options, changeAt: instant(noon + minute) })
    expect(isRefuted(runsOnTime(late), { runsMax: 200 })).toBe(true)
  })

  it('runs by the clocks of its time zone', () => {
    const zone = { name: 'Europe/Zurich', offsets: [[instant(0), 60 * minute]] } as const
    const cron = cronJob('30 13 * * *', { timeZone: zone.name })
    const rolled = getOrThrow(
      roll([node(9), cron], [], {
        ...{ durations: running(minute), lookFor: 60 * minute, changeAt: noon },
        zones: new Map([[zone.name, zone]]),
      }),
    )
    expect(rolled.rollouts[0]!.moments[0]?.at).toBe(30 * minute + 100)
    expect(rolled.isDone).toBe(true)
  })

  it('says when its pods wait', () => {
    const rolled = getOrThrow(
      roll([node(0), cronJob('*/5 * * * *')], [], {
        ...{ durations: running(minute), lookFor: 10 * minute, changeAt: noon },
      }),
    )
    expect(rolled.isDone).toBe(false)
    expect(workloadIn(rolled).why).toMatch(
      /^0 of 1 fit: 1 Insufficient cpu; only 10 min is looked at/,
    )
  })
})

describe('what is not played', () => {
  const warningsOf = (more: Partial<Omit<ChangeInput, 'change'>>) =>
    pipe(
      roll([node(9), cronJob('* * * * *'), controller], [job({})], more),
      E.map(({ rollouts }) => rollouts[0]!.warnings.map(({ subject, text }) => [subject, text])),
      getOrThrow,
    )
  it('is a CronJob without a time to look at, or without a time for its runs', () => {
    const old = ['ReplicationController shop/old', expect.stringContaining('makes no pods')]
    const tick = (text: string) => ['CronJob shop/tick', text]
    expect(warningsOf({ durations: running(1) })).toEqual([
      tick('its schedule has no end: --for TIME plays its runs'),
      old,
    ])
    expect(warningsOf({ lookFor: minute })).toEqual([
      tick('how long its runs take is not known: --durations run=TIME or shop/tick=TIME says it'),
      old,
    ])
    expect(warningsOf({ lookFor: minute, durations: running(1) })).toEqual([old])
  })
  it('is a Fargate profile', () => {
    const profile = { fargateProfile: { fargateProfileName: 'all', selectors: [] } }
    const rolled = getOrThrow(roll([node(9), profile], [job({})]))
    expect(rolled.rollouts[0]!.warnings).toMatchObject([
      { code: 'NotSimulated', subject: 'Fargate profile all' },
    ])
  })
  it('is a change before the rest, and times of Jobs that are not there', () => {
    expect(roll([node(9), job({})], [], { changeAt: instant(1), lookFor: 1 })).toMatchObject({
      left: [{ from: '--now', expected: 'one that is at least 21 s later' }],
    })
    const durations = getOrThrow(readDurations('shop/laod=5m'))
    expect(roll([node(9)], [job({})], { durations })).toMatchObject({
      left: [
        {
          ...{ from: '--durations', found: '"shop/laod"' },
          expected: 'the name of a Job or a CronJob: shop/load',
        },
      ],
    })
  })
})
