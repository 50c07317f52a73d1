/**
 * Creates the workloads of a plan (what wants tasks), with unique names: one for each service, for
 * each call of RunTask or StartTask, and for each ACTIVE task definition that no service and no
 * call names.
 */
import type { IgnoredDocument } from '@stowage/documents'
import { byCodeUnit } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { strategyOf, supplyOf, type Workload } from '../workload/workload.js'
import { notHonouredInTask } from '../schema/not-honoured.js'
import type { Part } from '../words/part.js'
import { zonesOf, type SubnetZones } from '../words/subnet.js'
import type { CapacityProvider } from '../provider/capacity-provider.js'
import { isOfFargate } from '../words/placement.js'
import { isActive, isFor } from '../words/task-definition.js'
import { resolve } from '../workload/reference.js'
import { groupNamesFor, type ApartGroup } from './apart.js'
import { freeName, ofCalls, type ResolvedCall } from './call.js'
import type { Definition, Families } from '../workload/family.js'
import { workloadOfService, type ResolvedService } from './resolved.js'
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
  /** Definitions of services and calls that are left out. */
  readonly leftOut: ReadonlySet<Definition>
  readonly providers: readonly CapacityProvider[]
  /** The task definitions of tasks that exist: they want no task by themselves. */
  readonly references: readonly string[]
}

/** The workloads, and the task definitions that are none. */
export interface WantedWorkloads {
  /** By name, in code-unit order. */
  readonly workloads: readonly DefinedWorkload[]
  readonly ignored: readonly IgnoredDocument[]
}

/**
 * All workloads; by name, in code-unit order. A task definition without a service or call is called
 * `family:NAME` when a service has its name. A registered revision of a family whose other
 * revisions are in use wants no task. A name that several clusters have follows the name of its
 * cluster, as in `blue/web`.
 */
export const workloadsOf = (
  families: Families,
  services: readonly ResolvedService[],
  calls: readonly ResolvedCall[],
  around: Surroundings,
): WantedWorkloads => {
  const named = new Set([
    ...[...services, ...calls].map(({ definition }) => definition),
    ...around.references.flatMap((reference) => {
      const found = resolve(families, reference)
      return E.isRight(found) ? [found.right] : []
    }),
    ...around.leftOut,
  ])
  const unnamed = [...families.values()]
    .flat()
    .filter((definition) => !named.has(definition) && isActive(definition.value))
  const used = new Set(
    [...families.values()].filter((all) => all.some((one) => named.has(one))).flat(),
  )
  const isUnused = (definition: Definition): boolean =>
    definition.value.revision !== undefined && used.has(definition)
  const alone = unnamed.filter((definition) => !isUnused(definition))
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
  return {
    workloads: clusterNamed(all).sort((a, b) => byCodeUnit(a.workload.name, b.workload.name)),
    ignored: unnamed
      .filter(isUnused)
      .map(({ part }) => ({ from: part.from, kind: 'revision that nothing names' })),
  }
}

const workloadsOfCluster = (
  services: readonly ResolvedService[],
  calls: readonly ResolvedCall[],
  alone: readonly Definition[],
  around: Surroundings,
): readonly DefinedWorkload[] => {
  const taken = new Set(services.map(({ value }) => value.serviceName))
  const served = new Set<string>()
  const others = [
    ...services.map((service) => {
      const { part, definition } = service
      const name = freeName(served, nameOfService(service, services))
      served.add(name)
      return completeWorkload(
        { workload: workloadOfService(service, name), definition },
        part,
        around,
      )
    }),
    ...alone.map((definition) =>
      completeWorkload(byItself(definition, taken), definition.part, around),
    ),
  ]
  const names = new Set(others.map(({ workload }) => workload.name))
  const called = ofCalls(calls, names).map(({ call, ...each }) =>
    completeWorkload(each, call.part, around),
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
const completeWorkload = (
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

/** The name of the service, with the task definition where the service has several task sets. */
const nameOfService = (
  { value, definition }: ResolvedService,
  services: readonly ResolvedService[],
): string => {
  const sets = services.filter((other) => other.value.serviceName === value.serviceName)
  const { family } = definition.value
  return sets.length === 1
    ? value.serviceName
    : `${value.serviceName}/${family}:${definition.revision}`
}

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
    notHonouredWarnings(
      definition.part.from,
      subjectOf(definition),
      notHonouredInTask(definition.value),
    ),
  )
}

const notHonouredWarnings = (
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
