/**
 * Generates random NodePools, DaemonSets and pods as Kubernetes documents, and provisions nodes for
 * them from a small price list of machine types, for tests.
 */
import type { SourceDocument } from '@stowage/documents'
import type { Ec2InstanceType } from '@stowage/fargate'
import { getOrThrow } from '@stowage/kernel'
import {
  allocatable,
  provisionBesideProfiles,
  readFargateProfiles,
  readKubernetes,
} from '@stowage/kubernetes'
import fc from 'fast-check'

const size = (
  name: string,
  vcpus: number,
  memoryGib: number,
  price: number,
  architecture: Ec2InstanceType['architecture'] = 'x86_64',
) => ({
  type: {
    ...{ name, vcpus, memoryMiB: memoryGib * 1024, architecture, interfaces: 3 },
    ...{ addressesPerInterface: 10, gpus: 0, ebsVolumes: 27 },
  },
  price,
})
/** Machine types with what one costs an hour. */
export const sizes = [
  size('c5.large', 2, 4, 0.085),
  size('c5.2xlarge', 8, 16, 0.34),
  size('m5.large', 2, 8, 0.096),
  size('m5.xlarge', 4, 16, 0.192),
  size('m6g.large', 2, 8, 0.077, 'arm64'),
  size('r5.xlarge', 4, 32, 0.252),
]
/** Where they are sold. */
export const zones = ['us-east-1a', 'us-east-1b']
/** What is sold; m5.large also as spot. */
export const offered = sizes.flatMap(({ type, price }) =>
  zones.flatMap((zone) => [
    { type, zone, capacityType: 'on-demand' as const, price },
    ...(type.name === 'm5.large'
      ? [{ type, zone, capacityType: 'spot' as const, price: zone === 'us-east-1a' ? 0.03 : 0.04 }]
      : []),
  ]),
)

/** Random objects. */
export interface Objects {
  readonly pools: readonly object[]
  readonly daemons: readonly object[]
  readonly pods: readonly { readonly metadata: { readonly name: string } }[]
}

const requirement = fc.constantFrom(
  { key: 'kubernetes.io/arch', operator: 'In', values: ['amd64'] },
  { key: 'karpenter.sh/capacity-type', operator: 'In', values: ['on-demand'] },
  { key: 'karpenter.sh/capacity-type', operator: 'In', values: ['on-demand', 'spot'] },
  { key: 'karpenter.k8s.aws/instance-cpu', operator: 'Gt', values: ['2'] },
  { key: 'karpenter.k8s.aws/instance-cpu', operator: 'Lt', values: ['8'] },
  { key: 'karpenter.k8s.aws/instance-category', operator: 'NotIn', values: ['r'] },
  { key: 'karpenter.k8s.aws/instance-family', operator: 'Exists', minValues: 2 },
  { key: 'topology.kubernetes.io/zone', operator: 'In', values: ['us-east-1b'] },
  { key: 'team', operator: 'In', values: ['a', 'b'] },
)
const nodeClassRef = { group: 'karpenter.test.sh', kind: 'TestNodeClass', name: 'default' }

const pool = (index: number) =>
  fc
    .record({
      weight: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
      limit: fc.option(fc.integer({ min: 2, max: 24 }), { nil: undefined }),
      isTainted: fc.boolean(),
      label: fc.constantFrom('web', 'batch', undefined),
      requirements: fc.uniqueArray(requirement, { maxLength: 3, selector: ({ key }) => key }),
    })
    .map(({ weight, limit, isTainted, label, requirements }) => ({
      apiVersion: 'karpenter.sh/v1',
      kind: 'NodePool',
      metadata: { name: `pool-${index}` },
      spec: {
        ...(weight === undefined ? {} : { weight }),
        ...(limit === undefined ? {} : { limits: { cpu: String(limit) } }),
        disruption: { consolidateAfter: '0s' },
        template: {
          metadata: { labels: label === undefined ? {} : { use: label } },
          spec: {
            ...{ nodeClassRef, requirements },
            ...(isTainted ? { taints: [{ key: 'own', value: 'yes', effect: 'NoSchedule' }] } : {}),
          },
        },
      },
    }))

const selector = { matchLabels: { app: 'a' } }
const rule = fc.constantFrom<object>(
  {},
  {},
  { nodeSelector: { use: 'web' } },
  { nodeSelector: { team: 'b' } },
  { nodeSelector: { 'topology.kubernetes.io/zone': 'us-east-1a' } },
  { tolerations: [{ key: 'own', operator: 'Exists' }] },
  {
    topologySpreadConstraints: [
      {
        ...{ maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone' },
        ...{ whenUnsatisfiable: 'DoNotSchedule', labelSelector: selector },
      },
    ],
  },
  {
    affinity: {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { topologyKey: 'kubernetes.io/hostname', labelSelector: selector },
        ],
      },
    },
  },
  {
    affinity: {
      nodeAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 1,
            preference: {
              matchExpressions: [{ key: 'kubernetes.io/arch', operator: 'In', values: ['arm64'] }],
            },
          },
        ],
      },
    },
  },
)
const container = (cpu: number, memory: number) => ({
  ...{ name: 'main', image: 'example.org/main' },
  resources: { requests: { cpu: `${cpu}m`, memory: `${memory}Mi` } },
})
const pod = fc
  .record({
    cpu: fc.integer({ min: 1, max: 30 }),
    memory: fc.integer({ min: 1, max: 40 }),
    rule,
    app: fc.constantFrom('a', 'b'),
  })
  .map(({ cpu, memory, rule: own, app }) => ({
    ...{ app, spec: { containers: [container(cpu * 100, memory * 128)], ...own } },
  }))

/** Up to three NodePools, two DaemonSets and 25 pods. */
export const objects: fc.Arbitrary<Objects> = fc
  .record({
    pools: fc
      .integer({ min: 1, max: 3 })
      .chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => pool(i)))),
    daemons: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 2 }),
    pods: fc.array(pod, { minLength: 1, maxLength: 25 }),
  })
  .map(({ pools, daemons, pods }) => ({
    pools,
    daemons: daemons.map((cpu, i) => ({
      ...{ apiVersion: 'apps/v1', kind: 'DaemonSet' },
      metadata: { name: `agent-${i}`, namespace: 'default' },
      spec: {
        selector: { matchLabels: { agent: `${i}` } },
        template: {
          metadata: { labels: { agent: `${i}` } },
          spec: {
            containers: [container(cpu * 50, cpu * 64)],
            tolerations: i === 0 ? [{ operator: 'Exists' }] : [],
          },
        },
      },
    })),
    pods: pods.map(({ app, spec }, i) => ({
      ...{ apiVersion: 'v1', kind: 'Pod' },
      metadata: {
        name: `pod-${String(i).padStart(2, '0')}`,
        namespace: 'default',
        labels: { app },
      },
      spec,
    })),
  }))

/** The documents of objects. */
export const documentsOf = ({ pools, daemons, pods }: Objects): readonly SourceDocument[] =>
  [...pools, ...daemons, ...pods].map((value) => ({ from: 'random', value }))

type MindOptions = Parameters<typeof provisionBesideProfiles>[3]
type Supplies = Extract<
  ReturnType<typeof provisionBesideProfiles>,
  { readonly _tag: 'Right' }
>['right']['supplies']

/** The plans of minds for documents. */
export const suppliesFor = (
  documents: readonly SourceDocument[],
  minds: MindOptions['minds'],
  options: Partial<MindOptions> = {},
): Supplies => {
  const market = offered.map((one) => ({ ...one, price: Math.round(one.price * 1e6) }))
  const flags = {
    expander: ['least-waste'] as const,
    tiers: undefined,
    balanceSimilarNodeGroups: false,
  }
  return getOrThrow(
    provisionBesideProfiles(
      { documents, inputWith: (more) => readKubernetes([...documents, ...more]) },
      getOrThrow(readFargateProfiles([])),
      market,
      { minds, groups: [], search: {}, flags, ...options },
    ),
  ).supplies
}

/** The number of a quantity in thousandths or in MiB. */
const amount = (text: string): number =>
  text.endsWith('m') ? Number(text.slice(0, -1)) : Number.parseInt(text)

/** A type as a scenario describes it: written here anew, by the published formulas. */
const typeLine = ({ type }: (typeof sizes)[number]) => {
  const left = allocatable(type)
  const visible = Math.floor(
    ((type.memoryMiB - (type.architecture === 'arm64' ? 64 : 0)) * 925) / 1000,
  )
  const [, category, generation, , size] = /^([a-z])(\d)([a-z]?)\.(.*)$/.exec(type.name)!
  return {
    name: type.name,
    capacity: {
      cpu: String(type.vcpus),
      memory: `${visible}Mi`,
      pods: left['pods'],
      'ephemeral-storage': '20Gi',
    },
    overhead: {
      cpu: `${type.vcpus * 1000 - amount(left['cpu']!)}m`,
      memory: `${visible - amount(left['memory']!)}Mi`,
      'ephemeral-storage': '3Gi',
    },
    labels: {
      'kubernetes.io/arch': [type.architecture === 'arm64' ? 'arm64' : 'amd64'],
      'topology.kubernetes.io/region': ['us-east-1'],
      'karpenter.k8s.aws/instance-category': [category],
      'karpenter.k8s.aws/instance-generation': [generation],
      'karpenter.k8s.aws/instance-family': [type.name.split('.')[0]],
      'karpenter.k8s.aws/instance-size': [size],
      'karpenter.k8s.aws/instance-cpu': [String(type.vcpus)],
      'karpenter.k8s.aws/instance-memory': [String(type.memoryMiB)],
      'karpenter.k8s.aws/instance-cpu-manufacturer': [
        type.architecture === 'arm64' ? 'aws' : 'intel',
      ],
      'karpenter.k8s.aws/instance-gpu-count': [],
    },
    volumeLimits: { 'ebs.csi.aws.com': 26 },
    offerings: offered
      .filter((one) => one.type === type)
      .map(({ zone, capacityType, price }) => ({ zone, capacityType, price })),
    nodePools: [],
  }
}

/** The types as scenarios describe them. */
export const scenarioTypes = () => sizes.map(typeLine)
