/**
 * Types and codecs of (1) Services, whose selectors group pods for default spreading, and (2)
 * namespaces, whose labels pod affinity selects.
 */
import { dictionary, optional, text, type Codec } from '@stowage/documents'
import * as t from 'io-ts'
import type { Labels } from './label-selector.js'
import { Metadata } from './metadata.js'

/** A pod must have all labels of the selector; a service without a selector selects no pod. */
export interface Service {
  readonly metadata: Metadata
  readonly spec: { readonly selector: Labels | undefined } | undefined
}
export const Service: Codec<Service> = t.type({
  metadata: Metadata,
  spec: optional(t.type({ selector: optional(dictionary(text)) }, 'an object')),
})

/** A namespace with its labels. */
export interface Namespace {
  readonly metadata: Metadata
}
export const Namespace: Codec<Namespace> = t.type({ metadata: Metadata })
