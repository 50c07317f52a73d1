/**
 * Translates an expression of the cluster query language to an expression of the kernel.
 * `QueryOptions` decides each point that AWS does not document.
 */
import type { Draft, Expr } from '@stowage/kernel'
import type { Query } from '../query/expression.js'
import { runningTasksCount, taskGroup, type GroupNames } from './query-tasks.js'
import { describedAs } from './query-value.js'
import { negate } from './negation.js'
import { queryOptions, type QueryOptions } from '../query/options.js'

/**
 * `groups` are all task groups that exist while the expression is in use: a pattern over
 * `task:group` is matched against each of them here, because the kernel knows no names.
 * `groupNames` gives second names of groups.
 *
 * Documented: `==` and `!=` compare texts; `!=` fails for an instance that lacks the attribute; an
 * expression over `task:group` holds when some task of the instance is in a matching group.
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
      return negate(inner(query.of))
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
