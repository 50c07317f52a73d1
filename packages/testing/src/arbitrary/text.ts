/**
 * Generates the texts in random nodes and rules. There are only a few of them, so that two texts
 * are often equal. Some are texts that code often mishandles, such as an integer just beyond 64
 * bits, and `__proto__`. Each list begins with its plainest text, to which fast-check shrinks a
 * failing case.
 */
import fc, { type Arbitrary } from 'fast-check'
import type { Phase } from '@stowage/kernel'

/** The name of a node. */
export const anyNodeName: Arbitrary<string> = fc.constantFrom(
  'a',
  'b',
  'c',
  'B',
  'a10',
  '__proto__',
)

/** The key of an attribute. `node` and `cluster` are also names of domains. */
export const anyKey: Arbitrary<string> = fc.constantFrom(
  'zone',
  'arch',
  'node',
  'cluster',
  '__proto__',
)

/** A 64-bit integer, or a text that is nearly one. */
export const anyInteger: Arbitrary<string> = fc.constantFrom(
  ...['1', '2', '+2', '-3', '007', '9223372036854775807', '9223372036854775808', '+'],
)

/** A version, or a text that is nearly one. */
export const anyVersion: Arbitrary<string> = fc.constantFrom(
  ...['1', '1.9', '1.10', '1.9.0', '01.9.1', '1.', 'v1.9'],
)

/** An instant, or a text that is nearly one. */
export const anyInstant: Arbitrary<string> = fc.constantFrom(
  ...['2026-11-23', '2026-11-23T00:00:00.000000001Z', '2026-11-23T01:00:00+02:00'],
  ...['2026-11-22T23:00:00', '2024-02-29T23:59:59-00:01', '2024-03-01', '2026-02-29'],
)

/** The value of an attribute. Most are plain, so that two are often equal. */
export const anyValue: Arbitrary<string> = fc.oneof(
  { withCrossShrink: true },
  { weight: 4, arbitrary: fc.constantFrom('x', 'y') },
  { weight: 2, arbitrary: anyInteger },
  { weight: 1, arbitrary: anyVersion },
  { weight: 1, arbitrary: anyInstant },
  { weight: 1, arbitrary: fc.constantFrom('', 'xx', '💧x') },
)

/** The name of a mask. */
export const anyMaskName: Arbitrary<string> = fc.constantFrom('claims', '__proto__')

/** The name of a column. */
export const anyColumnName: Arbitrary<string> = fc.constantFrom('images', '__proto__')

/** A fact about a class. */
export const anyFact: Arbitrary<string> = fc.constantFrom('web', 'db', '__proto__')

/** The name of a dimension. `gpu` is not one of the kernel's own. */
export const anyDimension: Arbitrary<string> = fc.constantFrom('cpu', 'memory', 'slots', 'gpu')

/** The phase of a replica. */
export const anyPhase: Arbitrary<Phase> = fc.constantFrom('assumed', 'running', 'leaving')

/** A plugin or a reason. */
export const anyNumber: Arbitrary<number> = fc.nat(5)
