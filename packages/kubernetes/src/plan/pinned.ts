/**
 * Pins daemon pods to their nodes as the DaemonSet controller does, and translates them to the
 * kernel's rules. A pod is pinned by writing the node's name into its node affinity.
 *
 * Source: Kubernetes documentation, "DaemonSet" (how daemon pods are scheduled).
 */
import { nodeName } from '@stowage/kernel'
import { lower, type LoweredPod } from '../scheduler/lowered.js'
import type { KnownPod, Session } from '../scheduler/session.js'
import type { NodeAffinity, NodeSelectorTerm } from '../words/node-selector.js'
import { lowerTemplate } from './play.js'
import type { Stage, Turn } from './stage.js'

/**
 * The lowered pod of a turn. A daemon pod is pinned to its node, so it is lowered apart from its
 * template.
 */
export const lowerTurn = (stage: Stage, turn: Turn): LoweredPod =>
  turn.only === undefined
    ? lowerTemplate(stage, turn.workload)
    : lower(stage.session, pinToNode(stage.session, turn))

const pinToNode = ({ draft }: Session, { workload, only }: Turn): KnownPod => {
  if (only === undefined) return workload
  const affinity = onNode(workload.spec.affinity?.nodeAffinity, nodeName(draft, only[0]))
  const others = workload.spec.affinity ?? { podAffinity: undefined, podAntiAffinity: undefined }
  return {
    ...workload,
    spec: { ...workload.spec, affinity: { ...others, nodeAffinity: affinity } },
  }
}

const onNode = (affinity: NodeAffinity | undefined, name: string): NodeAffinity => {
  const field = { key: 'metadata.name', operator: 'In', values: [name] }
  const terms: readonly NodeSelectorTerm[] = affinity
    ?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [
    { matchExpressions: [], matchFields: [] },
  ]
  return {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: terms.map((term) => ({ ...term, matchFields: [field] })),
    },
    preferredDuringSchedulingIgnoredDuringExecution:
      affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [],
  }
}
