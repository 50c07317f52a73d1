/**
 * Types and codecs of object metadata: the fields that scheduling reads, such as labels and owners.
 */
import {
  dictionary,
  flag,
  listOrEmpty,
  nonEmptyText,
  optional,
  record,
  text,
  type Codec,
} from '@stowage/documents'

/** A reference to the owner of an object, such as the ReplicaSet of a pod. */
export interface OwnerReference {
  readonly apiVersion: string | undefined
  readonly kind: string
  readonly name: string
  readonly uid: string | undefined
  readonly controller: boolean | undefined
}
const OwnerReference: Codec<OwnerReference> = record<OwnerReference>('an object', {
  apiVersion: optional(text),
  kind: text,
  name: text,
  uid: optional(text),
  controller: optional(flag),
})

/** The metadata of an object of any kind. */
export interface Metadata {
  readonly name: string
  readonly namespace: string | undefined
  readonly uid: string | undefined
  readonly labels: ReadonlyMap<string, string>
  readonly deletionTimestamp: string | undefined
  readonly ownerReferences: readonly OwnerReference[]
}

const name = nonEmptyText('a name')

const parts = {
  name,
  namespace: optional(text),
  uid: optional(text),
  labels: dictionary(text),
  deletionTimestamp: optional(text),
  ownerReferences: listOrEmpty(OwnerReference),
}
export const Metadata: Codec<Metadata> = record<Metadata>('an object', parts)

/** Metadata with annotations and age, for the kinds of which scheduling reads them. */
export interface Annotated extends Metadata {
  readonly annotations: ReadonlyMap<string, string>
  /** In RFC 3339, as the API server writes it: later times are greater as texts. */
  readonly creationTimestamp: string | undefined
}
export const Annotated: Codec<Annotated> = record<Annotated>('an object', {
  ...parts,
  annotations: dictionary(text),
  creationTimestamp: optional(text),
})
