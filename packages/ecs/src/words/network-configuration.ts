/**
 * Defines the type and codec of the network configuration (subnets and security groups) of tasks in
 * `awsvpc` mode, which have a network interface of their own.
 *
 * Source: Amazon ECS API Reference, NetworkConfiguration and AwsVpcConfiguration.
 */
import { list, nonEmptyText, oneOf, optional, record, type Codec } from '@stowage/documents'

/** What the network interface of a task has. */
export interface AwsvpcConfiguration {
  readonly subnets: readonly string[]
  readonly securityGroups?: readonly string[] | undefined
  /** Whether the interface gets a public address; `DISABLED` by default. */
  readonly assignPublicIp?: 'ENABLED' | 'DISABLED' | undefined
}
const AwsvpcConfiguration: Codec<AwsvpcConfiguration> = record<AwsvpcConfiguration>(
  'a configuration of awsvpc',
  {
    subnets: list('a list of subnets, at least one', nonEmptyText('the id of a subnet'), 1),
    securityGroups: optional(list('a list of security groups', nonEmptyText('the id of a group'))),
    assignPublicIp: optional(oneOf(['ENABLED', 'DISABLED'] as const)),
  },
)

/** The field `networkConfiguration` of a service or of a call. */
export interface NetworkConfiguration {
  readonly awsvpcConfiguration?: AwsvpcConfiguration | undefined
}
export const NetworkConfiguration: Codec<NetworkConfiguration> = record<NetworkConfiguration>(
  'a network configuration',
  { awsvpcConfiguration: optional(AwsvpcConfiguration) },
)

/** The subnets of a service or of a call; empty when it names none. */
export const subnetsIn = ({
  networkConfiguration,
}: {
  readonly networkConfiguration?: NetworkConfiguration | undefined
}): readonly string[] => networkConfiguration?.awsvpcConfiguration?.subnets ?? []
