/**
 * An expression of the cluster query language as one of the kernel's.
 *
 * What is documented: `==` and `!=` compare texts; `!=` takes only instances that have the
 * attribute; an expression over `task:group` holds where some task of the instance is of such a
 * group. The rest is `QueryOptions`.
 */
import type { Draft, Expr } from '@stowage/kernel'
import type { Query } from '../query/expression.js'
import { runningTasksCount, taskGroup, type GroupNames } from './query-tasks.js'
import { describedAs } from './query-value.js'
import { negated } from './negation.js'
import { queryOptions, type QueryOptions } from '../query/options.js'

/**
 * `groups` are those of all tasks that there are while the expression is in use: a pattern over
 * `task:group` is asked of each of them here, as the kernel counts by group and knows no names.
 * `groupNames` are by group those that it goes by besides its own.
 */
export const lowerQuery = (
  draft: Draft,
  query: Query,
  groups: readonly string[],
  options: QueryOptions = queryOptions,
  groupNames: GroupNames = new Map(),
): Expr => {
  const inner = (part: Query): Expr => lowerQuery(draft, part, groups, options, groupNames)
  switch (query._tag) {
    case 'And':
      return { _tag: 'All', of: query.of.map(inner) }
    case 'Or':
      return { _tag: 'Any', of: query.of.map(inner) }
    case 'Not':
      return negated(inner(query.of))
    case 'Simple':
      switch (query.subject) {
        case 'runningTasksCount':
          return runningTasksCount(draft, query.test, options)
        case 'task:group':
          return taskGroup(draft, query.test, groups, options, groupNames)
        default:
          return describedAs(draft, query.subject, query.test, options)
      }
  }
}
