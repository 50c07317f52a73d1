/**
 * DeregisterTaskDefinition: makes a revision of a task definition INACTIVE, so that it starts no
 * new tasks.
 *
 * Source: Amazon ECS API Reference, DeregisterTaskDefinition.
 */
import { nonEmptyText, record, type Codec } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { enterDefinition, type OneDefinition } from '../cluster/definition.js'
import { isActive } from '../words/task-definition.js'
import { perform, type ApiAction } from './action.js'
import { resolveDefinition } from './resolve.js'

export interface DeregisterTaskDefinitionRequest {
  readonly taskDefinition: string
}
const DeregisterTaskDefinitionRequest: Codec<DeregisterTaskDefinitionRequest> =
  record<DeregisterTaskDefinitionRequest>('a call of DeregisterTaskDefinition', {
    taskDefinition: nonEmptyText('family:revision, or the ARN of one'),
  })

/** A revision that is already INACTIVE does not change. */
export const deregisterTaskDefinitionAction: ApiAction<
  DeregisterTaskDefinitionRequest,
  OneDefinition
> = {
  codec: DeregisterTaskDefinitionRequest,
  check: ({ request: { taskDefinition } }) =>
    /:\d+$/.test(taskDefinition)
      ? []
      : [{ at: ['taskDefinition'], expected: 'a revision too, as one revision is deregistered' }],
  apply: (call) =>
    pipe(
      resolveDefinition(call, call.request.taskDefinition, []),
      E.map((found) => {
        const status = isActive(found.value) ? { status: 'INACTIVE' } : {}
        return enterDefinition(call.state, { ...found, value: { ...found.value, ...status } })
      }),
    ),
}

/** Performs DeregisterTaskDefinition. */
export const deregisterTaskDefinition = perform(deregisterTaskDefinitionAction)
