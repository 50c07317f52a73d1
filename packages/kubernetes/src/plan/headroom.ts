/**
 * Counts how many more pods of a workload would fit on the nodes, after all pending pods have been
 * planned. Places as many pods as the ResourceQuotas of the namespace let, until none fits, and
 * says why no more.
 */
import {
  allowIndexes,
  batch,
  empty,
  explain,
  nodeName,
  wordExplanation,
  wordPlan,
  type WordedExplanation,
  type WordedPlan,
} from '@stowage/kernel'
import { vocabularyOf } from '../raise/vocabulary.js'
import type { KubernetesInput } from '../read/input.js'
import { promisesDevices } from '../device/reserve.js'
import { podsWithinQuota } from '../read/quotas.js'
import { promisesVolumes } from '../volume/reserve.js'
import type { WirePod } from '../wire/objects.js'
import type { PendingWorkload } from '../workload/share.js'
import { heldBack, lowerTemplate, playTurn, sharedTurns } from './play.js'
import { rolledOut } from './plan.js'
import { playInRounds } from './rounds.js'
import { openStage } from './stage.js'
import { withoutSurplus } from './surplus.js'
import { isPartOf, podName, podsIn, runningPodsOf, subjectsOf } from './subject.js'

/**
 * How many more pods found a node, the node of each in the order of placing, and why the nodes
 * take no other. `unplaced` is absent when the search stopped before none fitted, and with a
 * `refusal`.
 */
export interface Headroom {
  readonly _tag: 'Headroom'
  readonly count: number
  readonly placed: readonly string[]
  readonly unplaced: WordedPlan['unplaced'][number] | undefined
  /** Why the API server would refuse one more, where the quotas are used up before the nodes. */
  readonly refusal?: string
  /** One more pod, explained after all those that were placed. */
  readonly explanation: WordedExplanation
}

/** Why the number is not known, in a sentence. */
export interface UnknownHeadroom {
  readonly _tag: 'Unknown'
  readonly why: string
}

/**
 * How many more pods of the subject of a title fit, up to `countMax`; `undefined` when there is no
 * such subject. Pods that wait for a node are counted by quotas as well.
 */
export const headroomOnNodes = (
  given: KubernetesInput,
  title: string,
  countMax: number,
): Headroom | UnknownHeadroom | undefined => {
  const input = withoutSurplus(given)
  const template = oneMoreOf(input, title)
  if (template === undefined) return undefined
  const why = uncountedOf(template)
  if (why !== undefined) return { _tag: 'Unknown', why }
  const [, headroom] = batch(allowIndexes(empty), (draft): Headroom | UnknownHeadroom => {
    const stage = openStage(draft, input)
    const turns = sharedTurns(stage).map(([, turn]) => turn)
    rolledOut(stage, input, playInRounds(stage, turns).flat())
    const { refusal: _, ...pod } = template
    const { count, refusal } = podsWithinQuota(pod, stage.quotas, countMax)
    // What a quota refuses today is looked at like what it would refuse after some more.
    const workload = refusal === undefined ? template : pod
    const rejection = heldBack(stage.session, workload)
    if (rejection !== undefined)
      return { _tag: 'Unknown', why: `no scheduler looks at it: ${rejection.reasons.join(', ')}` }
    const { storage, devices } = stage.session.around
    if (promisesVolumes(template, storage) || promisesDevices(template, devices))
      return {
        _tag: 'Unknown',
        why: 'each of its pods takes volumes or devices that are not there',
      }
    const outcome = playTurn(stage, { workload, count })
    if (outcome._tag === 'Held') return { _tag: 'Unknown', why: outcome.why.reasons.join(', ') }
    const { placed, unplaced } = outcome.answer
    const { class: classId } = lowerTemplate(stage, workload)
    const words = vocabularyOf(draft)
    const rows = unplaced === undefined ? [] : [{ name: template.name, ...unplaced, count: 1 }]
    return {
      _tag: 'Headroom',
      count: placed.length,
      placed: placed.map(({ node }) => nodeName(draft, node)),
      unplaced: wordPlan({ nodes: [], unplaced: rows }, words).unplaced[0],
      ...(refusal === undefined || unplaced !== undefined ? {} : { refusal }),
      explanation: wordExplanation(draft, explain(draft, { class: classId }), words),
    }
  })
  return headroom
}

/** One more pod of the subject, without name or node where others have these. */
const oneMoreOf = (input: KubernetesInput, title: string): PendingWorkload | undefined => {
  const subject = subjectsOf(input, title).find((one) => one.title === title)
  if (subject === undefined) return undefined
  const pending =
    subject.kind === 'Pod'
      ? podsIn(input).filter((pod) => podName(pod) === subject.name)
      : input.pending.filter((one) => isPartOf(one, subject))
  const admitted = pending.find(({ refusal }) => refusal === undefined) ?? pending[0]
  const found = admitted ?? runningPodsOf(input, subject)[0]
  if (found === undefined) return undefined
  const { stored, ...other } = { ...found, spec: { ...found.spec, nodeName: undefined } }
  return stored === undefined
    ? other
    : { ...other, stored: anotherLike(stored, found.metadata.name) }
}

/** Another pod like a stored one, as quotas see it: with a name that is still to be made. */
const anotherLike = (stored: WirePod, owner: string): WirePod => {
  const { name: _, ...metadata } = stored.metadata ?? {}
  return { ...stored, metadata: { ...metadata, generateName: `${owner}-` } }
}

const uncountedOf = ({ count, claimTemplates }: PendingWorkload): string | undefined => {
  if (count === 'one per node') return 'a DaemonSet has one pod on each node that suits it'
  return claimTemplates.length > 0
    ? 'each of its pods has claims of its own; raise spec.replicas and plan it'
    : undefined
}
