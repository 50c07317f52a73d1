/**
 * Converts the deprecated AppArmor annotations of a pod to the field `appArmorProfile` of the
 * security context of its containers, unless a container already has that field.
 *
 * Source: Kubernetes documentation, "Restrict a Container's Access to Resources with AppArmor".
 */
import type { WireContainer, WirePod } from '../wire/objects.js'
import type { WireProfile } from '../wire/security.js'
import { withSpec } from './plugin.js'

const prefix = 'container.apparmor.security.beta.kubernetes.io/'

/** The pod with the profiles of its annotations, where a container has none of its own. */
export const withAppArmor = (pod: WirePod): WirePod => {
  const annotations = pod.metadata?.annotations ?? {}
  if (!Object.keys(annotations).some((key) => key.startsWith(prefix))) return pod
  const container = (one: WireContainer): WireContainer => {
    const key = `${prefix}${one.name ?? ''}`
    const profile = Object.hasOwn(annotations, key) ? armorProfile(annotations[key]!) : undefined
    const { securityContext = {} } = one
    return profile === undefined || Object.hasOwn(securityContext, 'appArmorProfile')
      ? one
      : { ...one, securityContext: { ...securityContext, appArmorProfile: profile } }
  }
  return withSpec(pod, (spec) => ({
    ...spec,
    containers: (spec.containers ?? []).map(container),
    ...(spec.initContainers === undefined
      ? {}
      : { initContainers: spec.initContainers.map(container) }),
  }))
}

const armorProfile = (text: string): WireProfile | undefined => {
  if (text === 'unconfined') return { type: 'Unconfined' }
  if (text === 'runtime/default') return { type: 'RuntimeDefault' }
  return text.startsWith('localhost/')
    ? { type: 'Localhost', localhostProfile: text.slice('localhost/'.length) }
    : undefined
}
