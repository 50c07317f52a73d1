/**
 * What a node has and a replica takes, as integer amounts per dimension. The kernel treats all
 * dimensions alike; the common ones stand here with their units, so that two vocabularies mean the
 * same by them. Any other is interned by name with `dimension`.
 *
 * CPU is counted in ticks of 1/128,000 vCPU, on which a thousandth of a vCPU (128 ticks) and 1/1024
 * vCPU (125 ticks) are both whole. Memory is counted in bytes, slots in replicas.
 */
import type { DimensionId } from './id.js'

export type CpuTicks = number & { readonly unit: 'vCPU/128000' }
export type Bytes = number & { readonly unit: 'B' }

/**
 * The names of the common dimensions, in the order of their ids: every cluster starts with them.
 */
export const commonDimensions = ['cpu', 'memory', 'slots'] as const
export const cpu = 0 as DimensionId
export const memory = 1 as DimensionId
export const slots = 2 as DimensionId

export const ticksPerVcpu = 128_000

/**
 * Amounts per dimension: pairs, each dimension at most once; a dimension that is not named is 0.
 */
export type Vector = readonly (readonly [dimension: DimensionId, amount: number])[]

/**
 * The largest amount that is accepted: below 2^53/100, so that `amount * 100`, the step that every
 * percentage takes, stays exact in a double. In bytes that is 81 TiB.
 */
export const amountMax = 90_071_992_547_409

/** Whether an amount is a whole number from 0 to `amountMax`. */
export const isAmount = (amount: number): boolean =>
  Number.isInteger(amount) && amount >= 0 && amount <= amountMax
