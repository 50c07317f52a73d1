/**
 * Lists the Amazon ECS API actions that this package performs, in a table by name. `callAction`
 * dispatches a request to its action by that name, as an HTTP endpoint would.
 *
 * Source: Amazon ECS API Reference, actions.
 */
import type { Instant } from '@stowage/kernel'
import type { OneDefinition } from '../cluster/definition.js'
import type { OneInstance } from '../cluster/instance.js'
import type { OneTask } from '../cluster/settle.js'
import type { StartedTasks } from '../cluster/start-result.js'
import type { CallResult, EcsState } from '../cluster/state.js'
import type { TaskDefinition } from '../words/task-definition.js'
import type { RunTaskRequest, StartTaskRequest, StopTaskRequest } from '../words/task-request.js'
import { performRaw, type ApiAction } from './action.js'
import {
  deleteAttributesAction,
  putAttributesAction,
  type AttributesRequest,
  type ChangedAttributes,
} from './attributes.js'
import {
  deregisterContainerInstanceAction,
  type DeregisterContainerInstanceRequest,
} from './deregister-container-instance.js'
import {
  deregisterTaskDefinitionAction,
  type DeregisterTaskDefinitionRequest,
} from './deregister-task-definition.js'
import {
  describeContainerInstancesAction,
  type DescribeContainerInstancesRequest,
  type DescribedInstances,
} from './describe-container-instances.js'
import {
  describeTasksAction,
  type DescribedTasks,
  type DescribeTasksRequest,
} from './describe-tasks.js'
import {
  registerContainerInstanceAction,
  type RegisterContainerInstanceRequest,
} from './register-container-instance.js'
import { registerTaskDefinitionAction } from './register-task-definition.js'
import { runTaskAction } from './run-task.js'
import { startTaskAction } from './start-task.js'
import { stopTaskAction } from './stop-task.js'
import {
  updateContainerInstancesStateAction,
  type UpdateContainerInstancesStateRequest,
  type UpdatedInstances,
} from './update-container-instances-state.js'

/** For each action, its decoded request and its answer. */
export interface ActionTypes {
  readonly DeleteAttributes: readonly [AttributesRequest, ChangedAttributes]
  readonly DeregisterContainerInstance: readonly [DeregisterContainerInstanceRequest, OneInstance]
  readonly DeregisterTaskDefinition: readonly [DeregisterTaskDefinitionRequest, OneDefinition]
  readonly DescribeContainerInstances: readonly [
    DescribeContainerInstancesRequest,
    DescribedInstances,
  ]
  readonly DescribeTasks: readonly [DescribeTasksRequest, DescribedTasks]
  readonly PutAttributes: readonly [AttributesRequest, ChangedAttributes]
  readonly RegisterContainerInstance: readonly [RegisterContainerInstanceRequest, OneInstance]
  readonly RegisterTaskDefinition: readonly [TaskDefinition, OneDefinition]
  readonly RunTask: readonly [RunTaskRequest, StartedTasks]
  readonly StartTask: readonly [StartTaskRequest, StartedTasks]
  readonly StopTask: readonly [StopTaskRequest, OneTask]
  readonly UpdateContainerInstancesState: readonly [
    UpdateContainerInstancesStateRequest,
    UpdatedInstances,
  ]
}

/** The name of an action, as the API spells it. */
export type ActionName = keyof ActionTypes

type Actions = {
  readonly [Name in ActionName]: ApiAction<ActionTypes[Name][0], ActionTypes[Name][1]>
}

/** Every action, by its name. */
export const actions: Actions = {
  DeleteAttributes: deleteAttributesAction,
  DeregisterContainerInstance: deregisterContainerInstanceAction,
  DeregisterTaskDefinition: deregisterTaskDefinitionAction,
  DescribeContainerInstances: describeContainerInstancesAction,
  DescribeTasks: describeTasksAction,
  PutAttributes: putAttributesAction,
  RegisterContainerInstance: registerContainerInstanceAction,
  RegisterTaskDefinition: registerTaskDefinitionAction,
  RunTask: runTaskAction,
  StartTask: startTaskAction,
  StopTask: stopTaskAction,
  UpdateContainerInstancesState: updateContainerInstancesStateAction,
}

/** True when `callAction` knows an action of this name. */
export const isActionName = (text: string): text is ActionName => Object.hasOwn(actions, text)

/**
 * Calls an action by its name. `request` is spelled as in the API; it is decoded and checked here.
 * The result is the exception that the API throws, with the state untouched, or the next state and
 * the answer.
 */
export const callAction = <Name extends ActionName>(
  state: EcsState,
  name: Name,
  request: unknown,
  at: Instant,
): CallResult<ActionTypes[Name][1]> =>
  performRaw<ActionTypes[Name][0], ActionTypes[Name][1]>(actions[name], state, request, at)
