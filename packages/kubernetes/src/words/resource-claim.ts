/**
 * Types and codecs of ResourceClaims, by which pods claim devices. Only the existence of a claim is
 * read: no device is allocated.
 *
 * Source: Kubernetes documentation, "Dynamic Resource Allocation".
 */
import { optional, record, text, type Codec } from '@stowage/documents'
import { Metadata } from './metadata.js'

/** A claim, of which only the name is read. */
export interface ResourceClaim {
  readonly metadata: Metadata
}
export const ResourceClaim: Codec<ResourceClaim> = record<ResourceClaim>('an object', {
  metadata: Metadata,
})

/**
 * A claim that a pod uses: an existing one by its name, or one that a controller creates for it.
 */
export interface PodResourceClaim {
  readonly name: string
  readonly resourceClaimName: string | undefined
}
export const PodResourceClaim: Codec<PodResourceClaim> = record<PodResourceClaim>('an object', {
  name: text,
  resourceClaimName: optional(text),
})

/** The claim that was created for the pod; without a claim name, none was needed. */
export type PodResourceClaimStatus = PodResourceClaim
export const PodResourceClaimStatus: Codec<PodResourceClaimStatus> = PodResourceClaim
