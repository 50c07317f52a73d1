/**
 * Lists expressions of the cluster query language, each with the instances that it selects. The
 * expressions are the examples of the AWS documentation and others that follow from its tables; the
 * instances were made up to fit them.
 *
 * Source: Amazon ECS Developer Guide, cluster query language and attributes.
 */

export interface Described {
  readonly ec2InstanceId: string
  readonly attributes: Readonly<Record<string, string>>
  readonly agentConnected?: boolean
  readonly agentVersion?: string
  readonly registeredAt?: string
  /** The groups of the tasks that it hosts, all of them wanted and running. */
  readonly groups?: readonly string[]
}

export const instances: readonly Described[] = [
  {
    ec2InstanceId: 'i-abcd1234',
    attributes: {
      'ecs.instance-type': 't2.small',
      'ecs.availability-zone': 'us-east-1a',
      stack: 'prod',
    },
    agentVersion: '1.9.0',
    registeredAt: '2018-02-12T23:59:59Z',
    groups: ['service:production', 'database'],
  },
  {
    ec2InstanceId: 'i-wxyx7890',
    attributes: {
      'ecs.instance-type': 't2.medium',
      'ecs.availability-zone': 'us-east-1b',
      stack: 'test',
    },
    agentVersion: '1.14.4',
    registeredAt: '2018-02-13T00:00:00Z',
    groups: ['service:production'],
  },
  {
    ec2InstanceId: 'i-g2a',
    attributes: { 'ecs.instance-type': 'g2.2xlarge', 'ecs.availability-zone': 'us-east-1a' },
    agentVersion: '1.14.5',
    registeredAt: '2018-06-18T22:28:28Z',
    groups: ['database', 'family:batch', 'family:batch'],
  },
  {
    ec2InstanceId: 'i-g2d',
    attributes: { 'ecs.instance-type': 'g2.8xlarge', 'ecs.availability-zone': 'us-east-1d' },
    agentConnected: false,
    agentVersion: '1.100.0',
    registeredAt: '2026-01-01T00:00:00Z',
  },
]

const [small, medium, g2a, g2d] = ['i-abcd1234', 'i-wxyx7890', 'i-g2a', 'i-g2d'] as const

/** The guide's own examples. */
export const printed: readonly {
  readonly expression: string
  readonly selects: readonly string[]
}[] = [
  { expression: 'attribute:ecs.instance-type == t2.small', selects: [small] },
  {
    expression: 'attribute:ecs.availability-zone in [us-east-1a, us-east-1b]',
    selects: [small, medium, g2a],
  },
  {
    expression:
      'attribute:ecs.instance-type =~ g2.* and attribute:ecs.availability-zone != us-east-1d',
    selects: [g2a],
  },
  { expression: 'task:group == service:production', selects: [small, medium] },
  { expression: 'not(task:group == database)', selects: [medium, g2d] },
  { expression: 'runningTasksCount == 1', selects: [medium] },
  { expression: 'agentVersion < 1.14.5', selects: [small, medium] },
  { expression: 'registeredAt < 2018-02-13', selects: [small] },
  { expression: "ec2InstanceId in ['i-abcd1234', 'i-wxyx7890']", selects: [small, medium] },
  { expression: 'attribute:ecs.instance-type == g2.2xlarge', selects: [g2a] },
  { expression: 'attribute:stack == prod', selects: [small] },
  // Those that have the attribute, unless its value is prod.
  { expression: 'attribute:stack != prod', selects: [medium] },
  {
    expression: 'attribute:ecs.instance-type in [t2.small, t2.medium]',
    selects: [small, medium],
  },
  {
    expression:
      'attribute:ecs.instance-type =~ t2.* and attribute:ecs.availability-zone == us-east-1a',
    selects: [small],
  },
  { expression: 'attribute:ecs.instance-type =~ t2.*', selects: [small, medium] },
]

/**
 * What its tables and its form of compound expressions, `(expression1 or expression2) and
 * expression3`, say of these.
 */
export const derived: typeof printed = [
  { expression: 'attribute:stack exists', selects: [small, medium] },
  { expression: 'attribute:stack !exists', selects: [g2a, g2d] },
  { expression: 'attribute:stack not_exists', selects: [g2a, g2d] },
  { expression: 'agentConnected == false', selects: [g2d] },
  { expression: 'agentConnected not_in [false]', selects: [small, medium, g2a] },
  { expression: 'runningTasksCount > 1', selects: [small, g2a] },
  { expression: 'runningTasksCount less_than_equal 1', selects: [medium, g2d] },
  { expression: 'agentVersion greater_than_equal 1.14.5', selects: [g2a, g2d] },
  { expression: 'registeredAt >= 2018-06-18T22:28:28+00:00', selects: [g2a, g2d] },
  { expression: 'registeredAt > 2018-06-18T22:28:28', selects: [g2d] },
  { expression: 'ec2InstanceId !~ i-g2.*', selects: [small, medium] },
  {
    expression: '(attribute:stack == prod or attribute:stack == test) and task:group == database',
    selects: [small],
  },
  {
    expression:
      '(attribute:stack equals test || runningTasksCount equals 0) && !(task:group matches .*)',
    selects: [g2d],
  },
  { expression: 'task:group == family:batch and runningTasksCount >= 3', selects: [g2a] },
]

/** What is refused, and at which character, counted from 0. */
export const refused: readonly { readonly expression: string; readonly at: number }[] = [
  { expression: 'attribute:stack === prod', at: 16 },
  { expression: 'attribute:stack = prod', at: 16 },
  { expression: 'attribute:stack like prod', at: 16 },
  { expression: 'runningTasksCount in [1]', at: 18 },
  { expression: 'agentVersion =~ 1.*', at: 13 },
  { expression: 'ec2InstanceId > i-1', at: 14 },
  { expression: 'registeredAt exists', at: 13 },
  { expression: 'registeredAt < yesterday', at: 15 },
  { expression: 'agentVersion < new', at: 15 },
  { expression: 'runningTasksCount < many', at: 20 },
  { expression: 'stack == prod', at: 0 },
  { expression: 'attribute:stack ==', at: 18 },
  { expression: 'attribute:stack == (prod)', at: 19 },
  { expression: 'attribute:stack in prod', at: 19 },
  { expression: 'attribute:stack == [prod]', at: 19 },
  { expression: 'attribute:stack in []', at: 20 },
  { expression: 'attribute:stack in [prod, test', at: 30 },
  { expression: "attribute:stack == 'prod", at: 19 },
  { expression: '(attribute:stack == prod', at: 24 },
  { expression: 'attribute:stack == prod)', at: 23 },
  { expression: 'attribute:stack == prod attribute:stack == test', at: 24 },
  { expression: 'attribute:stack exists prod', at: 23 },
  { expression: 'attribute:stack == prod and', at: 27 },
  { expression: '', at: 0 },
  { expression: "attribute:stack =~ '(a)\\1'", at: 23 },
  { expression: "attribute:stack =~ '(?=a)a'", at: 20 },
]
