/**
 * RegisterTaskDefinition: adds a revision to a family of task definitions. Revisions count up, and
 * a number is never used again.
 *
 * Source: Amazon ECS API Reference, RegisterTaskDefinition.
 */
import * as E from 'fp-ts/lib/Either.js'
import { checkTaskDefinition } from '../check/task-definition.js'
import { requiredAttributes } from '../lower/capability.js'
import { withCapabilities } from '../lower/derive-capabilities.js'
import { enterDefinition, nextRevision, type OneDefinition } from '../cluster/definition.js'
import type { EcsState } from '../cluster/state.js'
import { TaskDefinition } from '../words/task-definition.js'
import type { Definition } from '../workload/family.js'
import { perform, type ApiAction } from './action.js'

/** A revision or a status in the request is ignored; the answer has the assigned ones. */
export const registerTaskDefinitionAction: ApiAction<TaskDefinition, OneDefinition> = {
  codec: TaskDefinition,
  check: ({ state: { options }, request }) => checkTaskDefinition(request, options),
  exception: 'ClientException',
  apply: ({ state, request, raw }) =>
    E.right(enterDefinition(state, newDefinition(state, request, raw))),
}

const newDefinition = (state: EcsState, request: TaskDefinition, raw: unknown): Definition => {
  const revision = nextRevision(state, request.family)
  return {
    part: { from: 'RegisterTaskDefinition', at: [], kind: 'task definition', value: raw },
    value: {
      ...{ ...request, revision, status: 'ACTIVE' },
      requiresAttributes: requiredAttributes(withCapabilities(request)).attributes,
    },
    revision,
    isRevisionAssumed: false,
    name: `${request.family}:${revision}`,
  }
}

/** Performs RegisterTaskDefinition. */
export const registerTaskDefinition = perform(registerTaskDefinitionAction)
