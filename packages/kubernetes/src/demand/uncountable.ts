/**
 * Checks that the amounts of a pod are small enough for exact arithmetic in the kernel. For each
 * resource, a sum of requests, of held amounts, or of requests for scoring is an error if it is
 * 2^53 / 100 of the smallest unit or more.
 */
import { amountMax, type MalformedValue } from '@stowage/kernel'
import { amountIn } from '../words/amounts.js'
import { podHolds, type PodWithStatus } from './resized.js'
import { podRequests } from './requests.js'
import { scoredLoad, scoredRequest, scoredResources } from './scored.js'

/** One error for each resource whose sum is too large; `at` is the path of the spec. */
export const uncountableSums = (
  pod: PodWithStatus,
  at: readonly (string | number)[],
): readonly MalformedValue[] => {
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
