/**
 * What EC2 says of an instance in its identity document, which the agent sends along as it is: a
 * JSON text. Amazon ECS makes built-in attributes of it.
 *
 * Source: Amazon EC2 User Guide, instance identity documents; Amazon ECS Developer Guide,
 * attributes.
 */
import * as E from 'fp-ts/lib/Either.js'
import { reading, optional, text, type Codec } from './codec.js'
import type { Attribute } from './container-instance.js'
import { Timestamp } from './instant.js'
import { record } from './record.js'

export interface IdentityDocument {
  readonly instanceId: string
  readonly instanceType?: string | undefined
  readonly availabilityZone?: string | undefined
  readonly imageId?: string | undefined
  /** When it was launched. */
  readonly pendingTime?: string | undefined
}
const fields: Codec<IdentityDocument> = record<IdentityDocument>('an identity document', {
  instanceId: text('the id of an instance'),
  instanceType: optional(text('an instance type')),
  availabilityZone: optional(text('an availability zone')),
  imageId: optional(text('the id of an image')),
  pendingTime: optional(Timestamp),
})

export const IdentityDocument: Codec<IdentityDocument> = reading(
  'the JSON text of an identity document, with an instanceId',
  (value) => {
    const read = E.tryCatch(
      () => fields.decode(JSON.parse(String(value))),
      () => undefined,
    )
    return E.isRight(read) && E.isRight(read.right) ? read.right.right : undefined
  },
)

export const attributesIn = (document: IdentityDocument): readonly Attribute[] => {
  const { instanceType, availabilityZone, imageId } = document
  const all = [
    ['ecs.instance-type', instanceType],
    ['ecs.availability-zone', availabilityZone],
    ['ecs.ami-id', imageId],
  ] as const
  return all.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]))
}
