/**
 * Defines names for three types of the kernel: a packing problem, packed bins, and a packing
 * solver. The types are derived from the signatures of the kernel's functions.
 */
import type { binPacking, SupplyOptions } from '@stowage/kernel'

/** What is to be packed, and into what. */
export type Packing = Parameters<typeof binPacking.fillTables>[0]

/** Bins of one kind that hold the same. */
export type PackedBins = ReturnType<typeof binPacking.packGreedily>[number]

/** Finds better packings and bounds. */
export type PackingSolver = NonNullable<SupplyOptions['solver']>
