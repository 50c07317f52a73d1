/**
 * Decodes the manifest of a node, and converts it to a node of the kernel. The kernel's `step`,
 * which advances a cluster over time, reads nodes with this function.
 */
import { valueAt } from '@stowage/documents'
import { renderValue, type LowerNode } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { nodeSpecOf } from '../registry/node.js'
import { withConditionTaints, type NodeCondition } from '../node-lifecycle/condition-taints.js'
import { readObjects } from '../words/object.js'

/**
 * Reads a Node document; `name` replaces the name in it. A node of the machine types that
 * `nodesOfType` makes is such a document. A node whose conditions are bad has the taints of the
 * node controller. Volumes and devices of nodes are not looked at.
 */
export const lowerKubernetesNode: LowerNode = (draft, node, name) => {
  const { objects, bad } = readObjects({ from: `Node ${name}`, value: node })
  const [fault] = bad
  if (fault !== undefined)
    return E.left({ at: fault.at, found: fault.found, expected: fault.expected })
  const [found] = objects
  if (found?.kind !== 'Node' || objects.length > 1)
    return E.left({ at: ['kind'], found: renderValue(valueAt(node, ['kind'])), expected: 'Node' })
  const { metadata, spec, status } = found.object
  const taints = withConditionTaints(spec?.taints ?? [], conditionsIn(node))
  return E.right(
    nodeSpecOf(draft, {
      metadata: { ...metadata, name },
      spec: { unschedulable: undefined, ...spec, taints },
      status,
    }),
  )
}

/** The conditions that a document states; what has no type and no status is none. */
const conditionsIn = (node: unknown): readonly NodeCondition[] => {
  const conditions = valueAt(node, ['status', 'conditions'])
  if (!Array.isArray(conditions)) return []
  return conditions.flatMap((one: unknown) => {
    const [type, status] = [valueAt(one, ['type']), valueAt(one, ['status'])]
    return typeof type === 'string' && typeof status === 'string' ? [{ type, status }] : []
  })
}
