/**
 * How an encoded state begins: four bytes that say what it is, and then in which version of the
 * format it is written. A change to anything in this room that makes other bytes, or reads them
 * otherwise, is a new version.
 */

/** `stow`, in ASCII. */
export const magic = [0x73, 0x74, 0x6f, 0x77] as const

export const formatVersion = 1
