/**
 * Subnets, as `aws ec2 describe-subnets` prints them: they alone tell in which zone a subnet is.
 *
 * Source: Amazon EC2 API Reference, Subnet.
 */
import { nonEmptyText, record, type Codec } from '@stowage/documents'

export interface Subnet {
  readonly SubnetId: string
  readonly AvailabilityZone: string
}
export const Subnet: Codec<Subnet> = record<Subnet>('a subnet', {
  SubnetId: nonEmptyText('the id of a subnet'),
  AvailabilityZone: nonEmptyText('an availability zone'),
})

/** By id. */
export type SubnetZones = ReadonlyMap<string, string>

/**
 * The zones of these subnets; nothing, where that of one of them is not known, or where there are
 * none.
 */
export const zonesOf = (
  subnets: readonly string[],
  zones: SubnetZones,
): readonly string[] | undefined => {
  const known = subnets.flatMap((subnet) => zones.get(subnet) ?? [])
  return known.length > 0 && known.length === subnets.length ? known : undefined
}
