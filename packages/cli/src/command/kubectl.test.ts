/**
 * Tests the output of kubectl as input: lists of one kind and of several, with all fields that an
 * API server and its field managers add to objects.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Outcome } from './outcome.js'
import { run } from './program.js'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stowage-kubectl-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const written = {
  uid: '6f0c',
  resourceVersion: '4711',
  generation: 1,
  creationTimestamp: '2026-01-05T09:00:00Z',
  managedFields: [
    { manager: 'kubelet', operation: 'Update', apiVersion: 'v1', fieldsV1: { 'f:status': {} } },
  ],
}
const node = (name: string, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels: { 'kubernetes.io/hostname': name }, ...written },
  spec: { podCIDR: '10.0.0.0/24', providerID: 'aws:///eu-west-1a/i-1', ...spec },
  status: {
    addresses: [{ type: 'InternalIP', address: '10.0.0.1' }],
    capacity: { cpu: '2', memory: '4Gi', pods: '10' },
    allocatable: { cpu: '2', memory: '4Gi', pods: '10' },
    conditions: [{ type: 'Ready', status: 'True', lastHeartbeatTime: '2026-01-05T09:00:00Z' }],
    images: [{ names: ['nginx:1.29'], sizeBytes: 70_000_000 }],
    nodeInfo: { kubeletVersion: 'v1.37.2', architecture: 'amd64' },
  },
})
const pod = (name: string, cpu: string, spec: object, status: object) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', annotations: { a: 'b' }, ...written },
  spec: {
    ...{ schedulerName: 'default-scheduler', restartPolicy: 'Always', priority: 0 },
    ...{ dnsPolicy: 'ClusterFirst', preemptionPolicy: 'PreemptLowerPriority' },
    ...{ serviceAccountName: 'default', enableServiceLinks: true, securityContext: {} },
    containers: [
      {
        ...{ name: 'main', image: 'nginx:1.29', imagePullPolicy: 'IfNotPresent' },
        resources: { requests: { cpu } },
        volumeMounts: [{ name: 'token', mountPath: '/var/run/secrets', readOnly: true }],
      },
    ],
    volumes: [{ name: 'token', projected: { defaultMode: 420, sources: [] } }],
    tolerations: [
      ...[{ key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' }].map(
        (one) => ({ ...one, tolerationSeconds: 300 }),
      ),
    ],
    ...spec,
  },
  status: { qosClass: 'Burstable', ...status },
})
const running = {
  phase: 'Running',
  startTime: '2026-01-05T09:01:00Z',
  conditions: [{ type: 'Ready', status: 'True', lastProbeTime: null }],
  containerStatuses: [
    {
      ...{ name: 'main', ready: true, restartCount: 0, image: 'nginx:1.29', imageID: 'x' },
      ...{ state: { running: { startedAt: '2026-01-05T09:01:00Z' } }, lastState: {} },
    },
  ],
}
const pending = {
  phase: 'Pending',
  conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '' }],
}
const nodes = [node('a'), node('b', { unschedulable: true })]
const pods = [
  pod('low', '1500m', { nodeName: 'a' }, running),
  pod('done', '2', { nodeName: 'a' }, { phase: 'Succeeded' }),
  pod('high', '1', { priority: 9 }, pending),
  pod('gated', '1', { schedulingGates: [{ name: 'x/y' }] }, pending),
  pod('alien', '1', { schedulerName: 'other' }, pending),
]
const others = [
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', ...written }, data: {} },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data', namespace: 'shop', ...written },
    spec: {
      ...{ accessModes: ['ReadWriteOnce'], volumeMode: 'Filesystem', storageClassName: 'gp3' },
      resources: { requests: { storage: '1Gi' } },
    },
    status: { phase: 'Pending' },
  },
]
const listed = (kind: string, items: readonly unknown[]) => ({
  ...{ apiVersion: 'v1', kind, metadata: { resourceVersion: '' } },
  items,
})
const mixed = [listed('List', [...nodes, ...pods, ...others])]
const bare = (object: object): object =>
  Object.fromEntries(
    Object.entries(object).filter(([key]) => key !== 'kind' && key !== 'apiVersion'),
  )
const apart = [listed('NodeList', nodes.map(bare)), listed('PodList', pods.map(bare))]

const runOn = async (documents: readonly unknown[], ...args: string[]): Promise<Outcome> => {
  const paths = documents.map((document, i) => {
    const path = join(folder, `${i}.json`)
    writeFileSync(path, JSON.stringify(document))
    return path
  })
  const outcome = await run([...args, ...paths], () => Promise.resolve(''))
  return { ...outcome, error: outcome.error.replaceAll(`${folder}/`, '') }
}

const message =
  '0/2 nodes are available: 1 Insufficient cpu, 1 node(s) were unschedulable. preemption: found a potential placement for pod on node a, preempting 1 victims'

describe.each([
  ['one list of many kinds', mixed],
  ['a list of each kind', apart],
])('%s', (_, documents) => {
  it('is planned', async () => {
    const { out, error, status } = await runOn(documents, 'plan')
    expect(out).toContain('Kubernetes on 2 nodes: 1 pod runs, 0 of 3 pending pods placed')
    expect(out).toContain('waiting for scheduling gates: [x/y]')
    expect(out).toContain('no profile has the schedulerName "other"')
    expect(out).toContain('one would fit on a by preemption of shop/low')
    expect({ error, status }).toEqual({ error: '', status: 1 })
  })
  it('is explained in the words of kubectl', async () => {
    const { out, status } = await runOn(documents, 'explain', 'pod/high')
    expect(out).toContain('Kubernetes: pod shop/high finds no place\n\n')
    expect(out).toContain(`\n${message}\n`)
    expect(out).toContain('NodeResourcesFit: Insufficient cpu (Unschedulable)')
    expect(out).toContain('- on a, by preemption of shop/low\n')
    expect(status).toBe(1)
  })
  it.each([
    ['po/gated', 'no scheduler looks at pod shop/gated: SchedulingGates: waiting for', 1],
    ['alien', 'no scheduler looks at shop/alien: no profile has the schedulerName "other"', 1],
    ['pod/done', 'pod shop/done has ended (Succeeded) and takes no room', 0],
    ['low', 'pod shop/low is on a; were it to be placed now, it would go to a', 0],
  ])('says of %s: %s', async (name, text, status) => {
    const outcome = await runOn(documents, 'explain', name)
    expect(outcome.out).toContain(`Kubernetes: ${text}`)
    expect(outcome.status).toBe(status)
  })
})

describe('as data', () => {
  it('an explanation has the message, the verdict and who would go', async () => {
    const { out } = await runOn(mixed, 'explain', 'pod/high', '--output', 'json')
    expect(JSON.parse(out)).toMatchObject({
      explanations: [
        {
          name: 'pod/shop/high',
          message,
          preemption: [{ node: 'a', victims: ['shop/low'] }],
          verdict: {
            pod: 'shop/high',
            result: 'unschedulable',
            rejected: { b: { plugin: 'NodeUnschedulable' } },
          },
        },
      ],
    })
  })
  it('one that a sentence says has the sentence', async () => {
    const { out } = await runOn(mixed, 'explain', 'pod/done', '--output', 'json')
    expect(JSON.parse(out)).toMatchObject({
      explanations: [{ name: 'pod/shop/done', placed: true }],
    })
  })
  it('a plan has who is held back, and who would make way', async () => {
    const { out } = await runOn(mixed, 'plan', '--output', 'json')
    expect(JSON.parse(out)).toMatchObject({
      plans: [
        {
          held: [{ name: 'shop/alien' }, { name: 'shop/gated' }],
          preemption: [{ name: 'shop/high', node: 'a', victims: ['shop/low'] }],
        },
      ],
    })
  })
})

describe('what is wrong', () => {
  it('is a name that nothing has, with the nearest', async () => {
    const { error, status } = await runOn(mixed, 'explain', 'pod/hihg')
    expect(error).toContain('found "pod/hihg", expected the name of a workload, such as pod/high,')
    expect(status).toBe(2)
  })
  it('is a configuration, with its file and path', async () => {
    const configuration = {
      apiVersion: 'kubescheduler.config.k8s.io/v1',
      kind: 'KubeSchedulerConfiguration',
      profiles: [{ plugins: { score: { enabled: [{ name: 'Nonsense' }] } } }],
    }
    const { error, status } = await runOn([...mixed, configuration], 'plan')
    expect(error).toContain('1.json: profiles[0].plugins.')
    expect(error).toContain('"Nonsense"')
    expect(status).toBe(2)
  })
})
