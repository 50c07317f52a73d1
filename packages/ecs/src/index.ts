/**
 * Amazon ECS words in and out of the kernel: services and tasks on container instances, and on
 * Fargate.
 */
export { clusterOf } from './cluster/open.js'
export { clusterOptions, type ClusterOptions } from './cluster/options.js'
export type { EcsState } from './cluster/state.js'
export { taskInterfacesOf, type TaskInterfaces } from './lower/interface.js'
export type { Supply, Workload } from './workload/workload.js'
export { explainOnInstances, namesMeant, namesOf, type TaskExplanation } from './plan/explain.js'
export { explainThere, type TaskNote, type TaskThere } from './plan/explain-there.js'
export { planFargateOptions, type Refused } from './plan/fargate.js'
export {
  allocatableFormula,
  containerInstances,
  registeredMemory,
  taskInterfacesOfTypes,
} from './plan/fleet.js'
export { readEcs, type EcsInput } from './read/input.js'
export type { Launched } from './plan/launched.js'
export type { RefusedDocument } from './read/reading.js'
export { planAllOnInstances, planOnFargate, planOnInstances, type EcsPlan } from './plan/plan.js'
export { type InstanceOptions } from './plan/options.js'
export { instancesWhere } from './plan/query.js'
export { worldsOf, type EcsWorlds, type FargatePlatform, type FargateTerms } from './plan/worlds.js'
export { placementOptions, type PlacementOptions } from './lower/options.js'
export type { TextFault } from './pattern/fault.js'
export { faultInExpression, withCaret } from './query/caret.js'
export type { Query } from './query/expression.js'
export { lowerQuery } from './lower/query.js'
export { queryOptions, type QueryOptions } from './query/options.js'
export { expressionMax, parseQuery } from './query/parse.js'
export { printQuery } from './query/print.js'
export { sharesBeyond, sharesOf, type WeightRounding } from './supply/shares.js'
export type { ApiException, ExceptionName } from './words/exception.js'
export type { Failure, InstanceRefusals } from './cluster/refusal.js'
export { callAction, isActionName, type ActionName, type ActionTypes } from './api/actions.js'
export { deleteAttributes, putAttributes, type ChangedAttributes } from './api/attributes.js'
export {
  updateContainerInstancesState,
  type UpdateContainerInstancesStateRequest,
  type UpdatedInstances,
} from './api/update-container-instances-state.js'
export { deregisterTaskDefinition } from './api/deregister-task-definition.js'
export { registerTaskDefinition } from './api/register-task-definition.js'
export type { OneDefinition } from './cluster/definition.js'
export {
  deregisterContainerInstance,
  type DeregisterContainerInstanceRequest,
} from './api/deregister-container-instance.js'
export { registerContainerInstance } from './api/register-container-instance.js'
export { runTask } from './api/run-task.js'
export type { CallResult } from './cluster/state.js'
export type { StartedTasks } from './cluster/start-result.js'
export { startServiceTasks, type StartServiceTasksRequest } from './service/start.js'
export { startTask } from './api/start-task.js'
export { tasksTurnedFalse } from './service/turned-false.js'
export { describeTasks } from './api/describe-tasks.js'
export { describeContainerInstances } from './api/describe-container-instances.js'
export { describeInstances } from './cluster/describe.js'
export {
  reportInstance,
  type InstanceReport,
  type InstanceStatus,
} from './agent/instance-report.js'
export { type OneInstance } from './cluster/instance.js'
export { interruptTask, type Interrupted } from './cluster/interrupt.js'
export { reportTask, type TaskReport } from './agent/task-report.js'
export { stopTask } from './api/stop-task.js'
export { type OneTask } from './cluster/settle.js'
export { tasksToStop } from './service/to-stop.js'
export { giveUpWaiting, placeWaiting, type PlacedWaiting } from './cluster/waiting.js'
export type { Parameters } from './template/parameter.js'
export { isTemplate } from './template/template.js'
export type { CapacityProviderStrategyItem, PlacementStrategy } from './words/placement.js'
export type { Task } from './words/task.js'
export type { RunTaskRequest, StartTaskRequest, StopTaskRequest } from './words/task-request.js'
export { instanceTypeOf, type ContainerInstance } from './words/container-instance.js'
export { decodeEcs } from './encode/decode.js'
export { encodeEcs } from './encode/encode.js'
export type { Plain } from './encode/plain.js'
export { containerCpu, type ContainerCpu } from './lower/cpu-shares.js'
export { isEcs, unknownKind } from './words/part.js'
export type { Service } from './words/service.js'
export { stopTimeoutOf, type TaskDefinition } from './words/task-definition.js'
