/**
 * DeregisterContainerInstance: makes a container instance INACTIVE. An instance that has tasks is
 * deregistered only with `force`.
 *
 * Source: Amazon ECS API Reference, DeregisterContainerInstance.
 */
import { flag, nonEmptyText, optional, record, type Codec } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { deregister, hasTasks, type OneInstance } from '../cluster/instance.js'
import type { Complaint } from '../words/complaint.js'
import { perform, refusedFor, noComplaints, type ApiAction } from './action.js'
import { resolveInstance } from './resolve.js'

export interface DeregisterContainerInstanceRequest {
  readonly cluster?: string | undefined
  readonly containerInstance: string
  readonly force?: boolean | undefined
}
const DeregisterContainerInstanceRequest: Codec<DeregisterContainerInstanceRequest> =
  record<DeregisterContainerInstanceRequest>('a call of DeregisterContainerInstance', {
    cluster: optional(nonEmptyText('the name or the ARN of a cluster')),
    containerInstance: nonEmptyText('the id or the ARN of an instance'),
    force: optional(flag),
  })

const registeredExpected = 'a container instance that is registered'

export const deregisterContainerInstanceAction: ApiAction<
  DeregisterContainerInstanceRequest,
  OneInstance
> = {
  codec: DeregisterContainerInstanceRequest,
  check: noComplaints,
  apply: (call) =>
    pipe(
      resolveInstance(call, registeredExpected),
      E.chainFirst(([, { status }]) => refusedFor(call, checkIsRegistered(status))),
      E.chainFirst(([name]) =>
        refusedFor(call, checkForce(call.request.force === true || !hasTasks(call.state, name))),
      ),
      E.map(([name]) => deregister(call.state, name)),
    ),
}

const checkIsRegistered = (status: string | undefined): readonly Complaint[] =>
  status === 'INACTIVE' ? [{ at: ['containerInstance'], expected: registeredExpected }] : []

const checkForce = (isAllowed: boolean): readonly Complaint[] =>
  isAllowed ? [] : [{ at: ['force'], expected: 'true, as there are tasks on the instance' }]

/** Performs DeregisterContainerInstance. */
export const deregisterContainerInstance = perform(deregisterContainerInstanceAction)
