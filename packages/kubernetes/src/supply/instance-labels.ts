/**
 * Derives the labels that Karpenter gives the nodes of an EC2 instance type from the name and the
 * size of the type. For example, a node of `m7g.large` has `karpenter.k8s.aws/instance-family=m7g`,
 * `instance-size=large` and `instance-cpu=2`.
 *
 * Source: Karpenter documentation for AWS, "NodePools" (well-known labels of karpenter.k8s.aws).
 */
import type { Ec2InstanceType } from '@stowage/fargate'

const domain = 'karpenter.k8s.aws'

/** Labels of types whose values are known here; those of `unknownTypeLabels` are not. */
export const typeLabelKeys: readonly string[] = [
  'category',
  'cpu',
  'cpu-manufacturer',
  'family',
  'generation',
  'gpu-count',
  'memory',
  'size',
].map((name) => `${domain}/instance-${name}`)

/** Labels of types that Karpenter knows on AWS, and of which nothing is known here. */
export const unknownTypeLabels: readonly string[] = [
  ...[
    'accelerator-count',
    'accelerator-manufacturer',
    'accelerator-name',
    'capability-flex',
    'cpu-sustained-clock-speed-mhz',
    'ebs-bandwidth',
    'encryption-in-transit-supported',
    'gpu-manufacturer',
    'gpu-memory',
    'gpu-name',
    'hypervisor',
    'local-nvme',
    'network-bandwidth',
    'tenancy',
  ].map((name) => `${domain}/instance-${name}`),
  'topology.k8s.aws/zone-id',
]

/** The values of a label; none: nodes of the type do not have it. */
export const typeLabels = (type: Ec2InstanceType): ReadonlyMap<string, readonly string[]> => {
  const [family = '', ...sizes] = type.name.split('.')
  const [start = '', category = '', generation = ''] = familyShape.exec(family) ?? []
  const traits = start === '' ? '' : family.slice(start.length)
  const all: readonly (readonly [string, string | undefined])[] = [
    ['category', category],
    ['cpu', String(type.vcpus)],
    ['cpu-manufacturer', makerOf(type, category, traits)],
    ['family', family],
    ['generation', generation],
    ['gpu-count', type.gpus > 0 ? String(type.gpus) : undefined],
    ['memory', String(type.memoryMiB)],
    ['size', sizes.join('.')],
  ]
  return new Map(
    all.map(([name, value]) => [
      `${domain}/instance-${name}`,
      value === undefined || value === '' ? [] : [value],
    ]),
  )
}

/** As in `m7g`, `x2iedn` and `u-6tb1`: letters, a size in terabytes, a generation, its traits. */
const familyShape = /^([a-z]+)(?:-\d+tb)?(\d+)/

/** Names of accelerated types do not tell whether their CPU is of Intel or of AMD. */
const acceleratedCategories: readonly string[] = ['dl', 'f', 'g', 'inf', 'p', 'trn', 'vt']

const makerOf = (
  { architecture }: Ec2InstanceType,
  category: string,
  traits: string,
): string | undefined => {
  if (architecture === 'arm64') return 'aws'
  if (traits.includes('a')) return 'amd'
  return acceleratedCategories.includes(category) ? undefined : 'intel'
}
