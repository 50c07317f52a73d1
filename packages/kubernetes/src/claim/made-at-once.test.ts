/**
 * Tests the zone of a disk that is provisioned before any pod is scheduled: the zone is chosen by
 * the name of the claim, and all pods that use the disk run there.
 */
import { getOrThrow } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planOnNodes } from '../plan/plan.js'
import { readKubernetes } from '../read/input.js'
import { turnOf } from './made-at-once.js'

const zoneKey = 'topology.kubernetes.io/zone'
const node = (zone: string, labels: object = { [zoneKey]: zone }) => ({
  ...{ apiVersion: 'v1', kind: 'Node', metadata: { name: `node-${zone}`, labels } },
  status: { allocatable: { cpu: '9', memory: '9Gi', pods: '50' } },
})
const threeZones = ['a', 'b', 'c'].map((zone) => node(zone))
const ebs = { provisioner: 'ebs.csi.aws.com' }
const storageClass = (rest: object = ebs) => ({
  ...{ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'fast' } },
  ...{ volumeBindingMode: 'Immediate', ...rest },
})
const claimSpec = (mode = 'ReadWriteOnce') => ({
  storageClassName: 'fast',
  accessModes: [mode],
  resources: { requests: { storage: '1Gi' } },
})
const claim = (name: string, mode?: string) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name },
  spec: claimSpec(mode),
})
const labels = { app: 'web' }
const workload = (kind: string, spec: object, volumes: readonly object[] = []) => ({
  ...{ apiVersion: 'apps/v1', kind, metadata: { name: 'web' } },
  spec: {
    replicas: 3,
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [{ name: 'c' }], volumes } },
    ...spec,
  },
})
const using = (claimName: string) =>
  workload('Deployment', {}, [{ name: 'data', persistentVolumeClaim: { claimName } }])
const withTemplates = workload('StatefulSet', {
  volumeClaimTemplates: [
    { metadata: { name: 'data' }, spec: claimSpec() },
    { metadata: { name: 'more-data' }, spec: claimSpec() },
  ],
})

/** The nodes that hold pods, and the warnings of places. */
const planned = (...objects: readonly object[]) => {
  const documents = objects.map((value, i) => ({ from: `${i}.yaml`, value }))
  const { plan, warnings } = planOnNodes(getOrThrow(readKubernetes(documents)))
  return {
    nodes: plan.nodes.filter(({ holds }) => holds.length > 0).map(({ name }) => name),
    left: plan.unplaced.length,
    places: warnings.flatMap(({ code, detail }) => (code === 'VolumePlaceAssumed' ? detail : [])),
  }
}

describe('the claim of a zonal disk', () => {
  it('brings all its pods to one zone, and a warning says to which', () => {
    const { nodes, left, places } = planned(
      storageClass(),
      claim('one'),
      using('one'),
      ...threeZones,
    )
    expect({ count: nodes.length, left }).toEqual({ count: 1, left: 0 })
    expect(places).toEqual([`class fast, ${zoneKey}=${nodes[0]!.slice('node-'.length)}`])
  })
  it('stays within the topologies of its class', () => {
    const allowedTopologies = [{ matchLabelExpressions: [{ key: zoneKey, values: ['b', 'c'] }] }]
    const among = (name: string) =>
      planned(storageClass({ ...ebs, allowedTopologies }), claim(name), using(name), ...threeZones)
    const nodes = ['e', 'f', 'g', 'h'].map((name) => among(name).nodes)
    expect(nodes.every((one) => one.length === 1)).toBe(true)
    expect([...new Set(nodes.flat())].sort()).toEqual(['node-b', 'node-c'])
  })
  it('is of the zones of the nodes that its driver knows', () => {
    const csiNode = {
      ...{ apiVersion: 'storage.k8s.io/v1', kind: 'CSINode', metadata: { name: 'node-x' } },
      spec: {
        drivers: [
          { name: ebs.provisioner, nodeID: 'x', topologyKeys: ['kubernetes.io/os', 'disk/zone'] },
        ],
      },
    }
    const listed = node('x', { 'kubernetes.io/os': 'linux', 'disk/zone': 'x' })
    expect(
      planned(storageClass(), claim('one'), using('one'), listed, csiNode, ...threeZones),
    ).toEqual({
      ...{ nodes: ['node-x'], left: 0, places: [] },
    })
  })
  it('says nothing of a single zone', () => {
    expect(planned(storageClass(), claim('one'), using('one'), node('a'))).toEqual({
      ...{ nodes: ['node-a'], left: 0, places: [] },
    })
  })
  it('may be anywhere while no node tells its zone', () => {
    const bare = ['a', 'b', 'c'].map((zone) => node(zone, {}))
    expect(planned(storageClass(), claim('one'), using('one'), ...bare)).toEqual({
      ...{ nodes: bare.map(({ metadata }) => metadata.name), left: 0, places: ['class fast'] },
    })
  })
})

it('a StatefulSet is spread over zones, with all claims of a pod in one', () => {
  expect(planned(storageClass(), withTemplates, ...threeZones)).toMatchObject({
    nodes: ['node-a', 'node-b', 'node-c'],
    left: 0,
  })
})
it.each([
  ['a shared file system', 'ReadWriteMany', { provisioner: 'efs.csi.aws.com' }, 3, 'Immediate'],
  [
    'an unknown driver for many nodes',
    'ReadWriteMany',
    { provisioner: 'files.example.com' },
    3,
    'Immediate',
  ],
  [
    'an unknown driver for one node',
    'ReadWriteOnce',
    { provisioner: 'disks.example.com' },
    1,
    'Immediate',
  ],
  ...(['Immediate', 'WaitForFirstConsumer'] as const).flatMap((mode) => [
    ...([
      ['a disk of one zone', 'ReadWriteOnce', { provisioner: 'pd.csi.storage.gke.io' }, 1, mode],
      [
        'a disk in two zones',
        'ReadWriteOnce',
        { provisioner: 'pd.csi.storage.gke.io', parameters: { 'replication-type': 'regional-pd' } },
        2,
        mode,
      ],
      [
        'a disk in all zones',
        'ReadWriteOnce',
        { provisioner: 'disk.csi.azure.com', parameters: { skuName: 'Premium_ZRS' } },
        3,
        mode,
      ],
    ] as const),
  ]),
] as const)('%s, %s of %j, takes pods in %i zones with %s', (_, access, rest, count, mode) => {
  const objects = [storageClass({ ...rest, volumeBindingMode: mode }), claim('one', access)]
  const { nodes, left } = planned(...objects, using('one'), ...threeZones)
  expect({ count: nodes.length, left }).toEqual({ count, left: 0 })
})

describe('the turn of a claim', () => {
  it('is the hash of its name', () => {
    expect(turnOf('a')).toBe(0x050c5d7e)
    expect(turnOf('foobar')).toBe(0x31f0b262)
    expect(turnOf('foobar-')).not.toBe(turnOf('foobar'))
  })
  it('is that of the set and the ordinal where the name ends with a number', () => {
    expect(turnOf('foobar-3')).toBe(0x31f0b262 + 3)
    expect(turnOf('data-foobar-3')).toBe(0x31f0b262 + 3)
  })
  /** By whole numbers without bounds, from the end of the name. */
  const twin = (name: string): number => {
    const parts = name.split('-')
    const last = parts.at(-1)!
    const isNumber =
      parts.length > 1 && last !== '' && [...last].every((one) => '0123456789'.includes(one))
    const number = isNumber && BigInt(last) < 1n << 32n ? BigInt(last) : undefined
    const text = number === undefined ? name : parts.at(-2)!
    const hash = [...text].reduce(
      (sum, one) => ((sum * 16777619n) & 0xffffffffn) ^ BigInt(one.charCodeAt(0)),
      2166136261n,
    )
    return Number((hash + (number ?? 0n)) & 0xffffffffn)
  }
  const agrees = (turn: typeof turnOf) =>
    fc.property(
      fc.array(
        fc.constantFrom('data', 'web', '0', '7', '12', '4294967295', '4294967296', '', 'x1'),
        {
          minLength: 1,
          maxLength: 4,
        },
      ),
      (parts) => turn(parts.join('-')) === twin(parts.join('-')),
    )
  it('is that of the twin', () => {
    fc.assert(agrees(turnOf), { seed: 16, numRuns: 1000 })
  })
  it('is refuted when the whole name is hashed', () => {
    expect(isRefuted(agrees((name) => turnOf(`${name}x`)))).toBe(true)
  })
})
