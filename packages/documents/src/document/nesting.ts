/**
 * Refuses a document that is nested more than 250 levels deep, so that recursive functions over it
 * cannot overflow the stack.
 */
import type { DocumentFault, SourceDocument } from './source-document.js'
import type { Path } from '../value/own.js'

/** Deeper than any real document. */
const levelsMax = 250

/** How many steps of a path are told. */
const stepsMax = 5

/** The fault of a document that is nested too deep, with the path to that part; else none. */
export const nestingFaults = ({ from, value }: SourceDocument): readonly DocumentFault[] => {
  const path = pathBelow(value, levelsMax)
  return path === undefined
    ? []
    : [
        {
          from,
          at: path.slice(0, stepsMax),
          found: 'more levels',
          expected: `at most ${levelsMax} levels of nesting`,
        },
      ]
}

/** The path to something below so many levels; the recursion ends there. */
const pathBelow = (value: unknown, levels: number): Path | undefined => {
  if (typeof value !== 'object' || value === null) return undefined
  if (levels === 0) return []
  for (const key of Object.keys(value)) {
    const below = pathBelow((value as Readonly<Record<string, unknown>>)[key], levels - 1)
    if (below !== undefined) return [Array.isArray(value) ? Number(key) : key, ...below]
  }
  return undefined
}
