/** Wraps `provision`, which plans which nodes to launch, for callers that use no Either. */
import type { Draft } from '../cluster/draft.js'
import type { Offering, SupplyOptions } from '../provision/offering.js'
import { provision as provisionOrFault } from '../provision/provision.js'
import type { SupplyPlan } from '../provision/supply-plan.js'
import type { PlaceRequest } from '../rule/answer.js'
import type { MalformedValue } from '../rule/malformed.js'
import { resultOf } from './from-fp-ts.js'
import type { Result } from './result.js'

/**
 * Plans nodes for the requests, which are placed on no node that is there. Changes nothing. Fails
 * for an offering that is wrong, with its path from the list. Throws for an unknown class.
 */
export const provision = (
  draft: Draft,
  requests: readonly Pick<PlaceRequest, 'class' | 'count'>[],
  offerings: readonly Offering[],
  options?: SupplyOptions,
): Result<SupplyPlan, MalformedValue> =>
  resultOf(provisionOrFault(draft, requests, offerings, options))
