/**
 * Finds the instances on which a DAEMON service should run a task: the ACTIVE instances that
 * satisfy its constraints and have the processor and the operating system of its task definition.
 *
 * Source: Amazon ECS Developer Guide, services. AWS does not document whether a service should also
 * have a task on an instance with the wrong processor or operating system. Here it should not, so
 * that a fleet with two architectures can have a daemon for each.
 */
import { getOrThrow, nodesWhere, type Draft, type Expr, type NodeId } from '@stowage/kernel'
import { isActiveInstance, suits } from '../lower/attribute.js'
import { memberExprs } from '../lower/member-of.js'
import type { QueryOptions } from '../query/options.js'
import type { Workload } from '../workload/workload.js'

/**
 * The ACTIVE instances that satisfy the constraints of the workload and have the processor and the
 * operating system that its definition names. `groups` are the groups of all tasks.
 */
export const suitingNodes = (
  draft: Draft,
  workload: Workload,
  groups: readonly string[],
  query: QueryOptions,
): readonly NodeId[] => getOrThrow(nodesWhere(draft, suitingExpr(draft, workload, groups, query)))

/** The condition that these instances satisfy. */
export const suitingExpr = (
  draft: Draft,
  workload: Workload,
  groups: readonly string[],
  query: QueryOptions,
): Expr => ({
  _tag: 'All',
  of: [
    isActiveInstance(draft),
    ...suits(draft, workload.definition),
    ...memberExprs(draft, workload, groups, query),
  ],
})
