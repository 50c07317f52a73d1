/**
 * Prepares a plan before the first pod is placed. It returns:
 * 1. a session (the scheduler's mutable state) with the nodes and the running pods;
 * 2. the pending pods, divided into turns. A turn consists of one or more pending pods of the same
 *    workload.
 */
import { warningOrder } from '@stowage/documents'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import { findNode, nodeName, type Draft, type NodeId, type ReplicaId } from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import { sessionWith, type Session } from '../scheduler/session.js'
import {
  lower,
  lowerOnce,
  translationKey,
  type LoweredPod,
  type Translations,
} from '../scheduler/lowered.js'
import { settle } from '../scheduler/settle.js'
import { nodesNamed } from '../lower/node-affinity.js'
import type { KubernetesInput } from '../read/input.js'
import { daemonsWithinQuota, type QuotaAccount } from '../read/quotas.js'
import type { RunningPod, PendingWorkload } from '../workload/share.js'
import { fullName, titleOf } from '../workload/workload.js'
import { kubeletRefusal } from './kubelet.js'
import { daemonNodes, reasonOfNoNode } from './daemon.js'
import { daemonSpec } from '../daemon-set/daemon-tolerations.js'
import type { Node } from '../words/node.js'
import type { KubernetesWarning } from '../words/warning.js'

/** A turn: `count` pods of a workload. For a DaemonSet it is one pod, on the node `only`. */
export interface Turn {
  readonly workload: PendingWorkload
  readonly count: number
  readonly only?: readonly [NodeId]
}

/** A session with running pods, and the turns that are to be played. */
export interface Stage {
  readonly session: Session
  readonly nodes: ReadonlyMap<string, Node>
  /** The workload name of each running replica. */
  readonly names: ReadonlyMap<ReplicaId, string>
  /** In the order of names; `inTurn` sorts them by priority. */
  readonly turns: readonly Turn[]
  readonly warnings: readonly KubernetesWarning[]
  /** No pod that runs has a lower priority; infinite when none runs. */
  readonly priorityMin: number
  /** Lowered templates, so that each is lowered once for all its turns. */
  readonly templates: Translations
  /** The quotas with all pods that exist or have a turn. */
  readonly quotas: QuotaAccount
}

/**
 * Opens a stage in an empty draft. A running pod whose node is missing becomes a warning. `probes`
 * are nodes that are only offered: pods of DaemonSets on them do not use up quotas.
 */
export const openStage = (
  draft: Draft,
  input: KubernetesInput,
  probes: ReadonlySet<string> = new Set(),
): Stage => {
  const { nodes, around: surroundings, budgets, profiles } = input
  const session = sessionWith(draft, {
    ...{ nodes, pods: [], surroundings, budgets, profiles },
    ...{ sampled: false, tie: 'rank' },
  })
  const templates: Translations = new Map()
  const byName = new Map(nodes.map((node) => [node.metadata.name, node]))
  const running = settleRunning(session, templates, byName, input.running)
  let { quotas } = input
  const all = input.pending.map((workload) => {
    const own = workloadTurns(draft, workload, { ...input, quotas }, probes)
    quotas = own.quotas
    return own
  })
  return {
    session,
    nodes: byName,
    templates,
    quotas,
    priorityMin: input.running.reduce((least, { priority }) => Math.min(least, priority), Infinity),
    names: running.names,
    turns: [...running.refused, ...all.flatMap(({ turns }) => turns)],
    warnings: RA.sort(warningOrder)([
      ...running.warnings,
      ...all.flatMap(({ warnings }) => warnings),
    ]),
  }
}

interface SettledPods extends Pick<Stage, 'names' | 'warnings'> {
  /** New pods that their kubelets refuse, or the API server before. */
  readonly refused: readonly Turn[]
}

/** Binds the pods that run, and then the new ones that name their nodes, if these take them. */
const settleRunning = (
  session: Session,
  templates: Translations,
  nodes: ReadonlyMap<string, Node>,
  running: readonly RunningPod[],
): SettledPods => {
  const names = new Map<ReplicaId, string>()
  const warnings: KubernetesWarning[] = []
  const refused: Turn[] = []
  for (const pod of [...running.filter(({ isNew }) => !isNew), ...running.filter(isNewPod)]) {
    const node = findNode(session.draft, pod.nodeName)
    // What is put in the way of others goes by its own name, not by that of its workload.
    const itself = { ...pod, name: fullName(pod.metadata) }
    if (O.isNone(node)) {
      warnings.push(unknownNodeWarning(pod))
      continue
    }
    const known = nodes.get(pod.nodeName)!
    const refusal = pod.isNew
      ? (pod.refusal ?? kubeletRefusal(session, itself, known, node.value))
      : undefined
    if (refusal !== undefined) {
      refused.push({ workload: { ...pod, refusal }, count: 1 })
      continue
    }
    const lowered = lowerRunning(session, templates, itself)
    names.set(settle(session, lowered, node.value), pod.name)
  }
  return { names, warnings, refused }
}

const isNewPod = ({ isNew }: RunningPod): boolean => isNew

/** The translation of a pod that is like no other serves once, and is not kept. */
const lowerRunning = (session: Session, known: Translations, pod: RunningPod): LoweredPod =>
  translationKey(session, pod) === pod ? lower(session, pod) : lowerOnce(known, session, pod)

const unknownNodeWarning = (pod: RunningPod): KubernetesWarning => ({
  code: 'PodOnUnknownNode',
  from: pod.from,
  subject: titleOf(pod),
  text: `a pod ${pod.isNew ? 'names' : 'runs on'} node ${pod.nodeName}, which is not among the documents: left out`,
})

interface WorkloadTurns {
  readonly turns: readonly Turn[]
  /** The quotas after the pods of a DaemonSet. */
  readonly quotas: QuotaAccount
  readonly warnings: readonly KubernetesWarning[]
}

const workloadTurns = (
  draft: Draft,
  workload: PendingWorkload,
  { running, repeated, quotas: before, nodes: all }: KubernetesInput,
  probes: ReadonlySet<string>,
): WorkloadTurns => {
  const { count } = workload
  if (count !== 'one per node')
    return { turns: [{ workload, count }], warnings: [], quotas: before }
  const daemon = { ...workload, spec: daemonSpec(workload.spec) }
  const nodes = daemonNodes(draft, daemon.spec)
  const isOwn = (pod: PendingWorkload): boolean => titleOf(pod) === titleOf(workload)
  const ours = running.filter(isOwn)
  const taken = new Set(
    nodesNamed(
      draft,
      ours.map(({ nodeName }) => nodeName),
    ),
  )
  const isOffered = (node: NodeId): boolean => probes.has(nodeName(draft, node))
  const left = nodes.filter((node) => !taken.has(node) && !isOffered(node))
  // Those that exist are counted already.
  const existing = Math.min(left.length, repeated.filter(isOwn).length)
  const {
    count: made,
    refusal,
    account,
  } = daemonsWithinQuota(workload, before, left.length - existing)
  const withRefusal = (text: string | undefined): PendingWorkload =>
    text === undefined ? daemon : { ...daemon, refusal: text }
  const refused = withRefusal(refusal)
  // One more pod on one more node: how many will be opened is not known yet.
  const offered = withRefusal(daemonsWithinQuota(workload, account, 1).refusal)
  return {
    turns: [
      ...left.map((node, i) => turnOn(node, i < existing + made ? daemon : refused)),
      ...nodes.filter(isOffered).map((node) => turnOn(node, offered)),
    ],
    warnings:
      nodes.length === 0 ? [noEligibleNode(workload, reasonOfNoNode(draft, daemon.spec, all))] : [],
    quotas: account,
  }
}

const turnOn = (node: NodeId, workload: PendingWorkload): Turn => ({
  ...{ workload, count: 1, only: [node] },
})

const noEligibleNode = (workload: PendingWorkload, detail: string): KubernetesWarning => ({
  code: 'DaemonWithoutNode',
  from: workload.from,
  subject: titleOf(workload),
  text: 'no node is eligible for it',
  detail,
})
