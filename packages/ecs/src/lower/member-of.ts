/**
 * Translates the placement constraints `memberOf`, expressions that an instance must satisfy, to
 * filters of the kernel. The constraints of the task definition and of its service or call all
 * apply.
 *
 * Source: Amazon ECS Developer Guide, placement constraints.
 */
import { type Draft, type Expr, type Filter } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { lowerQuery } from './query.js'
import type { QueryOptions } from '../query/options.js'
import { parseQuery } from '../query/parse.js'
import { canHoldWithFewer } from './removable.js'
import { filterReason } from './reason.js'
import { constraintsOf, type Workload } from '../workload/workload.js'

/**
 * One expression per constraint; `groups` are the groups of all tasks in the plan. Calls refuse an
 * expression that these options cannot parse; here it holds on no instance.
 */
export const memberExprs = (
  draft: Draft,
  workload: Workload,
  groups: readonly string[],
  options: QueryOptions,
): readonly Expr[] =>
  constraintsOf(workload)
    .filter(({ type }) => type === 'memberOf')
    .map(({ expression = '' }) => {
      const read = parseQuery(expression, options)
      return E.isRight(read)
        ? lowerQuery(draft, read.right, groups, options, workload.groupNames)
        : nowhere
    })

const nowhere: Expr = { _tag: 'Any', of: [] }

/**
 * The expressions as filters. One that may hold once tasks are gone is removable.
 */
export const memberFilters = (
  draft: Draft,
  workload: Workload,
  groups: readonly string[],
  options: QueryOptions,
): readonly Filter<'Require'>[] =>
  memberExprs(draft, workload, groups, options).map((expr) => ({
    _tag: 'Require',
    ...filterReason('memberOf'),
    removable: canHoldWithFewer(expr),
    expr,
  }))
