/**
 * Validates a network configuration in a call or a service: at most 16 subnets and 5 security
 * groups.
 *
 * Source: Amazon ECS API Reference, AwsVpcConfiguration.
 */
import type { Complaint } from '../words/complaint.js'
import type { NetworkConfiguration } from '../words/network-configuration.js'

const subnetsMax = 16
const securityGroupsMax = 5

/** A complaint for each list that is too long. */
export const checkNetworkLists = (
  configuration: NetworkConfiguration | undefined,
): readonly Complaint[] => {
  const { subnets = [], securityGroups = [] } = configuration?.awsvpcConfiguration ?? {}
  return [
    ...checkListLength('subnets', subnets, subnetsMax),
    ...checkListLength('securityGroups', securityGroups, securityGroupsMax),
  ]
}

const checkListLength = (
  field: string,
  items: readonly unknown[],
  max: number,
): readonly Complaint[] =>
  items.length <= max
    ? []
    : [
        {
          at: ['networkConfiguration', 'awsvpcConfiguration', field],
          found: `${items.length} of them`,
          expected: `at most ${max}`,
        },
      ]
