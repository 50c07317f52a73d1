/**
 * Maps resource names to dimensions (the kernel's ids of resources), and says which names the
 * scheduler counts. cpu and memory have two dimensions each, one for filters and one for scores,
 * because filters and scores sum requests differently.
 *
 * Source: Kubernetes documentation, "Resource Management for Pods and Containers" (extended
 * resources, huge pages).
 */
import { internDimension, type DimensionId, type Draft } from '@stowage/kernel'
import { isLabelKey } from '../words/label.js'
import type { ScoredResource } from './scored.js'

/** The dimension of a resource. */
export const dimensionOf = (draft: Draft, resource: string): DimensionId =>
  internDimension(draft, resource)

/** The dimension in which scores sum this resource. */
export const scoredDimension = (draft: Draft, resource: ScoredResource): DimensionId =>
  internDimension(draft, `${resource} as scored`)

/**
 * The dimension in which an extended resource is checked that a DeviceClass meets: a node without
 * the resource has no limit in it, because devices may meet the request there.
 */
export const metDimension = (draft: Draft, resource: string): DimensionId =>
  internDimension(draft, `${resource} or devices`)

/**
 * Whether a name has a domain. Names under `requests.` belong to quotas, and a name that is not
 * qualified correctly is no resource.
 */
const isPrefixed = (resource: string): boolean =>
  resource.includes('kubernetes.io/') ||
  (resource.includes('/') &&
    !resource.startsWith('requests.') &&
    isLabelKey(`requests.${resource}`))

/** Whether the scheduler counts a resource of this name; it ignores a name such as `foo`. */
export const isCounted = (resource: string): boolean =>
  resource === 'cpu' ||
  resource === 'memory' ||
  resource === 'ephemeral-storage' ||
  resource.startsWith('hugepages-') ||
  resource.startsWith('attachable-volumes-') ||
  isPrefixed(resource)

/** Whether a resource has a domain that is not one of Kubernetes. */
export const isExtended = (resource: string): boolean =>
  isPrefixed(resource) && !resource.includes('kubernetes.io/')
