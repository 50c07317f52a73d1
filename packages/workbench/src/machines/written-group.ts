/**
 * Defines the types and codecs of node groups in each input format: Stowage's own list, node groups
 * as Amazon EKS describes them, and CloudFormation resources (`AWS::EKS::Nodegroup` and
 * `AWS::AutoScaling::AutoScalingGroup`). All formats are converted to the same record.
 *
 * Source: Amazon EKS API Reference, Nodegroup; AWS CloudFormation Template Reference; Cluster
 * Autoscaler on AWS (tags of node templates).
 */
import {
  closedRecord,
  codecOf,
  dictionary,
  isObject,
  list,
  listOrEmpty,
  nonEmptyText,
  omittable,
  oneOf,
  optional,
  own,
  record,
  text,
  valueAt,
  whole,
  type Codec,
} from '@stowage/documents'

const taintEffects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] as const

/** A taint of the nodes of a group. */
interface GroupTaint {
  readonly key: string
  readonly value: string | undefined
  readonly effect: (typeof taintEffects)[number]
}

/** A node group as it is written; its type is not looked up yet. */
export interface WrittenGroup {
  readonly name: string
  /** The first counts, as for the Cluster Autoscaler. */
  readonly types: readonly string[]
  readonly zones: readonly string[]
  readonly capacityType: 'on-demand' | 'spot' | undefined
  readonly min: number
  readonly max: number
  readonly labels: ReadonlyMap<string, string>
  readonly taints: readonly GroupTaint[]
}

const sizeMax = 100_000
const size = whole(`a whole number from 0 to ${sizeMax}`, 0, sizeMax)
const name = nonEmptyText('the name of a node group')
const types = list('a list of instance types, at least one', text, 1)

const OwnTaint: Codec<GroupTaint> = closedRecord<GroupTaint>('a taint', {
  ...{ key: text, value: omittable(text), effect: oneOf(taintEffects) },
})

/** An item of `groups` in a file of our own. */
export const OwnGroup: Codec<WrittenGroup> = closedRecord<WrittenGroup>('a node group', {
  ...{ name, types, zones: listOrEmpty(text) },
  capacityType: omittable(oneOf(['on-demand', 'spot'] as const)),
  ...{ min: size, max: size, labels: dictionary(text), taints: listOrEmpty(OwnTaint) },
})

const eksEffects: Readonly<Record<string, GroupTaint['effect']>> = {
  ...{ NO_SCHEDULE: 'NoSchedule', NO_EXECUTE: 'NoExecute' },
  PREFER_NO_SCHEDULE: 'PreferNoSchedule',
}
const EksEffect: Codec<GroupTaint['effect']> = codecOf(
  `one of ${Object.keys(eksEffects).join(', ')}`,
  (value) => (typeof value === 'string' ? eksEffects[value] : undefined),
)
const EksCapacity: Codec<'on-demand' | 'spot'> = codecOf('ON_DEMAND or SPOT', (value) =>
  value === 'ON_DEMAND' ? 'on-demand' : value === 'SPOT' ? 'spot' : undefined,
)

interface EksGroup {
  readonly nodegroupName: string
  readonly instanceTypes: readonly string[]
  readonly capacityType: WrittenGroup['capacityType']
  readonly scalingConfig: { readonly minSize: number; readonly maxSize: number }
  readonly labels: ReadonlyMap<string, string>
  readonly taints: readonly GroupTaint[]
}
/** A group as `aws eks describe-nodegroup` prints it. */
export const EksGroup: Codec<EksGroup> = record<EksGroup>('a node group', {
  ...{ nodegroupName: name, instanceTypes: types, capacityType: optional(EksCapacity) },
  scalingConfig: record('sizes', { minSize: size, maxSize: size }),
  labels: dictionary(text),
  taints: listOrEmpty(
    record<GroupTaint>('a taint', { key: text, value: optional(text), effect: EksEffect }),
  ),
})

/** The record of a group of EKS. */
export const groupOfEks = (group: EksGroup): WrittenGroup => {
  const { nodegroupName, instanceTypes, capacityType, scalingConfig, labels, taints } = group
  return {
    ...{ name: nodegroupName, types: instanceTypes, zones: [], capacityType, labels, taints },
    ...{ min: scalingConfig.minSize, max: scalingConfig.maxSize },
  }
}

interface ScalingGroup {
  readonly AutoScalingGroupName: string | undefined
  readonly MinSize: number
  readonly MaxSize: number
  readonly AvailabilityZones: readonly string[]
  readonly Tags: readonly { readonly Key: string; readonly Value: string }[]
}
/** CloudFormation writes numbers as texts, too. */
const textSize: Codec<number> = codecOf(`a whole number from 0 to ${sizeMax}`, (value) => {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  return size.is(number) ? number : undefined
})

/** The properties of an Auto Scaling group, beside its instance types. */
export const ScalingGroup: Codec<ScalingGroup> = record<ScalingGroup>('an Auto Scaling group', {
  ...{ AutoScalingGroupName: optional(text), MinSize: textSize, MaxSize: textSize },
  AvailabilityZones: listOrEmpty(text),
  Tags: listOrEmpty(record('a tag', { Key: text, Value: text })),
})

const templateTag = 'k8s.io/cluster-autoscaler/node-template/'

/** The record of an Auto Scaling group; labels and taints are those that its tags announce. */
export const groupOfScaling = (
  id: string,
  { AutoScalingGroupName, MinSize, MaxSize, AvailabilityZones, Tags }: ScalingGroup,
  instanceTypes: readonly string[],
): WrittenGroup => ({
  ...{ name: AutoScalingGroupName ?? id, types: instanceTypes, zones: AvailabilityZones },
  ...{ capacityType: undefined, min: MinSize, max: MaxSize },
  labels: new Map(tagsUnder(Tags, `${templateTag}label/`)),
  taints: tagsUnder(Tags, `${templateTag}taint/`).flatMap(([key, written]) => {
    const [value = '', effect = ''] = written.split(':')
    const known = taintEffects.find((one) => one === effect)
    return known === undefined
      ? []
      : [{ key, value: value === '' ? undefined : value, effect: known }]
  }),
})

const tagsUnder = (
  tags: ScalingGroup['Tags'],
  prefix: string,
): readonly (readonly [key: string, value: string])[] =>
  tags.flatMap(({ Key, Value }) =>
    Key.startsWith(prefix) ? [[Key.slice(prefix.length), Value] as const] : [],
  )

/** The instance types of an Auto Scaling group: its overrides, or that of its launch template. */
export const scalingTypes = (resources: object, properties: unknown): readonly string[] => {
  const mixed = valueAt(properties, ['MixedInstancesPolicy', 'LaunchTemplate'])
  const overrides = valueAt(mixed, ['Overrides'])
  const own = (Array.isArray(overrides) ? overrides : []).flatMap((one: unknown) => {
    const type = valueAt(one, ['InstanceType'])
    return typeof type === 'string' ? [type] : []
  })
  if (own.length > 0) return own
  const reference =
    valueAt(mixed, ['LaunchTemplateSpecification']) ?? valueAt(properties, ['LaunchTemplate'])
  const id = valueAt(reference, ['LaunchTemplateId', 'Ref'])
  const template = typeof id === 'string' ? ownResource(resources, id) : undefined
  const type = valueAt(template, ['Properties', 'LaunchTemplateData', 'InstanceType'])
  return typeof type === 'string' ? [type] : []
}

const ownResource = (resources: object, id: string): unknown => {
  const found = own(resources, id)
  return isObject(found) ? found : undefined
}
