/**
 * Times the ECS call RunTask with a chain of three placement strategies. Calls of ten tasks each
 * fill the cluster to ten tasks per instance, and only the last call is timed. It is compared with
 * plain loops over arrays that place the same ten tasks and keep no record.
 */
import { instantOfSeconds } from '@stowage/kernel'
import { clusterOf, readEcs, runTask, type EcsState } from '@stowage/ecs'
import * as E from 'fp-ts/lib/Either.js'
import type { Suite } from './suite.js'

const zones = ['a', 'b', 'c']
const taskMemory = 512
const memoryOf = (i: number): number => 8192 + 1024 * (i % 3)
const nameOf = (i: number): string => `i-${String(i).padStart(5, '0')}`

const request = {
  taskDefinition: 'web',
  count: 10,
  placementStrategy: [
    { type: 'spread', field: 'attribute:ecs.availability-zone' },
    { type: 'spread', field: 'instanceId' },
    { type: 'binpack', field: 'memory' },
  ],
} as const

const clusterOfSize = (size: number): EcsState => {
  const definition = {
    family: 'web',
    containerDefinitions: [{ name: 'main', cpu: 64, memory: taskMemory }],
  }
  const instances = Array.from({ length: size }, (_, i) => ({
    ec2InstanceId: nameOf(i),
    registeredResources: [
      { name: 'CPU', integerValue: 4096 },
      { name: 'MEMORY', integerValue: memoryOf(i) },
    ],
    attributes: [{ name: 'ecs.availability-zone', value: zones[i % 3]! }],
  }))
  const read = readEcs([{ from: 'bench', value: [definition, ...instances] }])
  if (E.isLeft(read)) throw new Error('the documents of the bench are malformed')
  return clusterOf(read.right)
}

const called = (state: EcsState, at: number): readonly [EcsState, readonly string[]] => {
  const answer = runTask(state, request, instantOfSeconds(at))
  if (E.isLeft(answer)) throw new Error(answer.left.message)
  const [next, { tasks }] = answer.right
  return [next, tasks.map(({ containerInstanceArn = '' }) => containerInstanceArn.split('/')[2]!)]
}

/**
 * By the least count in the zone, then on the instance, then the least memory left, then the name.
 */
const looped = (counts: number[]): readonly string[] =>
  Array.from({ length: request.count }, () => {
    const inZone = zones.map((_, z) =>
      counts.reduce((sum, n, i) => (i % 3 === z ? sum + n : sum), 0),
    )
    const left = (i: number) => memoryOf(i) - taskMemory * counts[i]!
    let best = -1
    for (let i = 0; i < counts.length; i++) {
      if (left(i) < taskMemory) continue
      const over =
        best < 0
          ? -1
          : inZone[i % 3]! - inZone[best % 3]! || counts[i]! - counts[best]! || left(i) - left(best)
      if (over < 0) best = i
    }
    counts[best]!++
    return nameOf(best)
  })

export const runTaskSuite: Suite = {
  name: 'RunTask: the last ten of ten tasks per instance, a chain of three',
  sizes: { smoke: [6], full: [1_000] },
  unit: 'ns per task',
  cases: (size) => {
    let state = clusterOfSize(size)
    const counts = Array<number>(size).fill(0)
    const placed: (readonly string[])[] = []
    const expected: (readonly string[])[] = []
    for (let i = 0; i < size - 1; i++) {
      const [next, names] = called(state, i)
      state = next
      placed.push(names)
      expected.push(looped(counts))
    }
    const [full, before] = [state, [...counts]]
    const last = () => called(full, size)[1]
    const lastLooped = () => looped([...before])
    const answers = [
      [...placed, last()],
      [...expected, lastLooped()],
    ]
    return {
      perRun: request.count,
      rows: [
        { name: 'RunTask', run: last, answers },
        { name: 'loops over arrays', run: lastLooped, answers },
      ],
    }
  },
}
