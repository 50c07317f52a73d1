/**
 * Fuzzes the library's readers, each with damaged inputs of its kind: calls of the Amazon ECS API,
 * encoded states, templates, queries, scheduler configurations, scenarios. A reader must answer or
 * refuse, and never throw.
 */
import { callAction, clusterOf, decodeEcs, encodeEcs, parseQuery, readEcs } from '@stowage/ecs'
import { instant } from '@stowage/kernel'
import {
  decodeScheduler,
  encodeScheduler,
  openScheduler,
  readConfiguration,
  readObjects,
} from '@stowage/kubernetes'
import { isLeft, isRight } from 'fp-ts/lib/Either.js'
import { answerOf } from '../../packages/testing/src/conformance/answer.js'
import { damagedText, damagedValue, oneOf, partsByKey, randomOf, type Random } from './mutation.js'

/** A kind of input: what is damaged, and what reads it. */
export interface Reader {
  readonly name: string
  readonly specimens: readonly unknown[]
  /** Returns what is wrong with an answer, in a sentence each; throwing is always wrong. */
  readonly read: (value: unknown, random: Random) => readonly string[]
}

/** Damages the specimens of a reader so often; the lines are seeds and what happened. */
export const fuzzReader = (
  { specimens, read }: Reader,
  count: number,
  seed: number,
): readonly string[] => {
  const parts = partsByKey(specimens)
  const wrong: string[] = []
  for (let i = 0; i < count; i++) {
    const random = randomOf(seed + i)
    let value = oneOf(random, specimens)
    for (let times = 1 + random(2); times > 0; times--)
      value =
        typeof value === 'string' ? damagedText(random, value) : damagedValue(random, value, parts)
    try {
      for (const line of read(value, random)) wrong.push(`seed ${seed + i}: ${line}`)
    } catch (error) {
      wrong.push(`seed ${seed + i}: ${String(error)}`)
    }
  }
  return wrong
}

const resource = (name: string, integerValue: number) => ({ name, integerValue })
const machine = (ec2InstanceId: string) => ({
  ec2InstanceId,
  registeredResources: [resource('CPU', 2048), resource('MEMORY', 4096)],
  attributes: [{ name: 'ecs.availability-zone', value: 'a' }],
})
const web = {
  family: 'web',
  containerDefinitions: [
    {
      name: 'c',
      image: 'i',
      cpu: 300,
      memory: 500,
      portMappings: [{ containerPort: 80, hostPort: 80 }],
    },
  ],
}
const ecsDocuments = [web, machine('i-1'), machine('i-2')]
const cluster = () => {
  const input = readEcs([{ from: 'f', value: ecsDocuments }])
  if (isLeft(input)) throw new Error(JSON.stringify(input.left))
  return clusterOf(input.right)
}

const calls = [
  ['RegisterTaskDefinition', { ...web, family: 'api' }],
  ['RegisterContainerInstance', { instanceIdentityDocument: '{"instanceId":"i-3"}' }],
  [
    'RunTask',
    {
      ...{ taskDefinition: 'web', count: 2, group: 'g', clientToken: 't', startedBy: 'me' },
      placementConstraints: [{ type: 'memberOf', expression: 'attribute:zone == a' }],
      placementStrategy: [{ type: 'spread', field: 'attribute:ecs.availability-zone' }],
      overrides: { containerOverrides: [{ name: 'c', cpu: 20 }] },
      tags: [{ key: 'a', value: 'b' }],
    },
  ],
  ['StartTask', { taskDefinition: 'web', containerInstances: ['i-1'] }],
  ['StopTask', { task: 'none', reason: 'x' }],
  ['DescribeTasks', { tasks: ['none'] }],
  ['PutAttributes', { attributes: [{ name: 'a', value: 'b', targetId: 'i-1' }] }],
  ['UpdateContainerInstancesState', { containerInstances: ['i-1'], status: 'DRAINING' }],
  ['DescribeContainerInstances', { containerInstances: ['i-1', 'i-2'] }],
  ['DeregisterContainerInstance', { containerInstance: 'i-2', force: true }],
] as const

/** Every instance has what its tasks take, by what it says remains. */
const overCapacity = (state: ReturnType<typeof cluster>): readonly string[] => {
  const described = callAction(
    state,
    'DescribeContainerInstances',
    { containerInstances: ['i-1', 'i-2'] },
    state.at,
  )
  if (isLeft(described)) return []
  return described.right[1].containerInstances.flatMap(({ remainingResources = [] }) =>
    remainingResources.flatMap(({ name, integerValue = 0 }) =>
      integerValue < 0 ? [`${name} remains ${integerValue}`] : [],
    ),
  )
}

const pod = (name: string) => ({
  ...{
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', labels: { a: 'b' } },
  },
  spec: {
    containers: [{ name: 'c', image: 'i', resources: { requests: { cpu: '100m' } } }],
    tolerations: [{ key: 'k', operator: 'Exists' }],
  },
})
const node = {
  ...{ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n', labels: { zone: 'a' } } },
  spec: { taints: [{ key: 'k', value: 'v', effect: 'NoSchedule' }] },
  status: { allocatable: { cpu: '2', memory: '4Gi', pods: '10' } },
}
const schedulerState = () => {
  const { objects } = readObjects({ from: 'f', value: [node, pod('p'), pod('q')] })
  return JSON.parse(JSON.stringify(encodeScheduler(openScheduler(objects, instant(0))))) as unknown
}

const configuration = {
  ...{ apiVersion: 'kubescheduler.config.k8s.io/v1', kind: 'KubeSchedulerConfiguration' },
  ...{ parallelism: 4, percentageOfNodesToScore: 10, podInitialBackoffSeconds: 1 },
  leaderElection: { leaderElect: true, leaseDuration: '15s' },
  extenders: [{ urlPrefix: 'http://x', filterVerb: 'f', weight: 1, managedResources: [] }],
  profiles: [
    {
      schedulerName: 's',
      plugins: { score: { enabled: [{ name: 'NodeResourcesFit', weight: 2 }], disabled: [] } },
      pluginConfig: [
        {
          name: 'NodeResourcesFit',
          args: {
            scoringStrategy: {
              type: 'RequestedToCapacityRatio',
              resources: [{ name: 'cpu', weight: 1 }],
              requestedToCapacityRatio: { shape: [{ utilization: 0, score: 10 }] },
            },
          },
        },
        {
          name: 'PodTopologySpread',
          args: {
            defaultingType: 'List',
            defaultConstraints: [
              { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' },
            ],
          },
        },
      ],
    },
  ],
}

const template = {
  AWSTemplateFormatVersion: '2010-09-09',
  Parameters: { Count: { Type: 'Number', Default: 2, AllowedValues: [1, 2], MinValue: 1 } },
  Mappings: { Sizes: { a: { cpu: 256 } } },
  Conditions: { IsBig: { 'Fn::Equals': [{ Ref: 'Count' }, '2'] } },
  Resources: {
    Task: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: {
        Family: { 'Fn::Sub': ['${a}-${Count}', { a: { 'Fn::Join': ['-', ['x', 'y']] } }] },
        Cpu: { 'Fn::FindInMap': ['Sizes', 'a', 'cpu'] },
        ContainerDefinitions: [
          { Name: 'c', Image: 'i', Memory: { 'Fn::If': ['IsBig', 512, { Ref: 'AWS::NoValue' }] } },
        ],
      },
    },
    Service: {
      Type: 'AWS::ECS::Service',
      DependsOn: ['Task'],
      Properties: { TaskDefinition: { Ref: 'Task' }, DesiredCount: { Ref: 'Count' } },
    },
  },
  Outputs: { Name: { Value: { 'Fn::GetAtt': ['Service', 'Name'] }, Export: { Name: 'n' } } },
}

/** All kinds. */
export const readers: readonly Reader[] = [
  {
    name: 'calls',
    specimens: [calls],
    read: (value, random) => {
      let state = cluster()
      const wrong: string[] = []
      for (const [i, call] of (Array.isArray(value) ? value : [value]).entries()) {
        const [name, request] = Array.isArray(call) ? (call as readonly unknown[]) : [call]
        const known = calls[random(calls.length)]![0]
        const action = calls.find(([one]) => one === name)?.[0] ?? known
        const before = JSON.stringify(encodeEcs(state))
        const called = callAction(state, action, request, instant(i + 1))
        if (isRight(called)) state = called.right[0]
        else if (JSON.stringify(encodeEcs(state)) !== before) wrong.push(`${action} half applied`)
        for (const line of overCapacity(state)) wrong.push(line)
      }
      return wrong
    },
  },
  {
    name: 'states of ECS clusters',
    specimens: [JSON.parse(JSON.stringify(encodeEcs(cluster())))],
    read: (value) => {
      const read = decodeEcs(value)
      if (isRight(read)) encodeEcs(read.right)
      return []
    },
  },
  {
    name: 'states of schedulers',
    specimens: [schedulerState()],
    read: (value) => {
      const read = decodeScheduler(value)
      if (isRight(read)) encodeScheduler(read.right)
      return []
    },
  },
  {
    name: 'templates',
    specimens: [template],
    read: (value) => {
      readEcs([{ from: 'f', value }])
      return []
    },
  },
  {
    name: 'queries',
    specimens: [
      '(attribute:ecs.instance-type =~ t2.*) and (task:group != databases or not(running(a) == 1))',
      "attribute:zone in ['a', 'b'] and registeredAt > 2020-01-01 && !(agentConnected == true)",
      'memberOf(attribute:stack exists) and runningTasksCount >= 3',
    ],
    read: (value) => {
      parseQuery(String(value))
      return []
    },
  },
  {
    name: 'configurations',
    specimens: [configuration],
    read: (value) => {
      readConfiguration({ from: 'f', value })
      return []
    },
  },
  {
    name: 'scenarios',
    specimens: [[node, pod('p'), pod('q')]],
    read: (value) => {
      const objects = Array.isArray(value) ? (value as readonly unknown[]) : [value]
      answerOf({ id: 'a', objects, pending: ['default/p', 'default/q'] })
      return []
    },
  },
]
