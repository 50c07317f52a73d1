/**
 * Encodes the whole state of an ECS cluster as plain data that JSON can hold, for a worker, a file
 * or a bug report. A decoded state continues exactly as the original: the same calls have the same
 * answers.
 */
import { encode } from '@stowage/kernel'
import type { EcsState } from '../cluster/state.js'
import { textOfBytes } from './base64.js'
import { encodedMachine } from './machine.js'
import { plainOf, type Plain } from './plain.js'
import { encodedDefinition } from './workload.js'

/** The version of the encoding; `decodeEcs` refuses any other version. */
export const ecsFormat = 1

/**
 * Encodes a state as plain data. The field `placed`, the kernel's cluster, is encoded by the kernel
 * to bytes and written as base64. All other fields are named as in `EcsState`, and a map is a list
 * of its entries.
 */
export const encodeEcs = (state: EcsState): Plain => {
  const { options, instances, tasks, replicas, waiting, tokens, started, at } = state
  return plainOf({
    format: ecsFormat,
    ...{ options, instances, replicas, waiting, tokens, started, at },
    families: [...state.families].map(([family, all]) => [family, all.map(encodedDefinition)]),
    tasks: [...tasks.values()],
    placed: textOfBytes(encode(state.placed)),
    machine: encodedMachine(state.machine),
  })
}
