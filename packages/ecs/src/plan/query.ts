/**
 * Container instances by an expression of the cluster query language, as `list-container-instances
 * --filter` lists them.
 */
import { batch, getOrThrow, empty, nodeName, nodesWhere } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import type { TextFault } from '../pattern/fault.js'
import { lowerQuery } from '../lower/query.js'
import { queryOptions, type QueryOptions } from '../query/options.js'
import { parseQuery } from '../query/parse.js'
import { instanceName, type ContainerInstance } from '../words/container-instance.js'
import type { EcsInput } from '../read/input.js'
import { populate } from '../cluster/populate.js'
import { groupsOf } from '../workload/own-task.js'

/**
 * The instances of which the expression holds, by name, in code-unit order; or what is wrong with
 * the expression, from which of its characters on. Tasks are counted as each instance tells; of
 * which groups they are, only the tasks themselves tell.
 */
export const instancesWhere = (
  input: Pick<EcsInput, 'instances' | 'tasks' | 'families'>,
  expression: string,
  options: QueryOptions = queryOptions,
): E.Either<TextFault, readonly ContainerInstance[]> => {
  const query = parseQuery(expression, options)
  if (E.isLeft(query)) return query
  const [, names] = batch(empty, (draft) => {
    populate(draft, input)
    const expr = lowerQuery(draft, query.right, groupsOf(input.tasks), options)
    return getOrThrow(nodesWhere(draft, expr)).map((node) => nodeName(draft, node))
  })
  const byName = new Map(input.instances.map((instance) => [instanceName(instance), instance]))
  return E.right(names.flatMap((name) => byName.get(name) ?? []))
}
