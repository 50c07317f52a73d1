/**
 * Exports the Amazon ECS adapter:
 *
 * 1. readers that turn ECS documents into workloads and container instances;
 * 2. plans of where the tasks run, on instances and on Fargate;
 * 3. an ECS cluster as a value, with the API actions that change it;
 * 4. the controller that runs services over time;
 * 5. the cluster query language.
 */
export { clusterOf } from './cluster/open.js'
export type { ClusterOptions } from './cluster/options.js'
export type { EcsState } from './cluster/state.js'
export { taskInterfacesOf } from './lower/interface.js'
export { headroomOnInstances } from './plan/headroom.js'
export { explainOnInstances, resolveWorkloadNames, workloadNames } from './plan/explain.js'
export { joinClusters, type JoiningInstances } from './plan/by-cluster.js'
export { explainThere } from './plan/explain-there.js'
export type { TaskRefusal } from './plan/fargate.js'
export {
  registeredResourcesFormula,
  containerInstances,
  taintWarnings,
  taskInterfacesOfTypes,
} from './plan/fleet.js'
export { zonesNamed } from './read/zones.js'
export { ecsController } from './controller/ecs-controller.js'
export { fargatePool, lowerContainerInstance } from './controller/container-instance-node.js'
export {
  describeServices,
  healthyTaskReport,
  newTaskPositions,
  serviceHealth,
  type ServiceDescription,
} from './controller/describe-services.js'
export { vocabularyOf as ecsVocabulary } from './raise/vocabulary.js'
export { tasksNotSimulated } from './controller/not-simulated.js'
export type { EcsControllerOptions } from './memory/options.js'
export { readEcs, type EcsInput } from './read/input.js'
export type { TaskLaunch } from './plan/launched.js'
export { planTasksOnFargate, planOnInstances, type EcsPlan } from './plan/plan.js'
export type { InstanceOptions } from './plan/options.js'
export { instancesWhere } from './plan/query.js'
export { priceTerms, worldsOf, type FargatePlatform, type FargateTerms } from './plan/worlds.js'
export type { TextFault } from './pattern/fault.js'
export { faultInExpression } from './query/caret.js'
export type { Query } from './query/expression.js'
export { lowerQuery } from './lower/query.js'
export type { QueryOptions } from './query/options.js'
export { parseQuery } from './query/parse.js'
export type { ApiException } from './words/exception.js'
export { callAction, isActionName, type ActionName, type ActionTypes } from './api/actions.js'
export { deleteAttributes, putAttributes } from './api/attributes.js'
export { updateContainerInstancesState } from './api/update-container-instances-state.js'
export { deregisterTaskDefinition } from './api/deregister-task-definition.js'
export { registerTaskDefinition } from './api/register-task-definition.js'
export { deregisterContainerInstance } from './api/deregister-container-instance.js'
export { registerContainerInstance } from './api/register-container-instance.js'
export { runTask } from './api/run-task.js'
export type { CallResult } from './cluster/state.js'
export { startServiceTasks } from './service/start.js'
export { startTask } from './api/start-task.js'
export { tasksTurnedFalse } from './service/turned-false.js'
export { describeTasks } from './api/describe-tasks.js'
export { describeContainerInstances } from './api/describe-container-instances.js'
export { describeInstances } from './cluster/describe.js'
export { reportInstance, type InstanceReport } from './agent/instance-report.js'
export { interruptTask } from './agent/interrupt-task.js'
export type { TaskInterruption } from './cluster/interrupt.js'
export { forgetStoppedTasks } from './cluster/forget.js'
export { reportTask, type TaskReport } from './agent/task-report.js'
export { stopTask } from './api/stop-task.js'
export { tasksToStop } from './service/to-stop.js'
export { giveUpWaiting } from './agent/give-up-waiting.js'
export { placeWaiting } from './cluster/waiting.js'
export type { TemplateParameters } from './template/parameter.js'
export { isTemplate } from './template/template.js'
export type { PlacementStrategy } from './words/placement.js'
export type { Task } from './words/task.js'
export type { RunTaskRequest, StartTaskRequest, StopTaskRequest } from './words/task-request.js'
export type { InputOf } from './api/input-of.js'
export { instanceTypeOf, type ContainerInstance } from './words/container-instance.js'
export { decodeEcs } from './encode/decode.js'
export { encodeEcs } from './encode/encode.js'
export { containerCpu } from './lower/cpu-shares.js'
export { isEcs, partsOf, unknownKind } from './words/part.js'
export { clusterReferenceOf } from './words/cluster.js'
export type { Service } from './words/service.js'
export { stopTimeoutOf, type TaskDefinition } from './words/task-definition.js'
export { ecsWarnings, type EcsWarning, type EcsWarningCode } from './words/warning.js'

// Application Auto Scaling of services.
export { scalingController } from './service-scaling/scaling-controller.js'
export type { ScalingServicesMemory } from './service-scaling/scaling-memory.js'
export { callScaling, isScalingAction, type ScalingSetting } from './scaling/calls.js'
export {
  emptyScalingMemory,
  evaluateScaling,
  type ScalingMemory,
  type StepAlarm,
} from './scaling/evaluate.js'
export { defaultScalingOptions } from './scaling/options.js'
export { emptyRegistry, type ScalingPolicy, type ScalingRegistry } from './scaling/registry.js'
export { nextRun, parseSchedule } from './scaling/schedule.js'
export { scalingInTemplates } from './scaling/template-calls.js'
export { callService, type ServiceActionName } from './service-api/call-service.js'
export type { ServiceCallOptions } from './service-api/service-call.js'
export { instantText } from './words/instant.js'
export { autoScalingGroupPool, type AutoScalingGroup } from './memory/auto-scaling-group.js'
export { managedInstancesPool, type ManagedInstances } from './memory/managed-instances.js'
export { managedTypes } from './provider/managed-types.js'
export { capacityHold, describeCapacity } from './capacity/describe-capacity.js'
export { typesOfGroup, zonesOfGroup } from './provider/described-group.js'
export { groupNameIn, type CapacityProvider } from './provider/capacity-provider.js'
export { managedScaling, type ManagedScalingDecision } from './supply/managed-scaling.js'
