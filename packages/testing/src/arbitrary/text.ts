/**
 * The few texts of which everything is made, so that two things often mean the same. Each list begins with what is plainest,
 * to which cases shrink, and ends with what is easily got wrong: order by code unit, numbers at the end of 64 bits, `__proto__`.
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

/** The key of an attribute. One is called as the domain that is a node. */
export const anyKey: Arbitrary<string> = fc.constantFrom('zone', 'arch', 'node', '__proto__')

/** The value of an attribute; some are numbers, and some nearly so. */
export const anyValue: Arbitrary<string> = fc.constantFrom(
  'x',
  'y',
  '1',
  '+2',
  '-3',
  '9223372036854775807',
  '9223372036854775808',
  '',
)

/** A fact about a class. */
export const anyFact: Arbitrary<string> = fc.constantFrom('web', 'db', '__proto__')

/** The name of a dimension; the last is not among the common ones. */
export const anyDimension: Arbitrary<string> = fc.constantFrom('cpu', 'memory', 'slots', 'gpu')

/** The phase of a replica. */
export const anyPhase: Arbitrary<Phase> = fc.constantFrom('assumed', 'running', 'leaving')

/** A plugin or a reason. */
export const anyNumber: Arbitrary<number> = fc.nat(5)
