/**
 * Defines the types and codecs of object metadata: the fields that scheduling reads, such as labels
 * and owners.
 */
import {
  flag,
  isObject,
  listOrEmpty,
  nonEmptyText,
  optional,
  own,
  record,
  text,
  type Codec,
} from '@stowage/documents'
import * as t from 'io-ts'
import { texts } from './label.js'

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
  /** An object with a `generateName` alone has that prefix and `*`, which no name may contain. */
  readonly name: string
  readonly namespace: string | undefined
  readonly uid: string | undefined
  readonly labels: ReadonlyMap<string, string>
  readonly deletionTimestamp: string | undefined
  readonly ownerReferences: readonly OwnerReference[]
}

/** The reference to the controller of an object; `undefined` for one without. */
export const controllerRefOf = ({
  ownerReferences,
}: Pick<Metadata, 'ownerReferences'>): OwnerReference | undefined =>
  ownerReferences.find(({ controller }) => controller === true)

const name = nonEmptyText('a name')

/** The API server makes a name of `generateName` and five letters, where there is no name. */
const nameOrPrefix = (value: unknown): unknown => {
  if (!isObject(value) || (own(value, 'name') ?? '') !== '') return value
  const prefix = own(value, 'generateName')
  return typeof prefix === 'string' && prefix !== '' ? { ...value, name: `${prefix}*` } : value
}

const orGeneratedName = <Value>(codec: Codec<Value>): Codec<Value> =>
  new t.Type<Value, unknown>(
    codec.name,
    codec.is,
    (value, context) => codec.validate(nameOrPrefix(value), context),
    t.identity,
  )

const parts = {
  name,
  namespace: optional(text),
  uid: optional(text),
  labels: texts,
  deletionTimestamp: optional(text),
  ownerReferences: listOrEmpty(OwnerReference),
}
export const Metadata: Codec<Metadata> = orGeneratedName(record<Metadata>('an object', parts))

/** Metadata with annotations and age, for the kinds of which scheduling reads them. */
export interface AnnotatedMetadata extends Metadata {
  readonly annotations: ReadonlyMap<string, string>
  /** In RFC 3339, as the API server writes it: later times are greater as texts. */
  readonly creationTimestamp: string | undefined
}
export const AnnotatedMetadata: Codec<AnnotatedMetadata> = orGeneratedName(
  record<AnnotatedMetadata>('an object', {
    ...parts,
    annotations: texts,
    creationTimestamp: optional(text),
  }),
)

/** An object of a kind that admission reads as it was written; here only its metadata is read. */
export interface Policy {
  readonly metadata: Metadata
}
export const Policy: Codec<Policy> = record<Policy>('an object', { metadata: Metadata })
