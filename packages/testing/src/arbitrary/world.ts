/** Whole worlds, clusters made of them, and requests to them. */
import type { Cluster } from '@stowage/kernel'
import fc, { type Arbitrary } from 'fast-check'
import { build } from '../recipe/lower.js'
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

const replicaOn = (names: Arbitrary<string>): Arbitrary<ReplicaRecipe> =>
  fc.record({ class: fc.nat(2), node: names, phase: anyPhase })

/** A replica of one of up to three classes. */
export const anyReplica: Arbitrary<ReplicaRecipe> = replicaOn(anyNodeName)

const maskOf = (names: Arbitrary<string>): Arbitrary<MaskRecipe> =>
  fc.record({ mask: anyMaskName, nodes: fc.array(names, { maxLength: 3 }) })

const columnOf = (names: Arbitrary<string>): Arbitrary<ColumnRecipe> =>
  fc.record({
    column: anyColumnName,
    numbers: fc.array(fc.tuple(names, fc.integer({ min: -3, max: 100 })), { maxLength: 4 }),
  })

/** A mask and its nodes. */
export const anyMask: Arbitrary<MaskRecipe> = maskOf(anyNodeName)

/** A column and its numbers; a node may come twice. */
export const anyColumn: Arbitrary<ColumnRecipe> = columnOf(anyNodeName)

const givenTo = (names: Arbitrary<string>): Arbitrary<NonNullable<WorldRecipe['given']>> =>
  fc.record({
    masks: fc.array(maskOf(names), { maxLength: 2 }),
    columns: fc.array(columnOf(names), { maxLength: 2 }),
  })

/** What a world is made of beside its classes. */
export interface WorldVocabulary {
  readonly nodes?: Arbitrary<readonly NodeRecipe[]>
  /**
   * On which nodes replicas stand, and about which something is given: the names that `nodes` draws
   * from.
   */
  readonly names?: Arbitrary<string>
  /** False: nothing stands in the world. */
  readonly replicas?: boolean
}

/** A world whose classes and nodes are drawn so. */
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

/** A world with nodes, any classes, and replicas bound whatever the rules say. */
export const anyWorld: Arbitrary<WorldRecipe> = worldOf(anyClass)

/**
 * A cluster with nodes, classes and replicas. In a failing case it prints as its insides, which say
 * little; draw a world and `build` it to read what it was.
 */
export const anyCluster: Arbitrary<Cluster> = anyWorld.map((world) => build(world).cluster)

/** A request for some replicas, among all nodes or some. */
export const anyRequest: Arbitrary<RequestRecipe> = fc.record(
  {
    class: fc.nat(2),
    count: fc.nat(4),
    only: fc.array(anyNodeName, { maxLength: 4 }),
  },
  { requiredKeys: ['class', 'count'] },
)

/** A few requests, for one call. */
export const anyRequests: Arbitrary<readonly RequestRecipe[]> = fc.array(anyRequest, {
  maxLength: 4,
})
