/**
 * Validates a capacity provider: the form of its name, which must not begin with `aws`, `ecs` or
 * `fargate`, and settings that exclude each other. For example, managed termination protection
 * needs managed scaling.
 *
 * Source: Amazon ECS API Reference, CreateCapacityProvider, AutoScalingGroupProvider and
 * ManagedScaling.
 */
import type {
  AutoScalingGroupUpdate,
  CapacityProvider,
  ManagedScaling,
} from './capacity-provider.js'
import type { Complaint } from '../words/complaint.js'

const providerNameMax = 255

/** All complaints about a provider. */
export const checkCapacityProvider = ({
  name,
  autoScalingGroupProvider,
}: CapacityProvider): readonly Complaint[] => [
  ...(/^[A-Za-z0-9_-]+$/.test(name) && name.length <= providerNameMax
    ? []
    : [
        {
          at: ['name'],
          expected: `1 to ${providerNameMax} letters, digits, hyphens and underscores`,
        },
      ]),
  ...(/^(aws|ecs|fargate)/i.test(name)
    ? [{ at: ['name'], expected: 'a name that does not begin with aws, ecs or fargate' }]
    : []),
  ...(autoScalingGroupProvider === undefined
    ? []
    : checkGroupUpdate(autoScalingGroupProvider).map((complaint) => ({
        ...complaint,
        at: ['autoScalingGroupProvider', ...complaint.at],
      }))),
]

/** All complaints about what a provider does with its group. */
export const checkGroupUpdate = ({
  managedScaling,
  managedTerminationProtection,
}: AutoScalingGroupUpdate): readonly Complaint[] => [
  ...(managedScaling === undefined ? [] : checkStepSizes(managedScaling)),
  ...(managedTerminationProtection === 'ENABLED' && !isScaled(managedScaling)
    ? [
        {
          at: ['managedTerminationProtection'],
          expected: 'DISABLED, as managed scaling is not ENABLED',
        },
      ]
    : []),
]

/** Managed scaling that is set without a status is taken to be on. */
const isScaled = (setting: ManagedScaling | undefined): boolean =>
  setting !== undefined && (setting.status ?? 'ENABLED') === 'ENABLED'

const checkStepSizes = ({
  minimumScalingStepSize: least = 1,
  maximumScalingStepSize: most = 10_000,
}: ManagedScaling): readonly Complaint[] =>
  least <= most
    ? []
    : [
        {
          at: ['managedScaling', 'minimumScalingStepSize'],
          expected: `at most the maximumScalingStepSize, ${most}`,
        },
      ]
