/**
 * Collects the input of a scale-up of the Cluster Autoscaler:
 * 1. the node groups, each with its offer (the kind of node that it opens, with a price);
 * 2. for each group a template: a new node with its DaemonSet pods;
 * 3. the prices of existing and new nodes.
 */
import type { PendingWorkload } from '../workload/share.js'
import { instanceTypeKey } from '../node-pool/well-known.js'
import type { KubernetesInput } from '../read/input.js'
import type { Node } from '../words/node.js'
import { autoscaledPod, type AutoscalerFlags, type GroupBench } from './autoscaler-mind.js'
import { nodeOffer } from './offer-nodes.js'
import type { SearchBench } from './search.js'
import type { NodeGroup } from './terms.js'
import { templatePod } from './waiting.js'

/** Prices are counted in millionths of the currency. */
const priceUnits = 1_000_000

/** The groups, whose offers are among those of the bench in the same order. */
export const groupBench = (
  { draft, offers, offerings, pods }: SearchBench,
  input: KubernetesInput,
  nodes: readonly Node[],
  groups: readonly NodeGroup[],
  daemons: readonly (readonly PendingWorkload[])[],
  flags: AutoscalerFlags,
): GroupBench => {
  const offerOf = [...offers.keys()].filter((at) => offers[at]!.owner?.kind === 'group')
  const byName = new Map(input.nodes.map((node) => [node.metadata.name, node]))
  const templates = offerOf.map((at) => ({
    node: byName.get(nodeOffer(offers[at]!, at).probe)!,
    pods: daemons[at]!.map((one) => autoscaledPod(templatePod(one))),
  }))
  const typePrices = new Map(offers.map(({ type, price }) => [type.name, price / priceUnits]))
  const nodePrices = new Map([
    ...nodes.flatMap(({ metadata: { name, labels } }) => {
      const price = typePrices.get(labels.get(instanceTypeKey) ?? '')
      return price === undefined ? [] : [[name, price] as const]
    }),
    ...templates.map(
      ({ node }, i) => [node.metadata.name, offers[offerOf[i]!]!.price / priceUnits] as const,
    ),
  ])
  return {
    ...{ draft, input, pods, groups, offerOf, offerings, templates, nodes, nodePrices, flags },
  }
}
