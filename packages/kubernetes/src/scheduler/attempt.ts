/**
 * Runs the scheduling cycle of one pod, which ends in one of three ways:
 * 1. A scheduling gate holds the pod back.
 * 2. Filters and scores choose a node.
 * 3. No node is feasible, and preemption searches for victims to evict.
 */
import {
  byCodeUnit,
  findNode,
  nodeName,
  openNodeJudge,
  replicasOn,
  wordExplanation,
  type ClassSpec,
  type WordedExplanation,
} from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import { isErrorReason, pluginOf } from '../plugin/reason.js'
import { bestCandidates } from '../preempt/nominate.js'
import { mayPreempt } from './eligible.js'
import { victimsOn, type Preemptor, type Victims } from '../preempt/victims.js'
import { refusalCode, vocabularyOf } from '../raise/vocabulary.js'
import { gateOf } from './gate.js'
import { judge, type JudgedPod } from './judge.js'
import { lower } from './lowered.js'
import { refusalsOn } from './nomination.js'
import { profileFor, type KnownPod, type Session } from './session.js'
import { reserve, settle } from './settle.js'
import { scheduledVerdict, unschedulableVerdict, type Rejection, type Verdict } from './verdict.js'

/**
 * The result of one scheduling cycle: the verdict on the pod, and all equally good nominations. The
 * verdict names the first of them by node name.
 */
export interface Attempt {
  readonly verdict: Verdict
  readonly nominations: readonly Nomination[]
  /**
   * The plugins that refused the pod on any node, sorted by name; empty when the pod got a node.
   */
  readonly rejectors: readonly string[]
  /**
   * The node to which a refused pod is nominated after this cycle; `undefined` when it lost its
   * nomination or never had one.
   */
  readonly nominatedNodeName?: string
}

/** A node where preemption would make room for a pod, and its victims by namespace and name. */
export type Nomination = NonNullable<Verdict['preemption']>

/**
 * Schedules one pod and binds it in the session: to `pick` when that node is feasible, otherwise to
 * the best node; the session's tie-break decides among equals. A nomination is only reported;
 * `nominate` stores it.
 */
export const attempt = (session: Session, pod: KnownPod, pick?: string): Attempt => {
  const gate = gateOf(pod, profileFor(session, pod), session.around)
  return gate === undefined
    ? decide(session, judge(session, lower(session, pod)), pick)
    : {
        verdict: { pod: pod.name, result: 'gated', preFilter: gate },
        nominations: [],
        rejectors: [gate.plugin],
      }
}

/** Like `attempt`, for a pod that passed its gates and was already judged. */
export const decide = (session: Session, judgedPod: JudgedPod, pick?: string): Attempt => {
  const { draft } = session
  const { pod } = judgedPod.lowered
  const worded = wordExplanation(draft, judgedPod.found, vocabularyOf(draft))
  if (judgedPod.found.chosen === undefined) return unplacedAttempt(session, judgedPod, worded)
  const node = isPickFeasible(worded, pick) ? pick : worded.chosen!
  const id = findNode(draft, node)
  if (O.isSome(id)) {
    settle(session, judgedPod.lowered, id.value)
    session.nominated.delete(pod.name)
    reserve(session, pod, id.value)
  }
  return { verdict: scheduledVerdict(pod.name, worded, node), nominations: [], rejectors: [] }
}

const isPickFeasible = ({ nodes }: WordedExplanation, pick: string | undefined): pick is string =>
  nodes.some(({ name, first }) => name === pick && first === undefined)

const unplacedAttempt = (
  session: Session,
  judgedPod: JudgedPod,
  worded: WordedExplanation,
): Attempt => {
  const { pod, spec } = judgedPod.lowered
  const refused = unschedulableVerdict(pod.name, worded, refusedBefore(session, spec))
  const rejectors = rejectorsIn(refused, spec)
  if (!mayPreempt(session, judgedPod))
    return { verdict: refused, nominations: [], rejectors, ...nominationBefore(session, pod) }
  const candidates = refused.preFilter === undefined ? candidatesOf(session, judgedPod) : []
  const nominations = bestCandidates(candidates).map((one) => wordNomination(session, one))
  const [first] = nominations
  return first === undefined
    ? { verdict: refused, nominations, rejectors }
    : {
        verdict: { ...refused, preemption: first },
        nominations,
        rejectors,
        nominatedNodeName: first.node,
      }
}

const nominationBefore = (
  { nominated }: Session,
  { name }: KnownPod,
): Pick<Attempt, 'nominatedNodeName'> => {
  const nominatedNodeName = nominated.get(name)
  return nominatedNodeName === undefined ? {} : { nominatedNodeName }
}

/**
 * The plugins that refused the pod; none when there are no nodes. NodeAffinity is included when it
 * limits the pod to named nodes.
 */
const rejectorsIn = (
  { preFilter, rejected = {} }: Verdict,
  { filters }: ClassSpec,
): readonly string[] => {
  const refusals = preFilter === undefined ? Object.values(rejected) : [preFilter]
  const isNarrowed = filters.some(
    (filter) => filter._tag === 'Only' && filter.plugin === pluginOf(''),
  )
  const plugins = refusals.map(({ plugin }) => plugin).filter((plugin) => plugin !== '')
  return refusals.length === 0
    ? []
    : [...new Set([...plugins, ...(isNarrowed ? ['NodeAffinity'] : [])])].sort(byCodeUnit)
}

/**
 * The rejection by a PreFilter plugin that refused the pod before any node was filtered;
 * `undefined` when none did.
 */
const refusedBefore = ({ draft }: Session, { filters }: ClassSpec): Rejection | undefined => {
  const refusing = filters.find(isEarlyRefusal)
  if (refusing?._tag !== 'Only') return undefined
  const { plugin, reason } = vocabularyOf(draft).reasonOf(refusing.reason)
  const code = isErrorReason(refusing.reason) ? 'Error' : refusalCode(refusing.removable)
  return { plugin, code, reasons: [reason] }
}

/** Whether a filter says that a PreFilter plugin refused the pod before any node was filtered. */
export const isEarlyRefusal = (filter: ClassSpec['filters'][number]): boolean =>
  filter._tag === 'Only' && filter.nodes.length === 0 && filter.plugin !== pluginOf('')

/**
 * The nodes where evicting victims would make the pod fit. Only nodes whose first refusal is
 * removable are tried.
 */
export const candidatesOf = (session: Session, judgedPod: JudgedPod): readonly Victims[] => {
  const { draft, placed, budgets } = session
  const judgeClass = openNodeJudge(draft, judgedPod.class)
  const preemptor: Preemptor = {
    priority: judgedPod.lowered.spec.priority,
    fits: (node) => refusalsOn(session, judgedPod, node, judgeClass).length === 0,
  }
  return judgedPod.found.nodes.flatMap(({ node, first }) => {
    if (first?.removable !== true) return []
    const there = replicasOn(draft, node).flatMap(({ id }) => placed.get(id) ?? [])
    return victimsOn(draft, preemptor, node, there, budgets) ?? []
  })
}

/** Words a candidate. Victims that already leave are omitted: they need no second deletion. */
const wordNomination = ({ draft }: Session, { node, pods }: Victims): Nomination => ({
  node: nodeName(draft, node),
  victims: pods
    .filter(({ phase }) => phase !== 'leaving')
    .map(({ name }) => name)
    .sort(),
})
