/**
 * Prepares the services among the documents for reading:
 *
 * - a service that is not ACTIVE any more wants no task;
 * - a service with task sets starts tasks by these: each set that is PRIMARY or ACTIVE is read as a
 *   service of its own, with the task definition, the capacity and the count of the set;
 * - a service with the deployment controller EXTERNAL and no task set wants no task.
 *
 * Also collects the task definitions that only describe running tasks: those of old deployments, of
 * drained task sets and of services that are gone.
 *
 * Source: Amazon ECS API Reference, Service, Deployment and TaskSet.
 */
import { isObject, own } from '@stowage/documents'
import type { Part } from '../words/part.js'
import type { EcsWarning } from '../words/warning.js'

/** The parts with services to read. */
export interface PreparedServices {
  readonly parts: readonly Part[]
  /** References to task definitions that want no task by themselves. */
  readonly references: readonly string[]
  readonly warnings: readonly EcsWarning[]
}

/** Prepares the services among the parts; other parts stay as they are. */
export const prepareServices = (parts: readonly Part[]): PreparedServices => {
  const all = parts.map(prepare)
  return {
    parts: all.flatMap((one) => one.parts),
    references: all.flatMap(({ references }) => references),
    warnings: all.flatMap(({ warnings }) => warnings),
  }
}

const prepare = (part: Part): PreparedServices => {
  const { kind, value } = part
  if (kind !== 'service' || !isObject(value)) return { parts: [part], references: [], warnings: [] }
  const sets = listIn(value, 'taskSets')
  const deployments = listIn(value, 'deployments')
  const references = [...sets, ...deployments].flatMap((each) => textIn(each, 'taskDefinition'))
  const written = textIn(value, 'taskDefinition')
  const [status = 'ACTIVE'] = textIn(value, 'status')
  if (status !== 'ACTIVE')
    return nothingFrom(part, [...references, ...written], `its status is ${status}`)
  const ownSets = sets.flatMap((set, i) => partOfSet(part, value, set, i))
  if (ownSets.length > 0)
    return { parts: ownSets, references: [...references, ...written], warnings: [] }
  if (isExternal(value))
    return nothingFrom(
      part,
      references,
      'its deployment controller is EXTERNAL, and it has no task set',
    )
  return { parts: [part], references, warnings: underWay(part, deployments) }
}

const nothingFrom = (part: Part, references: readonly string[], why: string): PreparedServices => ({
  ...{ parts: [], references },
  warnings: [
    {
      ...{ code: 'ServiceWithoutTasks', from: part.from, subject: subjectOfService(part) },
      text: `it wants no task, as ${why}`,
    },
  ],
})

const subjectOfService = ({ value }: Part): string =>
  `service ${isObject(value) ? (textIn(value, 'serviceName')[0] ?? '') : ''}`

const listIn = (value: object, name: string): readonly object[] => {
  const list = own(value, name)
  return Array.isArray(list) ? list.filter(isObject) : []
}

const textIn = (value: object, name: string): readonly string[] => {
  const text = own(value, name)
  return typeof text === 'string' ? [text] : []
}

const numberIn = (value: object, name: string): number | undefined => {
  const number = own(value, name)
  return typeof number === 'number' ? number : undefined
}

const isExternal = (service: object): boolean => {
  const controller = own(service, 'deploymentController')
  return isObject(controller) && own(controller, 'type') === 'EXTERNAL'
}

/** The fields that a task set has of its own; without one it has none. */
const fieldsOfSet: readonly string[] = [
  ...['taskDefinition', 'launchType', 'capacityProviderStrategy', 'networkConfiguration'],
  ...['platformVersion'],
]

const partOfSet = (part: Part, service: object, set: object, i: number): readonly Part[] => {
  const [status = 'ACTIVE'] = textIn(set, 'status')
  if (status === 'DRAINING') return []
  const [id = `task set ${i + 1}`] = textIn(set, 'id')
  const fields = Object.fromEntries(fieldsOfSet.map((name) => [name, own(set, name)]))
  const value = { ...service, ...fields, desiredCount: countOfSet(service, set), taskSet: id }
  return [{ ...part, at: [...part.at, 'taskSets', i], value }]
}

/** The computed count, or else the share of the service's count, rounded up. */
const countOfSet = (service: object, set: object): number | undefined => {
  const scale = own(set, 'scale')
  const percent = isObject(scale) ? (numberIn(scale, 'value') ?? 100) : 100
  const desired = numberIn(service, 'desiredCount')
  return (
    numberIn(set, 'computedDesiredCount') ??
    (desired === undefined ? undefined : Math.ceil((desired * percent) / 100))
  )
}

/** A warning for each older deployment that still has tasks. */
const underWay = (part: Part, deployments: readonly object[]): readonly EcsWarning[] =>
  deployments.flatMap((deployment) => {
    const count =
      (numberIn(deployment, 'runningCount') ?? 0) + (numberIn(deployment, 'pendingCount') ?? 0)
    const [status] = textIn(deployment, 'status')
    const [definition = ''] = textIn(deployment, 'taskDefinition')
    if (status === 'PRIMARY' || status === undefined || count === 0) return []
    return [
      {
        ...{ code: 'DeploymentUnderWay', from: part.from, subject: subjectOfService(part) },
        text: 'a deployment is under way: the tasks of the older one count for the service and keep their room until they are replaced',
        detail: `${count} of ${definition.slice(definition.lastIndexOf('/') + 1)}`,
      },
    ]
  })
