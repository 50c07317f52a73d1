/**
 * Formats the service event messages about tasks that started, stopped or found no instance, as
 * DescribeServices prints them.
 *
 * Source: Amazon ECS Developer Guide, service event messages.
 */
import type { Instant } from '@stowage/kernel'
import { supplyOf } from '../workload/workload.js'
import { withEvent, type OwnTask, type ServiceRecord } from '../memory/memory.js'

/** The scheduler starts and stops so many tasks at a time, and has one message for them. */
const batchMax = 10

/** The name of a task in a message. */
export const taskText = ({ id, replica }: OwnTask): string => `(task ${id ?? replica})`

const withBatches = (
  record: ServiceRecord,
  at: Instant,
  tasks: readonly OwnTask[],
  text: (count: number, tasks: string) => string,
): ServiceRecord => {
  let next = record
  for (let from = 0; from < tasks.length; from += batchMax) {
    const batch = tasks.slice(from, from + batchMax)
    next = withEvent(next, at, text(batch.length, batch.map(taskText).join(' ')))
  }
  return next
}

/** The record with the messages about tasks that were placed. */
export const withStarted = (
  record: ServiceRecord,
  at: Instant,
  tasks: readonly OwnTask[],
): ServiceRecord =>
  withBatches(record, at, tasks, (count, names) => `has started ${count} tasks: ${names}.`)

/** The record with the messages about tasks that are told to stop. */
export const withStopped = (
  record: ServiceRecord,
  at: Instant,
  tasks: readonly OwnTask[],
): ServiceRecord =>
  withBatches(record, at, tasks, (count, names) => `has stopped ${count} running tasks: ${names}.`)

/** The record with the message that tasks found no instance, once while some wait. */
export const withUnplaced = (
  record: ServiceRecord,
  at: Instant,
  hasInstances: boolean,
): ServiceRecord => {
  const isUnplaced = record.waiting.length > 0
  if (isUnplaced === record.isUnplaced) return record
  const next = { ...record, isUnplaced }
  return isUnplaced ? withEvent(next, at, unplacedText(record, hasInstances)) : next
}

const unplacedText = ({ deployments: [{ workload }] }: ServiceRecord, hasInstances: boolean) => {
  if (supplyOf(workload) === 'fargate')
    return 'was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone.'
  return `was unable to place a task because no container instance met all of its requirements.${
    hasInstances ? '' : ' Reason: No Container Instances were found in your cluster.'
  }`
}
