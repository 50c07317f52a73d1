/** Lists the functions of recorded cases of a Horizontal Pod Autoscaler, by the kind of a case. */
import { decodeValue, type Codec } from '@stowage/documents'
import type { Malformed } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { metricOutput, normalizeOutput, reconcileOutput } from './answer.js'
import { MetricInput, NormalizeInput, ReconcileInput } from './vector.js'

/** A function of a kind, with the codec of its input. */
interface Rule {
  readonly faults: (input: unknown) => readonly Malformed[]
  readonly answer: (input: unknown) => unknown
}

const rule = <Input>(codec: Codec<Input>, answer: (input: Input) => unknown): Rule => ({
  faults: (input) => {
    const read = decodeValue(codec, input)
    return E.isLeft(read) ? read.left : []
  },
  answer: (input) => {
    const read = decodeValue(codec, input)
    if (E.isLeft(read))
      throw new Error(`an input that cannot be read: ${JSON.stringify(read.left)}`)
    return answer(read.right)
  },
})

const metricKinds = [
  'resourceUtilization',
  'resourceAverageValue',
  'podsMetric',
  'objectValue',
  'objectAverageValue',
  'externalValue',
  'externalAverageValue',
] as const

const rules: Readonly<Record<string, Rule>> = {
  ...Object.fromEntries(
    metricKinds.map((kind) => [kind, rule(MetricInput, (input) => metricOutput(kind, input))]),
  ),
  normalizeDefault: rule(NormalizeInput, normalizeOutput),
  normalizeBehavior: rule(NormalizeInput, normalizeOutput),
  reconcile: rule(ReconcileInput, reconcileOutput),
}

/** The functions by kind; each throws on an input that `autoscalerFaults` finds fault with. */
export const autoscalerFunctions: Readonly<Record<string, (input: unknown) => unknown>> =
  Object.fromEntries(Object.entries(rules).map(([kind, { answer }]) => [kind, answer]))

/** What is wrong with the input of a case of a known kind, with paths from the line. */
export const autoscalerFaults = ({
  kind,
  input,
}: {
  readonly kind: string
  readonly input: unknown
}): readonly Malformed[] =>
  (rules[kind]?.faults(input) ?? []).map((fault) => ({ ...fault, at: ['input', ...fault.at] }))
