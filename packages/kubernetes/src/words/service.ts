/**
 * What tells which pods belong together: services, and the selectors of controllers that are
 * nothing else to scheduling.
 */
import { dictionary, optional, text, type Codec } from '@stowage/documents'
import * as t from 'io-ts'
import type { Labels } from './label-selector.js'
import { Metadata } from './metadata.js'

/** A selector of labels, all of which a pod must have; a service without one takes nothing. */
export interface Service {
  readonly metadata: Metadata
  readonly spec: { readonly selector: Labels | undefined } | undefined
}
/** A Service, or a ReplicationController. */
export const Service: Codec<Service> = t.type({
  metadata: Metadata,
  spec: optional(t.type({ selector: optional(dictionary(text)) }, 'an object')),
})

export interface Namespace {
  readonly metadata: Metadata
}
export const Namespace: Codec<Namespace> = t.type({ metadata: Metadata })
