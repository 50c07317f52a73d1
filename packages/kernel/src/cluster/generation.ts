/**
 * Encodes ids of recycled rows: the row in the low 26 bits and its generation above them, in one
 * exact double. Every reuse of a row raises its generation, so an old id does not name the new
 * owner.
 */
/** How many rows an id can tell apart: 2^26. */
export const rowCountMax = 67_108_864

/** The largest generation, 2^27 - 1; with a larger one an id would not be exact. */
export const generationMax = 134_217_727

/** The id of a row in a generation. */
export const idOf = (row: number, generation: number): number => generation * rowCountMax + row
/** The generation in an id. */
export const generationOf = (id: number): number => Math.floor(id / rowCountMax)
/** The row in an id. Computed without `%`, which is slow for doubles past 2^31. */
export const rowOf = (id: number): number => id - generationOf(id) * rowCountMax
