/**
 * PutAttributes and DeleteAttributes: attributes that a user gives instances, beside those of
 * Amazon ECS and the agent.
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

export interface ChangedAttributes {
  readonly attributes: readonly TargetedAttribute[]
}

type AttributesAction = ApiAction<AttributesRequest, ChangedAttributes>

/** The attributes of an instance after a change of one of them. */
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

/** The first target that is no instance of the cluster. */
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

/** An attribute that the instance has gets the new value. */
export const putAttributesAction = actionOf((before, { name, value }) => [
  ...before.filter((each) => each.name !== name),
  value === undefined ? { name } : { name, value },
])

/** With a value, the attribute is deleted only from instances where it has that value. */
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

/** PutAttributes as a function. */
export const putAttributes = perform(putAttributesAction)

/** DeleteAttributes as a function. */
export const deleteAttributes = perform(deleteAttributesAction)
