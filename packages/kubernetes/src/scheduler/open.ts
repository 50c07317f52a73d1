/**
 * Opens a session (the scheduler's mutable state while it decides): adds the nodes to an empty
 * cluster, and binds the running pods to their nodes.
 */
import { findNode, type Draft } from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import { lower } from './lowered.js'
import { sessionWith, type Session, type SessionWorld } from './session.js'
import { settle } from './settle.js'

/** Fills an empty draft. A pod whose node is not among the objects is left out. */
export const openSession = (draft: Draft, world: SessionWorld): Session => {
  const session = sessionWith(draft, world)
  for (const pod of world.pods) {
    const node = findNode(draft, pod.spec.nodeName ?? '')
    if (O.isSome(node)) settle(session, lower(session, pod), node.value)
  }
  return session
}
