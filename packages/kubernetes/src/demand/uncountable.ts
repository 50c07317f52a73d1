/**
 * Checks that the kernel can count a pod exactly. A sum of requests, of held resources, or of
 * requests for scoring that is too large for exact arithmetic is an error.
 */
import { amountMax, type Malformed } from '@stowage/kernel'
import { amountIn } from '../words/amounts.js'
import { podHolds, type PodWithStatus } from './resized.js'
import { podRequests } from './requests.js'
import { scoredLoad, scoredRequest, scoredResources } from './scored.js'

/** One error for each resource whose sum is too large; `at` is the path of the spec. */
export const uncountableSums = (
  pod: PodWithStatus,
  at: readonly (string | number)[],
): readonly Malformed[] => {
  const sums = [
    ...podRequests(pod.spec),
    ...podHolds(pod),
    ...scoredResources.map((resource) => [resource, scoredRequest(pod.spec, resource)] as const),
    ...scoredResources.map((resource) => [resource, scoredLoad(pod, resource)] as const),
  ]
  const large = sums.filter(([resource, quantity]) => amountIn(resource, quantity) > amountMax)
  return [...new Set(large.map(([resource]) => resource))].map((resource) => ({
    at: [...at, 'containers'],
    found: `${resource} that sums up to 2^53/100 or more`,
    expected: 'a sum below 2^53/100 of the smallest unit',
  }))
}
