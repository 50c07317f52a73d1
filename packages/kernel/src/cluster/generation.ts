/**
 * Ids of recycled rows: the row in the low 26 bits, its generation above them, both in one exact
 * double.
 */
export const rowCountMax = 67_108_864

/** With a later one, an id would no longer be exact. */
export const generationMax = 134_217_727

export const idOf = (row: number, generation: number): number => generation * rowCountMax + row
export const generationOf = (id: number): number => Math.floor(id / rowCountMax)
/** By no remainder, which is slow where an id is past 2^31. */
export const rowOf = (id: number): number => id - generationOf(id) * rowCountMax
