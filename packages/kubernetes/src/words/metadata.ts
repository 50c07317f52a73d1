/** Object metadata: the fields that scheduling reads. */
import * as t from 'io-ts'
import { decoder, dictionary, flag, list, optional, text, type Decoder } from './decode.js'

/** A reference to the owner of an object, such as the ReplicaSet of a pod. */
export interface OwnerReference {
  readonly apiVersion: string | undefined
  readonly kind: string
  readonly name: string
  readonly uid: string | undefined
  readonly controller: boolean | undefined
}
const OwnerReference: Decoder<OwnerReference> = t.type({
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

const isName = (value: unknown): value is string => typeof value === 'string' && value !== ''
const name = decoder('a name', isName, (value) => (isName(value) ? value : undefined))

const parts = {
  name,
  namespace: optional(text),
  uid: optional(text),
  labels: dictionary(text),
  deletionTimestamp: optional(text),
  ownerReferences: list(OwnerReference),
}
export const Metadata: Decoder<Metadata> = t.type(parts, 'an object')

/** Metadata with annotations, for the kinds whose annotations scheduling reads. */
export interface Annotated extends Metadata {
  readonly annotations: ReadonlyMap<string, string>
}
export const Annotated: Decoder<Annotated> = t.type(
  { ...parts, annotations: dictionary(text) },
  'an object',
)
