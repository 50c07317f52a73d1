/**
 * The words that the API server knows in fields with a closed set of them. The scheduler's own reading is wider: it takes what it
 * does not know for something that never matches, which in a manifest is a slip that nobody would find.
 *
 * Source: Kubernetes API reference, Toleration, NodeSelectorRequirement and ContainerPort.
 */
import { shown, type Malformed } from '@stowage/kernel'
import type { Container } from '../words/container.js'
import type { NodeSelectorTerm } from '../words/node-selector.js'
import type { PodSpec } from '../words/pod.js'

type At = readonly (string | number)[]

const known = {
  tolerationOperator: ['Exists', 'Equal', 'Lt', 'Gt'],
  effect: ['NoSchedule', 'PreferNoSchedule', 'NoExecute'],
  protocol: ['TCP', 'UDP', 'SCTP'],
  selectorOperator: ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'],
} as const

/** What was left out, or left empty, is not wrong. */
const unless = (
  words: readonly string[],
  found: string | undefined,
  at: At,
): readonly Malformed[] =>
  found === undefined || found === '' || words.includes(found)
    ? []
    : [{ at, found: shown(found), expected: `one of ${words.join(', ')}` }]

/** Every word in a pod's spec that is none. */
export const unknownWords = (spec: PodSpec, at: At): readonly Malformed[] => [
  ...spec.tolerations.flatMap(({ operator, effect }, i) => [
    ...unless(known.tolerationOperator, operator, [...at, 'tolerations', i, 'operator']),
    ...unless(known.effect, effect, [...at, 'tolerations', i, 'effect']),
  ]),
  ...spec.initContainers.flatMap((one, i) => inPorts(one, [...at, 'initContainers', i])),
  ...spec.containers.flatMap((one, i) => inPorts(one, [...at, 'containers', i])),
  ...inAffinity(spec, [...at, 'affinity', 'nodeAffinity']),
]

const inPorts = ({ ports }: Container, at: At): readonly Malformed[] =>
  ports.flatMap(({ protocol }, i) =>
    unless(known.protocol, protocol, [...at, 'ports', i, 'protocol']),
  )

const inAffinity = ({ affinity }: PodSpec, at: At): readonly Malformed[] => {
  const required = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  const preferred = affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []
  const [hard, soft] = ['required', 'preferred'].map(
    (kind) => `${kind}DuringSchedulingIgnoredDuringExecution`,
  ) as [string, string]
  return [
    ...(required?.nodeSelectorTerms ?? []).flatMap((term, i) =>
      inTerm(term, [...at, hard, 'nodeSelectorTerms', i]),
    ),
    ...preferred.flatMap(({ preference }, i) => inTerm(preference, [...at, soft, i, 'preference'])),
  ]
}

const inTerm = (term: NodeSelectorTerm, at: At): readonly Malformed[] =>
  (['matchExpressions', 'matchFields'] as const).flatMap((field) =>
    term[field].flatMap(({ operator }, i) =>
      unless(known.selectorOperator, operator, [...at, field, i, 'operator']),
    ),
  )
