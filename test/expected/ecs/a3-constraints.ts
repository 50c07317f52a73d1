/**
 * Lists expected values for tests, taken by hand from the AWS documentation: where placement
 * constraints may be written, and what they allow.
 *
 * Source: Amazon ECS Developer Guide, placement constraints and services.
 */

/** Where a constraint may be written. */
export const places: readonly {
  readonly type: 'distinctInstance' | 'memberOf'
  readonly in: 'request' | 'service' | 'task definition'
  readonly allowed: boolean
}[] = [
  { type: 'distinctInstance', in: 'request', allowed: true },
  { type: 'distinctInstance', in: 'service', allowed: true },
  { type: 'distinctInstance', in: 'task definition', allowed: false },
  { type: 'memberOf', in: 'request', allowed: true },
  { type: 'memberOf', in: 'service', allowed: true },
  { type: 'memberOf', in: 'task definition', allowed: true },
]

/**
 * Whether a task of the group `service:web` blocks the instance that it is on for another one under
 * distinctInstance.
 */
export const distinct: readonly {
  readonly group: string
  readonly desiredStatus: 'RUNNING' | 'STOPPED'
  readonly lastStatus: 'PENDING' | 'RUNNING' | 'STOPPING'
  readonly blocks: boolean
}[] = [
  { group: 'service:web', desiredStatus: 'RUNNING', lastStatus: 'RUNNING', blocks: true },
  { group: 'service:web', desiredStatus: 'RUNNING', lastStatus: 'PENDING', blocks: true },
  { group: 'service:web', desiredStatus: 'STOPPED', lastStatus: 'RUNNING', blocks: false },
  { group: 'service:web', desiredStatus: 'STOPPED', lastStatus: 'STOPPING', blocks: false },
  { group: 'service:api', desiredStatus: 'RUNNING', lastStatus: 'RUNNING', blocks: false },
]

/** What becomes of a running task when its memberOf turns false. */
export const turnedFalse: readonly {
  readonly schedulingStrategy: 'REPLICA' | 'DAEMON'
  readonly stopped: boolean
}[] = [
  { schedulingStrategy: 'REPLICA', stopped: false },
  { schedulingStrategy: 'DAEMON', stopped: true },
]
