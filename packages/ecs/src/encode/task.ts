/**
 * The codec of task records in an encoded state. Unlike the codec for documents, it accepts 0 as
 * the `cpu` or the `memory` of a task, because the record of a task has 0 when its definition has
 * no sizes.
 */
import { isObject, type Codec } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { Task } from '../words/task.js'

type TaskSizes = Pick<Task, 'cpu' | 'memory'>

/** The codec of a task record that may have a size of 0. */
export const taskCodec: Codec<Task> = new t.Type<Task, unknown, unknown>(
  Task.name,
  (value): value is Task => isObject(value) && Task.is({ ...value, ...undefinedZeros(value) }),
  (value, context) => {
    if (!isObject(value)) return t.failure(value, context)
    return pipe(
      Task.validate({ ...value, ...undefinedZeros(value) }, context),
      E.map((task) => ({ ...task, ...zerosOf(value) })),
    )
  },
  t.identity,
)

const zerosOf = (value: TaskSizes): TaskSizes => ({
  ...(value.cpu === 0 ? { cpu: value.cpu } : {}),
  ...(value.memory === 0 ? { memory: value.memory } : {}),
})

const undefinedZeros = (value: TaskSizes): object => ({
  ...(value.cpu === 0 ? { cpu: undefined } : {}),
  ...(value.memory === 0 ? { memory: undefined } : {}),
})
