/**
 * Tests preemption in rollouts: a pod of a higher priority takes the place of others, and a log of
 * that replays.
 */
import { getOrThrow } from '@stowage/kernel'
import { expect, it } from 'vitest'
import { readMachines } from '../machines/texts.js'
import { defaultDurations } from './durations.js'
import { rollOutChange } from './question.js'
import { replayRun } from './replay.js'

const node = (name: string, cpu: number) => ({
  ...{ apiVersion: 'v1', kind: 'Node', metadata: { name } },
  status: { allocatable: { cpu: `${cpu}`, memory: '64Gi', pods: '110' } },
})
const priorityClass = (name: string, value: number, more: object = {}) => ({
  ...{ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name }, value },
  ...more,
})
const deployment = (name: string, replicas: number, pod: object = {}, image = 'a:1') => ({
  ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: 'shop' } },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: {
        ...pod,
        containers: [{ name: 'main', image, resources: { requests: { cpu: '1' } } }],
      },
    },
  },
})
const budget = (name: string, minAvailable: number) => ({
  ...{ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' },
  metadata: { name, namespace: 'shop' },
  spec: { minAvailable, selector: { matchLabels: { app: name } } },
})
const important = { priorityClassName: 'important' }

const rolled = (before: readonly object[], change: readonly object[]) => {
  const texts = (name: string, documents: readonly object[]) => ({
    from: name,
    texts: [{ file: name, text: documents.map((one) => JSON.stringify(one)).join('\n') }],
  })
  const [rollout] = getOrThrow(
    rollOutChange(
      {
        documents: texts('before', before),
        machines: getOrThrow(readMachines({ nodes: [] })),
        ...{ trunking: false, parameters: [], seed: 0, fargate: {} },
      },
      { change: texts('change', change), durations: defaultDurations },
    ),
  ).rollouts
  return rollout!
}
type Rolled = ReturnType<typeof rolled>

const stopsIn = ({ moments }: Rolled) =>
  moments.flatMap(({ at, workloads }) =>
    workloads.flatMap(({ name, stops }) =>
      stops.map(({ node: from, count, because }) => [at, name, from, count, because]),
    ),
  )
const startsIn = ({ moments }: Rolled) =>
  moments.flatMap(({ at, workloads }) =>
    workloads.flatMap(({ name, starts }) => starts.map(({ node: on }) => [at, name, on])),
  )

const cluster = (pod: object = important) => [
  ...[node('a', 2), node('b', 2), priorityClass('important', 9)],
  ...[deployment('web', 1, pod), deployment('batch', 2), deployment('cron', 1)],
]

it('takes the place of a pod that no budget keeps, and starts when that is gone', () => {
  const before = [...cluster(), budget('batch', 2)]
  const rollout = rolled(before, [deployment('web', 2, important)])
  const because: unknown = expect.stringMatching(/^preempted by ReplicaSet shop\/web-/)
  expect(stopsIn(rollout)).toEqual([[0, 'shop/cron', 'b', 1, because]])
  expect(startsIn(rollout)).toEqual([[10_000, 'shop/web', 'b']])
  expect(rollout.workloads).toMatchObject([
    { name: 'shop/cron', availableMin: 0, after: { waiting: 1 } },
    { name: 'shop/web', doneAt: 30_000 },
  ])
  expect(rollout.warnings).toEqual([])
  const { replays } = getOrThrow(replayRun({ file: 'log', text: rollout.log }))
  expect(replays[0]).toMatchObject({ workloadCount: 3 })
  expect(replays[0].cutAfter).toBeUndefined()
})

it('lets a budget be broken when nothing else helps', () => {
  const budgets = [budget('batch', 2), budget('cron', 1)]
  const rollout = rolled([...cluster(), ...budgets], [deployment('web', 2, important)])
  expect(stopsIn(rollout)).toHaveLength(1)
})

it('preempts nobody with the policy Never, nor pods of its own priority', () => {
  const never = priorityClass('important', 9, { preemptionPolicy: 'Never' })
  const without = cluster().map((one) => (one.kind === 'PriorityClass' ? never : one))
  for (const before of [without, cluster({})]) {
    const pod = before === without ? important : {}
    const rollout = rolled(before, [deployment('web', 2, pod)])
    expect(stopsIn(rollout)).toEqual([])
    expect(rollout.workloads).toMatchObject([{ name: 'shop/web', after: { waiting: 1 } }])
  }
})
