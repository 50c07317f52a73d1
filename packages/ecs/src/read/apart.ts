/**
 * Makes the names of services unique if several CloudFormation templates of the input have a
 * service of the same name in one cluster: `web` becomes `STACK/web`, or `FILE/web` if the stacks
 * have the same name too. A warning names each renamed service, because Amazon ECS would refuse two
 * services of one name.
 */
import type { Part } from '../words/part.js'
import type { Service } from '../words/service.js'
import { groupByCluster, type ReadPart } from './reading.js'
import type { EcsWarning } from '../words/warning.js'

/** The services with unique names, and the groups that changed with them. */
export interface Apart {
  /** In the order of the input. */
  readonly services: readonly ReadPart<Service>[]
  /** The groups of the renamed services. */
  readonly groups: readonly ApartGroup[]
  readonly warnings: readonly EcsWarning[]
}

/** The group of a renamed service. Expressions still use the group of its old name. */
export interface ApartGroup {
  /** The part that the service was read from. */
  readonly part: Part
  readonly group: string
  readonly oldGroup: string
}

/**
 * For the expressions in a part: the old name of each group that they may mean. In a template that
 * has a service of the old name, it is this service alone; elsewhere it is every service
 * of this name.
 */
export const groupNamesFor = (
  { from, stack }: Part,
  groups: readonly ApartGroup[],
): ReadonlyMap<string, string> => {
  const isOwn = ({ part }: ApartGroup): boolean => part.from === from && part.stack === stack
  const own = new Set(groups.filter(isOwn).map(({ oldGroup }) => oldGroup))
  return new Map(
    groups
      .filter((each) => isOwn(each) || !own.has(each.oldGroup))
      .map(({ group, oldGroup }) => [group, oldGroup]),
  )
}

/** Renames services whose names would clash in their cluster. */
export const apart = (services: readonly ReadPart<Service>[]): Apart => {
  const clusters = groupByCluster(services).map(apartInCluster)
  return {
    services: clusters.flatMap((one) => one.services),
    groups: clusters.flatMap(({ groups }) => groups),
    warnings: clusters.flatMap(({ warnings }) => warnings),
  }
}

const apartInCluster = (services: readonly ReadPart<Service>[]): Apart => {
  const having = new Map<string, Part[]>()
  for (const { part, value } of services) {
    const parts = having.get(value.serviceName)
    if (parts === undefined) having.set(value.serviceName, [part])
    else parts.push(part)
  }
  const means = new Map([...having].map(([name, parts]) => [name, meansFor(parts)]))
  const all = services.map((service) =>
    renameService(means.get(service.value.serviceName), service),
  )
  return {
    services: all.map(({ service }) => service),
    groups: all.flatMap(({ groups }) => groups),
    warnings: all.flatMap(({ warnings }) => warnings),
  }
}

type Means = 'stack' | 'file'

/**
 * What distinguishes the services of one name: their stacks, or their files when stacks share a
 * name too. `undefined` unless all come from several stacks: a service outside of templates exists
 * already and may be the one that a template would create. One template makes several stacks when
 * others nest it.
 */
const meansFor = (parts: readonly Part[]): Means | undefined => {
  const makers = new Set(parts.map(({ from, stack }) => JSON.stringify([from, stack])))
  if (makers.size === 1 || parts.some(({ stack }) => stack === undefined)) return undefined
  const stacks = new Set(parts.map(({ stack }) => stack))
  return stacks.size === makers.size ? 'stack' : 'file'
}

const renameService = (
  means: Means | undefined,
  { part, value }: ReadPart<Service>,
): Pick<Apart, 'groups' | 'warnings'> & { readonly service: ReadPart<Service> } => {
  if (means === undefined) return { service: { part, value }, groups: [], warnings: [] }
  const { from, stack } = part
  const serviceName = `${means === 'stack' ? stack : from}/${value.serviceName}`
  const text = `another template has a service of its name, which Amazon ECS refuses within a cluster: told apart by the ${means}`
  return {
    service: { part, value: { ...value, serviceName } },
    groups: [{ part, group: `service:${serviceName}`, oldGroup: `service:${value.serviceName}` }],
    warnings: [{ code: 'ServiceRenamed', from, subject: `service ${serviceName}`, text }],
  }
}
