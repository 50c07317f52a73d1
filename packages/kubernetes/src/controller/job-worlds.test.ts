/**
 * Tests invariants of Jobs and CronJobs in random simulated clusters, in which orders are lost,
 * confirmations come late or twice, nodes are lost, and pods die or fail:
 * 1. A Job never runs more pods than its parallelism, and it ends.
 * 2. With `Forbid`, no two Jobs of a CronJob are active at a time.
 */
import { instant, type AnyController, type StepEvent, type StepState } from '@stowage/kernel'
import { resumeSimulation, simulate } from '@stowage/simulator'
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyMemory, type KubernetesMemory } from '../memory/memory.js'
import { lowerKubernetesNode } from '../memory/node.js'
import { hasEndedPhase } from '../memory/pod-life.js'
import { kubernetesController } from './controller.js'
import { kubernetesStatus } from './status.js'
import { nodeJoined, podSpec } from './world.fixture.js'

const start = instant(1000)
const faultsEnd = 60_000
const cronEnd = 400_000

const memoryOf = (state: StepState): KubernetesMemory =>
  (state.memories.get('kubernetes') ?? emptyMemory) as KubernetesMemory

const reports = (at: number, about: string, report: unknown): StepEvent => ({
  ...{ at: instant(at), _tag: 'Reported', controller: 'kubernetes', about, report },
})

const anyWorld = fc.record({
  seed: fc.nat(9999),
  nodes: fc.array(fc.integer({ min: 2, max: 6 }), { minLength: 1, maxLength: 3 }),
  parallelism: fc.integer({ min: 1, max: 4 }),
  completions: fc.integer({ min: 1, max: 6 }),
  completionMode: fc.constantFrom('Indexed', 'NonIndexed'),
  podReplacementPolicy: fc.constantFrom('Failed', 'TerminatingOrFailed'),
  perIndex: fc.constantFrom(undefined, 0, 2),
  /** How many of ten pods fail. */
  failing: fc.nat(4),
  changes: fc
    .array(
      fc.record({
        at: fc.integer({ min: 2000, max: faultsEnd }),
        parallelism: fc.integer({ min: 0, max: 4 }),
        suspend: fc.boolean(),
      }),
      { maxLength: 3 },
    )
    .map((changes) => [...changes].sort((one, other) => one.at - other.at)),
  concurrencyPolicy: fc.constantFrom('Forbid', 'Replace'),
  rates: fc.record({
    lost: fc.constantFrom(0, 0.3),
    delayed: fc.constantFrom(0, 0.3),
    repeated: fc.constantFrom(0, 0.3),
    replicaDeaths: fc.constantFrom(0, 0.3),
    nodeDeaths: fc.constantFrom(0, 0.3),
  }),
})

/** The pods of a Job that run or wait for a node. */
const activeOf = (state: StepState, title: string): number => {
  const memory = memoryOf(state)
  const pods = [...memory.pods.values()].filter(
    ({ slot, isLeaving, phase }) => slot?.workload === title && !isLeaving && !hasEndedPhase(phase),
  )
  return pods.length + (memory.slotted.get(title)?.waiting.size ?? 0)
}

const worldsHold = (controller: AnyController) =>
  fc.property(anyWorld, (world) => {
    const { seed, nodes, completions, completionMode, podReplacementPolicy, failing } = world
    const perIndex = completionMode === 'Indexed' ? world.perIndex : undefined
    const job = (at: number, parallelism: number, suspend: boolean): StepEvent =>
      reports(at, 'Job shop/work', {
        ...{ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'work', namespace: 'shop' } },
        spec: {
          ...{ parallelism, suspend, completions, completionMode, podReplacementPolicy },
          ...(perIndex === undefined ? { backoffLimit: 4 } : { backoffLimitPerIndex: perIndex }),
          template: { spec: { ...podSpec('app:1'), restartPolicy: 'Never' } },
        },
      })
    const cronJob = reports(start, 'CronJob shop/tick', {
      ...{ apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'tick', namespace: 'shop' } },
      spec: {
        ...{ schedule: '* * * * *', concurrencyPolicy: world.concurrencyPolicy },
        jobTemplate: {
          spec: {
            backoffLimit: 2,
            template: { spec: { ...podSpec('app:1'), restartPolicy: 'Never' } },
          },
        },
      },
    })
    const last = world.changes.at(-1)
    const sizes = new Map<number, number>([[start, world.parallelism]])
    for (const { at, parallelism } of world.changes) sizes.set(at, parallelism)
    const end = faultsEnd + 1000
    const events: readonly StepEvent[] = [
      ...nodes.map((pods, i): StepEvent => ({ ...nodeJoined(`node-${i}`, pods + 2), at: start })),
      ...[job(start, world.parallelism, false), cronJob],
      ...world.changes.map(({ at, parallelism, suspend }) => job(at, parallelism, suspend)),
      job(end, Math.max(1, last?.parallelism ?? world.parallelism), false),
    ]
    sizes.set(end, Math.max(1, last?.parallelism ?? world.parallelism))
    const controllers = [controller]
    let run = simulate({
      ...{ seed, controllers, options: { lowerNode: lowerKubernetesNode }, events },
      ...{ faults: { ...world.rates, until: faultsEnd }, until: instant(5000) },
    })
    let isSuspended = false
    for (let until = 5000; until <= 2_000_000; until += until < cronEnd ? 7000 : 60_000) {
      if (until > cronEnd && !isSuspended) {
        isSuspended = true
        run = resumeSimulation(run, {
          events: [reports(run.state.now, 'CronJob shop/tick', null)],
          until: run.state.now,
        })
      }
      const ended = [...memoryOf(run.state).pods].flatMap(([replica, pod]) =>
        pod.phase !== 'Running' || pod.isLeaving
          ? []
          : [
              reports(run.state.now, `Pod ${pod.name}`, {
                phase: (replica * 7919 + seed) % 10 < failing ? 'Failed' : 'Succeeded',
              }),
            ],
      )
      run = resumeSimulation(run, { events: ended, until: instant(until) })
      if (run.fault !== undefined) throw new Error(JSON.stringify(run.fault))
      for (const { at, state } of run.moments) {
        const [size = 0] = [...sizes]
          .filter(([from]) => from <= at)
          .map(([, one]) => one)
          .slice(-1)
        const active = activeOf(state, 'Job shop/work')
        if (active > size) throw new Error(`${active} pods run at ${at}, more than ${size}`)
        const [tick] = kubernetesStatus(state).cronJobs
        if (tick !== undefined && tick.active.length > 1)
          throw new Error(`two Jobs are active at ${at}: ${tick.active.join(', ')}`)
      }
    }
    const { jobs } = kubernetesStatus(run.state)
    const work = jobs.find(({ name }) => name === 'shop/work')
    if (work === undefined || work.active > work.waiting)
      throw new Error(`the Job did not end: ${JSON.stringify(work)}`)
  })

describe('in random worlds', () => {
  it('Jobs run no more than their parallelism and end, Jobs of a CronJob do not overlap', () => {
    fc.assert(worldsHold(kubernetesController()), { numRuns: 25, seed: 1 })
  })

  const { decide } = kubernetesController()
  const withMemory = (change: (memory: KubernetesMemory) => KubernetesMemory): AnyController => ({
    ...kubernetesController(),
    decide: (view, memory: KubernetesMemory) => decide(view, change(memory)),
  })
  it.each<readonly [string, AnyController]>([
    [
      'Forbid is not read',
      withMemory((memory) => ({
        ...memory,
        cronJobs: new Map(
          [...memory.cronJobs].map(([name, one]) => [
            name,
            { ...one, terms: { ...one.terms, concurrency: 'Allow' as const } },
          ]),
        ),
      })),
    ],
    [
      'one pod more is wanted',
      withMemory((memory) => ({
        ...memory,
        slotted: new Map(
          [...memory.slotted].map(([title, one]) => [
            title,
            one.job === undefined
              ? one
              : {
                  ...one,
                  job: {
                    ...one.job,
                    terms: { ...one.job.terms, parallelism: one.job.terms.parallelism + 1 },
                  },
                },
          ]),
        ),
      })),
    ],
    [
      'pods that are gone are not seen',
      {
        ...kubernetesController(),
        decide: (view, memory: KubernetesMemory) => {
          const replicas = view.replicas.filter(({ phase }) => phase !== undefined)
          return decide({ ...view, replicas }, memory)
        },
      },
    ],
  ])('is refuted when %s', (_, controller) => {
    expect(isRefuted(worldsHold(controller), { runsMax: 100 })).toBe(true)
  })
})
