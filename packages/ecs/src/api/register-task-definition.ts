/**
 * RegisterTaskDefinition: adds a revision to a family of task definitions. Revisions count up, and
 * a number is never used again.
 *
 * Source: Amazon ECS API Reference, RegisterTaskDefinition.
 */
import * as E from 'fp-ts/lib/Either.js'
import { checkTaskDefinition } from '../check/task-definition.js'
import { enterDefinition, nextRevision, type OneDefinition } from '../cluster/definition.js'
import type { EcsState } from '../cluster/state.js'
import type { Complaint } from '../words/complaint.js'
import { isFor, TaskDefinition } from '../words/task-definition.js'
import type { Definition } from '../workload/family.js'
import { perform, type ApiAction } from './action.js'

/** A revision or a status in the request is ignored; the answer has the assigned ones. */
export const registerTaskDefinitionAction: ApiAction<TaskDefinition, OneDefinition> = {
  codec: TaskDefinition,
  check: ({ state: { options }, request }) => [
    ...checkTaskDefinition(request, options.memoryMin, options.query),
    ...checkForFargate(request),
  ],
  exception: 'ClientException',
  apply: ({ state, request, raw }) =>
    E.right(enterDefinition(state, newDefinition(state, request, raw))),
}

const newDefinition = (state: EcsState, request: TaskDefinition, raw: unknown): Definition => {
  const revision = nextRevision(state, request.family)
  return {
    part: { from: 'RegisterTaskDefinition', at: [], kind: 'task definition', value: raw },
    value: { ...request, revision, status: 'ACTIVE' },
    revision,
    isRevisionAssumed: false,
    name: `${request.family}:${revision}`,
  }
}

/**
 * Complaints about a definition for Fargate that lacks a required field. A definition read from a
 * document may lack these fields: a plan then reports what to change.
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

/** Performs RegisterTaskDefinition. */
export const registerTaskDefinition = perform(registerTaskDefinitionAction)
