/**
 * Lists expected values for tests, taken by hand from the AWS documentation: what RunTask and
 * StartTask accept, such as at most 10 tasks per call.
 *
 * Source: Amazon ECS API Reference, RunTask and StartTask; Developer Guide, task groups.
 */

/**
 * Numbers of things, both bounds included; `unit` is what is counted. Where nothing is said of a
 * lower bound there is none here.
 */
export const limits: readonly {
  readonly field: string
  readonly of: 'RunTask' | 'StartTask' | 'CreateService' | 'PlacementConstraint' | 'all'
  readonly unit: string
  readonly least?: number
  readonly most: number
  readonly absent?: number | string
}[] = [
  { field: 'count', of: 'RunTask', unit: 'tasks', least: 1, most: 10, absent: 1 },
  { field: 'containerInstances', of: 'StartTask', unit: 'instances', least: 1, most: 10 },
  // Those of the task definition and those of the request are counted together.
  { field: 'placementConstraints', of: 'all', unit: 'constraints', most: 10 },
  { field: 'expression', of: 'PlacementConstraint', unit: 'characters', most: 2000 },
  { field: 'placementStrategy', of: 'all', unit: 'strategies', most: 5 },
  { field: 'overrides', of: 'all', unit: 'characters of JSON', most: 8192 },
  { field: 'startedBy', of: 'all', unit: 'characters', most: 128 },
  { field: 'group', of: 'all', unit: 'characters', most: 255, absent: 'family:<family>' },
  { field: 'clientToken', of: 'RunTask', unit: 'characters', most: 64 },
  { field: 'clientToken', of: 'CreateService', unit: 'characters', most: 36 },
]

/** Which characters a text may have: samples that may stand in it, and samples that may not. */
export const alphabets: readonly {
  readonly field: string
  readonly right: readonly string[]
  readonly wrong: readonly string[]
}[] = [
  { field: 'startedBy', right: ['deploy-42', 'ci/main_7'], wrong: ['a b', 'a.b', 'a:b'] },
  // The characters with the codes 33 to 126.
  { field: 'clientToken', right: ['!', '~', 'a-b_c'], wrong: [' ', '\u007f', 'é'] },
]

/**
 * The group of a task: a service's own always, else the one that is asked for, else its family's.
 * It never changes.
 */
export const groups: readonly {
  readonly family: string
  readonly service?: string
  readonly asked?: string
  readonly group: string
}[] = [
  { family: 'web', group: 'family:web' },
  { family: 'web', asked: 'database', group: 'database' },
  { family: 'web', service: 'production', group: 'service:production' },
]

/** What is refused, whatever else is in the request. */
export const refused: readonly { readonly when: string; readonly of: string }[] = [
  { of: 'RunTask', when: 'propagateTags is SERVICE' },
  { of: 'RunTask', when: 'launchType and capacityProviderStrategy are both given' },
  { of: 'PlacementConstraint', when: 'distinctInstance has an expression' },
  { of: 'StartTask', when: 'a strategy, a constraint or a capacity provider is given' },
  { of: 'StartTask', when: 'the launch type is neither EC2 nor EXTERNAL' },
]

/** MANAGED_INSTANCES comes through a capacity provider alone. */
export const launchTypes = ['EC2', 'FARGATE', 'EXTERNAL', 'MANAGED_INSTANCES'] as const
export const launchTypesInRequest = ['EC2', 'FARGATE', 'EXTERNAL'] as const

/** What holds where a call has neither a launch type nor a strategy: that of the cluster. */
export const supplyWithoutEither = 'defaultCapacityProviderStrategy'

/** A service's tasks carry the id of their deployment as `startedBy`. */
export const startedByOfServiceTask = 'the deployment id'

/** The second call with a token that was seen before. */
export const idempotency: readonly {
  readonly parameters: 'same' | 'other'
  readonly answer: 'the original tasks' | 'ConflictException'
  readonly carries?: string
}[] = [
  { parameters: 'same', answer: 'the original tasks' },
  { parameters: 'other', answer: 'ConflictException', carries: 'resourceIds' },
]
