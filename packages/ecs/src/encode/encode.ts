/**
 * The whole state of an ECS cluster as plain data, to carry it into a worker, a file or a bug report.
 * JSON holds it. The placed cluster is in the kernel's own encoding, as base64; everything else is
 * spelled as in `EcsState`, with a map as a list of its entries.
 *
 * A decoded state continues exactly as the original: the same calls have the same answers.
 */
import { encode } from '@stowage/kernel'
import type { EcsState } from '../cluster/state.js'
import { textOfBytes } from './base64.js'
import { encodedMachine } from './machine.js'
import { plainOf, type Plain } from './plain.js'
import { encodedDefinition } from './workload.js'

/** Rises with each change of what is written; `decodeEcs` refuses any other. */
export const ecsFormat = 1

/** Writes a state as plain data. */
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
