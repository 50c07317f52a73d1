/**
 * Reads the calls of StopTask among the documents. Each task that a call names gets the desired
 * status STOPPED: the task keeps its resources until it has stopped, but no longer counts as a task
 * of its service.
 */
import type { Part } from '../words/part.js'
import { taskNamed, type Task } from '../words/task.js'
import { StopTaskRequest } from '../words/task-request.js'
import { makeObjection, readKind, type Objection } from './reading.js'
import type { EcsWarning } from '../words/warning.js'

/** The tasks after the calls of StopTask. */
export interface Stops {
  /** In the order of the input. */
  readonly tasks: readonly Task[]
  readonly objections: readonly Objection[]
  readonly warnings: readonly EcsWarning[]
}

const stopException = 'InvalidParameterException'
const stopExpected = 'a task among the documents, as describe-tasks prints it'

/** Applies the calls of StopTask to the tasks. */
export const withStops = (parts: readonly Part[], tasks: readonly Task[]): Stops => {
  const kind = 'call of StopTask'
  const { read, objections } = readKind(parts, kind, StopTaskRequest, () => [], stopException)
  const found = read.map(({ part, value }) => ({ part, task: taskNamed(tasks, value.task) }))
  const named = new Set(found.flatMap(({ task }) => task ?? []))
  return {
    tasks: tasks.map((task) => (named.has(task) ? { ...task, desiredStatus: 'STOPPED' } : task)),
    objections: [
      ...objections,
      ...found.flatMap(({ part, task }) =>
        task === undefined
          ? [makeObjection(part, { at: ['task'], expected: stopExpected }, stopException)]
          : [],
      ),
    ],
    warnings: found.flatMap(({ part, task }) =>
      task === undefined || task.lastStatus === 'STOPPED'
        ? []
        : [
            {
              ...{ code: 'TaskStopping', from: part.from, subject: `task ${task.taskArn}` },
              text: 'a call of StopTask stops it: it keeps its room until it is STOPPED',
            },
          ],
    ),
  }
}
