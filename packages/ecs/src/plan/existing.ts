/**
 * Creates a warning for each existing task on an instance that is not among the documents, and for
 * each existing task on a DRAINING instance. A plan places no new task on either.
 *
 * Source: Amazon ECS Developer Guide, container instance draining, and services (DAEMON).
 */
import { instanceName, type ContainerInstance } from '../words/container-instance.js'
import { hasStopped, idIn, type Task } from '../words/task.js'
import type { EcsWarning } from '../words/warning.js'

/** Instances by their EC2 ids and by the ids in their ARNs. */
type InstanceLookup = (reference: string) => ContainerInstance | undefined

const instanceLookup = (instances: readonly ContainerInstance[]): InstanceLookup => {
  const byId = new Map(
    instances.flatMap((one) =>
      [instanceName(one), idIn(one.containerInstanceArn ?? '')].map((id) => [id, one] as const),
    ),
  )
  return (reference) => byId.get(idIn(reference))
}

const isOnUnknown = (find: InstanceLookup, task: Task): boolean =>
  !hasStopped(task) &&
  task.containerInstanceArn !== undefined &&
  find(task.containerInstanceArn) === undefined

/** The tasks on instances that are not among these. A task that waits for capacity is on none. */
export const tasksElsewhere = (
  tasks: readonly Task[],
  instances: readonly ContainerInstance[],
): readonly Task[] => {
  const find = instanceLookup(instances)
  return tasks.filter((task) => isOnUnknown(find, task))
}

/**
 * A warning for each task on an instance that is missing, or that is DRAINING. `daemons` are the
 * groups of DAEMON services.
 */
export const existingWarnings = (
  tasks: readonly Task[],
  instances: readonly ContainerInstance[],
  daemons: ReadonlySet<string>,
): readonly EcsWarning[] => {
  const find = instanceLookup(instances)
  return tasks.flatMap((task): readonly EcsWarning[] => {
    if (isOnUnknown(find, task)) return [elsewhere(task)]
    const on = find(task.containerInstanceArn ?? '')
    const isLeaving = hasStopped(task) || task.desiredStatus === 'STOPPED'
    return on?.status !== 'DRAINING' || isLeaving
      ? []
      : [drainingWarning(task, instanceName(on), daemons.has(task.group ?? ''))]
  })
}

const elsewhere = ({ containerInstanceArn = '', taskArn }: Task): EcsWarning => ({
  ...{ code: 'TaskOnUnknownInstance', from: '' },
  subject: `container instance ${idIn(containerInstanceArn)}`,
  text: 'a task is on it, and it is not among the documents: the task stays there and is not placed again; add what describe-container-instances prints',
  detail: `task ${idIn(taskArn)}`,
})

const drainingWarning = (
  { group = '', taskArn }: Task,
  on: string,
  isDaemon: boolean,
): EcsWarning => ({
  ...{ code: 'TaskOnDrainingInstance', from: '', subject: `task ${idIn(taskArn)}` },
  text: drainedText(group, isDaemon),
  detail: group === '' ? on : `${group} on ${on}`,
})

const drainedText = (group: string, isDaemon: boolean): string => {
  if (isDaemon)
    return 'its instance is DRAINING: the task of a DAEMON is the last one there to stop, and no other replaces it'
  return group.startsWith('service:')
    ? 'its instance is DRAINING, so that its service has another task instead; this one keeps its room until then'
    : 'its instance is DRAINING, and as it is of no service, Amazon ECS neither stops nor replaces it'
}
