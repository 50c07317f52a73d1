/**
 * Resource names as dimensions: the kernel itself calls cpu and memory so. The scorer keeps sums of
 * its own of these two, which are dimensions of their own.
 *
 * Source: Kubernetes documentation, "Resource Management for Pods and Containers" (extended
 * resources, huge pages).
 */
import { internDimension, type DimensionId, type Draft } from '@stowage/kernel'
import { isLabelKey } from '../words/label.js'
import type { ScoredResource } from './scored.js'

export const dimensionOf = (draft: Draft, resource: string): DimensionId =>
  internDimension(draft, resource)

export const scoredDimension = (draft: Draft, resource: ScoredResource): DimensionId =>
  internDimension(draft, `${resource} as scored`)

/**
 * A name with a domain. Those under `requests.` are names of quotas, and one that is no qualified
 * name is nothing at all.
 */
const isPrefixed = (resource: string): boolean =>
  resource.includes('kubernetes.io/') ||
  (resource.includes('/') &&
    !resource.startsWith('requests.') &&
    isLabelKey(`requests.${resource}`))

/**
 * Whether the scheduler counts a resource of this name at all; a name such as `foo` is nothing to
 * it.
 */
export const isCounted = (resource: string): boolean =>
  resource === 'cpu' ||
  resource === 'memory' ||
  resource === 'ephemeral-storage' ||
  resource.startsWith('hugepages-') ||
  resource.startsWith('attachable-volumes-') ||
  isPrefixed(resource)

/** A resource of somebody else than Kubernetes. */
export const isExtended = (resource: string): boolean =>
  isPrefixed(resource) && !resource.includes('kubernetes.io/')
