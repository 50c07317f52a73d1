/**
 * Tries a plan of new nodes on the cluster: opens the nodes, and places each pod on the node that
 * the plan names, if the scheduler's filters accept it there. A pod that they refuse is reported as
 * misplaced. Afterwards everything is rolled back.
 */
import {
  explain,
  findNode,
  nodeName,
  place,
  trial,
  type Draft,
  type NodeId,
  type Offering,
  type SupplyPlan,
} from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import type { AnsweredTurn } from '../plan/play.js'
import { suppliedNodes, type NodeSupply } from '../plan/provision.js'
import { vocabularyOf } from '../raise/vocabulary.js'
import { openNodes } from '../release/open-supply.js'
import type { MindSupply } from './terms.js'
import { podKey } from '../karpenter/pod.js'
import type { UnplacedPod } from './waiting.js'

/** Nodes to open, and what a mind does with each pod that waits. */
export interface MindPlan {
  readonly nodes: readonly {
    readonly offer: number
    readonly options: readonly string[]
    readonly pods: readonly UnplacedPod[]
  }[]
  readonly existing: readonly { readonly node: string; readonly pods: readonly UnplacedPod[] }[]
  readonly refused: readonly { readonly pod: UnplacedPod; readonly text: string }[]
  /** The pods that have a place, in the order in which they got it. */
  readonly order: readonly UnplacedPod[]
}

/** The plan as it comes out once its nodes are open. The draft is as it was afterwards. */
export const openMindPlan = (
  draft: Draft,
  plan: MindPlan,
  offerings: readonly Offering[],
  lacking: readonly AnsweredTurn[],
): Omit<MindSupply, 'mind' | 'offers' | 'bound' | 'placed' | 'held'> =>
  trial(draft, () => {
    const ids = openNodes(
      draft,
      plan.nodes.map(({ offer }) => offerings[offer]!),
    )
    const places = [
      ...plan.nodes.flatMap(({ pods }, i) => pods.map((one) => ({ one, node: ids[i]! }))),
      ...plan.existing.flatMap(({ node, pods }) => {
        const id = O.toUndefined(findNode(draft, node))
        return id === undefined ? [] : pods.map((one) => ({ one, node: id }))
      }),
    ]
    const turns = new Map(plan.order.map((one, turn) => [one, turn]))
    const ordered = [...places].sort(
      (one, other) => (turns.get(one.one) ?? 0) - (turns.get(other.one) ?? 0),
    )
    const misplaced = placeAll(draft, ordered, lacking)
    return [false, answerOf(draft, plan, ids, offerings, lacking, misplaced)] as const
  })

interface PlannedPlace {
  readonly one: UnplacedPod
  readonly node: NodeId
}

/** Tries all again while some are placed, as pods may wait for others; the rest is returned. */
const placeAll = (
  draft: Draft,
  places: readonly PlannedPlace[],
  lacking: readonly AnsweredTurn[],
): readonly PlannedPlace[] => {
  let left = places
  for (;;) {
    const refused = left.filter(({ one, node }) => {
      const request = { class: lacking[one.request]!.lowered.class, count: 1, only: [node] }
      return place(draft, [request]).answers[0]!.unplaced !== undefined
    })
    if (refused.length === 0 || refused.length === left.length) return refused
    left = refused
  }
}

const answerOf = (
  draft: Draft,
  plan: MindPlan,
  ids: readonly NodeId[],
  offerings: readonly Offering[],
  lacking: readonly AnsweredTurn[],
  misplaced: readonly PlannedPlace[],
): Omit<MindSupply, 'mind' | 'offers' | 'bound' | 'placed' | 'held'> => {
  const isMisplaced = new Set(misplaced.map(({ one }) => one))
  const names = nodeNamesOf(draft, ids)
  const supply: SupplyPlan['nodes'] = plan.nodes.map(({ offer, pods }, i) => ({
    ...{ offering: offer, name: names[i]! },
    places: placesOf(pods.filter((one) => !isMisplaced.has(one))),
  }))
  return {
    nodes: suppliedNodes(draft, lacking, offerings, supply),
    options: plan.nodes.map(({ options }) => options),
    existing: plan.existing.map(({ node, pods }) => ({
      node,
      pods: pods.map(({ pod }) => podKey(pod)),
    })),
    unplaced: unplacedByName(lacking, [...plan.refused.map(({ pod }) => pod), ...isMisplaced]),
    refusals: byText(plan.refused.map(({ pod, text }) => [text, pod] as const)),
    misplaced: [...new Set(misplaced.map(({ node }) => node))].flatMap((node) =>
      byText(
        misplaced
          .filter((one) => one.node === node)
          .map((one) => [misplacedText(draft, one, lacking), one.one] as const),
      ).map((row) => ({ node: nodeName(draft, node), ...row })),
    ),
    price: plan.nodes.reduce((sum, { offer }) => sum + offerings[offer]!.price, 0),
  }
}

const nodeNamesOf = (draft: Draft, ids: readonly NodeId[]): readonly string[] =>
  ids.map((id) => nodeName(draft, id))

/** In the order of the first pod of each request. */
const placesOf = (pods: readonly UnplacedPod[]): SupplyPlan['nodes'][number]['places'] => {
  const counts = new Map<number, number>()
  for (const { request } of pods) counts.set(request, (counts.get(request) ?? 0) + 1)
  return [...counts].map(([request, count]) => ({ request, count }))
}

const unplacedByName = (
  lacking: readonly AnsweredTurn[],
  pods: readonly UnplacedPod[],
): NodeSupply['unplaced'] => {
  const counts = new Map<string, number>()
  for (const { request } of pods) {
    const { name } = lacking[request]!.turn.workload
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].map(([name, count]) => ({ name, count, reasons: [] }))
}

/** Pods by what is said of them, in the order of the first of each. */
const byText = (
  rows: readonly (readonly [text: string, pod: UnplacedPod])[],
): MindSupply['refusals'] => {
  const groups = new Map<string, string[]>()
  for (const [text, { pod }] of rows) {
    const own = groups.get(text)
    if (own === undefined) groups.set(text, [podKey(pod)])
    else own.push(podKey(pod))
  }
  return [...groups].map(([text, pods]) => ({ text, pods }))
}

/** What the filters say of a pod on its node, once all others are placed. */
const misplacedText = (
  draft: Draft,
  { one, node }: PlannedPlace,
  lacking: readonly AnsweredTurn[],
): string => {
  const { reasonOf: worded } = vocabularyOf(draft)
  const { nodes } = explain(draft, { class: lacking[one.request]!.lowered.class, only: [node] })
  const { reasons } = nodes[0]?.first ?? { reasons: [] }
  const words = reasons.map((reason) => worded(reason).reason).join(', ')
  return words === '' ? 'no filter refuses it once all others are placed' : words
}
