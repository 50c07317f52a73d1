/**
 * `memberOf`: expressions that hold of the instances that a task may go to, those of its definition
 * and of its service or call together.
 *
 * Source: Amazon ECS Developer Guide, placement constraints.
 */
import { leavesOf, type Draft, type Expr, type Filter } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { lowerQuery } from './query.js'
import type { QueryOptions } from '../query/options.js'
import { parseQuery } from '../query/parse.js'
import { filterReason } from './reason.js'
import { constraintsOf, type Workload } from '../workload/workload.js'

/**
 * One for each constraint. `groups` are those of all tasks in the plan. An expression that was read
 * by other options, and by these can not be, holds nowhere; calls refuse it before.
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

/** Stopping a task can turn an expression that counts tasks. */
export const memberFilters = (
  draft: Draft,
  workload: Workload,
  groups: readonly string[],
  options: QueryOptions,
): readonly Filter<'Require'>[] =>
  memberExprs(draft, workload, groups, options).map((expr) => ({
    _tag: 'Require',
    ...filterReason('memberOf'),
    removable: leavesOf(expr).some(({ _tag }) => _tag === 'Count'),
    expr,
  }))
