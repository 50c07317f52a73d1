/**
 * Tests new nodes of EC2 instance types: names, zones, and allocatable resources, also against the
 * sizes that Karpenter documents.
 */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Ec2InstanceType } from '@stowage/fargate'
import { getOrThrow } from '@stowage/kernel'
import { readKubernetes } from '../read/input.js'
import { allocatable, nodesOfType } from './fleet.js'
import { planOnNodes } from './plan.js'

const m5Large: Ec2InstanceType = {
  name: 'm5.large',
  vcpus: 2,
  memoryMiB: 8192,
  architecture: 'x86_64',
  interfaces: 3,
  addressesPerInterface: 10,
  gpus: 0,
  ebsVolumes: 27,
}

describe('the nodes of a type', () => {
  const zonesOf = (count: number, before?: number) =>
    nodesOfType(m5Large, count, ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'], before)
      .slice(0, count)
      .map(({ value }) => {
        const { labels, name } = (
          value as { metadata: { name: string; labels: Record<string, string> } }
        ).metadata
        return [name, labels['topology.kubernetes.io/zone']]
      })

  it('are named in the order in which they are made, and take the zones in turn', () => {
    expect(zonesOf(4)).toEqual([
      ['m5.large-1', 'eu-west-1a'],
      ['m5.large-2', 'eu-west-1b'],
      ['m5.large-3', 'eu-west-1c'],
      ['m5.large-4', 'eu-west-1a'],
    ])
    const names = zonesOf(11).map(([name]) => name)
    expect([names[0], names[10]]).toEqual(['m5.large-01', 'm5.large-11'])
    expect([...names].sort()).toEqual(names)
  })
  it('go on after the zones of those that were made before', () => {
    expect(zonesOf(2, 2).map(([, zone]) => zone)).toEqual(['eu-west-1c', 'eu-west-1a'])
  })
  it('are documents with labels and what they can allocate', () => {
    const [document] = nodesOfType({ ...m5Large, architecture: 'arm64' }, 1, ['us-east-1f'])
    expect(document).toMatchObject({
      from: '--nodes m5.large',
      value: {
        apiVersion: 'v1',
        kind: 'Node',
        metadata: {
          labels: {
            'kubernetes.io/arch': 'arm64',
            'kubernetes.io/hostname': 'm5.large-1',
            'topology.kubernetes.io/region': 'us-east-1',
          },
        },
      },
    })
  })
  it.each([
    ['eu-west-1a', 'eu-west-1'],
    ['us-gov-west-1b', 'us-gov-west-1'],
    ['us-east-1-bos-1a', 'us-east-1'],
    ['rack7', 'rack7'],
  ])('in %s are in the region %s', (zone, region) => {
    const [document] = nodesOfType(m5Large, 1, [zone])
    const labels = { 'topology.kubernetes.io/region': region, 'topology.kubernetes.io/zone': zone }
    expect(document!.value).toMatchObject({ metadata: { labels } })
  })
})

describe('a new node', () => {
  const [node, csiNode] = nodesOfType(m5Large, 1, ['eu-west-1b'], 0, {
    labels: new Map([['disk', 'ssd']]),
    taints: [{ key: 'team', value: 'a', effect: 'NoSchedule' }],
  }).map(({ value }) => value)
  it('has the labels of both generations, and those that it is given', () => {
    expect(node).toMatchObject({
      metadata: {
        labels: {
          'beta.kubernetes.io/arch': 'amd64',
          'beta.kubernetes.io/instance-type': 'm5.large',
          'beta.kubernetes.io/os': 'linux',
          'failure-domain.beta.kubernetes.io/region': 'eu-west-1',
          'failure-domain.beta.kubernetes.io/zone': 'eu-west-1b',
          'topology.ebs.csi.aws.com/zone': 'eu-west-1b',
          disk: 'ssd',
        },
      },
      spec: { taints: [{ key: 'team', value: 'a', effect: 'NoSchedule' }] },
    })
  })
  it('attaches as many EBS volumes as its type, less the root volume', () => {
    const drivers = [{ name: 'ebs.csi.aws.com', allocatable: { count: 26 } }]
    expect(csiNode).toMatchObject({ kind: 'CSINode', spec: { drivers } })
    const [, tiny] = nodesOfType({ ...m5Large, ebsVolumes: 1 }, 1, ['a'])
    expect(tiny?.value).toMatchObject({ spec: { drivers: [{ allocatable: { count: 1 } }] } })
  })
  it('takes no more pods than it can attach volumes for', () => {
    const storageClass = {
      ...{ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'gp3' } },
      ...{ provisioner: 'ebs.csi.aws.com', volumeBindingMode: 'WaitForFirstConsumer' },
    }
    const spec = {
      ...{ storageClassName: 'gp3', accessModes: ['ReadWriteOnce'] },
      resources: { requests: { storage: '1Gi' } },
    }
    const containers = [{ name: 'main' }]
    const set = {
      ...{ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'db' } },
      spec: {
        replicas: 5,
        selector: { matchLabels: { app: 'db' } },
        template: { metadata: { labels: { app: 'db' } }, spec: { containers } },
        volumeClaimTemplates: [{ metadata: { name: 'data' }, spec }],
      },
    }
    const documents = [
      ...nodesOfType({ ...m5Large, ebsVolumes: 4 }, 1, ['a']),
      { from: 'files', value: [storageClass, set] },
    ]
    const { plan } = planOnNodes(getOrThrow(readKubernetes(documents)))
    expect(plan.nodes[0]?.holds).toMatchObject([{ count: 3 }])
    expect(plan.unplaced).toMatchObject([{ count: 1 }])
  })
})

describe('what can be allocated', () => {
  it('is 1930m, 6903Mi and 29 pods on an m5.large', () => {
    expect(allocatable(m5Large)).toEqual({
      cpu: '1930m',
      memory: '6903Mi',
      pods: '29',
      'ephemeral-storage': '17Gi',
    })
  })
  it('is never less than nothing', () => {
    expect(allocatable({ ...m5Large, memoryMiB: 256 })).toMatchObject({ memory: '0Mi' })
  })
})

interface Described {
  readonly VCpuInfo: { readonly DefaultVCpus: number }
  readonly MemoryInfo: { readonly SizeInMiB: number }
  readonly NetworkInfo: {
    readonly MaximumNetworkInterfaces: number
    readonly Ipv4AddressesPerInterface: number
    readonly DefaultNetworkCardIndex?: number
    readonly NetworkCards?: readonly { readonly MaximumNetworkInterfaces: number }[]
  }
  readonly ProcessorInfo: { readonly SupportedArchitectures: readonly string[] }
  readonly GpuInfo?: { readonly Gpus: readonly { readonly Count?: number }[] }
}
const typeOf = (
  name: string,
  { VCpuInfo, MemoryInfo, NetworkInfo, ProcessorInfo, GpuInfo }: Described,
): Ec2InstanceType => ({
  name,
  vcpus: VCpuInfo.DefaultVCpus,
  memoryMiB: MemoryInfo.SizeInMiB,
  architecture: ProcessorInfo.SupportedArchitectures.includes('arm64') ? 'arm64' : 'x86_64',
  interfaces:
    NetworkInfo.NetworkCards?.[NetworkInfo.DefaultNetworkCardIndex ?? 0]
      ?.MaximumNetworkInterfaces ?? NetworkInfo.MaximumNetworkInterfaces,
  addressesPerInterface: NetworkInfo.Ipv4AddressesPerInterface,
  gpus: (GpuInfo?.Gpus ?? []).reduce((sum, { Count = 0 }) => sum + Count, 0),
  ebsVolumes: 27,
})

const data = resolve(process.env['STOWAGE_SHARED'] ?? '../shared', 'data')
const page = resolve(data, 'karpenter-aws-instance-types-doc/instance-types-v1.14.md')
const types = resolve(data, 'moto-ec2-instance-types/instance_types.json')
const isThere = existsSync(page) && existsSync(types)
const named = new Set(['cpu', 'memory', 'pods', 'ephemeral-storage', 'nvidia.com/gpu'])

/** A type's heading in the page, and the rows of its resources. */
const documented = (): readonly (readonly [string, object])[] =>
  readFileSync(page, 'utf8')
    .split('\n### `')
    .slice(1)
    .map((part) => {
      const rows = part.slice(part.indexOf('#### Resources')).matchAll(/^ \|([^|]+)\|([^|]+)\|$/gm)
      const resources = [...rows].map(
        ([, resource = '', quantity]) => [resource, quantity] as const,
      )
      return [
        part.slice(0, part.indexOf('`')),
        Object.fromEntries(resources.filter(([resource]) => named.has(resource))),
      ]
    })

describe.skipIf(!isThere)(`against Karpenter's page (skipped without ${data})`, () => {
  const described = () =>
    new Map(
      Object.entries(
        JSON.parse(readFileSync(types, 'utf8')) as Readonly<Record<string, Described>>,
      ),
    )
  const differing = (allocate: typeof allocatable): readonly string[] => {
    const all = described()
    return documented()
      .filter(([name, resources]) => {
        const ours = allocate(typeOf(name, all.get(name)!))
        return (
          JSON.stringify(Object.entries(ours).sort()) !==
          JSON.stringify(Object.entries(resources).sort())
        )
      })
      .map(([name]) => name)
  }
  it('is the same for all 1363 types but those of AMD GPUs, which are not told apart', () => {
    expect(documented()).toHaveLength(1363)
    expect(differing(allocatable)).toEqual(
      ['xlarge', '2xlarge', '4xlarge', '8xlarge', '16xlarge'].map((size) => `g4ad.${size}`),
    )
  })
  it('is refuted when a MiB more is left to pods', () => {
    const careless: typeof allocatable = (type) => ({
      ...allocatable(type),
      memory: `${parseInt(allocatable(type)['memory']!) + 1}Mi`,
    })
    expect(differing(careless).length).toBeGreaterThan(1000)
  })
})

describe('the nodes of a dump without CSINodes', () => {
  const small: Ec2InstanceType = { ...m5Large, ebsVolumes: 3 }
  const typeNamed = (name: string) => (name === 'm5.large' ? small : undefined)
  const node = (name: string, type: string) => ({
    ...{ apiVersion: 'v1', kind: 'Node' },
    metadata: { name, labels: { 'node.kubernetes.io/instance-type': type } },
    status: { allocatable: { cpu: '9', pods: '20' } },
  })
  const ebs = {
    ...{ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'ebs' } },
    ...{ provisioner: 'ebs.csi.aws.com', volumeBindingMode: 'WaitForFirstConsumer' },
  }
  const set = (storageClassName: string) => ({
    ...{ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'db' } },
    spec: {
      replicas: 4,
      selector: { matchLabels: { app: 'db' } },
      template: {
        metadata: { labels: { app: 'db' } },
        spec: { containers: [{ name: 'main', volumeMounts: [{ name: 'v', mountPath: '/v' }] }] },
      },
      volumeClaimTemplates: [
        {
          metadata: { name: 'v' },
          spec: {
            ...{ storageClassName, accessModes: ['ReadWriteOnce'] },
            resources: { requests: { storage: '1Gi' } },
          },
        },
      ],
    },
  })
  const seen = (...values: readonly unknown[]) => {
    const documents = values.map((value) => ({ from: 'dump', value }))
    const machines = nodesOfType({ ...small, name: 'new.large' }, 1, ['us-east-1a'])
    const input = getOrThrow(readKubernetes([...documents, ...machines], { typeNamed }))
    const { plan, warnings } = planOnNodes(input)
    return {
      held: plan.nodes.map(({ holds }) => holds.reduce((sum, { count }) => sum + count, 0)),
      warned: warnings
        .filter(({ code }) => code === 'VolumeLimitAssumed')
        .map(({ subject, detail }) => `${subject}: ${detail}`),
    }
  }

  it('take as many volumes as their type, with a warning', () => {
    const { held, warned } = seen(node('a', 'm5.large'), ebs, set('ebs'))
    expect(held).toEqual([2, 2])
    expect(warned).toEqual(['nodes of type m5.large: 1 node, such as a'])
  })
  it('take any number where their type is not known, with a warning', () => {
    const { held, warned } = seen(node('a', 'x9.huge'), ebs, set('ebs'))
    expect(held.reduce((sum, count) => sum + count, 0)).toBe(4)
    expect(warned).toEqual(['nodes of an unknown type: 1 node, such as a'])
  })
  it('are believed where the dump has a CSINode, or no pod has such a volume', () => {
    const csiNode = {
      ...{ apiVersion: 'storage.k8s.io/v1', kind: 'CSINode', metadata: { name: 'b' } },
      spec: { drivers: [] },
    }
    const nodes = [node('a', 'm5.large'), node('b', 'm5.large')]
    expect(seen(...nodes, csiNode, ebs, set('ebs')).warned).toEqual([])
    const other = { ...ebs, metadata: { name: 'other' }, provisioner: 'example.com/x' }
    expect(seen(...nodes, other, set('other')).warned).toEqual([])
  })
})
