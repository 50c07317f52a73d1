/**
 * Calls of RunTask among the documents, as `run-task --cli-input-json` takes them: so many tasks of a definition each, refused for
 * what the API would refuse.
 *
 * A call goes by the group of its tasks. Several of one group are numbered in the order of their canonical JSON text, so that the order of the
 * files does not matter.
 */
import { byCodeUnit } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { checkOnFargate } from '../check/service.js'
import { clusterOptions } from '../cluster/options.js'
import { groupOf, type Workload } from '../lower/workload.js'
import { checkWithDefinition } from '../request/check-definition.js'
import { checkRunTask } from '../request/check-request.js'
import { overridden } from '../request/overridden.js'
import type { Complaint } from '../words/complaint.js'
import { subnetsIn } from '../words/network-configuration.js'
import type { Part } from '../words/part.js'
import { RunTaskRequest } from '../words/task-request.js'
import { canonical } from './canonical.js'
import type { Definition, Families } from './family.js'
import { objecting, readKind, type Objection, type Read } from './reading.js'
import { familyIn, resolve, unknownDefinition } from './reference.js'
import { mayBe } from './resolved.js'

export interface ResolvedCall extends Read<RunTaskRequest> {
  readonly definition: Definition
}

export interface Calls {
  readonly calls: readonly ResolvedCall[]
  readonly objections: readonly Objection[]
}

/** `unread` are the task definitions of which something is wrong: not to know those is no fault of the call. */
export const callsIn = (
  parts: readonly Part[],
  families: Families,
  unread: readonly Part[],
): Calls => {
  const { read, objections } = readKind(
    parts,
    'call of RunTask',
    RunTaskRequest,
    checkCall,
    'InvalidParameterException',
  )
  const calls: ResolvedCall[] = []
  const unmeant: Objection[] = []
  for (const each of read) {
    const meant = resolve(families, each.value.taskDefinition)
    if (E.isRight(meant)) calls.push({ ...each, definition: meant.right })
    else if (!unread.some((part) => mayBe(part, familyIn(each.value.taskDefinition))))
      unmeant.push(unknownDefinition(each.part, meant.left))
  }
  const together = calls.flatMap((call) =>
    checkWithDefinition(
      call.value,
      call.definition.value,
      asWorkload(call, ''),
      clusterOptions,
    ).map((complaint) => objecting(call.part, complaint, 'InvalidParameterException')),
  )
  return { calls, objections: [...objections, ...unmeant, ...together] }
}

const checkCall = (request: RunTaskRequest, raw: unknown): readonly Complaint[] => [
  ...checkRunTask(request, raw, clusterOptions),
  ...checkOnFargate(request),
]

const asWorkload = (
  { part, value, definition: { value: definition } }: ResolvedCall,
  name: string,
): Workload => ({
  name,
  subject: `call of RunTask for ${definition.family}`,
  from: part.from,
  definition: overridden(definition, value.overrides),
  request: { ...value, subnets: subnetsIn(value) },
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
