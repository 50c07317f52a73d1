/**
 * Lists expected values for tests, taken by hand from the AWS documentation: the statuses of tasks
 * and instances, in order, with stop codes and timeouts.
 *
 * Source: Amazon ECS Developer Guide, task life cycle; API Reference, Task and ContainerInstance.
 */

/** In their order; a task goes forward only, and may leave some out. */
export const taskStatuses = [
  'PROVISIONING',
  'PENDING',
  'ACTIVATING',
  'RUNNING',
  'DEACTIVATING',
  'STOPPING',
  'DEPROVISIONING',
  'STOPPED',
] as const

/** Told by DescribeTasks alone. */
export const afterStopped = 'DELETED'

export const desiredStatuses = ['RUNNING', 'PENDING', 'STOPPED'] as const

/** Which work is done in which status. */
export const work: readonly { readonly work: string; readonly in: readonly string[] }[] = [
  { work: 'network interface of awsvpc', in: ['PROVISIONING', 'DEPROVISIONING'] },
  { work: 'target groups and service discovery', in: ['ACTIVATING', 'DEACTIVATING'] },
]

export const stopCodes = [
  'TaskFailedToStart',
  'EssentialContainerExited',
  'UserInitiated',
  'ServiceSchedulerInitiated',
  'SpotInterruption',
  'TerminationNotice',
  'InfrastructureHealth',
] as const

/** In seconds. */
export const stopTimeout = { absent: 30, mostOnFargate: 120 }

export const essential = { absent: true }

export const instanceStatuses = [
  'REGISTERING',
  'REGISTRATION_FAILED',
  'ACTIVE',
  'DRAINING',
  'DEREGISTERING',
  'INACTIVE',
] as const

/** Records of tasks and of instances carry a `version` that only rises. */
export const versioned = ['task', 'container instance'] as const
