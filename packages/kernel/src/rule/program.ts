/**
 * Defines programs that match a text against a pattern, in one pass and in time linear in the text.
 * An adapter (the Kubernetes or ECS package) builds them from the pieces in `pattern.ts`.
 *
 * A program is a flat list of numbers. Targets are relative to the instruction:
 *
 * - `0`: accept if the text ends here.
 * - `1 target`: go to the target.
 * - `2 target target`: try both targets.
 * - `3 n (least most)*`: read one code point that lies in one of n ranges.
 * - `4`: continue only at the start of the text.
 * - `5`: continue only at the end of the text.
 */
/** A whole program, as `pattern.program` makes it. */
export type Program = readonly number[]

/** The largest allowed length of a program, in numbers. */
export const patternMax = 8192

/** The instructions by name. */
export const instruction = { end: 0, go: 1, fork: 2, take: 3, atStart: 4, atEnd: 5 } as const
