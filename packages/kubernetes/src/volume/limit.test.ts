/**
 * Tests how many different volumes a node can hold. The kernel counts volumes as a resource, or as
 * a set if pods share some; both must agree with a plain count.
 */
import {
  batch,
  bind,
  getOrThrow,
  define,
  empty,
  explain,
  findNode,
  join,
  place,
  type ClassSpec,
  type Draft,
} from '@stowage/kernel'
import * as fc from 'fast-check'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { nodeSpecOf } from '../registry/node.js'
import { lowerPod } from '../registry/pod.js'
import { pluginOf } from '../plugin/reason.js'
import type { PodLike } from '../surroundings/pod-like.js'
import { readObjects } from '../words/object.js'
import { around } from '../read/around.js'
import { isWorkload } from '../workload/kind.js'
import { workloadOf, type KubernetesWorkload } from '../workload/workload.js'

const driver = 'disk.example.com'
const object = (kind: string, name: string, rest: object, apiVersion = 'v1') => ({
  ...{ apiVersion, kind },
  metadata: { name, annotations: { 'pv.kubernetes.io/bind-completed': 'yes' } },
  ...rest,
})
const storage = (kind: string, name: string, rest: object) =>
  object(kind, name, rest, 'storage.k8s.io/v1')
const otherDriver = 'quick.example.com'
const node = (name: string, count?: number) => [
  object('Node', name, { status: { allocatable: { cpu: '9', memory: '9Gi', pods: '99' } } }),
  storage('CSINode', name, {
    spec: {
      drivers: [driver, otherDriver].map((one) => ({
        name: one,
        ...(count === undefined ? {} : { allocatable: { count } }),
      })),
    },
  }),
]
const bound = (volume: number, ofDriver = driver) => [
  object('PersistentVolumeClaim', `c${volume}`, { spec: { volumeName: `v${volume}` } }),
  object('PersistentVolume', `v${volume}`, {
    spec: { csi: { driver: ofDriver, volumeHandle: `h${volume}` } },
  }),
]
const using = (volumes: readonly number[], nodeName?: string) => ({
  containers: [{ name: 'main' }],
  nodeName,
  volumes: volumes.map((volume) => ({
    name: `${volume}`,
    persistentVolumeClaim: { claimName: `c${volume}` },
  })),
})
const attached = (volume: number) =>
  storage('VolumeAttachment', `a${volume}`, {
    spec: { attacher: driver, nodeName: 'a', source: { persistentVolumeName: `v${volume}` } },
  })

/**
 * Fills a draft, all of it but the pods without a node; whether the nodes know what room they have
 * is asked too.
 */
const opened = (draft: Draft, values: readonly unknown[], isRoomKnown: boolean) => {
  const { objects, bad } = readObjects({ from: '', value: values })
  expect(bad).toEqual([])
  const nodes = objects.flatMap((found) => (found.kind === 'Node' ? [found.object] : []))
  const pods = objects.filter(isWorkload).map(workloadOf)
  const surroundings = around(objects, nodes, pods)
  for (const one of nodes)
    getOrThrow(join(draft, nodeSpecOf(draft, one, isRoomKnown ? surroundings : undefined)))
  const lowered = (pod: PodLike): ClassSpec => lowerPod(draft, pod, 0, surroundings)
  for (const pod of pods) {
    const home = findNode(draft, pod.spec.nodeName ?? '')
    if (O.isSome(home)) bind(draft, getOrThrow(define(draft, lowered(pod))), home.value, 'running')
  }
  const waiting = pods.filter(({ spec }) => spec.nodeName === undefined)
  return { waiting, lowered, surroundings }
}

interface World {
  readonly limit: number
  readonly there: readonly (readonly number[])[]
  readonly attachments: readonly number[]
  readonly wanted: readonly number[]
}
const volumes = (most: number) =>
  fc.uniqueArray(fc.integer({ min: 0, max: most }), { maxLength: 3 })
const worlds = (most: number): fc.Arbitrary<World> =>
  fc.record({
    limit: fc.integer({ min: 0, max: 5 }),
    there: fc.array(volumes(most), { maxLength: 3 }),
    attachments: volumes(most),
    wanted: volumes(most),
  })

const documentsOf = ({ limit, there, attachments, wanted }: World): readonly unknown[] => [
  ...node('a', limit),
  ...[...new Set([...there.flat(), ...attachments, ...wanted])].flatMap((volume) => bound(volume)),
  ...there.map((volumes, i) => object('Pod', `there${i}`, { spec: using(volumes, 'a') })),
  ...attachments.map(attached),
  object('Pod', 'new', { spec: using(wanted) }),
]

/**
 * What is new to the pods of the node comes on top of what they use and of what is attached beside.
 */
const fitsByTheBook = ({ limit, there, attachments, wanted }: World): boolean => {
  const used = new Set(there.flat())
  const added = wanted.filter((volume) => !used.has(volume))
  return added.length === 0 || new Set([...used, ...attachments]).size + added.length <= limit
}

type Lower = (lowered: (pod: PodLike) => ClassSpec, pod: KubernetesWorkload) => ClassSpec
const asIs: Lower = (lowered, pod) => lowered(pod)
const withoutLimits: Lower = (lowered, pod) => {
  const podClass = lowered(pod)
  const plugin = pluginOf('NodeVolumeLimits')
  return { ...podClass, filters: podClass.filters.filter((filter) => filter.plugin !== plugin) }
}

const agrees = (world: World, isRoomKnown: boolean, lower: Lower): boolean => {
  const [, fits] = batch(empty, (draft) => {
    const { waiting, lowered } = opened(draft, documentsOf(world), isRoomKnown)
    const asked = getOrThrow(define(draft, lower(lowered, waiting[0]!)))
    return explain(draft, { class: asked }).chosen !== undefined
  })
  return fits === fitsByTheBook(world)
}

describe('the different volumes of a node', () => {
  it.each([true, false])('are at most as many as its limit says; room known: %s', (isRoomKnown) => {
    fc.assert(fc.property(worlds(4), (world) => agrees(world, isRoomKnown, asIs)))
    fc.assert(fc.property(worlds(40), (world) => agrees(world, isRoomKnown, asIs)))
  })
  it('are too many somewhere', () => {
    const property = fc.property(worlds(4), (world) => agrees(world, true, withoutLimits))
    expect(isRefuted(property)).toBe(true)
  })
})

const ofClass = (storageClassName: string) => ({
  name: storageClassName,
  ephemeral: { volumeClaimTemplate: { spec: { storageClassName } } },
})
const ofItsOwn = ofClass('slow')
const deployment = (volumes: readonly object[]) =>
  object(
    'Deployment',
    'web',
    {
      spec: {
        selector: { matchLabels: { app: 'web' } },
        template: { metadata: { labels: { app: 'web' } }, spec: { ...using([]), volumes } },
      },
    },
    'apps/v1',
  )
const storageClass = (name: string, provisioner: string) =>
  storage('StorageClass', name, { provisioner, volumeBindingMode: 'WaitForFirstConsumer' })
const slow = storageClass('slow', driver)

const placedOf = (values: readonly unknown[], count: number): number =>
  batch(empty, (draft) => {
    const { waiting, lowered } = opened(draft, values, true)
    const asked = getOrThrow(define(draft, lowered(waiting[0]!)))
    return place(draft, [{ class: asked, count }]).answers[0]!.placed.length
  })[1]

describe('a plan of many replicas', () => {
  it('holds the limit where each has volumes of its own', () => {
    const values = [...node('a', 2), ...node('b', 3), slow, deployment([ofItsOwn])]
    expect(placedOf(values, 9)).toBe(5)
    expect(placedOf([...values, ...node('c')], 9)).toBe(9)
  })
  it('lets all into a node that share one volume', () => {
    const { volumes } = using([1])
    expect(placedOf([...node('a', 1), ...bound(1), deployment(volumes)], 3)).toBe(3)
  })
  it('takes the limit as it was before the plan where volumes are shared and others are not', () => {
    const [shared] = using([1]).volumes
    const values = [...node('a', 2), ...bound(1), slow, deployment([shared!, ofItsOwn])]
    expect(placedOf(values, 3)).toBe(3)
  })
  it('counts what it has placed, each volume that is shared once and all others, by driver', () => {
    const [shared, quick] = using([1, 3]).volumes
    const own = [ofItsOwn, { ...ofItsOwn, name: 'more' }, ofClass('quick')]
    const fits = (limit: number): boolean =>
      batch(empty, (draft) => {
        const { waiting, lowered } = opened(
          draft,
          [
            ...[...node('a', limit), ...bound(1), ...bound(2), ...bound(3, otherDriver)],
            ...[slow, storageClass('quick', otherDriver)],
            deployment([shared!, quick!, ...own]),
            object('Pod', 'new', { spec: using([2]) }),
          ],
          true,
        )
        const [web, other] = waiting.map((one) => getOrThrow(define(draft, lowered(one))))
        expect(place(draft, [{ class: web!, count: 2 }]).answers[0]!.placed.length).toBe(2)
        expect(explain(draft, { class: other! }).chosen).toBeDefined()
        const again = getOrThrow(define(draft, lowered(waiting[1]!)))
        return explain(draft, { class: again }).chosen !== undefined
      })[1]
    expect([5, 6].map(fits)).toEqual([false, true])
  })
})
