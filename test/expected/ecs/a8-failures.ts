/**
 * Lists expected values for tests, taken by hand from the AWS documentation: the reasons why an
 * instance, or a whole request, is refused.
 *
 * Source: Amazon ECS Developer Guide, API failure reasons; AWS re:Post for Fargate.
 */

/**
 * `each`: one failure per instance that was looked at. All of them come with status 200, as data.
 */
export const reasons: readonly {
  readonly reason: string
  readonly when: string
  readonly each: boolean
}[] = [
  { reason: 'RESOURCE:CPU', when: 'too little CPU', each: true },
  { reason: 'RESOURCE:MEMORY', when: 'too little memory', each: true },
  { reason: 'RESOURCE:PORTS', when: 'a TCP port is taken', each: true },
  { reason: 'RESOURCE:PORTS_UDP', when: 'a UDP port is taken', each: true },
  { reason: 'RESOURCE:ENI', when: 'no free network interface', each: true },
  { reason: 'RESOURCE:GPU', when: 'too few GPUs', each: true },
  { reason: 'AGENT', when: 'the agent is disconnected', each: true },
  { reason: 'LOCATION', when: 'the zone of the subnet is not that of the instance', each: true },
  { reason: 'ATTRIBUTE', when: 'an attribute or capability is missing', each: true },
  {
    reason: 'MemberOf placement constraint unsatisfied.',
    when: 'memberOf does not hold',
    each: false,
  },
  { reason: 'MISSING', when: 'StartTask: the instance is unknown', each: true },
  { reason: 'INACTIVE', when: 'StartTask: the instance was deregistered', each: true },
  { reason: 'Capacity is unavailable at this time', when: 'Fargate has none left', each: false },
]

/**
 * With a capacity provider: the task waits in PROVISIONING, and stops with TaskFailedToStart and
 * one of these.
 */
export const asynchronous: readonly string[] = [
  ...['RESOURCE:*', 'AGENT', 'ATTRIBUTE', 'MemberOf placement constraint unsatisfied.'],
  ...['NO ACTIVE INSTANCES', 'EMPTY CAPACITY PROVIDER'],
]

/** Failures of calls that name tasks. */
export const byCall: readonly { readonly call: string; readonly reasons: readonly string[] }[] = [
  { call: 'Describe*', reasons: ['MISSING'] },
  { call: 'GetTaskProtection', reasons: ['TASK_NOT_VALID'] },
  { call: 'UpdateTaskProtection', reasons: ['TASK_NOT_VALID', 'DEPLOYMENT_BLOCKED'] },
]
