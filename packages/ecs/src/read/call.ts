/**
 * Converts calls of RunTask and StartTask to workloads: a count of tasks of a definition, or one
 * task on each named instance.
 *
 * A workload is named after the group of its tasks. Several calls of one group are numbered in the
 * order of their canonical JSON text, so that the order of the files does not matter.
 */
import { byCodeUnit } from '@stowage/kernel'
import { groupOf, type TaskRequest, type Workload } from '../workload/workload.js'
import { withOverrides } from '../workload/override.js'
import { subnetsIn } from '../words/network-configuration.js'
import type { RunTaskRequest, StartTaskRequest } from '../words/task-request.js'
import { canonical } from '../words/canonical.js'
import type { Definition } from '../workload/family.js'
import type { ReadPart } from './reading.js'

/** A call of RunTask or StartTask, with its request in a common form. */
export interface TaskCall extends ReadPart<RunTaskRequest | StartTaskRequest> {
  readonly action: 'RunTask' | 'StartTask'
  readonly request: TaskRequest
}

/** A call with the task definition that it names. */
export interface ResolvedCall extends TaskCall {
  readonly definition: Definition
}

/** The common form of a call of RunTask. */
export const callOfRunTask = ({ part, value }: ReadPart<RunTaskRequest>): TaskCall => ({
  ...{ part, value, action: 'RunTask' },
  request: { ...value, subnets: subnetsIn(value) },
})

/** The common form of a call of StartTask; its count is the number of instances. */
export const callOfStartTask = ({ part, value }: ReadPart<StartTaskRequest>): TaskCall => {
  const { group, containerInstances, launchType } = value
  const count = containerInstances.length
  return {
    ...{ part, value, action: 'StartTask' },
    request: {
      ...{ group, containerInstances, count, subnets: subnetsIn(value) },
      launchType: launchType === 'EXTERNAL' ? 'EXTERNAL' : 'EC2',
    },
  }
}

/** The workload of a call, with the overrides applied to its definition. */
export const asWorkload = (
  { part, value, action, request, definition: { value: definition } }: ResolvedCall,
  name: string,
): Workload => ({
  name,
  subject: `call of ${action} for ${definition.family}`,
  from: part.from,
  definition: withOverrides(definition, value.overrides),
  request,
})

/** The workloads of calls, with unique names. `taken` are the names of all other workloads. */
export const ofCalls = (
  calls: readonly ResolvedCall[],
  taken: ReadonlySet<string>,
): readonly {
  readonly call: ResolvedCall
  readonly workload: Workload
  readonly definition: Definition
}[] => {
  const names = new Set(taken)
  const texts = calls.map((call) => [canonical(call.part.value), call] as const)
  return [...texts]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([, call]) => {
      const name = freeName(names, groupOf(asWorkload(call, '')))
      names.add(name)
      return { call, workload: asWorkload(call, name), definition: call.definition }
    })
}

/** The name, or else the name with the first number from 2 on that is not taken. */
export const freeName = (taken: ReadonlySet<string>, name: string): string => {
  let free = name
  for (let number = 2; taken.has(free); number++) free = `${name} #${number}`
  return free
}
