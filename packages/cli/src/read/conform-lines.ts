/**
 * Defines the codecs of the lines that `stowage conform` reads: recorded test cases and recorded
 * answers. Every line is checked before anything is computed.
 */
import {
  codecOf,
  decodeValue,
  dictionary,
  flag,
  isObject,
  list,
  nestingFaults,
  omittable,
  oneOf,
  own,
  record,
  text,
  type Codec,
  type DocumentFault,
} from '@stowage/documents'
import type { MalformedValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import type { Line } from './lines.js'

/** What a line may hold: its codec, and the fields of which it has at least one. */
export interface LineKind {
  readonly codec: Parameters<typeof decodeValue<object>>[0]
  readonly oneOf?: readonly string[]
}

/** What is wrong with a line; a line that has nothing wrong is of the kind. */
export const lineFaults = (
  { codec, oneOf: some }: LineKind,
  { from, value }: Line,
): readonly DocumentFault[] => {
  const deep = nestingFaults({ from, value })
  if (deep.length > 0) return deep
  const read = decodeValue(codec, value)
  const wrong: readonly MalformedValue[] = E.isLeft(read) ? read.left : missingFaults(some, value)
  return wrong.map((fault) => ({ from, ...fault }))
}

const missingFaults = (names: readonly string[] = [], value: unknown): readonly MalformedValue[] =>
  names.length === 0 || (isObject(value) && names.some((name) => own(value, name) !== undefined))
    ? []
    : [{ at: [], found: 'none of them', expected: names.join(' or ') }]

const anyValue: Codec<unknown> = codecOf<unknown>('a value', (value) => value ?? false)
const objects = list('a list of objects', anyValue)
const texts = list('a list of texts', text)
const count: Codec<number> = codecOf('a number', (value) =>
  typeof value === 'number' ? value : undefined,
)
const counts = omittable(dictionary(count))

/** Objects of Kubernetes, and the pods to schedule. */
export const scenarioLine: LineKind = {
  codec: record('a scenario: id, objects and pending', {
    ...{ id: text, family: omittable(text), objects, pending: texts, picks: omittable(texts) },
  }),
}

const rejection = record('a rejection: plugin, code and reasons', {
  ...{ plugin: text, code: text, reasons: omittable(texts) },
})

const verdict = record('a verdict: pod and result', {
  ...{ pod: text, result: text, node: omittable(text), best: omittable(texts) },
  preFilter: omittable(rejection),
  rejected: omittable(dictionary(rejection)),
  ...{ scores: omittable(dictionary(dictionary(count))), totals: counts },
  preemption: omittable(
    record('a preemption: node and victims', { node: text, victims: omittable(texts) }),
  ),
})

/** The verdicts of a scheduler on a scenario. */
export const answerLine: LineKind = {
  codec: record('an answer: id, and verdicts or an error', {
    id: text,
    verdicts: omittable(list('a list of verdicts', verdict)),
    error: omittable(text),
  }),
  oneOf: ['verdicts', 'error'],
}

/** Objects to submit to an API server. */
export const admissionLine: LineKind = {
  codec: record('a line of admission: id and objects', {
    ...{ id: text, validation: omittable(oneOf(['', 'Strict', 'Warn', 'Ignore'])), objects },
  }),
}

const admissionError = record('an error: message, code and causes', {
  ...{ code: omittable(count), reason: omittable(text), message: text, causes: omittable(texts) },
})

const storedObject = record('an object', {
  kind: omittable(text),
  metadata: omittable(record('an object', { labels: omittable(dictionary(text)) })),
})

const resultFields = record('a result: kind and name, and an object or an error', {
  ...{ kind: text, name: text, update: omittable(flag) },
  ...{ object: omittable(storedObject), error: omittable(admissionError) },
})

/** A result has one of the two. */
const result = codecOf('a result: kind and name, and an object or an error', (value) => {
  const read = resultFields.decode(value)
  return E.isRight(read) && (read.right.object ?? read.right.error) !== undefined
    ? read.right
    : undefined
})

/** What an API server answered to each object. */
export const admissionAnswerLine: LineKind = {
  codec: record('an answer: id and results', {
    id: text,
    results: list('a list of results', result),
  }),
}

const rule = record('a rule: then, and which pods', {
  ...{ labels: omittable(dictionary(text)), image: omittable(text), name: omittable(text) },
  ...{ node: omittable(text), exitCode: omittable(count), times: omittable(count) },
  then: oneOf(['Ready', 'Unready', 'Waiting', 'Succeeded', 'Failed']),
})
const rules = omittable(list('a list of rules', rule))

const target = record('a target: a kind and a name, or labels', {
  ...{ kind: omittable(text), name: omittable(text), labels: omittable(dictionary(text)) },
  ...{ node: omittable(text), count: omittable(count) },
  propagation: omittable(oneOf(['Background', 'Foreground', 'Orphan'])),
})
const targets = omittable(list('a list of targets', target))

const historyStep = record('a step', {
  ...{ rules, delete: targets, evict: targets, apply: omittable(objects) },
  nodes: omittable(dictionary(oneOf(['Ready', 'NotReady', 'Silent', 'Cordoned', 'Uncordoned']))),
  quietMs: omittable(count),
})

/** A history of a cluster. */
export const historyLine: LineKind = {
  codec: record('a history: id, nodes and steps', {
    ...{ id: text, nodes: objects, rules, steps: list('a list of steps', historyStep) },
  }),
}

/** Where a cluster came to rest after each step. */
export const settledLine: LineKind = {
  codec: record('an answer: id and steps', {
    id: text,
    steps: list('a list of settled steps', record('a settled step', { objects, pods: objects })),
  }),
}

/** A case with an id, of one of these kinds, or of any. */
export const caseLine = (expected: string, kinds?: readonly string[]): LineKind => ({
  codec: codecOf(expected, (value) => {
    if (!isObject(value)) return undefined
    const [id, kind] = [own(value, 'id'), own(value, 'kind')]
    const isKind = typeof kind === 'string' && (kinds === undefined || kinds.includes(kind))
    return typeof id === 'string' && isKind ? value : undefined
  }),
})

/** A line with an id, of which the rest is read later. */
export const lineWithId = (expected: string): LineKind => ({
  codec: record(expected, { id: text }),
})

const karpenterClaim = record('a node claim', {
  ...{ nodePool: text, pods: texts, instanceTypes: texts, launch: text, price: count },
  ...{ requirements: texts, requests: dictionary(text) },
})

const karpenterCommand = record('a command: decision and nodes', {
  ...{ decision: text, nodes: texts },
  replacements: omittable(list('a list of node claims', karpenterClaim)),
})

/** What Karpenter launched for a scenario, and what its consolidation would do. */
export const karpenterAnswerLine: LineKind = {
  codec: record('an answer: id, nodeClaims, nodes and cost', {
    ...{ id: text, nodeClaims: list('a list of node claims', karpenterClaim) },
    ...{ nodes: count, cost: count, error: omittable(text), ignored: omittable(texts) },
    existing: omittable(dictionary(texts)),
    errors: omittable(dictionary(text)),
    disruption: omittable(dictionary(list('a list of commands', karpenterCommand))),
  }),
}
