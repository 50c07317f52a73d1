/**
 * The cluster of a plan: the nodes and what runs there, as a scheduler at work has them, and in
 * whose turn the others come.
 */
import {
  findNode,
  inOrderOfText,
  type Draft,
  type NodeId,
  type ReplicaId,
  type Warning,
} from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import { sessionWith, type Session } from '../scheduler/session.js'
import { lower, type LoweredPod } from '../scheduler/lowered.js'
import { settle } from '../scheduler/settle.js'
import { nodesNamed } from '../lower/node-affinity.js'
import type { KubernetesInput } from '../read/input.js'
import type { Running, Wanting } from '../workload/share.js'
import { fullName, titleOf } from '../workload/workload.js'
import { daemonNodes, daemonSpec } from './daemon.js'

/** So many pods of a workload; of a DaemonSet one, on the node that it is for. */
export interface Turn {
  readonly wanting: Wanting
  readonly count: number
  readonly only?: readonly [NodeId]
}

export interface Stage {
  readonly session: Session
  /** The names of the workloads whose pods run. */
  readonly names: ReadonlyMap<ReplicaId, string>
  /** By name; who is more important comes first all the same. */
  readonly turns: readonly Turn[]
  readonly warnings: readonly Warning[]
  /** Templates that had a turn, lowered: each is lowered once for all its turns. */
  readonly templates: Map<Wanting, LoweredPod>
}

export const openStage = (draft: Draft, input: KubernetesInput): Stage => {
  const { nodes, around: surroundings, budgets, profiles } = input
  const session = sessionWith(draft, {
    ...{ nodes, pods: [], surroundings, budgets, profiles },
    ...{ sampled: false, tie: 'rank' },
  })
  const running = settled(session, input)
  const asked = input.wanting.map((wanting) => turnsOf(draft, wanting, input))
  return {
    session,
    templates: new Map(),
    names: running.names,
    turns: asked.flatMap(({ turns }) => turns),
    warnings: inOrderOfText([...running.warnings, ...asked.flatMap(({ warnings }) => warnings)]),
  }
}

const settled = (
  session: Session,
  { running }: KubernetesInput,
): Pick<Stage, 'names' | 'warnings'> => {
  const names = new Map<ReplicaId, string>()
  const warnings: Warning[] = []
  for (const pod of running) {
    const node = findNode(session.draft, pod.nodeName)
    // What is put in the way of others goes by its own name, not by that of its workload.
    const itself = { ...pod, name: fullName(pod.metadata) }
    if (O.isSome(node)) names.set(settle(session, lower(session, itself), node.value), pod.name)
    else warnings.push(lost(pod))
  }
  return { names, warnings }
}

const lost = (pod: Running): Warning => ({
  from: pod.from,
  subject: titleOf(pod),
  text: `a pod runs on node ${pod.nodeName}, which is not among the documents: left out`,
})

interface Asked {
  readonly turns: readonly Turn[]
  readonly warnings: readonly Warning[]
}

const turnsOf = (draft: Draft, wanting: Wanting, { running }: KubernetesInput): Asked => {
  const { count } = wanting
  if (count !== 'one per node') return { turns: [{ wanting, count }], warnings: [] }
  const daemon = { ...wanting, spec: daemonSpec(wanting.spec) }
  const nodes = daemonNodes(draft, daemon.spec)
  const ours = running.filter((pod) => titleOf(pod) === titleOf(wanting))
  const taken = new Set(
    nodesNamed(
      draft,
      ours.map(({ nodeName }) => nodeName),
    ),
  )
  const left = nodes.filter((node) => !taken.has(node))
  return {
    turns: left.map((node) => ({ wanting: daemon, count: 1, only: [node] })),
    warnings: nodes.length === 0 ? [nowhere(wanting)] : [],
  }
}

const nowhere = (wanting: Wanting): Warning => ({
  from: wanting.from,
  subject: titleOf(wanting),
  text: 'no node is eligible for it',
})
