/**
 * Tests the refusals of a pod before any node is judged, against recorded messages of
 * kube-scheduler.
 */
import {
  batch,
  getOrThrow,
  define,
  empty,
  explain,
  join,
  wordExplanation,
  type WordedRefusal,
} from '@stowage/kernel'
import { expect, it } from 'vitest'
import { nodeSpecOf } from '../registry/node.js'
import { lowerPod } from '../registry/pod.js'
import { vocabularyOf } from '../raise/vocabulary.js'
import { readObjects } from '../words/object.js'
import { around } from '../read/around.js'
import { isWorkload } from '../workload/kind.js'
import { workloadOf } from '../workload/workload.js'

type Claim = Readonly<Record<string, unknown>> | undefined

const bound = { 'pv.kubernetes.io/bind-completed': 'yes' }
const classes = { slow: 'WaitForFirstConsumer', fast: 'Immediate' }
const owned = (name: string, uid?: string) => ({
  ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name, uid, controller: true }],
})
const ephemeral = { ephemeral: { volumeClaimTemplate: { spec: {} } } }

/**
 * What is said of a pod with one claim, the ephemeral one being of the same name; nothing when a
 * node takes it.
 */
const saidOf = (
  claim: Claim,
  kind: 'Pod' | 'Deployment' = 'Pod',
  volume: object = {},
  identity: object = { uid: 'u' },
) => {
  const spec = {
    containers: [{ name: 'main' }],
    volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'p-v' } }],
    ...(Object.keys(volume).length === 0 ? {} : { volumes: [{ name: 'v', ...volume }] }),
  }
  const template = { metadata: { labels: {} }, spec }
  const { objects, bad } = readObjects({
    from: '',
    value: [
      { apiVersion: 'v1', kind: 'Node', metadata: { name: 'a' } },
      ...Object.entries(classes).map(([name, volumeBindingMode]) => ({
        ...{ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name } },
        ...{ provisioner: 'disk.example.com', volumeBindingMode },
      })),
      ...(claim === undefined
        ? []
        : [{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', spec: {}, ...claim }]),
      kind === 'Pod'
        ? { apiVersion: 'v1', kind, metadata: { name: 'p', ...identity }, spec }
        : {
            apiVersion: 'apps/v1',
            kind,
            metadata: { name: 'p' },
            spec: { selector: {}, template },
          },
    ],
  })
  expect(bad).toEqual([])
  const nodes = objects.flatMap((found) => (found.kind === 'Node' ? [found.object] : []))
  const pods = objects.filter(isWorkload).map(workloadOf)
  return batch(empty, (draft): WordedRefusal | undefined => {
    const room = { pods: { text: '9', quantity: 9_000_000_000n } }
    const status = { allocatable: new Map(Object.entries(room)) }
    for (const node of nodes)
      getOrThrow(join(draft, nodeSpecOf(draft, { ...node, status } as unknown as typeof node)))
    const described = lowerPod(draft, pods[0]!, 0, around(objects, nodes, pods))
    const asked = getOrThrow(define(draft, described))
    const [said] = wordExplanation(
      draft,
      explain(draft, { class: asked }),
      vocabularyOf(draft),
    ).nodes
    if (said?.first !== undefined) expect(said.all).toEqual([said.first])
    return said?.first
  })[1]
}

const named = (metadata: object = {}) => ({ metadata: { name: 'p-v', ...metadata } })
const late = 'pod has unbound immediate PersistentVolumeClaims'

it.each<[plugin: string, reason: string, claim: Claim]>([
  ['VolumeRestrictions', 'persistentvolumeclaim "p-v" not found', undefined],
  ['VolumeBinding', late, { ...named(), spec: { storageClassName: 'fast' } }],
  ['VolumeBinding', late, { ...named(), spec: { storageClassName: 'gone' } }],
  ['VolumeBinding', late, { ...named(), spec: { storageClassName: 'slow', volumeName: 'x' } }],
  ['VolumeBinding', late, named()],
  [
    'VolumeBinding',
    'persistentvolumeclaim "p-v" bound to non-existent persistentvolume "x"',
    { ...named(), spec: { volumeName: 'x' }, status: { phase: 'Lost' } },
  ],
  [
    'VolumeBinding',
    'persistentvolumeclaim "p-v" is being deleted',
    named({ deletionTimestamp: '2026-01-01T00:00:00Z' }),
  ],
  [
    'VolumeZone',
    'persistentvolume "x" not found',
    { ...named({ annotations: bound }), spec: { volumeName: 'x' } },
  ],
])('%s says: %s', (plugin, reason, claim) => {
  expect(saidOf(claim)).toEqual({ plugin, reasons: [reason], removable: false })
})

const because = (reason: string) => ({
  plugin: 'VolumeBinding',
  reasons: [reason],
  removable: false,
})

it('waits for the claim that a controller makes for a pod, and takes no other', () => {
  expect(saidOf(undefined, 'Pod', ephemeral)).toEqual(
    because('waiting for ephemeral volume controller to create the persistentvolumeclaim "p-v"'),
  )
  const notOwner = because('PVC default/p-v was not created for pod default/p (pod is not owner)')
  const spec = { storageClassName: 'slow' }
  expect(saidOf({ ...named(), spec }, 'Pod', ephemeral)).toEqual(notOwner)
  expect(saidOf({ ...named(owned('p', 'other')), spec }, 'Pod', ephemeral)).toEqual(notOwner)
  expect(saidOf({ ...named(owned('p', 'u')), spec }, 'Pod', ephemeral)).toBeUndefined()
})

it('knows the owner by its uid, and by its name where neither has one', () => {
  const spec = { storageClassName: 'slow' }
  const isTaken = (owner: object, identity: object): boolean =>
    saidOf({ ...named(owner), spec }, 'Pod', ephemeral, identity) === undefined
  expect(isTaken(owned('p'), {})).toBe(true)
  expect(isTaken(owned('q'), {})).toBe(false)
  expect(isTaken({}, {})).toBe(false)
  expect(isTaken(owned('p'), { uid: 'u' })).toBe(false)
  expect(isTaken(owned('p', 'u'), {})).toBe(false)
  expect(isTaken(owned('q', 'u'), { uid: 'u' })).toBe(true)
})

it('takes the claims of pods that a template makes to be made with them', () => {
  const claims = { volumeClaimTemplate: { spec: { storageClassName: 'slow' } } }
  expect(saidOf(undefined, 'Deployment', { ephemeral: claims })).toBeUndefined()
  expect(saidOf(undefined, 'Deployment', ephemeral)).toEqual(because(late))
  expect(saidOf(undefined, 'Deployment', { ephemeral: {} })).toEqual(
    because('waiting for ephemeral volume controller to create the persistentvolumeclaim ""'),
  )
})

it('is nothing where the claim waits for the pod', () => {
  expect(saidOf({ ...named(), spec: { storageClassName: 'slow' } })).toBeUndefined()
})
