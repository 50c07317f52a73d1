/**
 * PutAttributes and DeleteAttributes: set and remove custom attributes of container instances,
 * beside the attributes that Amazon ECS and the agent set.
 *
 * Source: Amazon ECS API Reference, PutAttributes, DeleteAttributes and Attribute.
 */
import { list, nonEmptyText, optional, record, text, type Codec } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { replaceNode } from '../cluster/node.js'
import { findInstance, type EcsState } from '../cluster/state.js'
import type { Complaint } from '../words/complaint.js'
import type { Attribute, ContainerInstance } from '../words/container-instance.js'
import { perform, refuse, type ApiAction, type Call } from './action.js'

interface TargetedAttribute extends Attribute {
  readonly targetId: string
}
const TargetedAttribute: Codec<TargetedAttribute> = record<TargetedAttribute>(
  'an attribute of an instance',
  {
    name: text,
    value: optional(text),
    targetId: nonEmptyText('the id or the ARN of an instance'),
  },
)

/** The request of PutAttributes and of DeleteAttributes. */
export interface AttributesRequest {
  readonly cluster?: string | undefined
  readonly attributes: readonly TargetedAttribute[]
}
const AttributesRequest: Codec<AttributesRequest> = record<AttributesRequest>(
  'a call about attributes',
  {
    cluster: optional(nonEmptyText('the name or the ARN of a cluster')),
    attributes: list('a list of attributes, at least one', TargetedAttribute, 1),
  },
)

/** The answer of PutAttributes and of DeleteAttributes. */
export interface ChangedAttributes {
  readonly attributes: readonly TargetedAttribute[]
}

type AttributesAction = ApiAction<AttributesRequest, ChangedAttributes>

/** Returns the attributes of an instance after one of them was put or deleted. */
type AttributeChange = (
  before: readonly Attribute[],
  one: TargetedAttribute,
) => readonly Attribute[]

const attributesMax = 10

const actionOf = (change: AttributeChange): AttributesAction => ({
  codec: AttributesRequest,
  check: ({ request: { attributes } }) => [
    ...(attributes.length > attributesMax
      ? [{ at: ['attributes'], expected: `at most ${attributesMax}` }]
      : []),
    ...attributes.flatMap(checkAttribute),
  ],
  apply: (call) => {
    const { attributes } = call.request
    const complaints = checkTargets(call)
    return complaints.length > 0
      ? refuse(call, complaints)
      : E.right([changeEach(call.state, attributes, change), { attributes }])
  },
})

/** A complaint about the first target that is not an instance of the cluster. */
const checkTargets = ({ state, request }: Call<AttributesRequest>): readonly Complaint[] => {
  const unknown = request.attributes.findIndex(
    ({ targetId }) => findInstance(state, targetId) === undefined,
  )
  const expected = 'a container instance of the cluster'
  return unknown < 0 ? [] : [{ at: ['attributes', unknown, 'targetId'], expected }]
}

const changeEach = (
  state: EcsState,
  attributes: readonly TargetedAttribute[],
  change: AttributeChange,
): EcsState =>
  attributes.reduce((before, one) => {
    const [name, instance] = findInstance(before, one.targetId)!
    const after: ContainerInstance = {
      ...instance,
      attributes: change(instance.attributes ?? [], one),
    }
    return replaceNode(before, name, after)
  }, state)

/** An attribute that the instance already has is overwritten. */
export const putAttributesAction = actionOf((before, { name, value }) => [
  ...before.filter((each) => each.name !== name),
  value === undefined ? { name } : { name, value },
])

/** When the request has a value, only an attribute with this value is deleted. */
export const deleteAttributesAction = actionOf((before, { name, value }) =>
  before.filter((each) => each.name !== name || (value !== undefined && each.value !== value)),
)

const checkAttribute = ({ name, value }: TargetedAttribute, i: number): readonly Complaint[] => [
  ...(/^[A-Za-z0-9_./\\-]{1,128}$/.test(name)
    ? []
    : [{ at: ['attributes', i, 'name'], expected: 'from 1 to 128 of A-Z a-z 0-9 _ . / \\ -' }]),
  ...(value === undefined || /^(?! )[A-Za-z0-9_./\\@: -]{1,128}(?<! )$/.test(value)
    ? []
    : [
        {
          at: ['attributes', i, 'value'],
          expected: 'from 1 to 128 of A-Z a-z 0-9 _ . / \\ - @ : and blanks within',
        },
      ]),
]

/** Performs PutAttributes. */
export const putAttributes = perform(putAttributesAction)

/** Performs DeleteAttributes. */
export const deleteAttributes = perform(deleteAttributesAction)
