/**
 * Planning on nodes: everything that wants a pod, on the nodes of the input and those that are given beside it.
 */
import * as O from 'fp-ts/lib/Option.js'
import { pipe } from 'fp-ts/lib/function.js'
import {
  batch,
  bind,
  certain,
  define,
  empty,
  findNode,
  inOrderOfText,
  join,
  plan,
  replay,
  wordPlan,
  wordReplay,
  type ClassId,
  type Draft,
  type NamedRequest,
  type ReplicaId,
  type Warning,
  type WordedPlan,
  type WordedReplay,
} from '@stowage/kernel'
import { nodesNamed } from '../lower/node-affinity.js'
import { nodeSpecOf } from '../lower/node.js'
import { classOfPod } from '../lower/pod.js'
import type { Surroundings } from '../lower/surroundings.js'
import { vocabularyOf } from '../raise/vocabulary.js'
import type { KubernetesInput } from '../workload/input.js'
import type { Running, Wanting } from '../workload/share.js'
import { titleOf } from '../workload/workload.js'
import { daemonNodes, daemonSpec } from './daemon.js'

/** What came of a plan on nodes. Names are those of workloads, `namespace/name`. */
export interface NodesPlan {
  readonly plan: WordedPlan
  readonly warnings: readonly Warning[]
}

/** Why one pod of a workload goes where it goes: the first without a place, or else the first. `replica` counts from 1. */
export interface PodExplanation extends WordedReplay {
  readonly name: string
}

/** A cluster that holds the nodes and the running pods, and what is asked of it. */
interface Question {
  readonly requests: readonly NamedRequest[]
  readonly running: ReadonlyMap<ReplicaId, string>
  readonly warnings: readonly Warning[]
}

/** Places every pending pod on a node, as far as the scheduler's rules that are honoured allow. */
export const planOnNodes = (input: KubernetesInput): NodesPlan => {
  const [planned] = batch(empty, (draft) => {
    const { requests, running, warnings } = question(draft, input)
    return {
      plan: wordPlan(plan(draft, requests, running), vocabularyOf(draft)),
      warnings: inOrderOfText([...input.warnings, ...warnings]),
    }
  })
  return planned
}

/** Explains a workload of the plan; nothing, when no pod of that name is pending. */
export const explainOnNodes = (input: KubernetesInput, name: string): O.Option<PodExplanation> => {
  const [explained] = batch(empty, (draft) => {
    const { requests, running } = question(draft, input)
    return pipe(
      replay(draft, requests, running, name),
      O.map((replayed) => ({ name, ...wordReplay(draft, replayed, vocabularyOf(draft)) })),
    )
  })
  return explained
}

/** The names that can be explained. */
export const namesOf = (input: KubernetesInput): readonly string[] => [
  ...new Set(input.wanting.filter(({ count }) => count !== 0).map(({ name }) => name)),
]

const question = (draft: Draft, input: KubernetesInput): Question => {
  for (const node of input.nodes) certain(join(draft, nodeSpecOf(draft, node)))
  const running = bound(draft, input)
  const asked = input.wanting.map((wanting) => requestsOf(draft, wanting, input))
  return {
    requests: asked.flatMap(({ requests }) => requests),
    running: running.names,
    warnings: [...running.warnings, ...asked.flatMap(({ warnings }) => warnings)],
  }
}

const bound = (
  draft: Draft,
  { running: pods, around }: KubernetesInput,
): { readonly names: ReadonlyMap<ReplicaId, string>; readonly warnings: readonly Warning[] } => {
  const names = new Map<ReplicaId, string>()
  const warnings: Warning[] = []
  for (const pod of pods) {
    const node = findNode(draft, pod.nodeName)
    const phase = pod.leaving ? 'leaving' : 'running'
    if (O.isSome(node))
      names.set(certain(bind(draft, defined(draft, pod, around), node.value, phase)), pod.name)
    else warnings.push(lost(pod))
  }
  return { names, warnings }
}

const lost = (pod: Running): Warning => ({
  from: pod.from,
  subject: titleOf(pod),
  text: `a pod runs on node ${pod.nodeName}, which is not among the documents: left out`,
})

const requestsOf = (
  draft: Draft,
  wanting: Wanting,
  { running, around }: KubernetesInput,
): { readonly requests: readonly NamedRequest[]; readonly warnings: readonly Warning[] } => {
  const { name, count } = wanting
  if (count !== 'one per node')
    return { requests: [{ name, class: defined(draft, wanting, around), count }], warnings: [] }
  const spec = daemonSpec(wanting.spec)
  const daemon = defined(draft, { ...wanting, spec }, around)
  const nodes = daemonNodes(draft, spec)
  const ours = running.filter((pod) => titleOf(pod) === titleOf(wanting))
  const taken = new Set(
    nodesNamed(
      draft,
      ours.map(({ nodeName }) => nodeName),
    ),
  )
  const left = nodes.filter((node) => !taken.has(node))
  const nowhere = {
    from: wanting.from,
    subject: titleOf(wanting),
    text: 'no node is eligible for it',
  }
  return {
    requests: left.map((node) => ({ name, class: daemon, count: 1, only: [node] })),
    warnings: nodes.length === 0 ? [nowhere] : [],
  }
}

const defined = (draft: Draft, wanting: Wanting, around: Surroundings): ClassId =>
  certain(define(draft, classOfPod(draft, wanting, wanting.priority, around)))
