/**
 * One cycle of the scheduler, as a function: a pod is gated, goes to a node, or finds none, and
 * then preemption is asked.
 */
import {
  byCodeUnit,
  findNode,
  nodeName,
  replicasOn,
  wordExplanation,
  type ClassSpec,
  type WordedExplanation,
} from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import { pluginOf } from '../plugin/reason.js'
import { bestCandidates } from '../preempt/nominate.js'
import { mayPreempt } from './eligible.js'
import { victimsOn, type Preemptor, type Victims } from '../preempt/victims.js'
import { codeOf, vocabularyOf } from '../raise/vocabulary.js'
import { gateOf } from './gate.js'
import { judge, type JudgedPod } from './judge.js'
import { lower } from './lowered.js'
import { refusalsOn } from './nomination.js'
import { profileFor, type KnownPod, type Session } from './session.js'
import { reserve, settle } from './settle.js'
import { scheduledVerdict, unschedulableVerdict, type Rejection, type Verdict } from './verdict.js'

/**
 * What is said of the pod, and all nominations that are equally good, of which the verdict has the
 * first by name.
 */
export interface Attempt {
  readonly verdict: Verdict
  readonly nominations: readonly Nomination[]
  /**
   * Of a pod that found no place: the plugins that refused it, on whatever node, in the order of
   * their names.
   */
  readonly rejectors: readonly string[]
  /**
   * Where a pod that found no place is nominated to after this; nothing where it has lost its
   * nomination, or never had one.
   */
  readonly nominatedNodeName?: string
}

export type Nomination = NonNullable<Verdict['preemption']>

/**
 * Schedules one pod, and leaves it where it goes: on `pick`, when that is feasible, or else on the
 * best node; among equals the session's tie-break decides. A nomination that results is only
 * reported; `nominate` keeps it.
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

/** The same for a pod that no gate holds and that was judged. */
export const decide = (session: Session, judged: JudgedPod, pick?: string): Attempt => {
  const { draft } = session
  const { pod } = judged.lowered
  const worded = wordExplanation(draft, judged.found, vocabularyOf(draft))
  if (judged.found.chosen === undefined) return unplaced(session, judged, worded)
  const node = isFeasible(worded, pick) ? pick : worded.chosen!
  const id = findNode(draft, node)
  if (O.isSome(id)) {
    settle(session, judged.lowered, id.value)
    session.nominated.delete(pod.name)
    reserve(session, pod, id.value)
  }
  return { verdict: scheduledVerdict(pod.name, worded, node), nominations: [], rejectors: [] }
}

const isFeasible = ({ nodes }: WordedExplanation, pick: string | undefined): pick is string =>
  nodes.some(({ name, first }) => name === pick && first === undefined)

const unplaced = (session: Session, judged: JudgedPod, worded: WordedExplanation): Attempt => {
  const { pod, spec } = judged.lowered
  const refused = unschedulableVerdict(pod.name, worded, refusedBefore(session, spec))
  const rejectors = rejectorsIn(refused, spec)
  if (!mayPreempt(session, judged))
    return { verdict: refused, nominations: [], rejectors, ...kept(session, pod) }
  const candidates = refused.preFilter === undefined ? candidatesOf(session, judged) : []
  const nominations = bestCandidates(candidates).map((one) => nominated(session, one))
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

const kept = ({ nominated }: Session, { name }: KnownPod): Pick<Attempt, 'nominatedNodeName'> => {
  const nominatedNodeName = nominated.get(name)
  return nominatedNodeName === undefined ? {} : { nominatedNodeName }
}

/**
 * Where there is no node at all, nobody refuses. Names that a pod asks for are its node affinity's.
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

/** A plugin that leaves no node before any is looked at has refused the pod itself. */
const refusedBefore = ({ draft }: Session, { filters }: ClassSpec): Rejection | undefined => {
  const refusing = filters.find(
    (filter) =>
      filter._tag === 'Only' && filter.nodes.length === 0 && filter.plugin !== pluginOf(''),
  )
  if (refusing?._tag !== 'Only') return undefined
  const { plugin, reason } = vocabularyOf(draft).reasonOf(refusing.reason)
  return { plugin, code: codeOf(refusing.removable), reasons: [reason] }
}

/** Only nodes whose first refusal could be undone by removing pods are tried. */
export const candidatesOf = (session: Session, judged: JudgedPod): readonly Victims[] => {
  const { draft, placed, budgets } = session
  const preemptor: Preemptor = {
    priority: judged.lowered.spec.priority,
    fits: (node) => refusalsOn(session, judged, node).length === 0,
  }
  return judged.found.nodes.flatMap(({ node, first }) => {
    if (first?.removable !== true) return []
    const there = replicasOn(draft, node).flatMap(({ id }) => placed.get(id) ?? [])
    return victimsOn(draft, preemptor, node, there, budgets) ?? []
  })
}

/** A pod that is leaving already is not told again. */
const nominated = ({ draft }: Session, { node, pods }: Victims): Nomination => ({
  node: nodeName(draft, node),
  victims: pods
    .filter(({ phase }) => phase !== 'leaving')
    .map(({ name }) => name)
    .sort(),
})
