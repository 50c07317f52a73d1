/**
 * Refuses a pod on all nodes because of one of its claims, as kube-scheduler does in PreFilter. For
 * example, the claim is missing, or a request names a DeviceClass that does not exist.
 */
import type { Draft, Filter } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import type { FiltersOf } from '../plugin/input.js'
import { errorReason, namedReason, type PluginReason } from '../plugin/reason.js'
import type { Devices } from '../surroundings/devices.js'
import type { DeviceRequest } from '../words/resource-claim.js'
import { claimsOfPod, type PodDeviceClaim } from './pod-claims.js'

/** A filter that refuses all nodes; none when the claims can be looked at. */
export const devicesRefusal: FiltersOf = ({ draft, pod, around: { devices } }) => {
  if (pod.spec.resourceClaims.length === 0) return []
  const found = claimsOfPod(pod, devices)
  if (E.isLeft(found)) return [refusingAll(namedReason(draft, 'DynamicResources', found.left))]
  for (const claim of found.right) {
    const why =
      claim.allocation === undefined ? wrongDeviceRequest(draft, claim, devices) : undefined
    if (why !== undefined) return [refusingAll(why)]
  }
  return []
}

const refusingAll = (why: PluginReason): Filter => ({
  _tag: 'Only',
  ...why,
  removable: false,
  nodes: [],
})

const wrongDeviceRequest = (
  draft: Draft,
  { name, spec }: PodDeviceClaim,
  { classes }: Devices,
): PluginReason | undefined => {
  for (const request of spec.devices.requests) {
    const options = optionsOf(request)
    if (options.length === 0)
      return namedReason(
        draft,
        'DynamicResources',
        `resource claim ${name}, request ${request.name}: unknown request type`,
      )
    for (const [option, className] of options) {
      if (className === '')
        return errorReason(draft, 'DynamicResources', `request ${option}: unsupported request type`)
      if (!classes.has(className))
        return namedReason(
          draft,
          'DynamicResources',
          `request ${option}: device class ${className} does not exist`,
        )
    }
  }
  return undefined
}

/** The class of a request, or of each of its alternatives. */
const optionsOf = ({
  name,
  exactly,
  firstAvailable,
}: DeviceRequest): readonly (readonly [name: string, className: string])[] =>
  exactly === undefined
    ? firstAvailable.map((one) => [`${name}/${one.name}`, one.deviceClassName])
    : [[name, exactly.deviceClassName]]
