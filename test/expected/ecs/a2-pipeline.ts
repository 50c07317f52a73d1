/**
 * Lists expected values for tests, taken by hand from the AWS documentation: the stages of task
 * placement in their order, and which instances can receive a task.
 *
 * Source: Amazon ECS Developer Guide, how tasks are placed; API Reference, ContainerInstance.
 */

/**
 * Each stage leaves fewer instances to the next. What binds is never broken; what does not is a
 * preference, and a worse instance will do.
 */
export const stages: readonly {
  readonly stage: string
  readonly asks: readonly string[]
  readonly binding?: boolean
}[] = [
  { stage: 'resources', asks: ['CPU', 'GPU', 'memory', 'ports'], binding: true },
  { stage: 'constraints', asks: ['memberOf', 'distinctInstance'], binding: true },
  { stage: 'strategies', asks: ['random', 'spread', 'binpack'], binding: false },
  { stage: 'select', asks: [] },
]

/**
 * Which rules a supply takes. On managed instances the third stage is the instance requirements of
 * the launch template.
 */
export const takes: readonly {
  readonly launchType: 'EC2' | 'FARGATE' | 'MANAGED_INSTANCES'
  readonly constraints: boolean
  readonly strategies: boolean
}[] = [
  { launchType: 'EC2', constraints: true, strategies: true },
  { launchType: 'FARGATE', constraints: false, strategies: false },
  { launchType: 'MANAGED_INSTANCES', constraints: true, strategies: false },
]

/**
 * What is done where no strategy is written: a service goes to the zone with the fewest of its
 * tasks, and there to the instance.
 */
export const withoutStrategy: readonly {
  readonly task: 'standalone' | 'service'
  readonly spread: 'randomly' | readonly string[]
}[] = [
  { task: 'standalone', spread: 'randomly' },
  { task: 'service', spread: ['attribute:ecs.availability-zone', 'instanceId'] },
]

/** Which instances can receive a task at all. */
export const candidates: readonly {
  readonly status: string
  readonly agentConnected: boolean
  readonly candidate: boolean
}[] = [
  { status: 'ACTIVE', agentConnected: true, candidate: true },
  { status: 'ACTIVE', agentConnected: false, candidate: false },
  { status: 'DRAINING', agentConnected: true, candidate: false },
  { status: 'REGISTERING', agentConnected: true, candidate: false },
  { status: 'REGISTRATION_FAILED', agentConnected: true, candidate: false },
  { status: 'DEREGISTERING', agentConnected: true, candidate: false },
  { status: 'INACTIVE', agentConnected: true, candidate: false },
]

/** What is asked of an instance without a word in the request. */
export const implicit: readonly string[] = [
  'the agent is connected',
  'the attributes that the task definition requires',
  'the operating system family and the CPU architecture',
  'for awsvpc: the zone of the subnet is that of the instance',
  'free network interfaces',
  'free host ports',
  'free GPUs',
]
