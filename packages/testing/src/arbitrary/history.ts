/**
 * Generates random histories, which change a cluster: up to five batches of up to six operations,
 * with nested trials (changes that are kept or rolled back).
 */
import fc, { type Arbitrary } from 'fast-check'
import type { ClusterHistory, Operation } from '../play/operation.js'
import type { ClassRecipe } from '../recipe/recipe.js'
import { anyClass } from './class.js'
import { anyNode } from './node.js'
import { anyColumnName, anyMaskName, anyNodeName, anyPhase } from './text.js'
import { anyRequest } from './world.js'

const position = fc.nat(11)

const bind: Arbitrary<Operation> = fc.record({
  _tag: fc.constant('Bind'),
  class: fc.nat(2),
  node: anyNodeName,
  phase: anyPhase,
})

const giveMask: Arbitrary<Operation> = fc.record({
  _tag: fc.constant('GiveMask'),
  mask: anyMaskName,
  nodes: fc.array(anyNodeName, { maxLength: 2 }),
})

/** Mostly small; a column accepts at most 1,000,000. */
const number = fc.oneof(
  { weight: 7, arbitrary: fc.integer({ min: -3, max: 100 }) },
  { weight: 1, arbitrary: fc.constantFrom(1_000_000, -1_000_000, 1_000_001) },
)

const giveColumn: Arbitrary<Operation> = fc.record({
  _tag: fc.constant('GiveColumn'),
  column: anyColumnName,
  numbers: fc.array(fc.tuple(anyNodeName, number), { maxLength: 2 }),
})

const operationOf = (classes: Arbitrary<ClassRecipe>): Arbitrary<Operation> =>
  fc.letrec<{ readonly operation: Operation }>((tie) => ({
    operation: fc.oneof(
      { maxDepth: 2 },
      bind,
      fc.record({ _tag: fc.constant('Join'), node: anyNode }),
      fc.record({ _tag: fc.constant('Leave'), node: anyNodeName }),
      fc.record({ _tag: fc.constant('Place'), requests: fc.array(anyRequest, { maxLength: 2 }) }),
      fc.record({ _tag: fc.constant('Launch'), class: classes, count: fc.nat(2) }),
      fc.record({ _tag: fc.constant('Stop'), replica: position }),
      fc.record({ _tag: fc.constant('SetPhase'), replica: position, phase: anyPhase }),
      fc.record({ _tag: fc.constant('Redescribe'), node: anyNode }),
      fc.record({ _tag: fc.constant('Reclass'), replica: position, class: fc.nat(2) }),
      fc.constant<Operation>({ _tag: 'Forget' }),
      fc.record({ _tag: fc.constant('Explain'), class: fc.nat(2) }),
      giveMask,
      giveColumn,
      fc.record({
        _tag: fc.constant('Trial'),
        end: fc.constantFrom('kept', 'rolled back', 'thrown'),
        body: fc.array(tie('operation'), { maxLength: 4 }),
      }),
    ),
  })).operation

/** An operation of any kind, for histories with up to three classes. */
const anyOperation: Arbitrary<Operation> = operationOf(anyClass)

/** Up to six operations, for one batch. */
export const anyOperations: Arbitrary<readonly Operation[]> = fc.array(anyOperation, {
  maxLength: 6,
})

/** A history whose `Launch` operations draw from these classes. */
export const historyOf = (classes: Arbitrary<ClassRecipe>): Arbitrary<ClusterHistory> =>
  fc.array(
    fc.record({
      taken: fc.boolean(),
      operations: fc.array(operationOf(classes), { maxLength: 6 }),
    }),
    { maxLength: 5 },
  )

/** A history whose `Launch` operations have any class. */
export const anyHistory: Arbitrary<ClusterHistory> = historyOf(anyClass)
