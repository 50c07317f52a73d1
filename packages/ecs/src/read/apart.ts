/**
 * Services of one name that several templates have. Each template is a stack of its own, which may
 * be made in another cluster or with other values of its parameters, so that none of them is wrong:
 * a plan calls their services by the names of their stacks too.
 */
import type { Part } from '../words/part.js'
import type { Service } from '../words/service.js'
import type { ReadPart } from './reading.js'
import type { EcsWarning } from '../words/warning.js'

export interface Apart {
  /** In the order of those that were given. */
  readonly services: readonly ReadPart<Service>[]
  /** Of those that were told apart. */
  readonly groups: readonly ApartGroup[]
  readonly warnings: readonly EcsWarning[]
}

/**
 * A group of tasks that expressions know by another name, that of its service before it was told
 * apart.
 */
export interface ApartGroup {
  /** Of the service. */
  readonly part: Part
  readonly group: string
  readonly asked: string
}

/**
 * By group, the name by which expressions of a part ask for it: those of a template that has a
 * service of that name mean this one, and all others any of them.
 */
export const groupNamesFor = (
  { from, stack }: Part,
  groups: readonly ApartGroup[],
): ReadonlyMap<string, string> => {
  const isOwn = ({ part }: ApartGroup): boolean => part.from === from && part.stack === stack
  const own = new Set(groups.filter(isOwn).map(({ asked }) => asked))
  return new Map(
    groups
      .filter((each) => isOwn(each) || !own.has(each.asked))
      .map(({ group, asked }) => [group, asked]),
  )
}

export const apart = (services: readonly ReadPart<Service>[]): Apart => {
  const having = new Map<string, Part[]>()
  for (const { part, value } of services) {
    const parts = having.get(value.serviceName)
    if (parts === undefined) having.set(value.serviceName, [part])
    else parts.push(part)
  }
  const means = new Map([...having].map(([name, parts]) => [name, meansFor(parts)]))
  const told = services.map((service) => toldBy(means.get(service.value.serviceName), service))
  return {
    services: told.map(({ service }) => service),
    groups: told.flatMap(({ groups }) => groups),
    warnings: told.flatMap(({ warnings }) => warnings),
  }
}

type Means = 'stack' | 'file'

/**
 * By what those that share a name are told apart: by their stacks, or by their files where stacks
 * share a name too. By nothing, unless they are of several templates. A service outside of
 * templates is there already, and may be the one that a template would make.
 */
const meansFor = (parts: readonly Part[]): Means | undefined => {
  const files = new Set(parts.map(({ from }) => from))
  if (files.size === 1 || parts.some(({ stack }) => stack === undefined)) return undefined
  const stacks = new Set(parts.map(({ stack }) => stack))
  return stacks.size === files.size ? 'stack' : 'file'
}

const toldBy = (
  means: Means | undefined,
  { part, value }: ReadPart<Service>,
): Pick<Apart, 'groups' | 'warnings'> & { readonly service: ReadPart<Service> } => {
  if (means === undefined) return { service: { part, value }, groups: [], warnings: [] }
  const { from, stack } = part
  const serviceName = `${means === 'stack' ? stack : from}/${value.serviceName}`
  const text = `another template has a service of its name, which Amazon ECS refuses within a cluster: told apart by the ${means}`
  return {
    service: { part, value: { ...value, serviceName } },
    groups: [{ part, group: `service:${serviceName}`, asked: `service:${value.serviceName}` }],
    warnings: [{ code: 'ServiceRenamed', from, subject: `service ${serviceName}`, text }],
  }
}
