/**
 * Classifies source files for the checks of this folder: tests, fixtures, and barrels (entry files
 * of a package).
 */
import { posix } from 'node:path'
import { placeOf } from './imports.js'

/** The text of each file by its path from the root. */
export type Sources = ReadonlyMap<string, string>

/** Tests, and the fixtures that only tests import. */
export const isTest = (path: string): boolean => /\.(test|fixture)\.ts$/.test(path)

/** Files beside the rooms: what is published, and where the command line starts. */
const barrels = ['index.ts', 'plain.ts', 'conformance.ts', 'main.ts']
export const isBarrel = (path: string): boolean =>
  placeOf(path)?.room === '' && barrels.includes(posix.basename(path))

export const untested = (sources: Sources): readonly (readonly [path: string, text: string])[] =>
  [...sources].filter(([path]) => !isTest(path))
