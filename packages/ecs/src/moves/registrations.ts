/**
 * Registers the tasks of a service with the target groups of load balancers, with Cloud Map and
 * with Service Connect, by requests to the simulated world:
 *
 * 1. A task is registered once it runs.
 * 2. A task is deregistered when it is told to stop, or when it dies.
 *
 * Health check results of targets arrive separately, as reports about tasks.
 *
 * Source: Amazon ECS Developer Guide, task life cycle (ACTIVATING and DEACTIVATING) and service
 * event messages.
 */
import { withChanges, type Instant, type Intent, type ReplicaId } from '@stowage/kernel'
import { withEvent, type OwnTask, type ServiceRecord } from '../memory/memory.js'
import { ownerNameOf } from '../memory/task-sets.js'
import type { Service } from '../words/service.js'

/** Where the tasks of a service are registered: the action of each API, its field and its value. */
interface Register {
  readonly action: 'Targets' | 'Instances' | 'Endpoints'
  readonly field: 'targetGroupArn' | 'registryArn' | 'namespace'
  readonly value: string
}

const registersOf = (service: Service): readonly Register[] => [
  ...(service.loadBalancers ?? []).flatMap(({ targetGroupArn: value }) =>
    value === undefined ? [] : [{ action: 'Targets', field: 'targetGroupArn', value } as const],
  ),
  ...(service.serviceRegistries ?? []).flatMap(({ registryArn: value }) =>
    value === undefined ? [] : [{ action: 'Instances', field: 'registryArn', value } as const],
  ),
  ...(service.serviceConnectConfiguration?.enabled === true
    ? [
        {
          ...({ action: 'Endpoints', field: 'namespace' } as const),
          value: service.serviceConnectConfiguration.namespace ?? '',
        },
      ]
    : []),
]

/** The record with its tasks registered as they are now, and the orders for that. */
export const withRegistrations = (
  before: ServiceRecord,
  after: ServiceRecord,
  now: Instant,
): { readonly record: ServiceRecord; readonly intents: readonly Intent[] } => {
  const registers = new Map(
    after.deployments.map(({ id, workload }) => [
      id,
      registersOf(workload.service ?? after.service),
    ]),
  )
  const own = (task: OwnTask): readonly Register[] =>
    registers.get(task.deployment) ?? registersOf(after.service)
  const lost = after.lost ?? []
  if (lost.length === 0 && [...registers.values()].every(({ length }) => length === 0))
    return { record: after, intents: [] }
  const tasks = changedTasks(before, after)
  const news = tasks.filter(
    (task) => task.phase === 'running' && task.isRegistered !== true && own(task).length > 0,
  )
  const leavers = [
    ...lost,
    ...tasks.filter((task) => task.phase === 'leaving' && task.isRegistered === true),
  ]
  const [additions, removals] = [tasksByRegister(news, own), tasksByRegister(leavers, own)]
  return {
    record: withMessages(markRegistered(after, news, leavers), now, [
      ...messagesOf('registered', additions),
      ...(leavers.some((task) => own(task).some(isOfTargets))
        ? [`has begun draining connections on ${leavers.length} tasks.`]
        : []),
      ...messagesOf('deregistered', removals),
    ]),
    intents: [
      ...ordersOf('register', after, additions),
      ...ordersOf('deregister', after, removals),
    ],
  }
}

/** The tasks that a pass looked at; all others are as they were. */
const changedTasks = (before: ServiceRecord, after: ServiceRecord): readonly OwnTask[] =>
  [...new Set([...before.watched.keys(), ...after.watched.keys()])].flatMap(
    (replica) => after.tasks.get(replica) ?? [],
  )

const markRegistered = (
  record: ServiceRecord,
  news: readonly OwnTask[],
  leavers: readonly OwnTask[],
): ServiceRecord => {
  const { lost: _, ...others } = record
  return {
    ...others,
    tasks: withChanges(record.tasks, [
      ...news.map((task) => [task.replica, { ...task, isRegistered: true as const }] as const),
      ...leavers
        .filter(({ replica }) => record.tasks.has(replica))
        .map(({ isRegistered: __, ...task }): [ReplicaId, OwnTask] => [task.replica, task]),
    ]),
  }
}

const isOfTargets = ({ action }: Register): boolean => action === 'Targets'

/** Registers, each once, with their tasks. */
type TasksByRegister = readonly (readonly [Register, readonly OwnTask[]])[]

const tasksByRegister = (
  tasks: readonly OwnTask[],
  own: (task: OwnTask) => readonly Register[],
): TasksByRegister => {
  const rows = new Map<string, [Register, OwnTask[]]>()
  for (const task of tasks)
    for (const register of own(task)) {
      const key = `${register.field} ${register.value}`
      const row = rows.get(key)
      if (row === undefined) rows.set(key, [register, [task]])
      else row[1].push(task)
    }
  return [...rows.values()]
}

/** Source: Amazon ECS Developer Guide, service event messages. */
const messagesOf = (
  what: 'registered' | 'deregistered',
  rows: TasksByRegister,
): readonly string[] =>
  rows
    .filter(([register]) => isOfTargets(register))
    .map(([{ value }, { length }]) => `${what} ${length} targets in (target-group ${value}).`)

const withMessages = (
  record: ServiceRecord,
  now: Instant,
  messages: readonly string[],
): ServiceRecord => messages.reduce((one, message) => withEvent(one, now, message), record)

/** `{ registerTargets: { service, targetGroupArn, tasks } }`, and so for the other registers. */
const ordersOf = (
  verb: 'register' | 'deregister',
  { service }: ServiceRecord,
  rows: TasksByRegister,
): readonly Intent[] =>
  rows.map(([{ action, field, value }, some]) => ({
    _tag: 'Ask',
    request: {
      [`${verb}${action}`]: {
        ...{ service: ownerNameOf(service), [field]: value },
        tasks: some.map(({ id, replica }) => id ?? String(replica)),
      },
    },
  }))
