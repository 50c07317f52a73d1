/**
 * Tests new nodes for pods whose volumes are made once they have a node (WaitForFirstConsumer), as
 * each mind plans them: every pod has a place, and a plan of the cluster with these nodes places
 * all of them too.
 */
import type { SourceDocument } from '@stowage/documents'
import type { Ec2InstanceType } from '@stowage/fargate'
import { getOrThrow } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nodesOfType } from '../plan/fleet.js'
import { planOnNodes } from '../plan/plan.js'
import { readKubernetes } from '../read/input.js'
import { provisionAs } from './provision-as.js'
import { supplyMinds, type MarketOffering, type MindSupply } from './terms.js'

const sized = (name: string, vcpus: number, ebsVolumes: number): Ec2InstanceType => ({
  ...{ name, vcpus, memoryMiB: vcpus * 4096, architecture: 'x86_64', interfaces: 3 },
  ...{ addressesPerInterface: 10, gpus: 0, ebsVolumes },
})
const types = [sized('m5.large', 2, 27), sized('m5.xlarge', 4, 27), sized('t3.tiny', 2, 6)]
const zones = ['us-east-1a', 'us-east-1b']
const market: readonly MarketOffering[] = types.flatMap((type) =>
  zones.map((zone) => ({ type, zone, capacityType: 'on-demand', price: type.vcpus * 48_000 })),
)

interface World {
  readonly replicas: number
  readonly volumes: number
  readonly cpu: number
  /** Whether a node is there, which is full. */
  readonly isGrown: boolean
  /** In which zones the class makes volumes; in all when it is empty. */
  readonly allowed: readonly string[]
}
const storageClass = (allowed: readonly string[]) => ({
  ...{ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'gp3' } },
  ...{ provisioner: 'ebs.csi.aws.com', volumeBindingMode: 'WaitForFirstConsumer' },
  allowedTopologies:
    allowed.length === 0
      ? []
      : [{ matchLabelExpressions: [{ key: 'topology.kubernetes.io/zone', values: allowed }] }],
})
const podOf = (cpu: number, volumes: number) => ({
  containers: [
    {
      ...{ name: 'main', image: 'i', resources: { requests: { cpu: `${cpu}m` } } },
      volumeMounts: Array.from({ length: volumes }, (_, i) => ({
        name: `v${i}`,
        mountPath: `/${i}`,
      })),
    },
  ],
})
const set = ({ replicas, volumes, cpu }: World) => ({
  ...{ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'db' } },
  spec: {
    ...{ replicas, serviceName: 'db', selector: { matchLabels: { app: 'db' } } },
    template: { metadata: { labels: { app: 'db' } }, spec: podOf(cpu, volumes) },
    volumeClaimTemplates: Array.from({ length: volumes }, (_, i) => ({
      metadata: { name: `v${i}` },
      spec: {
        ...{ storageClassName: 'gp3', accessModes: ['ReadWriteOnce'] },
        resources: { requests: { storage: '1Gi' } },
      },
    })),
  },
})
const filler = {
  ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'filler', namespace: 'default' } },
  spec: { ...podOf(1_900, 0), nodeName: 'm5.large-1' },
  status: { phase: 'Running' },
}

const documentsOf = (world: World): readonly SourceDocument[] => [
  ...[set(world), storageClass(world.allowed), ...(world.isGrown ? [filler] : [])].map(
    (value, i) => ({ from: `${i}.yaml`, value }),
  ),
  ...(world.isGrown ? nodesOfType(types[0]!, 1, [zones[0]!]) : []),
]

const suppliesOf = (world: World): readonly MindSupply[] => {
  const documents = documentsOf(world)
  const cluster = {
    documents,
    inputWith: (more: readonly SourceDocument[]) => readKubernetes([...documents, ...more]),
  }
  const flags = {
    ...{ expander: ['least-waste' as const], tiers: undefined },
    balanceSimilarNodeGroups: false,
  }
  const options = { minds: supplyMinds, groups: [], flags, search: {} }
  return getOrThrow(provisionAs(cluster, market, options)).supplies
}

const unplacedCount = (rows: readonly { readonly count: number }[]): number =>
  rows.reduce((sum, { count }) => sum + count, 0)

/** How many pods have no place on what is there and on the nodes of a plan. */
const unplacedAfter = (world: World, { nodes, offers }: MindSupply): number => {
  const before = documentsOf(world)
  const opened = nodes.flatMap(({ offer }, i) => {
    const { type, zone } = offers[offer]!
    return nodesOfType(type, 1, [zone], 0, { numbering: { before: 10 + i, total: 1 } })
  })
  const { plan, held } = planOnNodes(getOrThrow(readKubernetes([...before, ...opened])))
  return unplacedCount([...plan.unplaced, ...held])
}

const worlds: fc.Arbitrary<World> = fc.record({
  replicas: fc.integer({ min: 1, max: 12 }),
  volumes: fc.integer({ min: 1, max: 5 }),
  cpu: fc.integer({ min: 100, max: 1_500 }),
  isGrown: fc.boolean(),
  allowed: fc.constantFrom([], [zones[1]!], zones),
})

const isServed = (world: World): boolean =>
  suppliesOf(world).every(
    (supply) => supply.unplaced.length === 0 && unplacedAfter(world, supply) === 0,
  )

describe('new nodes for pods whose volumes wait for them', () => {
  it('hold all of them, in a cluster with and without nodes', () => {
    fc.assert(fc.property(worlds, isServed), { numRuns: 12 })
  })
  it('are none where the class makes no volumes in any zone that is offered', () => {
    const property = fc.property(worlds, (world) => isServed({ ...world, allowed: ['us-east-1f'] }))
    expect(isRefuted(property)).toBe(true)
  })
  it.each(supplyMinds)('attach as many volumes as their type, by %s', (mind) => {
    const world = { replicas: 4, volumes: 14, cpu: 100, isGrown: false, allowed: [] }
    const supply = suppliesOf(world).find((one) => one.mind === mind)!
    expect([supply.nodes.length, unplacedCount(supply.unplaced)]).toEqual([4, 0])
  })
})
