/**
 * Handles a report about a CloudWatch alarm, in the format of DescribeAlarms: stores the state of
 * the alarm. If a deployment in progress watches the alarm, its service is put on the list of
 * services to reconcile.
 */
import { decodeValue, oneOf, record, type Codec } from '@stowage/documents'
import { withChanges, type MalformedValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { alarmStates, type AlarmState, type EcsMemory } from '../memory/memory.js'

interface AlarmReport {
  readonly stateValue: AlarmState
}
const AlarmReport: Codec<AlarmReport> = record<AlarmReport>('the state of an alarm', {
  stateValue: oneOf(alarmStates),
})

/** The memory after a report about an alarm. */
export const learnAlarm = (
  memory: EcsMemory,
  name: string,
  report: unknown,
): E.Either<MalformedValue, EcsMemory> => {
  const decoded = decodeValue(AlarmReport, report)
  if (E.isLeft(decoded)) return E.left(decoded.left[0]!)
  const { stateValue } = decoded.right
  if (memory.alarms.get(name) === stateValue) return E.right(memory)
  const watching = [...memory.services].filter(
    ([, { service, deployments }]) =>
      deployments[0].rolloutState === 'IN_PROGRESS' &&
      service.deploymentConfiguration?.alarms?.alarmNames?.includes(name) === true,
  )
  return E.right({
    ...memory,
    alarms: withChanges(memory.alarms, [[name, stateValue]]),
    dirty: withChanges(
      memory.dirty,
      watching.map(([service]) => [service, true]),
    ),
  })
}
