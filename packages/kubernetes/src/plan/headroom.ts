/**
 * Counts how many more pods of a workload would fit on the nodes, after all pending pods have been
 * planned. Places pods until none fits, and says why each node takes no more.
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
import { promisesVolumes } from '../volume/reserve.js'
import type { PendingWorkload } from '../workload/share.js'
import { heldBack, lowerTemplate, playTurn, sharedTurns } from './play.js'
import { rolledOut } from './plan.js'
import { playInRounds } from './rounds.js'
import { openStage } from './stage.js'
import { isPartOf, podName, podsIn, runningPodsOf, subjectsOf } from './subject.js'

/**
 * How many more pods found a node, the node of each in the order of placing, and why the nodes
 * take no other. `unplaced` is absent when the search stopped before none fitted.
 */
export interface Headroom {
  readonly _tag: 'Headroom'
  readonly count: number
  readonly placed: readonly string[]
  readonly unplaced: WordedPlan['unplaced'][number] | undefined
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
 * such subject. The quotas of a namespace are not counted.
 */
export const headroomOnNodes = (
  input: KubernetesInput,
  title: string,
  countMax: number,
): Headroom | UnknownHeadroom | undefined => {
  const template = oneMoreOf(input, title)
  if (template === undefined) return undefined
  const why = uncountedOf(template)
  if (why !== undefined) return { _tag: 'Unknown', why }
  const [, headroom] = batch(allowIndexes(empty), (draft): Headroom | UnknownHeadroom => {
    const stage = openStage(draft, input)
    const turns = sharedTurns(stage).map(([, turn]) => turn)
    rolledOut(stage, input, playInRounds(stage, turns).flat())
    const rejection = heldBack(stage.session, template)
    if (rejection !== undefined)
      return { _tag: 'Unknown', why: `no scheduler looks at it: ${rejection.reasons.join(', ')}` }
    const { storage, devices } = stage.session.around
    if (promisesVolumes(template, storage) || promisesDevices(template, devices))
      return {
        _tag: 'Unknown',
        why: 'each of its pods takes volumes or devices that are not there',
      }
    const outcome = playTurn(stage, { workload: template, count: countMax })
    if (outcome._tag === 'Held') return { _tag: 'Unknown', why: outcome.why.reasons.join(', ') }
    const { placed, unplaced } = outcome.answer
    const { class: classId } = lowerTemplate(stage, template)
    const words = vocabularyOf(draft)
    const rows = unplaced === undefined ? [] : [{ name: template.name, ...unplaced, count: 1 }]
    return {
      _tag: 'Headroom',
      count: placed.length,
      placed: placed.map(({ node }) => nodeName(draft, node)),
      unplaced: wordPlan({ nodes: [], unplaced: rows }, words).unplaced[0],
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
  return { ...found, spec: { ...found.spec, nodeName: undefined } }
}

const uncountedOf = ({ count, claimTemplates }: PendingWorkload): string | undefined => {
  if (count === 'one per node') return 'a DaemonSet has one pod on each node that suits it'
  return claimTemplates.length > 0
    ? 'each of its pods has claims of its own; raise spec.replicas and plan it'
    : undefined
}
