/**
 * Defines the types and codecs of a capacity provider over an Auto Scaling group, as the API spells
 * it.
 *
 * Source: Amazon ECS API Reference, CapacityProvider, AutoScalingGroupProvider, ManagedScaling.
 */
import { oneOf, optional, record, text, whole, type Codec } from '@stowage/documents'
import * as t from 'io-ts'
import { CapacityProviderName } from '../words/placement.js'

const switches = ['ENABLED', 'DISABLED'] as const
type Switch = (typeof switches)[number]

/** How a provider scales its group. */
export interface ManagedScaling {
  readonly status?: Switch | undefined
  readonly targetCapacity?: number | undefined
  readonly minimumScalingStepSize?: number | undefined
  readonly maximumScalingStepSize?: number | undefined
  /** In seconds. */
  readonly instanceWarmupPeriod?: number | undefined
}

/** The bounds of its numbers, both included. */
export const managedScalingBounds = {
  targetCapacity: [1, 100],
  minimumScalingStepSize: [1, 10_000],
  maximumScalingStepSize: [1, 10_000],
  instanceWarmupPeriod: [0, 10_000],
} as const

const fieldWithin = ([min, max]: readonly [number, number]): Codec<number | undefined> =>
  optional(whole(`a whole number from ${min} to ${max}`, min, max))

export const ManagedScaling: Codec<ManagedScaling> = record<ManagedScaling>(
  'a setting of managed scaling',
  {
    status: optional(oneOf<Switch>(switches)),
    targetCapacity: fieldWithin(managedScalingBounds.targetCapacity),
    minimumScalingStepSize: fieldWithin(managedScalingBounds.minimumScalingStepSize),
    maximumScalingStepSize: fieldWithin(managedScalingBounds.maximumScalingStepSize),
    instanceWarmupPeriod: fieldWithin(managedScalingBounds.instanceWarmupPeriod),
  },
)

/** What a provider does with its group; without the group it is an update. */
export interface AutoScalingGroupUpdate {
  readonly managedScaling?: ManagedScaling | undefined
  readonly managedTerminationProtection?: Switch | undefined
  readonly managedDraining?: Switch | undefined
}

const updateFields = {
  managedScaling: optional(ManagedScaling),
  managedTerminationProtection: optional(oneOf<Switch>(switches)),
  managedDraining: optional(oneOf<Switch>(switches)),
}
export const AutoScalingGroupUpdate: Codec<AutoScalingGroupUpdate> = record<AutoScalingGroupUpdate>(
  'what a provider does with its Auto Scaling group',
  updateFields,
)

/** The group of a provider, and what it does with it. */
export interface AutoScalingGroupProvider extends AutoScalingGroupUpdate {
  readonly autoScalingGroupArn: string
}
export const AutoScalingGroupProvider: Codec<AutoScalingGroupProvider> =
  record<AutoScalingGroupProvider>('an Auto Scaling group and what a provider does with it', {
    ...updateFields,
    autoScalingGroupArn: text,
  })

/** A capacity provider, as `describe-capacity-providers` prints it. */
export interface CapacityProvider {
  readonly name: string
  /** PROVISIONING, ACTIVE, DEPROVISIONING or INACTIVE; the guides speak of UPDATING too. */
  readonly status?: string | undefined
  readonly autoScalingGroupProvider?: AutoScalingGroupProvider | undefined
  /** Present for a provider of Managed Instances. */
  readonly managedInstancesProvider?: unknown
  /** The cluster that alone may use a provider of Managed Instances. */
  readonly cluster?: string | undefined
}
export const CapacityProvider: Codec<CapacityProvider> = record<CapacityProvider>(
  'a capacity provider',
  {
    name: CapacityProviderName,
    status: optional(text),
    autoScalingGroupProvider: optional(AutoScalingGroupProvider),
    managedInstancesProvider: optional(t.unknown),
    cluster: optional(text),
  },
)

/** The name of the group in an ARN, which ends in `autoScalingGroupName/NAME`; a name is itself. */
export const groupNameIn = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1)

/** The setting with what the API fills in: managed scaling is off unless it is set. */
export const withProviderDefaults = (
  provider: AutoScalingGroupProvider,
): AutoScalingGroupProvider & Required<Pick<AutoScalingGroupProvider, 'managedScaling'>> => {
  const { managedScaling = { status: 'DISABLED' } } = provider
  return {
    ...provider,
    managedScaling: {
      status: managedScaling.status ?? 'ENABLED',
      targetCapacity: managedScaling.targetCapacity ?? 100,
      minimumScalingStepSize: managedScaling.minimumScalingStepSize ?? 1,
      maximumScalingStepSize: managedScaling.maximumScalingStepSize ?? 10_000,
      instanceWarmupPeriod: managedScaling.instanceWarmupPeriod ?? 300,
    },
    managedTerminationProtection: provider.managedTerminationProtection ?? 'DISABLED',
    managedDraining: provider.managedDraining ?? 'ENABLED',
  }
}
