/**
 * Generates random clusters as plain data ("worlds"), from which the kernel's cluster is built, and
 * random requests to place replicas in them.
 */
import fc, { type Arbitrary } from 'fast-check'
import type {
  ClassRecipe,
  ColumnRecipe,
  MaskRecipe,
  NodeRecipe,
  ReplicaRecipe,
  RequestRecipe,
  WorldRecipe,
} from '../recipe/recipe.js'
import { anyClass, withSiblings } from './class.js'
import { anyNodes } from './node.js'
import { anyColumnName, anyMaskName, anyNodeName, anyPhase } from './text.js'

/** A replica of one of up to three classes. */
const replicaOn = (names: Arbitrary<string>): Arbitrary<ReplicaRecipe> =>
  fc.record({ class: fc.nat(2), node: names, phase: anyPhase })

/** A mask and its nodes. */
const maskOf = (names: Arbitrary<string>): Arbitrary<MaskRecipe> =>
  fc.record({ mask: anyMaskName, nodes: fc.array(names, { maxLength: 3 }) })

/** A column and its numbers; a node may come twice. */
const columnOf = (names: Arbitrary<string>): Arbitrary<ColumnRecipe> =>
  fc.record({
    column: anyColumnName,
    numbers: fc.array(fc.tuple(names, fc.integer({ min: -3, max: 100 })), { maxLength: 4 }),
  })

const givenTo = (names: Arbitrary<string>): Arbitrary<NonNullable<WorldRecipe['given']>> =>
  fc.record({
    masks: fc.array(maskOf(names), { maxLength: 2 }),
    columns: fc.array(columnOf(names), { maxLength: 2 }),
  })

/** The parts of a world besides its classes. */
export interface WorldVocabulary {
  readonly nodes?: Arbitrary<readonly NodeRecipe[]>
  /** The names that `nodes` draws from; replicas, masks and columns refer to nodes by name. */
  readonly names?: Arbitrary<string>
  /** False: the world has no replicas. Default: up to twelve. */
  readonly replicas?: boolean
}

/** A world with up to three of these classes, and up to two masks and columns. */
export const worldOf = (
  classes: Arbitrary<ClassRecipe>,
  { nodes = anyNodes, names = anyNodeName, replicas = true }: WorldVocabulary = {},
): Arbitrary<WorldRecipe> =>
  fc.record({
    nodes,
    classes: withSiblings(fc.array(classes, { minLength: 1, maxLength: 3 })),
    given: givenTo(names),
    replicas: fc.array(replicaOn(names), { maxLength: replicas ? 12 : 0 }),
  })

/** Any world. Its replicas are bound without regard to rules. */
export const anyWorld: Arbitrary<WorldRecipe> = worldOf(anyClass)

/** A request for up to four replicas, on all nodes or on some. */
export const anyRequest: Arbitrary<RequestRecipe> = fc.record(
  {
    class: fc.nat(2),
    count: fc.nat(4),
    only: fc.array(anyNodeName, { maxLength: 4 }),
  },
  { requiredKeys: ['class', 'count'] },
)

/** Up to four requests, for one call of `place`. */
export const anyRequests: Arbitrary<readonly RequestRecipe[]> = fc.array(anyRequest, {
  maxLength: 4,
})
