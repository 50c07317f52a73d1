/** Tests which running pods a plan leaves out after a scale-down, and that it says so. */
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, it } from 'vitest'
import { readKubernetes, type KubernetesInput } from '../read/input.js'
import { drainNodes } from '../drain/drain.js'
import { explainOnNodes } from './explain.js'
import { headroomOnNodes } from './headroom.js'
import { planOnNodes } from './plan.js'
import { withoutSurplus } from './surplus.js'

const read = (values: readonly object[], rollouts = false): KubernetesInput => {
  const input = readKubernetes(
    values.map((value, i) => ({ from: `${i}.yaml`, value })),
    { rollouts },
  )
  if (E.isLeft(input)) throw new Error(JSON.stringify(input.left))
  return input.right
}
const containers = [{ name: 'main', image: 'web', resources: { requests: { cpu: '1' } } }]
const workload = (kind: string, replicas: number): object => ({
  ...{ apiVersion: 'apps/v1', kind, metadata: { name: 'web' } },
  spec: {
    ...{ replicas, selector: { matchLabels: { app: 'web' } } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers } },
  },
})
const pod = (kind: string, name: string, metadata: object = {}, ready = 'True'): object => ({
  ...{ apiVersion: 'v1', kind: 'Pod' },
  metadata: {
    ...{ name, uid: name, labels: { app: 'web' }, ...metadata },
    ownerReferences: [{ apiVersion: 'apps/v1', kind, name: 'web', uid: 'w', controller: true }],
  },
  spec: { containers, nodeName: 'n' },
  status: { phase: 'Running', conditions: [{ type: 'Ready', status: ready }] },
})
const node = {
  ...{ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' } },
  status: { allocatable: { cpu: '9', memory: '8Gi', pods: '20' } },
}
const names = ({ running }: KubernetesInput): readonly string[] =>
  running.map(({ metadata }) => metadata.name)

describe('the surplus of a scale-down', () => {
  it('is chosen in the order of deletion, and is told', () => {
    const cost = { annotations: { 'controller.kubernetes.io/pod-deletion-cost': '-5' } }
    const pods = [
      pod('ReplicaSet', 'a'),
      pod('ReplicaSet', 'b', cost),
      pod('ReplicaSet', 'c', {}, 'False'),
      pod('ReplicaSet', 'd'),
    ]
    const left = (replicas: number) =>
      withoutSurplus(read([node, workload('ReplicaSet', replicas), ...pods]))
    expect(names(left(3))).toEqual(['a', 'b', 'd'])
    expect(names(left(2))).toEqual(['a', 'd'])
    expect(left(2).warnings).toMatchObject([{ code: 'ReplicasSurplus', detail: '2 of 4 pods' }])
    expect(left(4).warnings).toEqual([])
  })
  it('is of a StatefulSet the pods of the highest ordinals', () => {
    const pods = [2, 10, 0, 1].map((i) => pod('StatefulSet', `web-${i}`))
    expect(names(withoutSurplus(read([node, workload('StatefulSet', 2), ...pods])))).toEqual([
      'web-0',
      'web-1',
    ])
  })
  it('holds no room: another pod gets its place', () => {
    const pods = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((id) => pod('ReplicaSet', id))
    const other = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' }, spec: { containers } }
    const unplaced = (replicas: number) =>
      planOnNodes(read([node, workload('ReplicaSet', replicas), ...pods, other])).plan.unplaced
    expect(unplaced(9)).toMatchObject([{ name: 'default/x', count: 1 }])
    expect(unplaced(8)).toEqual([])
  })
  it('holds no room in the answers of headroom, explain and drain', () => {
    const pods = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((id) => pod('ReplicaSet', id))
    const other = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' }, spec: { containers } }
    const input = (replicas: number) =>
      read([node, workload('ReplicaSet', replicas), ...pods, other])
    const room = (replicas: number) => headroomOnNodes(input(replicas), 'default/x', 10)
    expect([room(9), room(5)]).toMatchObject([{ count: 0 }, { count: 3 }])
    const found = (replicas: number) => explainOnNodes(input(replicas), 'default/x')
    expect(O.toUndefined(found(9))).toHaveProperty('message')
    expect(O.toUndefined(found(5))).not.toHaveProperty('message')
    expect(O.isSome(explainOnNodes(input(5), 'pod/default/i'))).toBe(true)
    const durations = { start: 0, ready: 0, stop: 0 }
    const drained = drainNodes(input(5), {
      ...{ nodes: ['n'], durations, force: false },
      ...{ ignoreDaemonsets: false, deleteEmptydirData: false, disableEviction: false },
    })
    expect(E.isRight(drained) && drained.right.pods).toHaveLength(5)
  })
  it('is none where pods leave already', () => {
    const leaving = { deletionTimestamp: '2026-01-01T00:00:00Z' }
    const pods = [pod('ReplicaSet', 'a'), pod('ReplicaSet', 'b', leaving)]
    const input = read([node, workload('ReplicaSet', 1), ...pods])
    expect(withoutSurplus(input)).toBe(input)
  })
})

const leavesAsMany = (without: typeof withoutSurplus): fc.IProperty<[number, number, number]> => {
  const few = fc.integer({ min: 0, max: 4 })
  return fc.property(few, few, few, (replicas, staying, leaving) => {
    const pods = Array.from({ length: staying + leaving }, (_, i) =>
      pod('ReplicaSet', `p${i}`, i < staying ? {} : { deletionTimestamp: '2026-01-01T00:00:00Z' }),
    )
    const { running } = without(read([node, workload('ReplicaSet', replicas), ...pods]))
    expect(running.filter((one) => !one.leaving).length).toBe(Math.min(replicas, staying))
    expect(running.filter((one) => one.leaving).length).toBe(leaving)
  })
}

describe('the pods that stay', () => {
  it('are as many as are wanted', () => fc.assert(leavesAsMany(withoutSurplus), { numRuns: 30 }))
  it('are refuted when the surplus stays', () => {
    expect(isRefuted(leavesAsMany((input) => input))).toBe(true)
  })
})
