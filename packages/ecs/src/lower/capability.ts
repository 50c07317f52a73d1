/**
 * Reads the capabilities among the attributes of instances and of task definitions, and compares
 * versions of the Docker Remote API. An instance that lists a version has every older one.
 *
 * Source: aws/amazon-ecs-agent, agent_capability.go.
 */
import type { Attribute } from '../words/container-instance.js'
import type { TaskDefinition } from '../words/task-definition.js'

export const olderPrefix = 'com.amazonaws.ecs.capability.'
export const capabilityPrefix = 'ecs.capability.'
export const dockerPrefix = `${olderPrefix}docker-remote-api.`

/**
 * True for an attribute by which an agent registers a capability. Instances that were written by
 * hand or generated list none.
 */
export const isCapability = (name: string): boolean =>
  name.startsWith(capabilityPrefix) || name.startsWith(olderPrefix)

/** The version of the Docker Remote API in a name; `undefined` for another name. */
export const dockerVersionIn = (name: string): string | undefined =>
  name.startsWith(dockerPrefix) ? name.slice(dockerPrefix.length) : undefined

/** The newest version of the Docker Remote API among attributes; `undefined` for none. */
export const newestDockerVersion = (attributes: readonly Attribute[]): string | undefined =>
  attributes
    .flatMap(({ name }) => dockerVersionIn(name) ?? [])
    .reduce<
      string | undefined
    >((newest, one) => (newest === undefined || isNewer(one, newest) ? one : newest), undefined)

/** Whether a version such as 1.24 is newer than another. */
const isNewer = (one: string, other: string): boolean => {
  const [major = 0, minor = 0] = one.split('.').map(Number)
  const [otherMajor = 0, otherMinor = 0] = other.split('.').map(Number)
  return major > otherMajor || (major === otherMajor && minor > otherMinor)
}

/** Whether attributes have a version of the Docker Remote API, or a newer one. */
export const hasDockerVersion = (attributes: readonly Attribute[], version: string): boolean => {
  const newest = newestDockerVersion(attributes)
  return newest !== undefined && !isNewer(version, newest)
}

/** What an instance must have: as registration printed it, or as it was derived here. */
export interface RequiredAttributes {
  readonly attributes: readonly Attribute[]
  readonly isDerived: boolean
}

/** The attributes that a definition requires: those that it prints, or those that were derived. */
export const requiredAttributes = ({
  requiresAttributes,
  derivedAttributes = [],
}: TaskDefinition): RequiredAttributes => ({
  attributes: requiresAttributes ?? derivedAttributes,
  isDerived: requiresAttributes === undefined,
})
