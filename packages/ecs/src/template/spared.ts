/**
 * Removes unresolved values (unknown before the stack is created) from fields of a CloudFormation
 * template that placement does not need: the network configuration, the deployment configuration,
 * and fields that are only validated, such as `HealthCheck`. An unresolved value in any other field
 * stays, and becomes an error later.
 */
import { isObject } from '@stowage/documents'
import type { Part } from '../words/part.js'
import { propertyOf } from './stack.js'
import { firstUnresolved, isUnresolved } from './unresolved.js'

const networkField = 'NetworkConfiguration'

/**
 * Properties of a task definition, of its containers and of a service that are only checked, and
 * the bounds of a deployment, which have defaults.
 */
const sparedFields: ReadonlySet<string> = new Set([
  'DeploymentConfiguration',
  ...['DisableNetworking', 'DnsSearchDomains', 'DnsServers', 'DockerSecurityOptions', 'ExtraHosts'],
  ...['Hostname', 'IpcMode', 'Links', 'LinuxParameters', 'LogConfiguration', 'PidMode', 'Volumes'],
  ...['DependsOn', 'FirelensConfiguration', 'HealthCheck', 'MountPoints', 'Ulimits', 'VolumesFrom'],
  ...['LoadBalancers', 'ServiceConnectConfiguration', 'ServiceRegistries'],
])

/**
 * The properties of a resource without what a plan does without. A list of volumes that is open
 * has one open item, as a mount point may name any volume of it.
 */
export const withoutSpared = (properties: object): object =>
  Object.fromEntries(
    Object.entries(properties).flatMap(([name, member]: [string, unknown]) => {
      if (name === networkField && firstUnresolved(member) !== undefined) return []
      if (name === 'Volumes' && isUnresolved(member)) return [[name, [member]]]
      if (sparedFields.has(name)) return isUnresolved(member) ? [] : [[name, resolvedPart(member)]]
      return [[name, name === 'ContainerDefinitions' ? sparedInEach(member) : member]]
    }),
  )

const sparedInEach = (containers: unknown): unknown =>
  Array.isArray(containers)
    ? containers.map((container: unknown) =>
        isObject(container) && !isUnresolved(container) ? withoutSpared(container) : container,
      )
    : containers

/** A value without its unresolved members. Items of lists stay: a list is as long as it is. */
const resolvedPart = (value: unknown): unknown => {
  if (isUnresolved(value)) return value
  if (Array.isArray(value)) return value.map(resolvedPart)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => !isUnresolved(member))
      .map(([name, member]) => [name, resolvedPart(member)]),
  )
}

/** What is known of a network that `withoutSpared` removes; nothing when it removes none. */
export const sparedNetwork = (properties: unknown): Pick<Part, 'network' | 'isPublic'> => {
  const network = propertyOf(properties, networkField)
  if (firstUnresolved(network) === undefined) return {}
  const inside =
    propertyOf(network, 'AwsvpcConfiguration') ?? propertyOf(network, 'AwsVpcConfiguration')
  if (!isObject(inside) || isUnresolved(inside)) return { network: 'unknown' }
  const isPublic = propertyOf(inside, 'AssignPublicIp') === 'ENABLED'
  return { network: 'given', ...(isPublic ? { isPublic } : {}) }
}
