/**
 * Claims on devices. Nothing is allocated here: whether a claim is there is all that is read of it.
 *
 * Source: Kubernetes documentation, "Dynamic Resource Allocation".
 */
import { optional, text, type Codec } from '@stowage/documents'
import * as t from 'io-ts'
import { Metadata } from './metadata.js'

export interface ResourceClaim {
  readonly metadata: Metadata
}
export const ResourceClaim: Codec<ResourceClaim> = t.type({ metadata: Metadata })

/** What a pod asks for: a claim by its name, or one of its own, which is made for it. */
export interface PodResourceClaim {
  readonly name: string
  readonly resourceClaimName: string | undefined
}
export const PodResourceClaim: Codec<PodResourceClaim> = t.type(
  { name: text, resourceClaimName: optional(text) },
  'an object',
)

/** What was made for it; without a claim's name it was found that none is needed. */
export type PodResourceClaimStatus = PodResourceClaim
export const PodResourceClaimStatus: Codec<PodResourceClaimStatus> = PodResourceClaim
