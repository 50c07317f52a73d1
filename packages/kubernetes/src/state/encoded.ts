/**
 * Defines the types and codec of the encoded form of a scheduler's state. The cluster is bytes from
 * the kernel's `encode`, all else values that JSON and `structuredClone` can represent. Docs:
 * `docs/decisions/0015-a-scheduler-as-a-value.md`.
 */
import {
  codecOf,
  flag,
  omittable,
  optional,
  record,
  text,
  whole,
  type Codec,
} from '@stowage/documents'
import { isInstant, type Instant, type Tie } from '@stowage/kernel'
import * as t from 'io-ts'
import type { QueuedPod, QueueOptions } from '../queue/queue.js'
import { EncodedDevices, listOf } from './encoded-devices.js'
import { count, int32 } from '../words/whole-number.js'
import type { ClaimReference } from '../words/persistent-volume.js'

/** The version of this format. Data of any other version is refused. */
export const encodingFormat = 2

/** A document or an object as it was read. `at` is its path inside the document `from`. */
export interface EncodedObject {
  readonly from: string
  readonly at: readonly (string | number)[]
  readonly value: unknown
}

/** A scheduler's state as plain data. Lists keep the order of the state. */
export interface EncodedScheduler {
  readonly format: number
  readonly at: Instant
  /** The output of the kernel's `encode`. */
  readonly cluster: Uint8Array
  readonly objects: readonly EncodedObject[]
  /** A KubeSchedulerConfiguration; `undefined` for the default one. */
  readonly configuration: Omit<EncodedObject, 'at'> | undefined
  readonly sampled: boolean
  readonly tie: Tie | 'heap'
  readonly placed: readonly {
    readonly replica: number
    readonly pod: string
    readonly isPreempted: boolean
  }[]
  readonly reservations: readonly {
    readonly volumes: readonly { readonly volume: string; readonly claim: ClaimReference }[]
    readonly claims: readonly { readonly claim: string; readonly node: string }[]
    readonly devices: EncodedDevices | undefined
    /** A pod that is gone: its devices are free. */
    readonly released: { readonly namespace: string; readonly name: string } | undefined
  }[]
  readonly nominations: readonly { readonly pod: string; readonly node: string }[]
  readonly searchStart: number
  readonly queue: {
    readonly options: QueueOptions
    readonly active: readonly QueuedPod[]
    readonly backoff: readonly QueuedPod[]
    readonly errorBackoff: readonly QueuedPod[]
    readonly unschedulable: readonly QueuedPod[]
  }
}

const largest = Number.MAX_SAFE_INTEGER

const replicaId = whole('the id of a replica', 0, largest)
const milliseconds = whole('a whole number of milliseconds, 1 or more', 1, largest)

const anInstant: Codec<Instant> = codecOf('a whole number of milliseconds since 1970', (value) =>
  isInstant(value) ? value : undefined,
)

const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array
const clusterBytes: Codec<Uint8Array> = codecOf('bytes', (value) =>
  isBytes(value) ? value : undefined,
)

const isTie = (value: unknown): value is EncodedScheduler['tie'] =>
  value === 'rank' ||
  value === 'heap' ||
  (typeof value === 'object' &&
    value !== null &&
    'seeded' in value &&
    Number.isInteger(value.seeded))
const tieBreak: Codec<EncodedScheduler['tie']> = codecOf(
  '"rank", "heap" or a whole number under "seeded"',
  (value) => (isTie(value) ? value : undefined),
)

const isFormat = (value: unknown): value is number => value === encodingFormat
const format: Codec<number> = codecOf(`format ${encodingFormat}`, (value) =>
  isFormat(value) ? value : undefined,
)

const isStep = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number'
const step: Codec<string | number> = codecOf('a key or a position', (value) =>
  isStep(value) ? value : undefined,
)

const queuedPod: Codec<QueuedPod> = record<QueuedPod>('an object', {
  name: text,
  priority: int32,
  timestamp: anInstant,
  refusals: count,
  errors: count,
  rejectors: listOf(text),
  gate: omittable(text),
  flushed: omittable(anInstant),
})

/** Decodes each field on its own; `decodeScheduler` checks them against each other. */
export const EncodedScheduler: Codec<EncodedScheduler> = record<EncodedScheduler>('an object', {
  format,
  at: anInstant,
  cluster: clusterBytes,
  objects: listOf(record('an object', { from: text, at: listOf(step), value: t.unknown })),
  configuration: optional(record('an object', { from: text, value: t.unknown })),
  sampled: flag,
  tie: tieBreak,
  placed: listOf(record('an object', { replica: replicaId, pod: text, isPreempted: flag })),
  reservations: listOf(
    record('an object', {
      volumes: listOf(
        record('an object', {
          volume: text,
          claim: record('an object', {
            namespace: optional(text),
            name: optional(text),
            uid: optional(text),
          }),
        }),
      ),
      claims: listOf(record('an object', { claim: text, node: text })),
      devices: optional(EncodedDevices),
      released: optional(record('an object', { namespace: text, name: text })),
    }),
  ),
  nominations: listOf(record('an object', { pod: text, node: text })),
  searchStart: count,
  queue: record('an object', {
    options: record('an object', {
      initial: milliseconds,
      max: milliseconds,
      flushAfter: milliseconds,
    }),
    active: listOf(queuedPod),
    backoff: listOf(queuedPod),
    errorBackoff: listOf(queuedPod),
    unschedulable: listOf(queuedPod),
  }),
})
