/**
 * Handles a request to stop a deployment, in the format of StopServiceDeployment: stores the stop
 * type in the service's record. The controller acts on it when it reconciles the service:
 * `ROLLBACK` returns to the last completed deployment; `ABORT` fails the deployment and leaves its
 * running tasks.
 */
import { closedRecord, decodeValue, oneOf, type Codec } from '@stowage/documents'
import type { Instant, MalformedValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import {
  namesInOwner,
  withEvent,
  withService,
  type EcsMemory,
  type StopRequest,
} from '../memory/memory.js'

interface StopReport {
  readonly stopType: StopRequest
}
const StopReport: Codec<StopReport> = closedRecord<StopReport>('how a deployment is stopped', {
  stopType: oneOf<StopRequest>(['ABORT', 'ROLLBACK']),
})

/**
 * The memory after a report about a deployment, `SERVICE/ecs-svc/N`. When the deployment is not in
 * progress, the report only adds a message to the service.
 */
export const learnDeployment = (
  memory: EcsMemory,
  name: string,
  report: unknown,
  now: Instant,
): E.Either<MalformedValue, EcsMemory> => {
  const decoded = decodeValue(StopReport, report)
  if (E.isLeft(decoded)) return E.left(decoded.left[0]!)
  const [service, id] = namesInOwner(name)
  const record = memory.services.get(service)
  if (record === undefined)
    return E.left({
      ...{ at: [], found: `deployment ${name}` },
      expected: 'about "deployment SERVICE/ID", of a service that is there',
    })
  const [primary] = record.deployments
  if (primary.id !== id || primary.rolloutState !== 'IN_PROGRESS') {
    const message = `(deployment ${id}) is not under way, and cannot be stopped.`
    return E.right(withService(memory, withEvent(record, now, message)))
  }
  return E.right(withService(memory, { ...record, stopRequest: decoded.right.stopType }))
}
