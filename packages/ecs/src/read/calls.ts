/**
 * Reads the calls of RunTask and StartTask among the documents, in the JSON of `--cli-input-json`,
 * and checks them as the API would.
 */
import * as E from 'fp-ts/lib/Either.js'
import { clusterOptions } from '../cluster/options.js'
import { checkOverrides } from '../check/override.js'
import { checkRunTask, checkStartTask } from '../check/call.js'
import { checkTaskDefinition } from '../check/task-definition.js'
import type { FargateFieldOptions } from '../lower/fargate-field.js'
import { checkFields } from '../words/call-fields.js'
import type { Part } from '../words/part.js'
import { RunTaskRequest, StartTaskRequest } from '../words/task-request.js'
import {
  asWorkload,
  callOfRunTask,
  callOfStartTask,
  type TaskCall,
  type ResolvedCall,
} from './call.js'
import type { Families } from '../workload/family.js'
import { makeObjection, readKind, type Objection, unknownDefinition } from './reading.js'
import { definitionFinder, inactiveDefinition, mayMean, startObjections } from './resolved.js'

/** The valid calls, and the objections to the others. */
export interface Calls {
  readonly calls: readonly ResolvedCall[]
  readonly objections: readonly Objection[]
}

const callException = 'InvalidParameterException'

/**
 * Reads all calls. `unread` are the task definitions that could not be read: a call that may name
 * one of them is not refused for an unknown definition.
 */
export const callsIn = (
  parts: readonly Part[],
  families: Families,
  unread: readonly Part[],
  fargate: FargateFieldOptions,
): Calls => {
  const run = readKind(
    parts,
    'call of RunTask',
    RunTaskRequest,
    (request, raw) => checkRunTask(request, raw, clusterOptions),
    callException,
  )
  const start = readKind(
    parts,
    'call of StartTask',
    StartTaskRequest,
    checkStartTask,
    callException,
  )
  const calls: ResolvedCall[] = []
  const unknown: Objection[] = []
  const findDefinition = definitionFinder(families)
  for (const call of [...run.read.map(callOfRunTask), ...start.read.map(callOfStartTask)]) {
    const found = findDefinition(call)
    if (E.isRight(found)) calls.push({ ...call, definition: found.right })
    else if (!unread.some((part) => mayMean(part, call)))
      unknown.push(
        unknownDefinition(
          call.part,
          families,
          call.value.taskDefinition,
          found.left,
          unknown.length,
        ),
      )
  }
  return {
    calls,
    objections: [
      ...run.objections,
      ...start.objections,
      ...checkSpelling(parts, 'RunTask'),
      ...checkSpelling(parts, 'StartTask'),
      ...unknown,
      ...calls.flatMap((call) => wrongTogether(call, fargate)),
    ],
  }
}

/**
 * Objections to unknown fields. They have no exception, as the AWS CLI and SDKs refuse such a call
 * before they send it.
 */
const checkSpelling = (parts: readonly Part[], action: TaskCall['action']): readonly Objection[] =>
  parts
    .filter(({ kind }) => kind === `call of ${action}`)
    .flatMap((part) =>
      checkFields(action, part.value).map((complaint) => makeObjection(part, complaint)),
    )

/**
 * Objections to a call together with its task definition. What is wrong with a field of the
 * definition itself is told of the definition, and not once more of the call.
 */
const wrongTogether = (call: ResolvedCall, fargate: FargateFieldOptions): readonly Objection[] => {
  const { part, value, request, definition } = call
  const inactive = inactiveDefinition(part, definition)
  if (inactive.length > 0) return inactive
  const workload = asWorkload(call, '')
  const starter = { ...request, networkConfiguration: value.networkConfiguration }
  const wrongByItself = new Set(
    checkTaskDefinition(definition.value, { fargate }).map(({ at }) =>
      JSON.stringify(['overrides', ...at]),
    ),
  )
  return [
    ...checkOverrides(value, definition.value, workload, { ...clusterOptions, fargate })
      .filter(({ at }) => !wrongByItself.has(JSON.stringify(at)))
      .map((complaint) => makeObjection(part, complaint, callException)),
    ...startObjections(part, starter, definition, workload, fargate),
  ]
}
