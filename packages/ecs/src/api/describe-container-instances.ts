/**
 * DescribeContainerInstances: returns the named container instances with their remaining resources,
 * and a failure for each unknown name.
 *
 * Source: Amazon ECS API Reference, DescribeContainerInstances; Developer Guide, API failure
 * reasons.
 */
import { list, nonEmptyText, optional, record, type Codec } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { describeInstances } from '../cluster/describe.js'
import { arnOf } from '../cluster/options.js'
import type { Failure } from '../cluster/refusal.js'
import { findInstance, type EcsState } from '../cluster/state.js'
import type { ContainerInstance } from '../words/container-instance.js'
import { idIn } from '../words/task.js'
import { noComplaints, type ApiAction } from './action.js'

export interface DescribeContainerInstancesRequest {
  readonly cluster?: string | undefined
  /** EC2 ids, ARNs, or the ids at the end of ARNs. */
  readonly containerInstances: readonly string[]
}
const DescribeContainerInstancesRequest: Codec<DescribeContainerInstancesRequest> =
  record<DescribeContainerInstancesRequest>('a call of DescribeContainerInstances', {
    cluster: optional(nonEmptyText('the name or the ARN of a cluster')),
    containerInstances: list(
      'a list of container instances',
      nonEmptyText('the id or the ARN of an instance'),
    ),
  })

/** The answer of DescribeContainerInstances. */
export interface DescribedInstances {
  readonly containerInstances: readonly ContainerInstance[]
  readonly failures: readonly Failure[]
}

export const describeContainerInstancesAction: ApiAction<
  DescribeContainerInstancesRequest,
  DescribedInstances
> = {
  codec: DescribeContainerInstancesRequest,
  check: noComplaints,
  apply: ({ state, request }) =>
    E.right([state, describeContainerInstances(state, request.containerInstances)]),
}

/** Describes the named instances. It needs no time, as it changes nothing. */
export const describeContainerInstances = (
  state: EcsState,
  names: readonly string[],
): DescribedInstances => {
  const [all, order] = [describeInstances(state), [...state.instances.keys()]]
  const found = names.map((name) => [name, findInstance(state, name)?.[0]] as const)
  return {
    containerInstances: found.flatMap(([, name]) =>
      name === undefined ? [] : [all[order.indexOf(name)]!],
    ),
    failures: found.flatMap(([named, name]) =>
      name === undefined
        ? [{ arn: arnOf(state.options, 'container-instance', idIn(named)), reason: 'MISSING' }]
        : [],
    ),
  }
}
