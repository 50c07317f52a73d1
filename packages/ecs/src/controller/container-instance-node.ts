/**
 * Translates between container instances and nodes of the simulation:
 *
 * - `lowerContainerInstance` converts an instance, in the format of DescribeContainerInstances, to
 *   a node whose capacity is the registered resources;
 * - `instanceNode` finds the node of an instance by its name, ARN or id;
 * - `fargatePool` defines Fargate as a pool that creates a node for each task.
 */
import { decodeValue } from '@stowage/documents'
import {
  findNode,
  getOrThrow,
  internWord,
  nodesWhere,
  type Draft,
  type LowerNode,
  type NodeId,
  type NodeSpec,
  type VendingPool,
} from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { checkContainerInstance } from '../check/container-instance.js'
import { nodeSpecOf } from '../lower/instance.js'
import { completeComplaint } from '../words/complaint.js'
import { ContainerInstance } from '../words/container-instance.js'
import { idIn } from '../words/task.js'

/**
 * Reads the node of an event as a container instance with the name of the event. A `Left` has the
 * path of the first wrong field. `remainingResources` and the counts of tasks are not read, because
 * the load follows from the tasks that are reported.
 */
export const lowerContainerInstance: LowerNode = (draft, node, name) => {
  const decoded = decodeValue(ContainerInstance, node)
  if (E.isLeft(decoded)) return E.left(decoded.left[0]!)
  const instance = decoded.right
  const [wrong] = checkContainerInstance({ ...instance, ec2InstanceId: name })
  if (wrong !== undefined) return E.left(completeComplaint(node, wrong))
  const spec = nodeSpecOf(draft, instance)
  return E.right({
    ...spec,
    name,
    attributes: [...spec.attributes, ...idAttribute(draft, instance.containerInstanceArn)],
  })
}

const idKey = 'containerInstanceId'

/** Tasks name their instance by its ARN, and the node may have another name. */
const idAttribute = (draft: Draft, arn: string | undefined): NodeSpec['attributes'] =>
  arn === undefined ? [] : [[internWord(draft, idKey), internWord(draft, idIn(arn))]]

/** The node of an instance, by the name of the node, or by the ARN of the instance or its id. */
export const instanceNode = (draft: Draft, reference: string): NodeId | undefined => {
  const id = idIn(reference)
  const named = findNode(draft, id)
  if (O.isSome(named)) return named.value
  const expr = {
    _tag: 'In',
    key: internWord(draft, idKey),
    values: [internWord(draft, id)],
  } as const
  return getOrThrow(nodesWhere(draft, expr))[0]
}

/**
 * A pool that vends a node for each task, as Fargate does; `max` bounds the tasks at the same time.
 * `lowerContainerInstance` reads its offering.
 */
export const fargatePool = (name: 'FARGATE' | 'FARGATE_SPOT', max: number): VendingPool => ({
  _tag: 'Vending',
  name,
  max,
  offering: {
    registeredResources: [
      { name: 'CPU', integerValue: 0 },
      { name: 'MEMORY', integerValue: 0 },
    ],
  },
})
