/**
 * Handles a report about the status of a container instance, as UpdateContainerInstancesState sets
 * it: stores the status on the node of the instance. An instance that is DRAINING gets no new
 * tasks, and the tasks of services on it are replaced.
 *
 * Source: Amazon ECS API Reference, UpdateContainerInstancesState.
 */
import { closedRecord, decodeValue, oneOf, type Codec } from '@stowage/documents'
import {
  getOrThrow,
  internWord,
  nodeName,
  nodeSpec,
  redescribe,
  type Draft,
  type MalformedValue,
  type NodeChange,
} from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { statusKey } from '../lower/attribute.js'

type Status = 'ACTIVE' | 'DRAINING'
const StatusReport: Codec<{ readonly status: Status }> = closedRecord<{ readonly status: Status }>(
  'the status of a container instance',
  { status: oneOf<Status>(['ACTIVE', 'DRAINING']) },
)

/** What changes of the node; a `Left` is a report that cannot be. */
export const learnContainerInstance = (
  draft: Draft,
  { name, report }: { readonly name: string; readonly report: unknown },
  node: NodeChange['node'] | undefined,
): E.Either<MalformedValue, NodeChange> => {
  const decoded = decodeValue(StatusReport, report)
  if (E.isLeft(decoded)) return E.left(decoded.left[0]!)
  const spec = node === undefined ? undefined : O.toUndefined(nodeSpec(draft, node))
  if (node === undefined || spec === undefined)
    return E.left({ at: [], found: name, expected: 'the name of an instance that is there' })
  const key = statusKey(draft)
  const status = internWord(draft, decoded.right.status)
  const attributes = spec.attributes.map(([of, value]) =>
    of === key ? ([of, status] as const) : ([of, value] as const),
  )
  getOrThrow(redescribe(draft, node, { ...spec, attributes }))
  return E.right({ node, name: nodeName(draft, node), change: 'changed' })
}
