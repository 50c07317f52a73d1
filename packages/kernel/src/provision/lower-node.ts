/**
 * Defines the type of a function that converts a platform's node to a `NodeSpec`; an adapter (the
 * Kubernetes or ECS package) implements it.
 */
import type * as E from 'fp-ts/lib/Either.js'
import type { Draft } from '../cluster/draft.js'
import type { MalformedValue } from '../rule/malformed.js'
import type { NodeSpec } from '../rule/node-spec.js'

/** Reads a node in the words of a platform, and gives it this name. */
export type LowerNode = (
  draft: Draft,
  node: unknown,
  name: string,
) => E.Either<MalformedValue, NodeSpec>
