/**
 * UpdateContainerInstancesState: drains container instances, and makes draining ones ACTIVE again.
 *
 * Source: Amazon ECS API Reference, UpdateContainerInstancesState; Developer Guide, draining
 * container instances. The API documents only the failure reason MISSING; here an instance in
 * another status fails with that status as the reason.
 */
import { list, nonEmptyText, oneOf, optional, record, type Codec } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { setDrainStatus, type DrainStatus } from '../cluster/instance.js'
import type { Failure } from '../cluster/refusal.js'
import type { EcsState } from '../cluster/state.js'
import type { ContainerInstance } from '../words/container-instance.js'
import { perform, type ApiAction } from './action.js'

export interface UpdateContainerInstancesStateRequest {
  readonly cluster?: string | undefined
  readonly containerInstances: readonly string[]
  readonly status: DrainStatus
}
const UpdateContainerInstancesStateRequest: Codec<UpdateContainerInstancesStateRequest> =
  record<UpdateContainerInstancesStateRequest>('a call of UpdateContainerInstancesState', {
    cluster: optional(nonEmptyText('the name or the ARN of a cluster')),
    containerInstances: list(
      'a list of container instances, at least one',
      nonEmptyText('the id or the ARN of an instance'),
      1,
    ),
    status: oneOf<DrainStatus>(['ACTIVE', 'DRAINING']),
  })

/** The answer of UpdateContainerInstancesState. */
export interface UpdatedInstances {
  readonly containerInstances: readonly ContainerInstance[]
  readonly failures: readonly Failure[]
}

const instancesMax = 10

export const updateContainerInstancesStateAction: ApiAction<
  UpdateContainerInstancesStateRequest,
  UpdatedInstances
> = {
  codec: UpdateContainerInstancesStateRequest,
  check: ({ request: { containerInstances } }) =>
    containerInstances.length <= instancesMax
      ? []
      : [
          {
            at: ['containerInstances'],
            found: `${containerInstances.length}`,
            expected: `at most ${instancesMax}`,
          },
        ],
  apply: ({ state, request }) => E.right(updateEach(state, request)),
}

const updateEach = (
  state: EcsState,
  { containerInstances, status }: UpdateContainerInstancesStateRequest,
): readonly [EcsState, UpdatedInstances] => {
  let next = state
  const names: string[] = []
  const failures: Failure[] = []
  for (const named of containerInstances) {
    const updated = setDrainStatus(next, named, status)
    if ('reason' in updated) failures.push(updated)
    else {
      next = updated.state
      names.push(updated.name)
    }
  }
  return [next, { containerInstances: names.map((name) => next.instances.get(name)!), failures }]
}

/** Performs UpdateContainerInstancesState. */
export const updateContainerInstancesState = perform(updateContainerInstancesStateAction)
