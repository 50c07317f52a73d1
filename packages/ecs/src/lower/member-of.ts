/**
 * `memberOf`: expressions that hold of the instances that a task may go to, those of its definition and of its service or call together.
 *
 * Source: Amazon ECS Developer Guide, placement constraints.
 */
import { certain, type Draft, type Expr, type Require } from '@stowage/kernel'
import { lowerQuery } from '../query/lower.js'
import { parseQuery } from '../query/parse.js'
import { saying } from './reason.js'
import { constraintsOf, type Workload } from './workload.js'

/** One for each constraint. `groups` are those of all tasks in the plan. */
export const memberExprs = (
  draft: Draft,
  workload: Workload,
  groups: readonly string[],
): readonly Expr[] =>
  constraintsOf(workload)
    .filter(({ type }) => type === 'memberOf')
    .map(({ expression = '' }) => lowerQuery(draft, certain(parseQuery(expression)), groups))

export const memberFilters = (
  draft: Draft,
  workload: Workload,
  groups: readonly string[],
): readonly Require[] =>
  memberExprs(draft, workload, groups).map((expr) => ({
    _tag: 'Require',
    ...saying('memberOf'),
    removable: speaksOfTasks(expr),
    expr,
  }))

/** Whether stopping a task can turn it. */
const speaksOfTasks = (expr: Expr): boolean => {
  switch (expr._tag) {
    case 'All':
    case 'Any':
      return expr.of.some(speaksOfTasks)
    case 'Not':
      return speaksOfTasks(expr.of)
    default:
      return expr._tag === 'Count'
  }
}
