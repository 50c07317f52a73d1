/**
 * Defines the types and codecs of NodePools, and of pods as Karpenter reads them.
 *
 * Source: Karpenter documentation, "NodePools" and "Disruption" (karpenter.sh/v1).
 */
import {
  codecOf,
  dictionary,
  listOrEmpty,
  nonEmptyText,
  optional,
  record,
  text,
  whole,
  withDefault,
  type Codec,
} from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { Duration } from '../setting/duration.js'
import { Amounts } from '../words/amounts.js'
import { AnnotatedMetadata } from '../words/metadata.js'
import { PersistentVolume } from '../words/persistent-volume.js'
import { PodSpec, PodStatus } from '../words/pod.js'
import { Taint } from '../words/taint.js'
import { int32 } from '../words/whole-number.js'
import type { WrittenRequirement } from './requirement.js'

const boundOperators: readonly string[] = ['Gt', 'Lt', 'Gte', 'Lte']
const poolOperators = ['In', 'NotIn', 'Exists', 'DoesNotExist', ...boundOperators]

const PoolOperator: Codec<string> = codecOf(`one of ${poolOperators.join(', ')}`, (value) =>
  typeof value === 'string' && poolOperators.includes(value) ? value : undefined,
)

const RequirementFields: Codec<WrittenRequirement> = record<WrittenRequirement>('a requirement', {
  key: nonEmptyText('the key of a label'),
  operator: PoolOperator,
  values: listOrEmpty(text),
  minValues: optional(whole('a whole number from 1 to 50', 1, 50)),
})

/** What the operator of a requirement expects of its values. */
const valuesExpected = (requirement: WrittenRequirement): string | undefined => {
  const { operator, values, minValues = 0 } = requirement
  if (boundOperators.includes(operator) && !(values.length === 1 && /^\d+$/.test(values[0]!)))
    return `one whole number, 0 or more, as the value of ${operator}`
  if (operator === 'In' && values.length < Math.max(1, minValues))
    return `at least ${Math.max(1, minValues)} values of In`
  return undefined
}

const PoolRequirement: Codec<WrittenRequirement> = new t.Type<WrittenRequirement, unknown>(
  RequirementFields.name,
  RequirementFields.is,
  (value, context) => {
    const read = RequirementFields.validate(value, context)
    if (E.isLeft(read)) return read
    const expected = valuesExpected(read.right)
    return expected === undefined ? read : t.failure(value, context, expected)
  },
  t.identity,
)

/** How many nodes of a NodePool may be disrupted at once, for which reasons, and when. */
export interface PoolBudget {
  /** For all reasons where absent. */
  readonly reasons: readonly string[] | undefined
  /** A number, or a share in percent. */
  readonly nodes: string
  readonly schedule: string | undefined
  readonly duration: Duration | undefined
}
const PoolBudget: Codec<PoolBudget> = record<PoolBudget>('a budget', {
  reasons: optional(listOrEmpty(text)),
  nodes: text,
  schedule: optional(text),
  duration: optional(Duration),
})

/** When nodes of a NodePool may go. */
export interface PoolDisruption {
  /** A duration, or `Never`. */
  readonly consolidateAfter: string
  readonly consolidationPolicy: string
  readonly budgets: readonly PoolBudget[]
}
const PoolDisruption: Codec<PoolDisruption> = record<PoolDisruption>('an object', {
  consolidateAfter: withDefault(text, '0s'),
  consolidationPolicy: withDefault(text, 'WhenEmptyOrUnderutilized'),
  budgets: withDefault(listOrEmpty(PoolBudget), [
    { reasons: undefined, nodes: '10%', schedule: undefined, duration: undefined },
  ]),
})

/** What the nodes of a NodePool have in common. */
export interface PoolTemplate {
  readonly metadata: { readonly labels: ReadonlyMap<string, string> } | undefined
  readonly spec: {
    readonly requirements: readonly WrittenRequirement[]
    readonly taints: readonly Taint[]
    readonly startupTaints: readonly Taint[]
    readonly nodeClassRef:
      | { readonly group: string; readonly kind: string; readonly name: string }
      | undefined
  }
}
const PoolTemplate: Codec<PoolTemplate> = record<PoolTemplate>('an object', {
  metadata: optional(record('an object', { labels: dictionary(text) })),
  spec: record('an object', {
    requirements: listOrEmpty(PoolRequirement),
    taints: listOrEmpty(Taint),
    startupTaints: listOrEmpty(Taint),
    nodeClassRef: optional(record('an object', { group: text, kind: text, name: text })),
  }),
})

/** A NodePool of karpenter.sh/v1. */
export interface NodePool {
  readonly metadata: AnnotatedMetadata
  readonly spec: {
    readonly template: PoolTemplate
    readonly disruption: PoolDisruption
    readonly limits: Amounts
    readonly weight: number | undefined
    /** A pool with a number of nodes is static: nothing is provisioned for pods. */
    readonly replicas: number | undefined
  }
}
export const NodePool: Codec<NodePool> = record<NodePool>('an object', {
  metadata: AnnotatedMetadata,
  spec: record('an object', {
    template: PoolTemplate,
    disruption: withDefault(PoolDisruption, {
      ...{ consolidateAfter: '0s', consolidationPolicy: 'WhenEmptyOrUnderutilized' },
      budgets: [{ reasons: undefined, nodes: '10%', schedule: undefined, duration: undefined }],
    }),
    limits: Amounts,
    weight: optional(int32),
    replicas: optional(int32),
  }),
})

/** A pod with what decides where it goes and whether its node may go. */
export interface KarpenterPod {
  readonly metadata: AnnotatedMetadata
  readonly spec: PodSpec
  readonly status: PodStatus | undefined
}
export const KarpenterPod: Codec<KarpenterPod> = record<KarpenterPod>('an object', {
  metadata: AnnotatedMetadata,
  spec: PodSpec,
  status: optional(PodStatus),
})

/** A PersistentVolume, and whether it is a disk or a path of one node. */
export interface KarpenterVolume {
  readonly volume: PersistentVolume
  readonly isLocal: boolean
}
const LocalVolume = record('an object', {
  spec: record('an object', { local: optional(t.unknown), hostPath: optional(t.unknown) }),
})
export const KarpenterVolume: Codec<KarpenterVolume> = new t.Type<KarpenterVolume, unknown>(
  'an object',
  (value): value is KarpenterVolume => PersistentVolume.is(value),
  (value, context) =>
    pipe(
      PersistentVolume.validate(value, context),
      E.chain((volume) =>
        pipe(
          LocalVolume.validate(value, context),
          E.map(({ spec: { local, hostPath } }) => ({
            volume,
            isLocal: (local ?? hostPath) !== undefined,
          })),
        ),
      ),
    ),
  t.identity,
)

/** A namespace with its labels. */
export const KarpenterNamespace: Codec<{ readonly metadata: AnnotatedMetadata }> = record(
  'an object',
  {
    metadata: AnnotatedMetadata,
  },
)
