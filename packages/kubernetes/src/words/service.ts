/**
 * Defines the types and codecs of (1) Services, whose selectors group pods for default spreading,
 * and (2) namespaces, whose labels pod affinity selects.
 */
import { dictionary, optional, record, text, type Codec } from '@stowage/documents'
import type { Labels } from './label-selector.js'
import { Metadata } from './metadata.js'

/** A pod must have all labels of the selector; a service without a selector selects no pod. */
export interface Service {
  readonly metadata: Metadata
  readonly spec: { readonly selector: Labels | undefined } | undefined
}
export const Service: Codec<Service> = record('an object', {
  metadata: Metadata,
  spec: optional(record('an object', { selector: optional(dictionary(text)) })),
})

/** A namespace with its labels. */
export interface Namespace {
  readonly metadata: Metadata
}
export const Namespace: Codec<Namespace> = record('an object', { metadata: Metadata })
