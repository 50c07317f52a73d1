/**
 * Selects the known instance types that meet the requirements of a Managed Instances capacity
 * provider, the smallest first. Considers vCPU, memory, and allowed and excluded type names; lists
 * the other requirements, which are ignored.
 *
 * Source: Amazon ECS API Reference, InstanceRequirementsRequest.
 */
import { isObject, own } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import type { CapacityProvider } from './capacity-provider.js'
import { ManagedInstancesProvider, meetsRequirements } from './managed-instances.js'

/** An instance type with what requirements ask of it. */
export interface KnownType {
  readonly name: string
  readonly vcpus: number
  readonly memoryMiB: number
}

/** The types, the smallest first, and the requirements that are not read. */
export interface ManagedTypes<Type> {
  readonly types: readonly Type[]
  readonly unread: readonly string[]
}

const readRequirements: readonly string[] = [
  ...['vCpuCount', 'memoryMiB', 'allowedInstanceTypes', 'excludedInstanceTypes'],
]

/** `undefined` for a provider of another kind, and for one that has no requirements. */
export const managedTypes = <Type extends KnownType>(
  { managedInstancesProvider }: CapacityProvider,
  known: readonly Type[],
): ManagedTypes<Type> | undefined => {
  const decoded = ManagedInstancesProvider.decode(managedInstancesProvider)
  const template = isObject(managedInstancesProvider)
    ? own(managedInstancesProvider, 'instanceLaunchTemplate')
    : undefined
  const written = isObject(template) ? own(template, 'instanceRequirements') : undefined
  const requirements = E.isRight(decoded)
    ? decoded.right.instanceLaunchTemplate.instanceRequirements
    : undefined
  if (requirements === undefined || !isObject(written)) return undefined
  return {
    types: known
      .filter((type) => meetsRequirements(type, requirements))
      .sort((a, b) => a.vcpus - b.vcpus || a.memoryMiB - b.memoryMiB),
    unread: Object.keys(written).filter((field) => !readRequirements.includes(field)),
  }
}
