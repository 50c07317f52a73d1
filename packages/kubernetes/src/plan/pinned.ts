/**
 * A pod of a turn, as it would be: that of a DaemonSet has the name of its node in its affinity,
 * where its controller writes it.
 *
 * Source: Kubernetes documentation, "DaemonSet" (how daemon pods are scheduled).
 */
import { nodeName } from '@stowage/kernel'
import { lower, type LoweredPod } from '../scheduler/lowered.js'
import type { KnownPod, Session } from '../scheduler/session.js'
import type { NodeAffinity, NodeSelectorTerm } from '../words/node-selector.js'
import { lowerTemplate } from './play.js'
import type { Stage, Turn } from './stage.js'

/** The pod of a turn, lowered; that of a DaemonSet is another pod than its template makes. */
export const lowerTurn = (stage: Stage, turn: Turn): LoweredPod =>
  turn.only === undefined
    ? lowerTemplate(stage, turn.wanting)
    : lower(stage.session, pinned(stage.session, turn))

const pinned = ({ draft }: Session, { wanting, only }: Turn): KnownPod => {
  if (only === undefined) return wanting
  const affinity = onNode(wanting.spec.affinity?.nodeAffinity, nodeName(draft, only[0]))
  const others = wanting.spec.affinity ?? { podAffinity: undefined, podAntiAffinity: undefined }
  return { ...wanting, spec: { ...wanting.spec, affinity: { ...others, nodeAffinity: affinity } } }
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
