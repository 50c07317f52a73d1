/**
 * Simulates a busy cluster whose nodes come and go: a node joins, a replica is placed, another node
 * leaves, a replica is placed. Each new node is described like one that is there, but for its host,
 * and its name sorts anywhere among the others.
 */
import {
  getOrThrow,
  internWord,
  join,
  leave,
  nodeIds,
  nodeSpec,
  type DecidedBy,
  type Draft,
  type NodeId,
} from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import { goOn, placeNext, type Work } from './work.js'

/** The cluster at work, and its nodes in no order. */
export interface Membership {
  readonly work: Work
  readonly nodes: NodeId[]
  readonly path: DecidedBy | undefined
  joins: number
}

export const openMembership = (work: Work, path: DecidedBy | undefined): Membership => ({
  work,
  path,
  nodes: [...nodeIds(work.cluster)],
  joins: 0,
})

/** So many nodes join and as many leave, with a decision after each; where the replicas go. */
export const changeMembers = (members: Membership, count: number): readonly (NodeId | -1)[] =>
  goOn(members.work, count, (draft) => [
    joinAndPlace(members, draft),
    leaveAndPlace(members, draft),
  ]).flat()

const joinAndPlace = (members: Membership, draft: Draft): NodeId | -1 => {
  const { work, nodes } = members
  const like = O.toUndefined(nodeSpec(draft, nodes[Math.floor(work.random() * nodes.length)]!))
  if (like === undefined) throw new Error('the node has gone')
  const name = `${like.name}-${members.joins++}`
  const host = internWord(draft, 'host')
  const attributes = like.attributes.map(([key, value]) =>
    key === host ? ([key, internWord(draft, name)] as const) : ([key, value] as const),
  )
  nodes.push(getOrThrow(join(draft, { ...like, name, attributes })))
  return placeNext(work, draft, { path: members.path, stops: true })
}

const leaveAndPlace = ({ work, nodes, path }: Membership, draft: Draft): NodeId | -1 => {
  const position = Math.floor(work.random() * nodes.length)
  const stopped = getOrThrow(leave(draft, nodes[position]!))
  nodes[position] = nodes.at(-1)!
  nodes.pop()
  for (const replica of stopped) {
    const at = work.placed.indexOf(replica)
    if (at >= 0) work.placed.splice(at, 1)
  }
  return placeNext(work, draft, { path, stops: true })
}
