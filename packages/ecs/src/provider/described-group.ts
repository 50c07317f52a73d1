/**
 * Defines the type and codec of an Auto Scaling group, as `aws autoscaling
 * describe-auto-scaling-groups` prints it. Also lists the instance types of a group, from its mixed
 * instances policy or else from its instances.
 *
 * Source: Amazon EC2 Auto Scaling API Reference, AutoScalingGroup.
 */
import { list, nonEmptyText, optional, record, text, whole, type Codec } from '@stowage/documents'

/** An instance of a group. */
export interface GroupMember {
  readonly InstanceId: string
  readonly InstanceType?: string | undefined
  readonly AvailabilityZone?: string | undefined
}
const GroupMember: Codec<GroupMember> = record<GroupMember>('an instance of a group', {
  InstanceId: nonEmptyText('the id of an instance'),
  InstanceType: optional(text),
  AvailabilityZone: optional(text),
})

/** The types that a group may have beside that of its launch template. */
export interface MixedInstancesPolicy {
  readonly LaunchTemplate?:
    | {
        readonly Overrides?: readonly { readonly InstanceType?: string | undefined }[] | undefined
      }
    | undefined
}
const MixedInstancesPolicy: Codec<MixedInstancesPolicy> = record<MixedInstancesPolicy>(
  'a policy of mixed instances',
  {
    LaunchTemplate: optional(
      record<NonNullable<MixedInstancesPolicy['LaunchTemplate']>>('a launch template', {
        Overrides: optional(
          list(
            'a list of instance types',
            record<{ readonly InstanceType?: string | undefined }>('an instance type', {
              InstanceType: optional(text),
            }),
          ),
        ),
      }),
    ),
  },
)

/** The fields of a group that are read. */
export interface DescribedGroup {
  readonly AutoScalingGroupName: string
  readonly MinSize: number
  readonly MaxSize: number
  readonly AvailabilityZones?: readonly string[] | undefined
  readonly Instances?: readonly GroupMember[] | undefined
  readonly MixedInstancesPolicy?: MixedInstancesPolicy | undefined
}
const groupSize = whole('a whole number of instances, 0 or more', 0)
export const DescribedGroup: Codec<DescribedGroup> = record<DescribedGroup>(
  'an Auto Scaling group',
  {
    AutoScalingGroupName: nonEmptyText('the name of an Auto Scaling group'),
    MinSize: groupSize,
    MaxSize: groupSize,
    AvailabilityZones: optional(list('a list of availability zones', text)),
    Instances: optional(list('a list of instances', GroupMember)),
    MixedInstancesPolicy: optional(MixedInstancesPolicy),
  },
)

/** The instance types of a group, each once. */
export const typesOfGroup = ({
  MixedInstancesPolicy: policy,
  Instances = [],
}: DescribedGroup): readonly string[] => {
  const overrides = (policy?.LaunchTemplate?.Overrides ?? []).map((one) => one.InstanceType)
  const types = overrides.length > 0 ? overrides : Instances.map((one) => one.InstanceType)
  return [...new Set(types.filter((type) => type !== undefined))]
}

/** Its availability zones, or else those of the instances that it has. */
export const zonesOfGroup = ({
  AvailabilityZones = [],
  Instances = [],
}: DescribedGroup): readonly string[] => {
  const zones =
    AvailabilityZones.length > 0 ? AvailabilityZones : Instances.map((one) => one.AvailabilityZone)
  return [...new Set(zones.filter((zone) => zone !== undefined))]
}
