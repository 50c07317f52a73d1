/**
 * Replaces the description of a node (capacity, attributes, taints) in place, for example when a
 * kubelet reports other labels. The node keeps its name, its id and its replicas.
 */
import * as E from 'fp-ts/lib/Either.js'
import { checkNode } from '../check/check.js'
import type { Fault } from '../rule/fault.js'
import type { NodeId } from '../rule/id.js'
import { renderValue, type MalformedValue } from '../rule/malformed.js'
import type { NodeSpec } from '../rule/node-spec.js'
import { noteNodeChange } from '../cluster/changes.js'
import { changesOf, draftState, undoOf, writable, type Draft } from '../cluster/draft.js'
import { rowOf } from '../cluster/generation.js'
import { symbolsOf } from '../cluster/state.js'
import { hasNode, redescribeNode } from '../cluster/roster.js'

/**
 * Replaces the description of a node: capacity, attributes and marks. The node keeps its id, its
 * replicas with their ids, its masks and its numbers in columns. No rule is evaluated: replicas
 * stay on a node that would refuse them now. The new capacity may be below the load, as a fact is a
 * fact; then nothing more fits until enough replicas were stopped. The name must be the same, as it
 * decides the rank; another name is a `BadNode` fault at `name`. The range of amounts is that of
 * `join`. Do not change the description afterwards.
 *
 * Indexes are updated as after a `leave` and a `join`.
 */
export const redescribe = (draft: Draft, node: NodeId, spec: NodeSpec): E.Either<Fault, NodeId> => {
  const state = draftState(draft)
  if (!hasNode(state.roster, node)) return E.left({ _tag: 'UnknownNode', node })
  const { name } = state.roster.specs[rowOf(node)]!
  const wrong = checkNode(spec, symbolsOf(state)) ?? otherName(spec, name)
  if (wrong !== undefined) return E.left({ _tag: 'BadNode', name, ...wrong })
  redescribeNode(writable(draft, 'roster'), rowOf(node), spec)
  noteNodeChange(changesOf(draft), rowOf(node), undoOf(draft) !== undefined)
  return E.right(node)
}

const otherName = (spec: NodeSpec, name: string): MalformedValue | undefined =>
  spec.name === name
    ? undefined
    : { at: ['name'], found: renderValue(spec.name), expected: `${renderValue(name)}, which stays` }
