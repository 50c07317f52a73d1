/**
 * Makes the workloads of a plan, with unique names: one for each service, for each call of RunTask
 * or StartTask, and for each ACTIVE task definition that no service and no call names.
 */
import { byCodeUnit } from '@stowage/kernel'
import { strategyOf, supplyOf, type Workload } from '../workload/workload.js'
import { subnetsIn } from '../words/network-configuration.js'
import { notHonouredInTask } from '../words/not-honoured.js'
import type { Part } from '../words/part.js'
import { zonesOf, type SubnetZones } from '../words/subnet.js'
import type { CapacityProvider } from '../words/cluster.js'
import { isOfFargate } from '../words/placement.js'
import { isActive, isFor } from '../words/task-definition.js'
import { groupNamesFor, type ApartGroup } from './apart.js'
import { freeName, ofCalls, type ResolvedCall } from './call.js'
import type { Definition, Families } from '../workload/family.js'
import type { ResolvedService } from './resolved.js'
import type { EcsWarning } from '../words/warning.js'

/** A workload with the definition that it was made from. */
export interface DefinedWorkload {
  readonly workload: Workload
  readonly definition: Definition
}

interface Surroundings {
  readonly groups: readonly ApartGroup[]
  /** The cluster of task definitions that are planned by themselves. */
  readonly fallback: string
  readonly subnetZones: SubnetZones
  readonly providers: readonly CapacityProvider[]
}

/**
 * All workloads; by name, in code-unit order. A task definition without a service or call is called
 * `family:NAME` when a service has its name. A name that several clusters have follows the name of
 * its cluster, as in `blue/web`.
 */
export const workloadsOf = (
  families: Families,
  services: readonly ResolvedService[],
  calls: readonly ResolvedCall[],
  around: Surroundings,
): readonly DefinedWorkload[] => {
  const named = new Set([...services, ...calls].map(({ definition }) => definition))
  const alone = [...families.values()]
    .flat()
    .filter((definition) => !named.has(definition) && isActive(definition.value))
  const clusters = new Set([
    ...[...services, ...calls].map(({ part }) => part.cluster ?? around.fallback),
    ...(alone.length === 0 ? [] : [around.fallback]),
  ])
  const all = [...clusters].sort(byCodeUnit).flatMap((cluster) => {
    const isOf = ({ part }: { readonly part: Part }): boolean => part.cluster === cluster
    const lone = cluster === around.fallback ? alone : []
    return workloadsOfCluster(services.filter(isOf), calls.filter(isOf), lone, around).map(
      ({ workload, definition }) => ({ workload: { ...workload, cluster }, definition }),
    )
  })
  return clusterNamed(all).sort((a, b) => byCodeUnit(a.workload.name, b.workload.name))
}

const workloadsOfCluster = (
  services: readonly ResolvedService[],
  calls: readonly ResolvedCall[],
  alone: readonly Definition[],
  around: Surroundings,
): readonly DefinedWorkload[] => {
  const taken = new Set(services.map(({ value }) => value.serviceName))
  const others = [
    ...services.map((service) => completed(workloadOfService(service), service.part, around)),
    ...alone.map((definition) => completed(byItself(definition, taken), definition.part, around)),
  ]
  const names = new Set(others.map(({ workload }) => workload.name))
  const called = ofCalls(calls, names).map(({ call, ...each }) =>
    completed(each, call.part, around),
  )
  return [...others, ...called]
}

/** Puts the cluster before the names that several clusters have. */
const clusterNamed = (all: readonly DefinedWorkload[]): DefinedWorkload[] => {
  const clusters = new Map<string, Set<string | undefined>>()
  for (const { workload } of all)
    clusters.set(
      workload.name,
      (clusters.get(workload.name) ?? new Set<string | undefined>()).add(workload.cluster),
    )
  const taken = new Set([...clusters].flatMap(([name, { size }]) => (size < 2 ? [name] : [])))
  return all.map((each) => {
    const { name, cluster, subject } = each.workload
    if (taken.has(name)) return each
    const whole = freeName(taken, `${cluster}/${name}`)
    taken.add(whole)
    const isNamed = subject.endsWith(` ${name}`)
    const named = isNamed ? `${subject.slice(0, -name.length)}${whole}` : subject
    return { ...each, workload: { ...each.workload, name: whole, subject: named } }
  })
}

/** Adds the zones of its subnets, and the names of groups in its expressions. */
const completed = (
  { workload, definition }: DefinedWorkload,
  part: Part,
  { groups, subnetZones, providers }: Surroundings,
): DefinedWorkload => {
  const { request } = workload
  const zones = zonesOf(request?.subnets ?? [], subnetZones)
  return {
    definition,
    workload: {
      ...workload,
      ...(zones === undefined ? {} : { request: { ...request, zones } }),
      ...(groups.length === 0 ? {} : { groupNames: groupNamesFor(part, groups) }),
      ...(isManaged(workload, providers) ? { isManaged: true } : {}),
    },
  }
}

/**
 * True when a provider of the workload is of Managed Instances. One that is not described is, when
 * the definition is for Managed Instances and not for EC2.
 */
const isManaged = (workload: Workload, providers: readonly CapacityProvider[]): boolean => {
  const { definition } = workload
  return strategyOf(workload).some((item) => {
    const described = providers.find(({ name }) => name === item.capacityProvider)
    return described === undefined
      ? !isOfFargate(item) && isFor(definition, 'MANAGED_INSTANCES') && !isFor(definition, 'EC2')
      : (described.managedInstancesProvider ?? undefined) !== undefined
  })
}

const workloadOfService = ({ part, value, definition }: ResolvedService): DefinedWorkload => ({
  workload: {
    name: value.serviceName,
    subject: `service ${value.serviceName}`,
    from: part.from,
    definition: definition.value,
    service: value,
    request: { subnets: subnetsIn(value), platformVersion: value.platformVersion },
  },
  definition,
})

const byItself = (definition: Definition, taken: ReadonlySet<string>): DefinedWorkload => ({
  workload: {
    name: taken.has(definition.name) ? `family:${definition.name}` : definition.name,
    subject: subjectOf(definition),
    from: definition.part.from,
    definition: definition.value,
  },
  definition,
})

const subjectOf = ({ name }: Definition): string => `task definition ${name}`

/** Warnings about fields that are not honoured on instances, once for each task definition. */
export const notHonoured = (all: readonly DefinedWorkload[]): readonly EcsWarning[] => {
  const here = all.filter(({ workload }) => supplyOf(workload) === 'instances')
  const definitions = new Set(here.map(({ definition }) => definition))
  return [...definitions].flatMap((definition) =>
    unhonoured(definition.part.from, subjectOf(definition), notHonouredInTask(definition.value)),
  )
}

const unhonoured = (
  from: string,
  subject: string,
  fields: readonly string[],
): readonly EcsWarning[] =>
  fields.length === 0
    ? []
    : [
        {
          code: 'FieldNotHonoured',
          from,
          subject,
          text: `read but not honoured yet: ${fields.join(', ')}`,
        },
      ]
