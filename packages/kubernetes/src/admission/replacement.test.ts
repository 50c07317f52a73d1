/** Tests which fields of an object may change when another object replaces it, kind by kind. */
import { pathOf } from '@stowage/kernel'
import { describe, expect, it } from 'vitest'
import { wrongReplacement } from './replacement.js'

const versions: Readonly<Record<string, string>> = {
  ...{ Deployment: 'apps/v1', ReplicaSet: 'apps/v1', StatefulSet: 'apps/v1' },
  ...{ DaemonSet: 'apps/v1', Job: 'batch/v1' },
}
const object = (kind: string, spec: object, more: object = {}) => ({
  ...{ apiVersion: versions[kind] ?? 'v1', kind, metadata: { name: 'web' }, spec },
  ...more,
})
const labels = { app: 'web' }
const template = (more: object = {}, containers: object = {}) => ({
  metadata: { labels },
  spec: { containers: [{ name: 'main', image: 'web:1', ...containers }], ...more },
})
const selector = { matchLabels: labels }
const workload = { selector, template: template() }
const claims = [
  { metadata: { name: 'data' }, spec: { resources: { requests: { storage: '1Gi' } } } },
]
const other = { matchLabels: { app: 'other' } }

/** Fields of a spec with the value that each gets, and whether it may get it. */
const changes: readonly (readonly [kind: string, spec: object, change: object, ok: boolean])[] = [
  ['Deployment', workload, { selector: other }, false],
  ['Deployment', workload, { replicas: 5 }, true],
  ['Deployment', workload, { template: template({ priority: 3 }) }, true],
  ['Deployment', workload, { strategy: { type: 'Recreate' } }, true],
  ['Deployment', workload, { minReadySeconds: 3, paused: true }, true],
  ['ReplicaSet', workload, { selector: other }, false],
  ['ReplicaSet', workload, { template: template({}, { image: 'web:2' }) }, true],
  ['DaemonSet', workload, { selector: other }, false],
  ['DaemonSet', workload, { updateStrategy: { type: 'OnDelete' } }, true],
  ['StatefulSet', workload, { selector: other }, false],
  ['StatefulSet', workload, { serviceName: 'other' }, false],
  ['StatefulSet', workload, { podManagementPolicy: 'Parallel' }, false],
  ['StatefulSet', workload, { podManagementPolicy: 'OrderedReady' }, true],
  ['StatefulSet', workload, { volumeClaimTemplates: claims }, false],
  ...['replicas', 'minReadySeconds', 'revisionHistoryLimit'].map(
    (field) => ['StatefulSet', workload, { [field]: 7 }, true] as const,
  ),
  ['StatefulSet', workload, { ordinals: { start: 2 } }, true],
  ['StatefulSet', workload, { updateStrategy: { type: 'OnDelete' } }, true],
  ['StatefulSet', workload, { template: template({}, { image: 'web:2' }) }, true],
  [
    'StatefulSet',
    workload,
    { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Retain' } },
    true,
  ],
  ['Job', { template: template({ restartPolicy: 'Never' }) }, { parallelism: 4 }, true],
  ['Job', { template: template({ restartPolicy: 'Never' }) }, { completions: 4 }, false],
  [
    'Job',
    { template: template({ restartPolicy: 'Never' }) },
    { template: template({ restartPolicy: 'Never' }, { image: 'web:2' }) },
    false,
  ],
  ['Service', { clusterIP: '10.0.0.1', ports: [{ port: 80 }] }, { clusterIP: '10.0.0.2' }, false],
  ['Service', { clusterIP: '10.0.0.1', ports: [{ port: 80 }] }, { ports: [{ port: 81 }] }, true],
  ['Service', { clusterIP: '10.0.0.1' }, { type: 'ExternalName', clusterIP: 'None' }, true],
  ['Service', {}, { clusterIP: '10.0.0.2' }, true],
  ['Node', { providerID: 'aws:///a/i-1' }, { providerID: 'aws:///a/i-2' }, false],
  ['Node', { providerID: 'aws:///a/i-1' }, { unschedulable: true }, true],
  ['Node', {}, { podCIDR: '10.1.0.0/24' }, true],
  ['PersistentVolumeClaim', claims[0]!.spec, { accessModes: ['ReadWriteOnce'] }, true],
  ['PersistentVolumeClaim', { storageClassName: 'a' }, { storageClassName: 'b' }, false],
  ['PersistentVolumeClaim', { volumeName: 'pv-1' }, { volumeName: 'pv-2' }, false],
  [
    'PersistentVolumeClaim',
    { storageClassName: 'a' },
    { resources: { requests: { storage: '2Gi' } } },
    true,
  ],
  ['PersistentVolume', { hostPath: { path: '/a' } }, { hostPath: { path: '/b' } }, false],
  ['PersistentVolume', { hostPath: { path: '/a' } }, { storageClassName: 'b' }, true],
]

describe.each(changes)('%s %j', (kind, spec, change, ok) => {
  it(`may ${ok ? '' : 'not '}become ${JSON.stringify(change)}`, () => {
    const found = wrongReplacement(object(kind, { ...spec, ...change }), object(kind, spec))
    const fields = Object.keys(change).filter((field) => field !== 'type')
    expect(found.map(({ at }) => pathOf(at))).toEqual(ok ? [] : fields.map((one) => `spec.${one}`))
    for (const { expected } of found) expect(expected).toMatch(/^no change/)
  })
})

describe('what the API server wrote', () => {
  it('stays in a Job', () => {
    const uid = { 'batch.kubernetes.io/controller-uid': '7', 'controller-uid': '7' }
    const named = { ...uid, 'batch.kubernetes.io/job-name': 'web', 'job-name': 'web' }
    const pods = template({ restartPolicy: 'Never' }, { imagePullPolicy: 'IfNotPresent' })
    const stored = object('Job', {
      ...{ completions: 1, parallelism: 1, selector: { matchLabels: uid } },
      template: { ...pods, metadata: { labels: { ...labels, ...named } } },
    })
    const sent = (image: string) =>
      object('Job', { template: template({ restartPolicy: 'Never' }, { image }) })
    expect(wrongReplacement(sent('web:1'), stored)).toEqual([])
    expect(wrongReplacement(sent('web:2'), stored)).toMatchObject([{ at: ['spec', 'template'] }])
  })

  it('stays in a pod', () => {
    const token = { name: 'kube-api-access-x' }
    const stored = object('Pod', {
      ...{ nodeName: 'a', serviceAccountName: 'default', priority: 0 },
      tolerations: [
        { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' },
      ],
      volumes: [{ ...token, projected: { sources: [] } }],
      containers: [{ name: 'main', image: 'web:1', volumeMounts: [{ ...token, mountPath: '/t' }] }],
    })
    const sent = (more: object) =>
      object('Pod', { containers: [{ name: 'main', image: 'web:1', ...more }] })
    expect(wrongReplacement(sent({}), stored)).toEqual([])
    expect(wrongReplacement(sent({ image: 'web:2' }), stored)).toEqual([])
    expect(wrongReplacement(sent({ command: ['a'] }), stored)).toMatchObject([{ at: ['spec'] }])
  })

  it('stays in the claim templates of a StatefulSet', () => {
    const [claim] = claims
    const printed = {
      ...{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', status: { phase: 'Pending' } },
      metadata: { name: 'data', creationTimestamp: null },
      spec: { ...claim!.spec, volumeMode: 'Filesystem' },
    }
    const sent = object('StatefulSet', { ...workload, volumeClaimTemplates: [claim] })
    const stored = object('StatefulSet', { ...workload, volumeClaimTemplates: [printed] })
    expect(wrongReplacement(sent, stored)).toEqual([])
  })
})

it('says nothing of what is malformed, of another kind or of a kind that is not known', () => {
  const [one, two] = [object('Deployment', workload), object('DaemonSet', workload)]
  expect(wrongReplacement(one, two)).toEqual([])
  expect(wrongReplacement(object('Deployment', { selector: 7 }), one)).toEqual([])
  expect(wrongReplacement(object('Widget', { a: 1 }), object('Widget', { a: 2 }))).toEqual([])
  expect(wrongReplacement(7, one)).toEqual([])
})
