/**
 * Reads the nodes of events as documents of Kubernetes: the `lowerNode` of `step`.
 */
import { valueAt } from '@stowage/documents'
import { shown, type LowerNode } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { nodeSpecOf } from '../registry/node.js'
import { readObjects } from '../words/object.js'

/**
 * Reads a Node document; `name` replaces the name in it. A node of the machine types that
 * `nodesOfType` makes is such a document. Volumes and devices of nodes are not looked at.
 */
export const lowerKubernetesNode: LowerNode = (draft, node, name) => {
  const { objects, bad } = readObjects({ from: `Node ${name}`, value: node })
  const [fault] = bad
  if (fault !== undefined)
    return E.left({ at: fault.at, found: fault.found, expected: fault.expected })
  const [found] = objects
  if (found?.kind !== 'Node' || objects.length > 1)
    return E.left({ at: ['kind'], found: shown(valueAt(node, ['kind'])), expected: 'Node' })
  const { metadata, ...rest } = found.object
  return E.right(nodeSpecOf(draft, { ...rest, metadata: { ...metadata, name } }))
}
