/**
 * Defines the type and codec of a subnet, as `aws ec2 describe-subnets` prints it. Also looks up
 * the availability zones of subnets, because services and tasks name a subnet only by its id.
 *
 * Source: Amazon EC2 API Reference, Subnet.
 */
import { nonEmptyText, record, type Codec } from '@stowage/documents'

/** A subnet with its availability zone. */
export interface Subnet {
  readonly SubnetId: string
  readonly AvailabilityZone: string
}
export const Subnet: Codec<Subnet> = record<Subnet>('a subnet', {
  SubnetId: nonEmptyText('the id of a subnet'),
  AvailabilityZone: nonEmptyText('an availability zone'),
})

/** The availability zone of each subnet, by subnet id. */
export type SubnetZones = ReadonlyMap<string, string>

/**
 * The zones of the subnets; `undefined` when one of them is unknown, or when there are no subnets.
 */
export const zonesOf = (
  subnets: readonly string[],
  zones: SubnetZones,
): readonly string[] | undefined => {
  const known = subnets.flatMap((subnet) => zones.get(subnet) ?? [])
  return known.length > 0 && known.length === subnets.length ? known : undefined
}
