/**
 * Lists the availability zones that occur in the documents: the zones of subnets, and the attribute
 * `ecs.availability-zone` of container instances.
 */
import { isObject, own, type SourceDocument } from '@stowage/documents'
import { byCodeUnit } from '@stowage/kernel'

/** The zones that the documents name, each once, in code-unit order. */
export const zonesNamed = (documents: readonly SourceDocument[]): readonly string[] =>
  [...new Set(documents.flatMap(({ value }) => zonesOfValue(value)))].sort(byCodeUnit)

const zonesOfValue = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(zonesOfValue)
  if (!isObject(value)) return []
  const attributes = own(value, 'attributes')
  return [
    ...['Subnets', 'containerInstances'].flatMap((key) => listedZones(own(value, key))),
    ...(own(value, 'SubnetId') === undefined ? [] : textOf(own(value, 'AvailabilityZone'))),
    ...(Array.isArray(attributes) ? attributes.flatMap(zoneOfAttribute) : []),
  ]
}

const listedZones = (value: unknown): readonly string[] =>
  Array.isArray(value) ? zonesOfValue(value) : []

const zoneOfAttribute = (attribute: unknown): readonly string[] =>
  isObject(attribute) && own(attribute, 'name') === 'ecs.availability-zone'
    ? textOf(own(attribute, 'value'))
    : []

const textOf = (value: unknown): readonly string[] =>
  typeof value === 'string' && value !== '' ? [value] : []
