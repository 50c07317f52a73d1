/**
 * Validates the numbers of an update strategy, such as maxSurge, each a count or a percentage.
 *
 * Source: Kubernetes API reference, DeploymentStrategy, DaemonSetUpdateStrategy and
 * StatefulSetUpdateStrategy.
 */
import type { IntOrPercent, WireStrategy } from '../wire/objects.js'
import { cause, unless, unlessNegative, type Cause, type Place } from '../validation/cause.js'

/** One cause when a value is neither 0 or more nor a percentage. */
export const unlessIntOrPercent = (value: IntOrPercent | undefined, at: Place): readonly Cause[] =>
  typeof value === 'string'
    ? unless(/^[0-9]+%$/.test(value), at, value, 'a whole number, or a percentage such as 25%')
    : unlessNegative(value, at)

/** One cause when a percentage is above 100. */
export const unlessAtMostAll = (value: IntOrPercent | undefined, at: Place): readonly Cause[] =>
  unless(typeof value !== 'string' || rolloutNumber(value) <= 100, at, value, 'at most 100%')

/** The number of a count or percentage; 0 for a text that is neither. */
const rolloutNumber = (value: IntOrPercent | undefined): number => {
  if (typeof value !== 'string') return value ?? 0
  return /^[+-]?[0-9]+%?$/.test(value) ? Number(value.replace('%', '')) : 0
}

/** Errors in the strategy of a Deployment. */
export const wrongDeploymentStrategy = (
  { type, rollingUpdate }: WireStrategy,
  at: Place,
): readonly Cause[] => {
  const where = [...at, 'rollingUpdate']
  if (type === 'Recreate')
    return unless(
      rollingUpdate === undefined,
      where,
      rollingUpdate,
      'nothing, as the type is Recreate',
    )
  if (type !== 'RollingUpdate')
    return [cause([...at, 'type'], type, 'one of Recreate, RollingUpdate', at)]
  const { maxSurge, maxUnavailable } = rollingUpdate ?? {}
  return [
    ...unlessIntOrPercent(maxUnavailable, [...where, 'maxUnavailable']),
    ...unlessIntOrPercent(maxSurge, [...where, 'maxSurge']),
    ...unless(
      rolloutNumber(maxUnavailable) !== 0 || rolloutNumber(maxSurge) !== 0,
      [...where, 'maxUnavailable'],
      maxUnavailable,
      'more than 0, as maxSurge is 0',
    ),
    ...unlessAtMostAll(maxUnavailable, [...where, 'maxUnavailable']),
  ]
}

/** Errors in the strategy of a DaemonSet. */
export const wrongDaemonStrategy = (
  { type, rollingUpdate }: WireStrategy,
  at: Place,
): readonly Cause[] => {
  if (type === 'OnDelete') return []
  if (type !== 'RollingUpdate')
    return [cause([...at, 'type'], type, 'one of RollingUpdate, OnDelete', at)]
  const { maxSurge, maxUnavailable } = rollingUpdate ?? {}
  const where = [...at, 'rollingUpdate']
  const [surges, leaves] = [rolloutNumber(maxSurge) !== 0, rolloutNumber(maxUnavailable) !== 0]
  return [
    ...unlessIntOrPercent(maxUnavailable, [...where, 'maxUnavailable']),
    ...unlessIntOrPercent(maxSurge, [...where, 'maxSurge']),
    ...unlessAtMostAll(maxUnavailable, [...where, 'maxUnavailable']),
    ...unlessAtMostAll(maxSurge, [...where, 'maxSurge']),
    ...unless(
      !surges || !leaves,
      [...where, 'maxSurge'],
      maxSurge,
      '0, as maxUnavailable is more than 0',
    ),
    ...unless(
      surges || leaves,
      [...where, 'maxUnavailable'],
      maxUnavailable,
      'more than 0, as maxSurge is 0',
    ),
  ]
}

/** Errors in the strategy of a StatefulSet. */
export const wrongStatefulStrategy = (
  { type, rollingUpdate }: WireStrategy,
  at: Place,
): readonly Cause[] => {
  const where = [...at, 'rollingUpdate']
  if (type === 'OnDelete')
    return unless(
      rollingUpdate === undefined,
      where,
      rollingUpdate,
      'nothing, as the type is OnDelete',
    )
  if (type !== 'RollingUpdate')
    return [cause([...at, 'type'], type, 'one of RollingUpdate, OnDelete', at)]
  const { partition, maxUnavailable } = rollingUpdate ?? {}
  const most = [...where, 'maxUnavailable']
  return [
    ...unlessNegative(partition, [...where, 'partition']),
    ...(maxUnavailable === undefined
      ? []
      : [
          ...unlessIntOrPercent(maxUnavailable, most),
          ...unless(rolloutNumber(maxUnavailable) !== 0, most, maxUnavailable, 'more than 0'),
          ...unlessAtMostAll(maxUnavailable, most),
        ]),
  ]
}
