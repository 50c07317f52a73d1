/** Whole worlds, clusters made of them, and requests to them. */
import type { Cluster } from '@stowage/kernel'
import fc, { type Arbitrary } from 'fast-check'
import { build } from '../recipe/lower.js'
import type {
  ClassRecipe,
  ColumnRecipe,
  MaskRecipe,
  ReplicaRecipe,
  RequestRecipe,
  WorldRecipe,
} from '../recipe/recipe.js'
import { anyClass } from './class.js'
import { anyNodes } from './node.js'
import { anyColumnName, anyMaskName, anyNodeName, anyPhase } from './text.js'

/** A replica of one of up to three classes. */
export const anyReplica: Arbitrary<ReplicaRecipe> = fc.record({
  class: fc.nat(2),
  node: anyNodeName,
  phase: anyPhase,
})

/** A mask and its nodes. */
export const anyMask: Arbitrary<MaskRecipe> = fc.record({
  mask: anyMaskName,
  nodes: fc.array(anyNodeName, { maxLength: 3 }),
})

/** A column and its numbers; a node may come twice. */
export const anyColumn: Arbitrary<ColumnRecipe> = fc.record({
  column: anyColumnName,
  numbers: fc.array(fc.tuple(anyNodeName, fc.integer({ min: -3, max: 100 })), { maxLength: 4 }),
})

const anyGiven: Arbitrary<NonNullable<WorldRecipe['given']>> = fc.record({
  masks: fc.array(anyMask, { maxLength: 2 }),
  columns: fc.array(anyColumn, { maxLength: 2 }),
})

/** A world whose classes are drawn so; with `replicas` false, nothing stands in it. */
export const worldOf = (
  classes: Arbitrary<ClassRecipe>,
  { replicas = true }: { readonly replicas?: boolean } = {},
): Arbitrary<WorldRecipe> =>
  fc.record({
    nodes: anyNodes,
    classes: fc.array(classes, { minLength: 1, maxLength: 3 }),
    given: anyGiven,
    replicas: fc.array(anyReplica, { maxLength: replicas ? 12 : 0 }),
  })

/** A world with nodes, any classes, and replicas bound whatever the rules say. */
export const anyWorld: Arbitrary<WorldRecipe> = worldOf(anyClass)

/** A cluster with nodes, classes and replicas. It prints as nothing; draw a world and `build` it to see what it was. */
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
