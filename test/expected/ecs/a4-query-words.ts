/**
 * Lists expected values for tests, taken by hand from the AWS documentation: the operators,
 * subjects and values of the cluster query language.
 *
 * Source: Amazon ECS Developer Guide, cluster query language and attributes.
 */

/** Both spellings of each operator, and what it takes. */
export const operators: readonly {
  readonly symbol: string
  readonly word: string
  readonly takes: 'nothing' | 'a literal' | 'a list' | 'a pattern'
}[] = [
  { symbol: '==', word: 'equals', takes: 'a literal' },
  { symbol: '!=', word: 'not_equals', takes: 'a literal' },
  { symbol: '>', word: 'greater_than', takes: 'a literal' },
  { symbol: '>=', word: 'greater_than_equal', takes: 'a literal' },
  { symbol: '<', word: 'less_than', takes: 'a literal' },
  { symbol: '<=', word: 'less_than_equal', takes: 'a literal' },
  { symbol: 'exists', word: 'exists', takes: 'nothing' },
  { symbol: '!exists', word: 'not_exists', takes: 'nothing' },
  { symbol: 'in', word: 'in', takes: 'a list' },
  { symbol: '!in', word: 'not_in', takes: 'a list' },
  { symbol: '=~', word: 'matches', takes: 'a pattern' },
  { symbol: '!~', word: 'not_matches', takes: 'a pattern' },
]

/** Where the language is spoken. */
export const spokenIn = ['PlacementConstraint.expression', 'ListContainerInstances.filter'] as const

/** Both spellings of what joins expressions. */
export const connectives: readonly (readonly [symbol: string, word: string])[] = [
  ['&&', 'and'],
  ['||', 'or'],
  ['!', 'not'],
]

const alike = ['==', '!=', 'in', '!in', '=~', '!~']
const ordered = ['==', '!=', '>', '>=', '<', '<=']
const all = operators.map(({ symbol }) => symbol)

/** The operators that each subject may have; those without a list of their own may have any. */
export const subjects: readonly {
  readonly subject: string
  readonly operators: readonly string[]
}[] = [
  { subject: 'agentConnected', operators: alike },
  { subject: 'agentVersion', operators: ordered },
  { subject: 'ec2InstanceId', operators: alike },
  { subject: 'registeredAt', operators: ordered },
  { subject: 'runningTasksCount', operators: ordered },
  { subject: 'attribute:stack', operators: all },
  { subject: 'task:group', operators: all },
]

/** The forms of a date that registeredAt is compared with. */
export const dates: readonly { readonly text: string; readonly valid: boolean }[] = [
  { text: '2018-06-18T22:28:28+00:00', valid: true },
  { text: '2018-06-18T22:28:28Z', valid: true },
  { text: '2018-06-18T22:28:28', valid: true },
  { text: '2018-06-18', valid: true },
  { text: '2018-06-18T22:28', valid: false },
  { text: '2018-06-18T22:28:28+02:00', valid: false },
  { text: '18-06-2018', valid: false },
  { text: '2018-06-31', valid: false },
]

/** Which of two agent versions is greater: whole numbers are compared, from the left. */
export const versions: readonly (readonly [one: string, order: '<' | '>', other: string])[] = [
  ['1.14.4', '<', '1.14.5'],
  ['1.9.0', '<', '1.14.5'],
  ['1.100.0', '>', '1.14.5'],
  ['2.0.0', '>', '1.14.5'],
]

/** Attributes that Amazon ECS gives to an instance by itself, and those that it may give. */
export const builtIn: readonly { readonly name: string; readonly values?: readonly string[] }[] = [
  { name: 'ecs.ami-id' },
  { name: 'ecs.availability-zone' },
  { name: 'ecs.instance-type' },
  { name: 'ecs.os-type', values: ['linux', 'windows'] },
  { name: 'ecs.os-family' },
  { name: 'ecs.cpu-architecture', values: ['x86_64', 'arm64'] },
  { name: 'ecs.vpc-id' },
  { name: 'ecs.subnet-id' },
]
export const optional: readonly string[] = [
  'ecs.awsvpc-trunk-id',
  'ecs.outpost-arn',
  'ecs.capability.external',
]

/** What a custom attribute may be called, and what it may say. */
export const names: readonly { readonly text: string; readonly valid: boolean }[] = [
  { text: 'stack', valid: true },
  { text: 'a', valid: true },
  { text: 'A_b-c.d/e\\f9', valid: true },
  { text: 'n'.repeat(128), valid: true },
  { text: 'n'.repeat(129), valid: false },
  { text: '', valid: false },
  { text: 'a:b', valid: false },
  { text: 'a@b', valid: false },
]
export const values: readonly { readonly text: string; readonly valid: boolean }[] = [
  { text: 'prod', valid: true },
  { text: 'a b@c:d/e\\f-g_h.9', valid: true },
  { text: 'v'.repeat(128), valid: true },
  { text: 'v'.repeat(129), valid: false },
  { text: '', valid: false },
  { text: ' prod', valid: false },
  { text: 'prod ', valid: false },
]

/** The names under which the agent registers what it can do. */
export const capabilityPrefixes: readonly {
  readonly prefix: string
  readonly such: readonly string[]
}[] = [
  {
    prefix: 'com.amazonaws.ecs.capability.',
    such: [
      ...['docker-remote-api.*', 'logging-driver.*', 'privileged-container', 'selinux', 'apparmor'],
      ...['ecr-auth', 'task-iam-role', 'task-iam-role-network-host'],
    ],
  },
  {
    prefix: 'ecs.capability.',
    such: [
      ...['task-eni', 'task-cpu-mem-limit', 'increased-task-cpu-limit', 'container-ordering'],
      ...['execution-role-*', 'secrets.*', 'efs', 'firelens.*', 'docker-plugin.*'],
      ...['container-restart-policy', 'service-connect-v1'],
    ],
  },
]
