/**
 * Finds container instances by an expression of the cluster query language, as
 * `list-container-instances --filter` does.
 */
import { batch, byCodeUnit, getOrThrow, empty, nodeName, nodesWhere } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import type { TextFault } from '../pattern/fault.js'
import { lowerQuery } from '../lower/query.js'
import type { Query } from '../query/expression.js'
import { queryOptions, type QueryOptions } from '../query/options.js'
import { parseQuery } from '../query/parse.js'
import { instanceName, type ContainerInstance } from '../words/container-instance.js'
import type { EcsInput } from '../read/input.js'
import { byCluster } from './by-cluster.js'
import { populate } from '../cluster/populate.js'
import { groupsOf } from '../workload/own-task.js'

/**
 * The instances that match the expression, cluster after cluster and by name, in code-unit order,
 * or the fault in the expression with its position. Where the input has several clusters, each
 * instance has the name of its own. The number of tasks on an instance is what the instance
 * reports; only the records of tasks tell their groups.
 */
export const instancesWhere = (
  input: EcsInput,
  expression: string,
  options: QueryOptions = queryOptions,
): E.Either<TextFault, readonly ContainerInstance[]> => {
  const query = parseQuery(expression, options)
  if (E.isLeft(query)) return query
  return E.right(
    byCluster(input, []).flatMap(({ cluster, input: own }) => {
      const matches = [...matchesIn(own, query.right, options)].sort((a, b) =>
        byCodeUnit(instanceName(a), instanceName(b)),
      )
      return cluster === undefined ? matches : matches.map((one) => ({ ...one, cluster }))
    }),
  )
}

const matchesIn = (
  input: EcsInput,
  query: Query,
  options: QueryOptions,
): readonly ContainerInstance[] => {
  const [, names] = batch(empty, (draft) => {
    populate(draft, input)
    const expr = lowerQuery(draft, query, groupsOf(input.tasks), options)
    return getOrThrow(nodesWhere(draft, expr)).map((node) => nodeName(draft, node))
  })
  const byName = new Map(input.instances.map((instance) => [instanceName(instance), instance]))
  return names.flatMap((name) => byName.get(name) ?? [])
}
