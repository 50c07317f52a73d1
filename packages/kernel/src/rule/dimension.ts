/**
 * Defines dimensions: the resources that a node has and a replica occupies, as whole amounts. CPU,
 * memory and slots (how many replicas a node may hold) are defined here with their units, so that
 * the Kubernetes and ECS packages agree on them. `internDimension` adds other dimensions by name.
 */
import type { DimensionId } from './id.js'

/**
 * An amount of CPU, in ticks of 1/128,000 vCPU. A Kubernetes milliCPU is 128 ticks and an ECS CPU
 * unit (1/1024 vCPU) is 125, so both are whole.
 */
export type CpuTicks = number & { readonly unit: 'vCPU/128000' }
/** An amount of memory. */
export type Bytes = number & { readonly unit: 'B' }

/** The names of the common dimensions in the order of their ids. Every cluster starts with them. */
export const commonDimensions = ['cpu', 'memory', 'slots'] as const
/** The dimension of CPU, in ticks (`ticksPerVcpu` make one vCPU). */
export const cpu = 0 as DimensionId
/** The dimension of memory, in bytes. */
export const memory = 1 as DimensionId
/** The dimension that counts replicas: what a node allows at most, such as 110 pods. */
export const slots = 2 as DimensionId

/** How many CPU ticks make one vCPU. */
export const ticksPerVcpu = 128_000

/** Amounts per dimension, each dimension at most once. A dimension that is not listed is 0. */
export type Vector = readonly (readonly [dimension: DimensionId, amount: number])[]

/**
 * The largest allowed amount, just below 2^53/100: percentages compute `amount * 100`, which stays
 * exact in a double. In bytes it is 81 TiB.
 */
export const amountMax = 90_071_992_547_409

/** True for a whole number from 0 to `amountMax`. */
export const isAmount = (amount: number): boolean =>
  Number.isInteger(amount) && amount >= 0 && amount <= amountMax
