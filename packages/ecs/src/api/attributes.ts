/**
 * PutAttributes and DeleteAttributes: what somebody says of instances beside what Amazon ECS and
 * the agent do.
 *
 * Source: Amazon ECS API Reference, PutAttributes, DeleteAttributes and Attribute.
 */
import * as E from 'fp-ts/lib/Either.js'
import { instanceOf, type ClusterState } from '../cluster/state.js'
import { withNode } from '../cluster/node.js'
import { anyText, list, optional, text, type Codec } from '../words/codec.js'
import type { Complaint } from '../words/complaint.js'
import type { Attribute, ContainerInstance } from '../words/container-instance.js'
import { record } from '../words/record.js'
import { asked } from './decode.js'
import { refusing } from '../words/exception.js'
import type { Called } from './run-task.js'

interface Targeted extends Attribute {
  readonly targetId: string
}
const Targeted: Codec<Targeted> = record<Targeted>('an attribute of an instance', {
  name: anyText,
  value: optional(anyText),
  targetId: text('the id or the ARN of an instance'),
})

export interface AttributesRequest {
  readonly cluster?: string | undefined
  readonly attributes: readonly Targeted[]
}
const AttributesRequest: Codec<AttributesRequest> = record<AttributesRequest>(
  'a call about attributes',
  {
    cluster: optional(text('the name or the ARN of a cluster')),
    attributes: list('a list of attributes, at least one', Targeted, 1),
  },
)

export interface ChangedAttributes {
  readonly attributes: readonly Targeted[]
}

/** An attribute that the instance has gets another value. */
export const putAttributes = (state: ClusterState, raw: unknown, at: number) =>
  changing(state, raw, at, (before, { name, value }) => [
    ...before.filter((each) => each.name !== name),
    value === undefined ? { name } : { name, value },
  ])

/** With a value, only where the instance has it. */
export const deleteAttributes = (state: ClusterState, raw: unknown, at: number) =>
  changing(state, raw, at, (before, { name, value }) =>
    before.filter((each) => each.name !== name || (value !== undefined && each.value !== value)),
  )

const attributesMax = 10

const changing = (
  state: ClusterState,
  raw: unknown,
  at: number,
  change: (before: readonly Attribute[], one: Targeted) => readonly Attribute[],
): Called<ChangedAttributes> => {
  const read = asked(state, raw, at, AttributesRequest, ({ attributes }) => [
    ...(attributes.length > attributesMax
      ? [{ at: ['attributes'], expected: `at most ${attributesMax}` }]
      : []),
    ...attributes.flatMap(checkAttribute),
  ])
  if (E.isLeft(read)) return read
  const { attributes } = read.right
  const unknown = attributes.findIndex(({ targetId }) => instanceOf(state, targetId) === undefined)
  if (unknown >= 0) {
    const expected = 'a container instance of the cluster'
    return E.left(refusing(raw, [{ at: ['attributes', unknown, 'targetId'], expected }]))
  }
  const next = attributes.reduce(
    (before: ClusterState, one) => {
      const [name, instance] = instanceOf(before, one.targetId)!
      const after: ContainerInstance = {
        ...instance,
        attributes: change(instance.attributes ?? [], one),
      }
      return withNode(before, name, after)
    },
    { ...state, at },
  )
  return E.right([next, { attributes }])
}

const checkAttribute = ({ name, value }: Targeted, i: number): readonly Complaint[] => [
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
