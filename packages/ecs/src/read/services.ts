/**
 * Prepares the services among the documents for reading:
 *
 * - A service that is not ACTIVE any more is removed.
 * - A service with task sets is replaced by its PRIMARY and ACTIVE sets, each read as a service
 *   with the task definition, the capacity and the count of the set.
 * - A service with the deployment controller EXTERNAL and no task set is removed.
 *
 * Source: Amazon ECS API Reference, Service, Deployment and TaskSet.
 */
import { isObject, own } from '@stowage/documents'
import { idIn } from '../words/task.js'
import type { Part } from '../words/part.js'
import type { EcsWarning } from '../words/warning.js'

/** The parts with services to read. */
export interface PreparedServices {
  readonly parts: readonly Part[]
  /** References to task definitions that want no task by themselves. */
  readonly references: readonly string[]
  readonly warnings: readonly EcsWarning[]
}

/**
 * Prepares the services and the task sets among the parts; other parts stay as they are.
 *
 * A task set that is a document of its own, as DescribeTaskSets prints it, belongs to its service.
 * Where the service is not among the documents, the set itself says enough to be planned. Also
 * collects the task definitions that only describe running tasks: those of old deployments, of
 * drained task sets and of services that are gone.
 */
export const prepareServices = (parts: readonly Part[]): PreparedServices => {
  const services = servicesByName(parts)
  const sets = new Map<Part, Part[]>()
  const alone = new Set<Part>()
  for (const set of parts.filter(isTaskSet)) {
    const owner = ownerOf(set, services)
    const others = owner === undefined ? undefined : sets.get(owner)
    if (owner === undefined) alone.add(set)
    else if (others === undefined) sets.set(owner, [set])
    else others.push(set)
  }
  const all = parts.map((part) => {
    if (!isTaskSet(part)) return prepare(part, sets.get(part) ?? [])
    return alone.has(part) ? prepareAlone(part) : noneOfParts
  })
  return {
    parts: all.flatMap((one) => one.parts),
    references: all.flatMap(({ references }) => references),
    warnings: all.flatMap(({ warnings }) => warnings),
  }
}

const noneOfParts: PreparedServices = { parts: [], references: [], warnings: [] }

const isTaskSet = ({ kind }: Part): boolean => kind === 'task set'

/** Services by their key, within a document and among all: of equal keys the first. */
type ServicesByName = ReadonlyMap<string, Part>

const servicesByName = (parts: readonly Part[]): ServicesByName => {
  const services = new Map<string, Part>()
  for (const part of parts) {
    if (part.kind !== 'service' || !isObject(part.value)) continue
    const name = own(part.value, 'serviceName')
    if (name !== undefined && typeof name !== 'string') continue
    for (const key of [serviceKey(part, name), serviceKey(part, name, part.from)])
      if (!services.has(key)) services.set(key, part)
  }
  return services
}

const serviceKey = ({ cluster }: Part, name: string | undefined, from?: string): string =>
  JSON.stringify([cluster, name, from])

/** The service of a task set, in its own document first. */
const ownerOf = (set: Part, services: ServicesByName): Part | undefined => {
  const name = serviceNameOf(set)
  return services.get(serviceKey(set, name, set.from)) ?? services.get(serviceKey(set, name))
}

/** The name of the service of a task set, which its `service` or its ARNs have. */
const serviceNameOf = ({ value }: Part): string | undefined => {
  if (!isObject(value)) return undefined
  const [reference] = ['service', 'serviceArn'].flatMap((name) => textIn(value, name))
  const [, ofArn] = /:task-set\/[^/]+\/([^/]+)\//.exec(textIn(value, 'taskSetArn')[0] ?? '') ?? []
  return reference === undefined ? ofArn : idIn(reference)
}

/** A task set whose service is not among the documents. */
const prepareAlone = (part: Part): PreparedServices => {
  const { value } = part
  if (!isObject(value)) return { ...noneOfParts, parts: [{ ...part, kind: 'service' }] }
  const references = textIn(value, 'taskDefinition')
  const serviceName = serviceNameOf(part)
  if (serviceName === undefined || countOfSet({}, value) === undefined) {
    const [id = ''] = ['id', 'name'].flatMap((name) => textIn(value, name))
    const why = 'its service is not among the documents, and it has no computedDesiredCount'
    return nothingFrom(part, references, why, `task set ${id}`)
  }
  return { ...{ references, warnings: [] }, parts: partOfSet(part, { serviceName }, value, 0) }
}

/** `others` are the task sets of the service that are documents of their own. */
const prepare = (part: Part, others: readonly Part[]): PreparedServices => {
  const { kind, value } = part
  if (kind !== 'service' || !isObject(value)) return { ...noneOfParts, parts: [part] }
  const sets = listIn(value, 'taskSets')
  const ids = new Set(sets.flatMap((set) => textIn(set, 'id')))
  const more = others.flatMap((one) => {
    const [id] = isObject(one.value) ? textIn(one.value, 'id') : []
    const isKnown = id !== undefined && ids.has(id)
    if (id !== undefined) ids.add(id)
    return isKnown || !isObject(one.value) ? [] : [[one, one.value] as const]
  })
  const deployments = listIn(value, 'deployments')
  const references = [...sets, ...more.map(([, set]) => set), ...deployments].flatMap((each) =>
    textIn(each, 'taskDefinition'),
  )
  const written = textIn(value, 'taskDefinition')
  const [status = 'ACTIVE'] = textIn(value, 'status')
  if (status !== 'ACTIVE')
    return nothingFrom(part, [...references, ...written], `its status is ${status}`)
  const ownSets = [
    ...sets.flatMap((set, i) =>
      partOfSet({ ...part, at: [...part.at, 'taskSets', i] }, value, set, i),
    ),
    ...more.flatMap(([one, set], i) => partOfSet(one, value, set, sets.length + i)),
  ]
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

const nothingFrom = (
  part: Part,
  references: readonly string[],
  why: string,
  subject = subjectOfService(part),
): PreparedServices => ({
  ...{ parts: [], references },
  warnings: [
    {
      ...{ code: 'ServiceWithoutTasks', from: part.from, subject },
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
  ...['platformVersion', 'loadBalancers', 'serviceRegistries'],
]

/** `part` is the set itself, or its place within its service. */
const partOfSet = (part: Part, service: object, set: object, i: number): readonly Part[] => {
  const [status = 'ACTIVE'] = textIn(set, 'status')
  if (status === 'DRAINING') return []
  const [id = `task set ${i + 1}`] = ['id', 'name'].flatMap((name) => textIn(set, name))
  const fields = Object.fromEntries(fieldsOfSet.map((name) => [name, own(set, name)]))
  const value = { ...service, ...fields, desiredCount: countOfSet(service, set), taskSet: id }
  return [{ ...part, kind: 'service', value }]
}

/** The computed count, or else the share of the service's count, rounded up. */
const countOfSet = (service: object, set: object): number | undefined => {
  const scale = own(set, 'scale')
  const percent = isObject(scale) ? percentIn(scale) : 100
  const desired = numberIn(service, 'desiredCount')
  return (
    numberIn(set, 'computedDesiredCount') ??
    (desired === undefined ? undefined : Math.ceil((desired * percent) / 100))
  )
}

/** A template may have a text for the number. */
const percentIn = (scale: object): number => {
  const percent = Number(own(scale, 'value') ?? 100)
  return Number.isFinite(percent) ? percent : 100
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
