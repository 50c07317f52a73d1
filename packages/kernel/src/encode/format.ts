/**
 * Defines how an encoded cluster starts: four magic bytes and the version of the format. A change
 * in this folder that writes other bytes, or reads them differently, needs a new version.
 */

/** `stow` in ASCII. */
export const magic = [0x73, 0x74, 0x6f, 0x77] as const

/** The version that is written, and the only one that is read. */
export const formatVersion = 2
