/**
 * RegisterTaskDefinition and DeregisterTaskDefinition: revisions count up in a family and none
 * comes back; one that is deregistered is INACTIVE, which starts no new tasks.
 *
 * Source: Amazon ECS API Reference, RegisterTaskDefinition and DeregisterTaskDefinition.
 */
import * as E from 'fp-ts/lib/Either.js'
import { definitionArnOf } from '../cluster/options.js'
import type { ClusterState } from '../cluster/state.js'
import type { Definition } from '../workload/family.js'
import { resolve } from '../workload/reference.js'
import { checkTaskDefinition } from '../check/task-definition.js'
import { text, type Codec } from '../words/codec.js'
import type { Complaint } from '../words/complaint.js'
import { record } from '../words/record.js'
import { isActive, isFor, TaskDefinition } from '../words/task-definition.js'
import { askedOfAny } from './decode.js'
import { refusing } from '../words/exception.js'
import type { Called } from './run-task.js'

export interface OneDefinition {
  readonly taskDefinition: TaskDefinition & {
    readonly taskDefinitionArn: string
    readonly revision: number
    readonly status: string
  }
}

/** A revision or a status in the call is not read: the answer tells them. */
export const registerTaskDefinition = (
  state: ClusterState,
  raw: unknown,
  at: number,
): Called<OneDefinition> => {
  const check = (definition: TaskDefinition): readonly Complaint[] => [
    ...checkTaskDefinition(definition, state.options.memoryMin, state.options.query),
    ...checkForFargate(definition),
  ]
  const read = askedOfAny(state, raw, at, TaskDefinition, check, 'ClientException')
  if (E.isLeft(read)) return read
  const { family } = read.right
  const revision = 1 + (state.families.get(family)?.at(-1)?.revision ?? 0)
  const definition: Definition = {
    part: { from: 'RegisterTaskDefinition', at: [], kind: 'task definition', value: raw },
    value: { ...read.right, revision, status: 'ACTIVE' },
    revision,
    isNumbered: false,
    name: `${family}:${revision}`,
  }
  return E.right(entered({ ...state, at }, definition))
}

/**
 * What a definition for Fargate must have, though files may lack it: a plan says what to change.
 */
const checkForFargate = (definition: TaskDefinition): readonly Complaint[] => {
  if (!isFor(definition, 'FARGATE')) return []
  const { cpu, memory, networkMode } = definition
  const missing = (field: string, value: unknown) =>
    value === undefined ? [{ at: [field], expected: `a task-level ${field}, for Fargate` }] : []
  return [
    ...missing('cpu', cpu),
    ...missing('memory', memory),
    ...(networkMode === 'awsvpc' ? [] : [{ at: ['networkMode'], expected: 'awsvpc, for Fargate' }]),
  ]
}

export interface DeregisterTaskDefinitionRequest {
  readonly taskDefinition: string
}
const DeregisterTaskDefinitionRequest: Codec<DeregisterTaskDefinitionRequest> =
  record<DeregisterTaskDefinitionRequest>('a call of DeregisterTaskDefinition', {
    taskDefinition: text('family:revision, or the ARN of one'),
  })

/** One that is INACTIVE already stays so. */
export const deregisterTaskDefinition = (
  state: ClusterState,
  raw: unknown,
  at: number,
): Called<OneDefinition> => {
  const read = askedOfAny(state, raw, at, DeregisterTaskDefinitionRequest, ({ taskDefinition }) =>
    /:\d+$/.test(taskDefinition)
      ? []
      : [{ at: ['taskDefinition'], expected: 'a revision too, as one revision is deregistered' }],
  )
  if (E.isLeft(read)) return read
  const found = resolve(state.families, read.right.taskDefinition)
  if (E.isLeft(found))
    return E.left(
      refusing(raw, [{ at: ['taskDefinition'], expected: found.left }], 'ClientException'),
    )
  const { value } = found.right
  const inactive = { ...value, ...(isActive(value) ? { status: 'INACTIVE' } : {}) }
  return E.right(entered({ ...state, at }, { ...found.right, value: inactive }))
}

/** In the order of the revisions, the new one in the place of one that has its number. */
const entered = (
  state: ClusterState,
  definition: Definition,
): readonly [ClusterState, OneDefinition] => {
  const { value, revision } = definition
  const others = (state.families.get(value.family) ?? []).filter(
    (each) => each.revision !== revision,
  )
  const all = [...others, definition].sort((a, b) => a.revision - b.revision)
  const families = new Map(state.families).set(value.family, all)
  const taskDefinitionArn = definitionArnOf(state.options, value.family, revision)
  const { status = 'ACTIVE' } = value
  return [
    { ...state, families },
    { taskDefinition: { ...value, taskDefinitionArn, revision, status } },
  ]
}
