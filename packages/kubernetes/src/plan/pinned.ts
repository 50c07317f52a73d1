/**
 * A pod of a turn, as it would be: that of a DaemonSet has the name of its node in its affinity,
 * where its controller writes it.
 *
 * Source: Kubernetes documentation, "DaemonSet" (how daemon pods are scheduled).
 */
import { nodeName } from '@stowage/kernel'
import type { KnownPod, Session } from '../scheduler/session.js'
import type { Turn } from './stage.js'
import type { NodeAffinity, NodeSelectorTerm } from '../words/node-selector.js'

export const pinned = ({ draft }: Session, { wanting, only }: Turn): KnownPod => {
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
