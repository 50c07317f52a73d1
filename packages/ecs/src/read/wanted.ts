/**
 * Makes the workloads of a plan, with unique names: one for each service, for each call of RunTask
 * or StartTask, and for each ACTIVE task definition that no service and no call names.
 */
import { byCodeUnit } from '@stowage/kernel'
import { supplyOf, type Workload } from '../workload/workload.js'
import { notHonouredInTask } from '../words/not-honoured.js'
import type { Part } from '../words/part.js'
import { zonesOf, type SubnetZones } from '../words/subnet.js'
import { isActive } from '../words/task-definition.js'
import { groupNamesFor, type ApartGroup } from './apart.js'
import { ofCalls, type ResolvedCall } from './call.js'
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
  readonly subnetZones: SubnetZones
  /** Definitions of services and calls that are left out. */
  readonly leftOut: ReadonlySet<Definition>
}

/**
 * All workloads; by name, in code-unit order. A task definition without a service or call is called
 * `family:NAME` when a service has its name.
 */
export const workloadsOf = (
  families: Families,
  services: readonly ResolvedService[],
  calls: readonly ResolvedCall[],
  around: Surroundings,
): readonly DefinedWorkload[] => {
  const named = new Set([...services, ...calls].map(({ definition }) => definition))
  const taken = new Set(services.map(({ value }) => value.serviceName))
  const alone = [...families.values()]
    .flat()
    .filter(
      (definition) =>
        !named.has(definition) && !around.leftOut.has(definition) && isActive(definition.value),
    )
  const others = [
    ...services.map((service) =>
      completed(
        { workload: workloadOfService(service), definition: service.definition },
        service.part,
        around,
      ),
    ),
    ...alone.map((definition) => completed(byItself(definition, taken), definition.part, around)),
  ]
  const names = new Set(others.map(({ workload }) => workload.name))
  const called = ofCalls(calls, names).map(({ call, ...each }) =>
    completed(each, call.part, around),
  )
  return [...others, ...called].sort((a, b) => byCodeUnit(a.workload.name, b.workload.name))
}

/** Adds the zones of its subnets, and the names of groups in its expressions. */
const completed = (
  { workload, definition }: DefinedWorkload,
  part: Part,
  { groups, subnetZones }: Surroundings,
): DefinedWorkload => {
  const { request } = workload
  const zones = zonesOf(request?.subnets ?? [], subnetZones)
  return {
    definition,
    workload: {
      ...workload,
      ...(zones === undefined ? {} : { request: { ...request, zones } }),
      ...(groups.length === 0 ? {} : { groupNames: groupNamesFor(part, groups) }),
    },
  }
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
