/**
 * Answers a Karpenter scenario (NodePools, instance types, nodes, pods) with our rules, in the form
 * of the recorded answers: the NodeClaims to create, the pods for existing nodes, the pods that are
 * refused, and the commands of consolidation.
 */
import { byCodeUnit } from '@stowage/kernel'
import { karpenterRules } from './rules.js'
import type { ClaimAnswer, CommandAnswer, KarpenterAnswer, KarpenterScenario } from './line.js'
import { scenarioWorld } from './world.js'

const { disruptNodes, launchableOfferings, measureTexts, podKey, provisionPods, requirementLines } =
  karpenterRules

type Claim = ReturnType<typeof provisionPods>['claims'][number]
type Command = ReturnType<typeof disruptNodes>['single'][number]

/** The answer to a scenario. */
export const karpenterAnswer = (scenario: KarpenterScenario): KarpenterAnswer => {
  const world = scenarioWorld(scenario)
  const { emptiness, multi, single } = disruptNodes(world)
  const plan = provisionPods(world)
  const nodeClaims = plan.claims.map(claimAnswer)
  const existing = plan.nodes
    .filter(({ pods }) => pods.length > 0)
    .map(({ node, pods }) => [node.name, pods.map(podKey)] as const)
  const byUid = new Map(world.pods.map((pod) => [pod.metadata.uid, podKey(pod)]))
  const errors = [...plan.refusals].map(([uid, text]) => [byUid.get(uid)!, text] as const)
  const answered = new Set([
    ...nodeClaims.flatMap(({ pods }) => pods),
    ...existing.flatMap(([, pods]) => pods),
    ...errors.map(([pod]) => pod),
  ])
  const ignored = world.pods
    .filter(({ spec }) => (spec.nodeName ?? '') === '')
    .map(podKey)
    .filter((pod) => !answered.has(pod))
  return {
    ...{ id: scenario.id, nodeClaims },
    ...(existing.length === 0 ? {} : { existing: inOrder(existing) }),
    ...(errors.length === 0 ? {} : { errors: inOrder(errors) }),
    ...(ignored.length === 0 ? {} : { ignored }),
    nodes: nodeClaims.length,
    cost: nodeClaims.reduce((sum, { price }) => sum + price, 0),
    disruption: {
      emptiness: emptiness.map(commandAnswer),
      multi: multi.map(commandAnswer),
      single: single.map(commandAnswer),
    },
  }
}

const inOrder = <Value>(
  entries: readonly (readonly [string, Value])[],
): Readonly<Record<string, Value>> =>
  Object.fromEntries([...entries].sort(([one], [other]) => byCodeUnit(one, other)))

interface PricedOffering {
  readonly type: string
  readonly launch: string
  readonly price: number
}

const claimAnswer = ({ pool, pods, types, requirements, requests }: Claim): ClaimAnswer => {
  const offers = types.flatMap((type) =>
    launchableOfferings(type, requirements).map(({ zone, capacityType, price }) => ({
      ...{ type: type.name, launch: `${type.name}/${zone}/${capacityType}`, price },
    })),
  )
  const best = offers.reduce<PricedOffering | undefined>(
    (least, one) => (least === undefined || isBefore(one, least) ? one : least),
    undefined,
  )
  const prices = new Map(types.map(({ name }) => [name, Number.MAX_VALUE]))
  for (const { type, price } of offers) prices.set(type, Math.min(prices.get(type)!, price))
  return {
    ...{ nodePool: pool, pods: pods.map(podKey) },
    instanceTypes: [...prices.keys()].sort(
      (one, other) => prices.get(one)! - prices.get(other)! || (one < other ? -1 : 1),
    ),
    ...{ launch: best?.launch ?? '', price: best?.price ?? 0 },
    ...{ requirements: requirementLines(requirements), requests: measureTexts(requests) },
  }
}

const isBefore = (one: PricedOffering, other: PricedOffering): boolean =>
  one.price < other.price || (one.price === other.price && one.launch < other.launch)

const commandAnswer = ({ candidates, replacement }: Command): CommandAnswer => ({
  decision: replacement === undefined ? 'delete' : 'replace',
  nodes: candidates.map(({ node }) => node.name),
  ...(replacement === undefined ? {} : { replacements: [claimAnswer(replacement)] }),
})
