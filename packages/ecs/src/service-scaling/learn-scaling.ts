/**
 * Handles three reports about scaling. Each has a subject and a JSON value:
 *
 * - `scaling NAME`, with `{ action, request }`: a call of Application Auto Scaling. Calls at the
 *   same time are handled in the order of their names.
 * - `metric RESOURCE POLICY`, with `{ value }`: the value of the policy's metric in this minute.
 * - `scaling-alarm RESOURCE POLICY`, with what DescribeAlarms prints: the alarm that triggers a
 *   step scaling policy.
 */
import { codecOf, decodeValue, oneOf, optional, record, text, whole } from '@stowage/documents'
import { renderValue, withChanges, type Instant, type MalformedValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { finiteNumber } from '../scaling/policy.js'
import { callScaling, isScalingAction, type ScalingSetting } from '../scaling/calls.js'
import type { ScalingServicesMemory } from './scaling-memory.js'

/** The memory after a report, or `undefined` for one that is not about scaling. */
export const learnScaling = (
  setting: ScalingSetting,
  memory: ScalingServicesMemory,
  about: string,
  report: unknown,
  now: Instant,
): E.Either<MalformedValue, ScalingServicesMemory> | undefined => {
  const [, kind, key = ''] = /^(scaling|metric|scaling-alarm) (.+)$/.exec(about) ?? []
  switch (kind) {
    case 'scaling':
      return learnCall(setting, memory, report, now)
    case 'metric': {
      const read = decodeValue(MetricReport, report)
      if (E.isLeft(read)) return E.left(read.left[0]!)
      return E.right({ ...memory, metrics: withChanges(memory.metrics, [[key, read.right.value]]) })
    }
    case 'scaling-alarm': {
      const read = decodeValue(StepAlarmReport, report)
      if (E.isLeft(read)) return E.left(read.left[0]!)
      const { Threshold: threshold, ComparisonOperator: comparison, ...rest } = read.right
      const points = rest.DatapointsToAlarm ?? rest.EvaluationPeriods
      const minutes = Math.max(1, Math.round((points * (rest.Period ?? 60)) / 60))
      const stepAlarms = withChanges(memory.stepAlarms, [[key, { threshold, comparison, minutes }]])
      return E.right({ ...memory, stepAlarms })
    }
    default:
      return undefined
  }
}

const learnCall = (
  setting: ScalingSetting,
  memory: ScalingServicesMemory,
  report: unknown,
  now: Instant,
): E.Either<MalformedValue, ScalingServicesMemory> => {
  const read = decodeValue(CallReport, report)
  if (E.isLeft(read)) return E.left(read.left[0]!)
  const { action, request } = read.right
  if (!isScalingAction(action))
    return E.left({
      ...{ at: ['action'], found: renderValue(action) },
      expected: 'an action of Application Auto Scaling, such as PutScalingPolicy',
    })
  const result = callScaling(setting, memory.registry, action, request, now)
  if (E.isLeft(result)) {
    const [wrong] = result.left.wrong
    return E.left({
      at: ['request', ...(wrong?.at ?? [])],
      found: wrong?.found ?? renderValue(request),
      expected: `${wrong?.expected ?? result.left.message} (${result.left.exception})`,
    })
  }
  const [registry] = result.right
  const nextMinute = registry.targets.size === 0 ? undefined : (memory.nextMinute ?? now)
  return E.right({ ...memory, registry, nextMinute })
}

const CallReport = record<{ readonly action: string; readonly request: unknown }>('an object', {
  action: text,
  request: codecOf<unknown>('a request', (value) => value),
})

const MetricReport = record<{ readonly value: number }>('an object', { value: finiteNumber })

const positive = whole('a whole number, 1 or more', 1)

const StepAlarmReport = record('an object', {
  Threshold: finiteNumber,
  ComparisonOperator: oneOf([
    'GreaterThanOrEqualToThreshold',
    'GreaterThanThreshold',
    'LessThanOrEqualToThreshold',
    'LessThanThreshold',
  ] as const),
  EvaluationPeriods: positive,
  DatapointsToAlarm: optional(positive),
  Period: optional(positive),
})
