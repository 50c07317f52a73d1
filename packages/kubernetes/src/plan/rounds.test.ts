/**
 * Tests plans in which some pods must wait for others: pods with required affinity, and pods of an
 * ordered StatefulSet. They are tried again after the others, whatever their names are.
 */
import { isRefuted } from '@stowage/testing'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readKubernetes, type KubernetesInput } from '../read/input.js'
import { explainOnNodes } from './explain.js'
import { headroomOnNodes } from './headroom.js'
import { planOnNodes, type NodesPlan } from './plan.js'

const read = (...values: readonly unknown[]): KubernetesInput => {
  const input = readKubernetes(values.map((value, i) => ({ from: `${i}.yaml`, value })))
  if (E.isLeft(input)) throw new Error(JSON.stringify(input.left))
  return input.right
}
const node = (name: string, cpu = '8', labels: object = {}) => ({
  ...{ apiVersion: 'v1', kind: 'Node' },
  metadata: { name, labels: { 'kubernetes.io/hostname': name, ...labels } },
  status: { allocatable: { cpu, memory: '8Gi', pods: '10' } },
})
const besideApp = (app: string) => ({
  podAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: [
      { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app } } },
    ],
  },
})
const workload = (
  kind: string,
  name: string,
  replicas: number,
  spec: object = {},
  cpu = '1',
  more: object = {},
) => ({
  ...{ apiVersion: 'apps/v1', kind, metadata: { name } },
  spec: {
    ...{ replicas, selector: { matchLabels: { app: name } }, ...more },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name: 'main', resources: { requests: { cpu } } }], ...spec },
    },
  },
})
const unplacedOf = ({ plan, held }: NodesPlan): readonly (readonly [string, number])[] =>
  [...plan.unplaced, ...held].map(({ name, count }) => [name, count])
const placedIn = ({ plan }: NodesPlan): number =>
  plan.nodes.flatMap(({ holds }) => holds).reduce((sum, { count }) => sum + count, 0)

describe('pods with required affinity', () => {
  it('come after the pods that they want beside them, whatever their names', () => {
    const chain = [
      workload('Deployment', 'a', 2, { affinity: besideApp('b') }),
      workload('Deployment', 'b', 1, { affinity: besideApp('c') }),
      workload('Deployment', 'c', 1),
    ]
    const input = read(node('m'), node('n'), ...chain)
    expect(unplacedOf(planOnNodes(input))).toEqual([])
    expect(O.toUndefined(explainOnNodes(input, 'default/a'))).toMatchObject({
      ...{ _tag: 'Explained', replica: 1, explanation: { chosen: 'm' } },
    })
    expect(headroomOnNodes(input, 'default/a', 100)).toMatchObject({ count: 4 })
  })
  it('have no place when nobody is beside them, or when their node has no room', () => {
    const follower = workload('Deployment', 'a', 2, { affinity: besideApp('z') })
    const alone = read(node('m'), follower, workload('Deployment', 'b', 1))
    expect(unplacedOf(planOnNodes(alone))).toEqual([['default/a', 2]])
    const small = read(node('m', '2'), node('n', '8'), follower, workload('Deployment', 'z', 1))
    expect(unplacedOf(planOnNodes(small))).toEqual([])
    const tight = read(node('m', '2'), follower, workload('Deployment', 'z', 1))
    expect(unplacedOf(planOnNodes(tight))).toEqual([['default/a', 1]])
    expect(O.toUndefined(explainOnNodes(tight, 'default/a'))).toMatchObject({
      ...{ replica: 2, message: expect.stringContaining('Insufficient cpu') as string },
    })
  })
  it('are all placed or not by what there is, not by names', () => {
    const names = ['a', 'b', 'c', 'd']
    const anyWorld = fc.record({
      likes: fc.array(fc.option(fc.nat(3), { nil: undefined }), { minLength: 4, maxLength: 4 }),
      order: fc.shuffledSubarray(names, { minLength: 4 }),
    })
    const agrees = (rename: (name: string, order: readonly string[]) => string) =>
      fc.property(anyWorld, ({ likes, order }) => {
        const planned = (nameOf: (i: number) => string): number =>
          placedIn(
            planOnNodes(
              read(
                node('n', '64'),
                ...likes.map((liked, i) =>
                  workload(
                    'Deployment',
                    nameOf(i),
                    1,
                    liked === undefined ? {} : { affinity: besideApp(nameOf(liked)) },
                  ),
                ),
              ),
            ),
          )
        expect(planned((i) => rename(names[i]!, order))).toBe(planned((i) => names[i]!))
      })
    fc.assert(
      agrees((name, order) => order[names.indexOf(name)]!),
      { numRuns: 100 },
    )
    expect(isRefuted(agrees(() => 'a'))).toBe(true)
  })
})

describe('an ordered StatefulSet', () => {
  const indexed = { affinity: besideIndex('1') }
  it('makes no pod while one before it has no node', () => {
    const plan = planOnNodes(read(node('n'), workload('StatefulSet', 's', 3, indexed)))
    expect(unplacedOf(plan)).toEqual([
      ['default/s', 1],
      ['default/s', 2],
    ])
    expect(plan.held[0]!.why.reasons).toEqual([
      'it is not created while default/s-0 has no node: podManagementPolicy is OrderedReady',
    ])
    const input = read(node('n'), workload('StatefulSet', 's', 3, indexed))
    expect(O.toUndefined(explainOnNodes(input, 'default/s'))).toMatchObject({
      ...{ _tag: 'Explained', replica: 1 },
    })
  })
  it('goes on when the pod has found one after others', () => {
    const follower = { affinity: besideApp('z') }
    const set = workload('StatefulSet', 's', 3, {
      ...follower,
      topologySpreadConstraints: [byIndex],
    })
    expect(unplacedOf(planOnNodes(read(node('n'), set, workload('Deployment', 'z', 1))))).toEqual(
      [],
    )
  })
  it('makes all at once when its policy is Parallel', () => {
    const set = workload('StatefulSet', 's', 3, indexed, '1', { podManagementPolicy: 'Parallel' })
    expect(unplacedOf(planOnNodes(read(node('n'), set)))).toEqual([])
  })
})

/** A selector that tells the pods of a set apart. */
const byIndex = {
  ...{ maxSkew: 9, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway' },
  labelSelector: { matchLabels: { 'apps.kubernetes.io/pod-index': '1' } },
}

function besideIndex(index: string) {
  return {
    podAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        {
          topologyKey: 'kubernetes.io/hostname',
          labelSelector: { matchLabels: { 'apps.kubernetes.io/pod-index': index } },
        },
      ],
    },
  }
}

describe('a claim that pods share and whose volume is made where the first one goes', () => {
  const zones = { a: ['m', 'n'], b: ['o'] }
  const nodes = Object.entries(zones).flatMap(([zone, names]) =>
    names.map((name) => node(name, '1', { 'topology.kubernetes.io/zone': zone })),
  )
  const placesOf = (provisioner: string, mode: string, replicas = 3): readonly string[] => {
    const storage = [
      {
        ...{ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'c' } },
        ...{ provisioner, volumeBindingMode: 'WaitForFirstConsumer' },
      },
      {
        ...{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'shared' } },
        spec: {
          ...{ storageClassName: 'c', accessModes: [mode] },
          resources: { requests: { storage: '1Gi' } },
        },
      },
    ]
    const volumes = [{ name: 'v', persistentVolumeClaim: { claimName: 'shared' } }]
    const { plan } = planOnNodes(
      read(...nodes, ...storage, workload('Deployment', 'w', replicas, { volumes })),
    )
    return plan.nodes.filter(({ holds }) => holds.length > 0).map(({ name }) => name)
  }
  it.each([
    ['efs.csi.aws.com', 'ReadWriteMany', ['m', 'n', 'o']],
    ['ebs.csi.aws.com', 'ReadWriteOnce', ['m', 'n']],
    ['kubernetes.io/aws-ebs', 'ReadWriteOnce', ['m', 'n']],
    ['rancher.io/local-path', 'ReadWriteOnce', ['m']],
    ['example.com/unknown', 'ReadWriteMany', ['m', 'n', 'o']],
    ['example.com/unknown', 'ReadWriteOnce', ['m', 'n']],
  ])('is reached from where %s makes it, as %s', (provisioner, mode, places) => {
    expect(placesOf(provisioner, mode)).toEqual(places)
  })
})
