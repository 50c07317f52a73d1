/**
 * Exports the API calls with requests of type `unknown`, for tests that pass requests which the
 * types forbid or which are assembled from parts.
 */
import type { Instant } from '@stowage/kernel'
import * as api from '../index.js'
import type { CallResult, EcsState } from '../cluster/state.js'

type Untyped<Answer> = (state: EcsState, request: unknown, at: Instant) => CallResult<Answer>

const untyped = <Answer>(
  typed: (state: EcsState, request: never, at: Instant) => CallResult<Answer>,
): Untyped<Answer> => typed as Untyped<Answer>

export const deleteAttributes = untyped(api.deleteAttributes)
export const deregisterContainerInstance = untyped(api.deregisterContainerInstance)
export const deregisterTaskDefinition = untyped(api.deregisterTaskDefinition)
export const giveUpWaiting = untyped(api.giveUpWaiting)
export const interruptTask = untyped(api.interruptTask)
export const putAttributes = untyped(api.putAttributes)
export const registerContainerInstance = untyped(api.registerContainerInstance)
export const registerTaskDefinition = untyped(api.registerTaskDefinition)
export const reportInstance = untyped(api.reportInstance)
export const reportTask = untyped(api.reportTask)
export const runTask = untyped(api.runTask)
export const startServiceTasks = untyped(api.startServiceTasks)
export const startTask = untyped(api.startTask)
export const stopTask = untyped(api.stopTask)
export const updateContainerInstancesState = untyped(api.updateContainerInstancesState)
