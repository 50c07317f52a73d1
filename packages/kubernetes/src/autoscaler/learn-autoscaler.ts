/**
 * Applies reports about a HorizontalPodAutoscaler to the memory (the state) of its controller:
 * 1. a manifest adds or replaces the autoscaler;
 * 2. `{ measured }` sets the values of the metrics of a known autoscaler;
 * 3. `null` deletes a known autoscaler.
 */
import {
  codecOf,
  decodeValue,
  dictionary,
  isObject,
  listOrEmpty,
  optional,
  own,
  record,
  text,
  whole,
  type Codec,
} from '@stowage/documents'
import { renderValue, withChanges, type Instant, type MalformedValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { submitObjects } from '../admission/server.js'
import { autoscalerSpec } from '../autoscale/autoscaler.js'
import { emptyHistory } from '../autoscale/history.js'
import { readObjects } from '../words/object.js'
import { milliOf, parseQuantity } from '../words/quantity.js'
import { fullName } from '../workload/workload.js'
import type { AutoscalerRecord, AutoscalingMemory, ReportedMetric } from './autoscaling-memory.js'
import { scaledKinds } from './scaled-workload.js'

/** The beginning of the subject of such a report. */
export const autoscalerSubject = 'HorizontalPodAutoscaler '

/**
 * The memory after a report about an autoscaler.
 *
 * The history of a replaced autoscaler is kept while its target stays the same. `measured` lists
 * the metrics in the order of the spec: `{ pods: { NAME: QUANTITY } }` for a metric per pod, `{
 * values: [QUANTITY] }` for any other, and `{ error }` for a metric that failed.
 */
export const learnAutoscaler = (
  memory: AutoscalingMemory,
  name: string,
  report: unknown,
  now: Instant,
): E.Either<MalformedValue, AutoscalingMemory> => {
  const known = memory.autoscalers.get(name)
  if (report === null)
    return E.right(known === undefined ? memory : withAutoscaler(memory, name, undefined))
  if (isObject(report) && own(report, 'kind') === undefined) {
    const measured = decodeValue(MeasuredReport, report)
    if (E.isLeft(measured)) return E.left(measured.left[0]!)
    if (known === undefined) return E.right(memory)
    const metrics = measured.right.measured.map((one) => metricOf(one, now))
    return E.right(withAutoscaler(memory, name, { ...known, measured: metrics }))
  }
  const read = readAutoscaler(name, report)
  if (E.isLeft(read)) return read
  const { target, spec } = read.right
  const isSameTarget = known?.target === target
  return E.right(
    withAutoscaler(memory, name, {
      ...{ name, target, spec, nextLook: now, note: '' },
      status: isSameTarget
        ? known.status
        : { desiredReplicas: 0, conditions: [], history: emptyHistory },
      measured: isSameTarget ? known.measured : [],
      isRegistered: isSameTarget && known.isRegistered,
    }),
  )
}

/** The memory with an autoscaler, or without it. */
export const withAutoscaler = (
  memory: AutoscalingMemory,
  name: string,
  one: AutoscalerRecord | undefined,
): AutoscalingMemory => ({
  ...memory,
  autoscalers: withChanges(memory.autoscalers, [[name, one]]),
})

/** Reads a manifest; what the API server would refuse is refused, by its first cause. */
const readAutoscaler = (
  name: string,
  report: unknown,
): E.Either<MalformedValue, Pick<AutoscalerRecord, 'spec' | 'target'>> => {
  const { objects, bad } = readObjects({ from: name, value: report })
  const [fault] = bad
  if (fault !== undefined)
    return E.left({ at: fault.at, found: fault.found, expected: fault.expected })
  const [found] = objects
  if (found?.kind !== 'HorizontalPodAutoscaler')
    return E.left({ at: ['kind'], found: renderValue(report), expected: 'HorizontalPodAutoscaler' })
  const { metadata, spec } = found.object
  if (fullName(metadata) !== name)
    return E.left({
      ...{ at: ['metadata', 'name'], found: renderValue(fullName(metadata)) },
      expected: `${name}, which the report is about`,
    })
  const [submitted] = submitObjects([{ value: report }], 'Ignore')
  if (submitted !== undefined && E.isLeft(submitted.answer)) {
    const [cause] = submitted.answer.left.causes
    if (cause !== undefined)
      return E.left({ at: cause.at, found: cause.found, expected: cause.expected })
  }
  const { kind, name: targetName } = spec.scaleTargetRef
  if (!scaledKinds.some((one) => one === kind))
    return E.left({
      ...{ at: ['spec', 'scaleTargetRef', 'kind'], found: renderValue(kind) },
      expected: `${scaledKinds.join(', ')}: other workloads are not scaled over time`,
    })
  return E.right({
    target: `${kind} ${fullName({ namespace: metadata.namespace, name: targetName })}`,
    spec: autoscalerSpec(found.object),
  })
}

const milliQuantity: Codec<number> = codecOf('a quantity, such as 250m', (value) => {
  const quantity =
    typeof value === 'string' || typeof value === 'number'
      ? parseQuantity(String(value))
      : undefined
  return quantity === undefined ? undefined : milliOf(quantity)
})

interface MeasuredMetric {
  readonly pods: ReadonlyMap<string, number>
  readonly windowSeconds: number | undefined
  readonly values: readonly number[]
  readonly error: string | undefined
}

interface MeasuredReport {
  readonly measured: readonly MeasuredMetric[]
}
const MeasuredReport: Codec<MeasuredReport> = record<MeasuredReport>('an object', {
  measured: listOrEmpty(
    record<MeasuredMetric>('an object', {
      pods: dictionary(milliQuantity),
      windowSeconds: optional(whole('whole seconds', 0)),
      values: listOrEmpty(milliQuantity),
      error: optional(text),
    }),
  ),
})

const windowDefault = 15

const metricOf = (
  { pods, windowSeconds = windowDefault, values, error }: MeasuredMetric,
  at: Instant,
): ReportedMetric => {
  if (error !== undefined) return { error }
  return values.length > 0 ? { values } : { pods, at, window: windowSeconds * 1000 }
}
