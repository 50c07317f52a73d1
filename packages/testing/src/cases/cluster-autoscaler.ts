/**
 * Maps the kinds of cases of the Cluster Autoscaler to its rules. The field names are those of the
 * recorded cases.
 */
import { decodeValue, isObject, own, type Codec } from '@stowage/documents'
import { clusterAutoscalerRules } from '@stowage/kubernetes'
import type { Malformed } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import type { CaseFunctions, CaseLine } from './line.js'

type AutoscalerRules = typeof clusterAutoscalerRules
type Balance = Parameters<AutoscalerRules['balanceGroups']>[0]
type Similarity = Parameters<AutoscalerRules['areSimilar']>[2]
type UnneededOptions = Parameters<AutoscalerRules['unneededVerdicts']>[2]
type Utilization = Parameters<AutoscalerRules['nodeUtilization']>[1]

const read = <Value>(codec: Codec<Value>, value: unknown): Value => {
  const decoded = decodeValue(codec, value)
  if (E.isLeft(decoded))
    throw new Error(`an input that cannot be read: ${JSON.stringify(decoded.left)}`)
  return decoded.right
}

const { AutoscaledPod, OccupiedNode } = clusterAutoscalerRules

const balance = ({
  groups,
  newNodes,
}: {
  readonly groups: Balance
  readonly newNodes: number
}): unknown => {
  if (groups.length === 0) return { error: true }
  return { resized: clusterAutoscalerRules.balanceGroups(groups, newNodes) }
}

const similar = (input: Similarity & { readonly a: unknown; readonly b: unknown }): unknown => ({
  similar: clusterAutoscalerRules.areSimilar(
    read(OccupiedNode, input.a),
    read(OccupiedNode, input.b),
    input,
  ),
})

const utilization = (
  input: Utilization & { readonly node: unknown; readonly pods: unknown },
): unknown => {
  const { node, pods } = input
  const found = clusterAutoscalerRules.nodeUtilization(read(OccupiedNode, { node, pods }), input)
  return found === undefined ? { error: true } : numbersAsText(found)
}

/** JSON has no word for these numbers. */
const numbersAsText = (row: object): object =>
  Object.fromEntries(
    Object.entries(row).map(([key, value]: [string, unknown]) => [
      key,
      typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
    ]),
  )

const equivalence = ({ pods }: { readonly pods: readonly unknown[] }): unknown => ({
  groups: clusterAutoscalerRules.equivalenceGroups(
    pods.map((pod) => {
      const { metadata } = read(AutoscaledPod, pod)
      const spec = isObject(pod) ? own(pod, 'spec') : undefined
      return { metadata, spec: sorted(spec) as object }
    }),
  ),
})

/** Keys in order, so that equal objects have equal texts. */
const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : isObject(value)
      ? Object.fromEntries(
          Object.keys(value)
            .sort()
            .map((key) => [key, sorted(own(value, key))]),
        )
      : value

/** Reasons that depend on which of several nodes goes first are recorded by group alone. */
const unneeded = (
  input: UnneededOptions & {
    readonly groups: Parameters<AutoscalerRules['unneededVerdicts']>[0]
    readonly unneeded: Parameters<AutoscalerRules['unneededVerdicts']>[1]
  },
): unknown => {
  const verdicts = clusterAutoscalerRules.unneededVerdicts(input.groups, input.unneeded, input)
  const byGroup: Record<string, Record<string, number>> = {}
  const byNode: Record<string, string> = {}
  for (const { name, group } of input.unneeded) {
    const verdict = verdicts.get(name)!
    const counts = (byGroup[group] ??= {})
    counts[verdict] = (counts[verdict] ?? 0) + 1
    if (reasonsOfNode.includes(verdict)) byNode[name] = verdict
  }
  return { byGroup, byNode }
}

const reasonsOfNode: readonly string[] = [
  'ScaleDownDisabledAnnotation',
  'NotUnneededLongEnough',
  'NotUnreadyLongEnough',
]

/** The functions by kind. */
export const clusterAutoscalerFunctions: CaseFunctions = {
  balance,
  equivalence,
  similar,
  unneeded,
  utilization,
}

/** The first thing that is wrong with the input of a case. */
export const clusterAutoscalerFaults = ({ kind, input }: CaseLine): readonly Malformed[] => {
  const parts = isObject(input) ? partsIn(kind, input) : []
  return parts.flatMap(([at, value]) => {
    const decoded = decodeValue(OccupiedNode, value)
    return E.isLeft(decoded)
      ? decoded.left.map((fault) => ({ ...fault, at: ['input', ...at, ...fault.at] }))
      : []
  })
}

type InputPart = readonly [at: readonly string[], value: unknown]

const partsIn = (kind: string, input: object): readonly InputPart[] => {
  switch (kind) {
    case 'similar':
      return ['a', 'b'].map((key) => [[key], own(input, key)])
    case 'utilization':
      return [[[], input]]
    default:
      return []
  }
}
