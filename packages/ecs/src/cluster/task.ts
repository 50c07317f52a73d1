/**
 * Builds the two parts of a new task: (1) its record, as the API answers it; (2) its class (a
 * workload as the scheduler sees it), which decides where the task is placed.
 */
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

/**
 * Defines the class of a workload. The groups of other tasks are collected only when a memberOf
 * expression may need them.
 */
export const classFor = (state: EcsState, draft: Draft, workload: Workload): ClassId => {
  const asksGroups = constraintsOf(workload).some(({ type }) => type === 'memberOf')
  const groups = asksGroups ? groupsOf(state.tasks.values()) : []
  const shared = { scores: scoreNames(workload), groups: [...groups, groupOf(workload)] }
  return getOrThrow(define(draft, classOf(draft, workload, shared, state.options)))
}

/** What all tasks of one call have in common. */
export interface TaskStart {
  readonly resolved: ResolvedTask
  readonly startedBy: string | undefined
  readonly at: Instant
}

/**
 * The first status of a task: PROVISIONING in awsvpc mode, while its network interface is attached,
 * otherwise PENDING.
 */
export const firstStatus = ({ workload }: ResolvedTask): TaskStatus =>
  workload.definition.networkMode === 'awsvpc' ? 'PROVISIONING' : 'PENDING'

/** The ARN of the n-th started task. Its id is n in hexadecimal, with 32 digits as in AWS. */
export const taskArnOf = ({ options }: EcsState, nth: number): string =>
  arnOf(options, 'task', nth.toString(16).padStart(32, '0'))

/** The record of the n-th task that calls start; the first is 1. */
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
    taskDefinitionArn: definitionArnOf(state.options, `${definition.family}:${revision}`),
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
