/**
 * Decodes the EC2 instance identity document, a JSON text that the agent forwards when it registers
 * an instance. Also derives the built-in attributes of the instance from it, as Amazon ECS does.
 *
 * Source: Amazon EC2 User Guide, instance identity documents; Amazon ECS Developer Guide,
 * attributes.
 */
import { codecOf, nonEmptyText, optional, record, type Codec } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import type { Attribute } from './container-instance.js'
import { Timestamp } from './instant.js'

/** The fields of an identity document that are read. */
export interface IdentityDocument {
  readonly instanceId: string
  readonly instanceType?: string | undefined
  readonly availabilityZone?: string | undefined
  readonly imageId?: string | undefined
  /** When the instance was launched. */
  readonly pendingTime?: string | undefined
}
const documentFields: Codec<IdentityDocument> = record<IdentityDocument>('an identity document', {
  instanceId: nonEmptyText('the id of an instance'),
  instanceType: optional(nonEmptyText('an instance type')),
  availabilityZone: optional(nonEmptyText('an availability zone')),
  imageId: optional(nonEmptyText('the id of an image')),
  pendingTime: optional(Timestamp),
})

export const IdentityDocument: Codec<IdentityDocument> = codecOf(
  'the JSON text of an identity document, with an instanceId',
  (value) => {
    const read = E.tryCatch(
      () => documentFields.decode(JSON.parse(String(value))),
      () => undefined,
    )
    return E.isRight(read) && E.isRight(read.right) ? read.right.right : undefined
  },
)

/** The built-in attributes of an instance: its type, its availability zone and its image. */
export const attributesIn = (document: IdentityDocument): readonly Attribute[] => {
  const { instanceType, availabilityZone, imageId } = document
  const all = [
    ['ecs.instance-type', instanceType],
    ['ecs.availability-zone', availabilityZone],
    ['ecs.ami-id', imageId],
  ] as const
  return all.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]))
}
