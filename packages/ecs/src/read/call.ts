/**
 * A call of RunTask or StartTask as what wants tasks: so many of a definition, or one on each
 * instance that is named.
 *
 * A call goes by the group of its tasks. Several of one group are numbered in the order of their
 * canonical JSON text, so that the order of the files does not matter.
 */
import { byCodeUnit } from '@stowage/kernel'
import { groupOf, type TaskRequest, type Workload } from '../workload/workload.js'
import { withOverrides } from '../workload/override.js'
import { subnetsIn } from '../words/network-configuration.js'
import type { RunTaskRequest, StartTaskRequest } from '../words/task-request.js'
import { canonical } from '../words/canonical.js'
import type { Definition } from '../workload/family.js'
import type { Read } from './reading.js'

/** A call of either kind, and what it asks for. */
export interface Call extends Read<RunTaskRequest | StartTaskRequest> {
  readonly action: 'RunTask' | 'StartTask'
  readonly request: TaskRequest
}

export interface ResolvedCall extends Call {
  readonly definition: Definition
}

export const ofRun = ({ part, value }: Read<RunTaskRequest>): Call => ({
  ...{ part, value, action: 'RunTask' },
  request: { ...value, subnets: subnetsIn(value) },
})

export const ofStart = ({ part, value }: Read<StartTaskRequest>): Call => {
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

/** `taken` are the names of all else that wants tasks. */
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

const freeName = (taken: ReadonlySet<string>, name: string): string => {
  let free = name
  for (let number = 2; taken.has(free); number++) free = `${name} #${number}`
  return free
}
