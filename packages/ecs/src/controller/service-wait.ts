/**
 * Lists what keeps a service from its goal until something outside of it changes:
 *
 * - `answer`: a lifecycle hook has not answered;
 * - `bounds`: no task may start or stop within `minimumHealthyPercent` and `maximumPercent`;
 * - `instances`: no instance has room for the tasks;
 * - `ports`: tasks of an older revision have the host ports that new tasks need;
 * - `protection`: only protected tasks could stop;
 * - `start`: the tasks stop before they run;
 * - `deployment`: the last deployment failed, and a new one is needed.
 *
 * The list is empty when the service can go on by itself.
 *
 * Source: Amazon ECS Developer Guide, service event messages; API Reference,
 * DeploymentConfiguration and DeploymentLifecycleHook.
 */
import { hostPortsOf } from '../lower/port.js'
import type { Deployment, OwnTask, ServiceRecord } from '../memory/memory.js'
import { taskText } from '../moves/task-events.js'
import { taskBounds, type TaskBounds } from '../service/task-bounds.js'
import { isDaemon } from '../words/service.js'
import { isAwaited, openLifecycle } from './lifecycle.js'

/** What a service waits for, in words that go on after "waits for". */
export interface ServiceWait {
  readonly kind: 'answer' | 'bounds' | 'deployment' | 'instances' | 'ports' | 'protection' | 'start'
  readonly text: string
}

/** All that a service waits for; none while it goes on by itself. */
export const waitsOf = (record: ServiceRecord): readonly ServiceWait[] => [
  ...deploymentWaits(record),
  ...answerWaits(record),
  ...boundWaits(record),
  ...protectionWaits(record),
  ...startWaits(record),
  ...placementWaits(record),
]

/** An update that failed is not tried again, whether an older revision took its place or not. */
const deploymentWaits = (record: ServiceRecord): readonly ServiceWait[] => {
  const { isFailed, deployments, past } = record
  if (!isFailed) return []
  const [primary] = deployments
  const [failed = primary] = [...deployments, ...past]
    .filter(({ rolloutState }) => rolloutState === 'FAILED')
    .sort((a, b) => b.createdAt - a.createdAt)
  const reason = failed.rolloutStateReason.replace(/\.$/, '')
  const end = primary.id === failed.id ? '' : `, and ${primary.id} took its place`
  return [
    { kind: 'deployment', text: `another deployment, as ${failed.id} failed (${reason})${end}` },
  ]
}

const answerWaits = (record: ServiceRecord): readonly ServiceWait[] =>
  (openLifecycle(record)?.hooks ?? []).filter(isAwaited).map(({ hookId, targetType, stage }) => ({
    kind: 'answer',
    text: `an answer of lifecycle hook ${hookId} (${targetType} at ${stage})`,
  }))

const boundWaits = (record: ServiceRecord): readonly ServiceWait[] => {
  if (!record.isBlocked) return []
  const { tasksMin, tasksMax, minimumHealthyPercent, maximumPercent } = boundsOf(record)
  return [
    {
      kind: 'bounds',
      text: `room between its bounds: at least ${tasksMin} tasks must be healthy (minimumHealthyPercent ${minimumHealthyPercent}) and at most ${tasksMax} may run (maximumPercent ${maximumPercent})`,
    },
  ]
}

/** A DAEMON has as many tasks as there are instances for it, and never more. */
const boundsOf = ({ service, deployments: [primary] }: ServiceRecord): TaskBounds => {
  const { deploymentConfiguration: given } = service
  const fixed = { minimumHealthyPercent: 0, ...given, maximumPercent: 100 }
  return isDaemon(service)
    ? taskBounds({ deploymentConfiguration: fixed }, primary.desiredCount)
    : taskBounds(service, service.desiredCount ?? 0)
}

const protectionWaits = ({ isHeld, guarded, tasks }: ServiceRecord): readonly ServiceWait[] => {
  const own = [...guarded.keys()].flatMap((replica) => tasks.get(replica) ?? [])
  return isHeld && own.length > 0
    ? [{ kind: 'protection', text: `the end of the protection of ${own.map(taskText).join(' ')}` }]
    : []
}

/** From the second wave on, tasks are said to stop consistently. */
const startWaits = ({ throttle }: ServiceRecord): readonly ServiceWait[] =>
  throttle === undefined || throttle.waves < 2
    ? []
    : [
        {
          kind: 'start',
          text: `a task that runs, as those of ${throttle.waves} waves stopped before they ran`,
        },
      ]

const placementWaits = (record: ServiceRecord): readonly ServiceWait[] => {
  const { waiting, isUnplaced, lacking } = record
  const count = waiting.reduce((sum, row) => sum + row.count, lacking.length)
  if (count === 0 || (!isUnplaced && lacking.length === 0)) return []
  const text = `instances for ${count === 1 ? '1 task' : `${count} tasks`}`
  return [...portWaits(record), { kind: 'instances', text }]
}

/** Tasks of an older revision, which have the fixed ports that new tasks need, must stay. */
const portWaits = ({ deployments, tasks }: ServiceRecord): readonly ServiceWait[] => {
  const [primary, ...older] = deployments
  const active = [...tasks.values()].filter(({ phase }) => phase !== 'leaving')
  const ports = fixedPorts(primary)
  return older.flatMap((deployment): readonly ServiceWait[] => {
    const shared = fixedPorts(deployment).filter((port) => ports.includes(port))
    if (shared.length === 0 || !active.some(isOf(deployment))) return []
    const text = `host port ${shared.join(', ')}, which tasks of ${deployment.id} have and must keep, by minimumHealthyPercent, until new ones are healthy`
    return [{ kind: 'ports', text }]
  })
}

const fixedPorts = ({ workload: { definition } }: Deployment): readonly string[] => {
  const { TCP, UDP } = hostPortsOf(definition)
  return [...TCP, ...UDP.map((port) => `${port}/udp`)]
}

const isOf =
  ({ id }: Deployment) =>
  ({ deployment }: OwnTask): boolean =>
    deployment === id
