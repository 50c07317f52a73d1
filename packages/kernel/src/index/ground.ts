/**
 * What is read of the nodes beside what they are: masks and columns that were given. Each is
 * another object when it says anything else, so that what was derived is known to hold by looking
 * at which objects they are.
 */
import type { State } from '../cluster/state.js'
import type { Reads } from './reads.js'

export type Ground = readonly unknown[]

export const groundOf = (
  { masks, columns }: Pick<Reads, 'masks' | 'columns'>,
  { inputs }: State,
): Ground => [
  ...masks.map((mask) => inputs.members[mask]),
  ...columns.map((column) => inputs.numbers[column]),
]

export const isSameGround = (one: Ground, other: Ground): boolean =>
  one.length === other.length && one.every((part, i) => part === other[i])
