/**
 * Services of one name that several templates have. Each template is a stack of its own, which may be made in another cluster or with
 * other values of its parameters, so that none of them is wrong: a plan calls their services by the names of their stacks too.
 */
import type { Warning } from '@stowage/kernel'
import type { Part } from '../words/part.js'
import type { Service } from '../words/service.js'
import type { Read } from './reading.js'

export interface Apart {
  /** In the order of those that were given. */
  readonly services: readonly Read<Service>[]
  readonly warnings: readonly Warning[]
}

export const apart = (services: readonly Read<Service>[]): Apart => {
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
    warnings: told.flatMap(({ warnings }) => warnings),
  }
}

type Means = 'stack' | 'file'

/**
 * By what those that share a name are told apart: by their stacks, or by their files where stacks share a name too. By nothing, unless
 * they are of several templates. A service outside of templates is there already, and may be the one that a template would make.
 */
const meansFor = (parts: readonly Part[]): Means | undefined => {
  const files = new Set(parts.map(({ from }) => from))
  if (files.size === 1 || parts.some(({ stack }) => stack === undefined)) return undefined
  const stacks = new Set(parts.map(({ stack }) => stack))
  return stacks.size === files.size ? 'stack' : 'file'
}

const toldBy = (
  means: Means | undefined,
  { part, value }: Read<Service>,
): { readonly service: Read<Service>; readonly warnings: readonly Warning[] } => {
  if (means === undefined) return { service: { part, value }, warnings: [] }
  const { from, stack } = part
  const serviceName = `${means === 'stack' ? stack : from}/${value.serviceName}`
  const text = `another template has a service of its name, which Amazon ECS refuses within a cluster: told apart by the ${means}`
  return {
    service: { part, value: { ...value, serviceName } },
    warnings: [{ from, subject: `service ${serviceName}`, text }],
  }
}
