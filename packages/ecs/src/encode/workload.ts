/**
 * Defines the codecs of two things in an encoded state (an ECS cluster as plain data): (1) task
 * definitions; (2) tasks that wait for capacity, each with its workload (the call, service or
 * definition that asked for it).
 */
import {
  flag,
  list,
  nonEmptyText,
  oneOf,
  optional,
  record,
  text,
  type Codec,
} from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { withCapabilities } from '../lower/derive-capabilities.js'
import {
  CapacityProviderStrategyItem,
  PlacementConstraint,
  PlacementStrategy,
} from '../words/placement.js'
import { Service } from '../words/service.js'
import { compatibilities, TaskDefinition } from '../words/task-definition.js'
import type { Definition } from '../workload/family.js'
import type { ResolvedTask, TaskRequest, Workload } from '../workload/workload.js'
import { count, entries } from './codec.js'

/** An encoded task definition. It has the name of its document, `from`, but not the document. */
export interface EncodedDefinition extends Omit<Definition, 'part'> {
  readonly from: string
}

/** Derives again what was derived of a definition that was not registered. */
const taskDefinition: Codec<TaskDefinition> = new t.Type<TaskDefinition, unknown, unknown>(
  TaskDefinition.name,
  TaskDefinition.is,
  (value, context) => pipe(TaskDefinition.validate(value, context), E.map(withCapabilities)),
  t.identity,
)

/** The codec of an encoded task definition. */
export const definitionCodec: Codec<EncodedDefinition> = record<EncodedDefinition>(
  'a revision of a task definition',
  {
    from: text,
    value: taskDefinition,
    revision: count(),
    isRevisionAssumed: flag,
    name: text,
  },
)

/** Replaces the part that a definition was read from by the name of its document. */
export const encodedDefinition = ({ part, ...definition }: Definition): EncodedDefinition => ({
  ...definition,
  from: part.from,
})

/** Rebuilds a definition; its part is the definition itself. */
export const definitionOf = ({ from, ...definition }: EncodedDefinition): Definition => ({
  ...definition,
  part: { from, at: [], kind: 'task definition', value: definition.value },
})

const texts = (expected: string) => optional(list(expected, text))

const request: Codec<TaskRequest> = record<TaskRequest>('what a call says of its tasks', {
  group: optional(text),
  placementConstraints: optional(list('a list of placement constraints', PlacementConstraint)),
  placementStrategy: optional(list('a list of placement strategies', PlacementStrategy)),
  count: optional(count()),
  launchType: optional(oneOf(compatibilities)),
  capacityProviderStrategy: optional(
    list('a list of capacity providers', CapacityProviderStrategyItem),
  ),
  containerInstances: texts('a list of container instances'),
  zones: texts('a list of zones'),
  subnets: texts('a list of subnets'),
  platformVersion: optional(text),
})

const workload: Codec<Workload> = record<Workload>('a workload', {
  name: nonEmptyText('a name'),
  subject: text,
  from: text,
  cluster: optional(text),
  definition: taskDefinition,
  service: optional(Service),
  isManaged: optional(flag),
  request: optional(request),
  groupNames: optional(entries('names by group', text)),
})

/** The codec of a waiting task: its definition, revision and workload. */
export const resolvedCodec: Codec<ResolvedTask> = record<ResolvedTask>('what a task is made of', {
  definition: taskDefinition,
  revision: count(),
  workload,
})
