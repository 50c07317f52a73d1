/**
 * Tests CronJobs over time: when Jobs start, which missed runs are made up for, which Jobs are
 * deleted, and time zones.
 */
import { describe, expect, it } from 'vitest'
import { nodeJoined, openWorld, podSpec, reported, type World } from './world.fixture.js'
import { kubernetesController } from './controller.js'

const cronReport = (spec: object = {}) => ({
  ...{ apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'tick', namespace: 'shop' } },
  spec: {
    schedule: '*/5 * * * *',
    jobTemplate: { spec: { template: { spec: { ...podSpec('app:1'), restartPolicy: 'Never' } } } },
    ...spec,
  },
})
const minute = 60_000

/** It is midnight on 1 January 2026, UTC. */
const worldWith = (spec: object): World => {
  const world = openWorld()
  world.happen(nodeJoined('node-1', 20))
  world.happen(reported('CronJob shop/tick', cronReport(spec)))
  return world
}
const tick = (world: World) => world.status().cronJobs[0]!
const succeed = (world: World) => {
  for (const { name, phase, isLeaving } of world.memory().pods.values())
    if (phase === 'Running' && !isLeaving)
      world.happen(reported(`Pod ${name}`, { phase: 'Succeeded' }))
  world.wait(1000)
}
const ran = (world: World): readonly number[] =>
  world.status().jobs.map(({ name }) => Number(/\d+$/.exec(name)![0]) - 29_453_760)

describe('a CronJob', () => {
  it('starts a Job at each time of its schedule, a tenth of a second late', () => {
    const world = worldWith({})
    world.wait(5 * minute + 99)
    expect(ran(world)).toEqual([])
    world.wait(1)
    expect(ran(world)).toEqual([5])
    world.wait(5 * minute)
    expect(ran(world)).toEqual([5, 10])
    expect(tick(world).active).toEqual(['shop/tick-29453765', 'shop/tick-29453770'])
  })

  it('with Forbid waits for the Job before, and then makes up for the last run alone', () => {
    const world = worldWith({ concurrencyPolicy: 'Forbid' })
    world.wait(17 * minute)
    expect(ran(world)).toEqual([5])
    succeed(world)
    world.wait(1000)
    expect(ran(world)).toEqual([15, 5].sort((a, b) => a - b))
  })

  it('with Forbid makes up for nothing beyond its deadline', () => {
    const world = worldWith({ concurrencyPolicy: 'Forbid', startingDeadlineSeconds: 60 })
    world.wait(17 * minute)
    succeed(world)
    world.wait(1000)
    expect(ran(world)).toEqual([5])
    world.wait(3 * minute)
    expect(ran(world)).toEqual([5, 20])
  })

  it('with Replace ends the Job before', () => {
    const world = worldWith({ concurrencyPolicy: 'Replace' })
    world.wait(11 * minute)
    expect(ran(world)).toEqual([10])
    expect([...world.memory().pods.values()].map(({ slot }) => slot!.workload)).toEqual([
      'Job shop/tick-29453770',
    ])
  })

  it('keeps three Jobs that succeeded and one that failed', () => {
    const world = worldWith({
      jobTemplate: {
        spec: { backoffLimit: 0, template: cronReport().spec.jobTemplate.spec.template },
      },
    })
    for (let i = 0; i < 6; i++) {
      world.wait(5 * minute)
      if (i < 4) succeed(world)
      else {
        const [pod] = [...world.memory().pods.values()].filter(({ isLeaving }) => !isLeaving)
        world.happen(reported(`Pod ${pod!.name}`, { phase: 'Failed' }))
        world.wait(1000)
      }
    }
    expect(ran(world)).toEqual([10, 15, 20, 30])
  })

  it('does nothing while it is suspended, and makes up for the last run when it goes on', () => {
    const world = worldWith({ suspend: true })
    world.wait(12 * minute)
    expect(ran(world)).toEqual([])
    world.happen(reported('CronJob shop/tick', cronReport({ suspend: false })))
    expect(ran(world)).toEqual([10])
  })

  it('starts one Job for all runs of a minute', () => {
    const world = worldWith({ schedule: '@every 20s' })
    world.wait(3 * minute + 1000)
    expect(ran(world)).toEqual([0, 1, 2, 3])
    expect(tick(world).lastScheduled).toBe(1_767_225_600_000 + 3 * minute)
  })

  it('never starts on a day that does not come', () => {
    const world = worldWith({ schedule: '0 0 30 2 *' })
    world.wait(400 * 24 * 60 * minute)
    expect(ran(world)).toEqual([])
  })

  it('says when it missed many runs', () => {
    const world = worldWith({ suspend: true })
    world.wait(600 * minute)
    world.happen(reported('CronJob shop/tick', cronReport()))
    expect(tick(world).missed).toBe('many')
  })

  it('goes with its Jobs', () => {
    const world = worldWith({})
    world.wait(6 * minute)
    world.happen(reported('CronJob shop/tick', null))
    world.wait(1000)
    const { jobs, cronJobs } = world.status()
    expect([jobs, cronJobs, world.memory().pods.size]).toEqual([[], [], 0])
  })
})

describe('its time zone', () => {
  const zurich = {
    name: 'Europe/Zurich',
    offsets: [[0 as never, 3_600_000]] as const,
  }
  it('says when a day begins', () => {
    const world = openWorld({
      controller: kubernetesController({ zones: new Map([[zurich.name, zurich]]) }),
    })
    const spec = { schedule: '30 1 * * *', timeZone: zurich.name }
    world.happen(reported('CronJob shop/tick', cronReport(spec)))
    world.wait(31 * minute)
    expect(ran(world)).toEqual([30])
  })
  it('is refused when its transitions were not given, and so is a bad schedule', () => {
    const world = openWorld()
    const report = (spec: object) => () =>
      world.happen(reported('CronJob shop/tick', cronReport(spec)))
    expect(report({ timeZone: 'Europe/Zurich' })).toThrow(/spec.*timeZone/s)
    expect(report({ schedule: '61 * * * *' })).toThrow(/schedule/)
    expect(world.status().cronJobs).toEqual([])
  })
})
