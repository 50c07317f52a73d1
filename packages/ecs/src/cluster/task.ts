/** New tasks: their records, and the class by which the kernel places them. */
import { define, getOrThrow, type ClassId, type Draft, type Instant } from '@stowage/kernel'
import { arnOf, definitionArnOf } from './options.js'
import type { EcsState } from './state.js'
import { scoreNames } from '../lower/strategy.js'
import { classOf } from '../lower/task.js'
import { taskSizeOf } from '../lower/demand.js'
import { constraintsOf, groupOf, type ResolvedTask, type Workload } from '../workload/workload.js'
import { instantText } from '../words/instant.js'
import type { Task, TaskStatus } from '../words/task.js'
import { groupsOf } from '../workload/own-task.js'

/** Groups are looked up only where an expression may ask for them. */
export const classFor = (state: EcsState, draft: Draft, workload: Workload): ClassId => {
  const asksGroups = constraintsOf(workload).some(({ type }) => type === 'memberOf')
  const groups = asksGroups ? groupsOf(state.tasks.values()) : []
  const shared = { scores: scoreNames(workload), groups: [...groups, groupOf(workload)] }
  return getOrThrow(define(draft, classOf(draft, workload, shared, state.options)))
}

/** What all tasks of a call have in common. */
export interface TaskStart {
  readonly resolved: ResolvedTask
  readonly startedBy: string | undefined
  readonly at: Instant
}

/**
 * The first status: a task in awsvpc mode gets its interface in PROVISIONING, and one that waits
 * for capacity waits there.
 */
export const firstStatus = ({ workload }: ResolvedTask): TaskStatus =>
  workload.definition.networkMode === 'awsvpc' ? 'PROVISIONING' : 'PENDING'

/** Ids are hexadecimal, as AWS has them, and count up. */
export const taskArnOf = ({ options }: EcsState, nth: number): string =>
  arnOf(options, 'task', nth.toString(16).padStart(32, '0'))

/** The n-th task that calls start, from 1. */
export const newTask = (
  state: EcsState,
  nth: number,
  { resolved, startedBy, at }: TaskStart,
  more: Partial<Task>,
): Task => {
  const { definition, revision, workload } = resolved
  const { cpu, memory } = taskSizeOf(workload.definition)
  return {
    taskArn: taskArnOf(state, nth),
    taskDefinitionArn: definitionArnOf(state.options, definition.family, revision),
    group: groupOf(workload),
    ...(startedBy === undefined ? {} : { startedBy }),
    lastStatus: firstStatus(resolved),
    desiredStatus: 'RUNNING',
    version: 1,
    cpu,
    memory,
    createdAt: instantText(at),
    ...more,
  }
}
