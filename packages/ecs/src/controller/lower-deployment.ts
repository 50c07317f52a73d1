/**
 * Defines the class (a workload as the scheduler sees it) of the tasks of a service: their
 * resources, filters and scores. On Fargate each task has a node of its own size, so its class has
 * only the filter for resources.
 */
import {
  define,
  getOrThrow,
  join,
  nodesWhere,
  trial,
  type BadClass,
  type ClassId,
  type ClassSpec,
  type Draft,
  type Expr,
} from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { nodeSpecOf } from '../lower/instance.js'
import { scoreNames } from '../lower/strategy.js'
import { classOf } from '../lower/task.js'
import { suitingExpr } from '../supply/daemon.js'
import {
  constraintsOf,
  groupOf,
  isDaemonWorkload,
  strategyOf,
  supplyOf,
  type Workload,
} from '../workload/workload.js'
import type { ContainerInstance } from '../words/container-instance.js'
import type { Deployment, EcsMemory } from '../memory/memory.js'
import type { EcsControllerOptions } from '../memory/options.js'

/** The class of a workload; `groups` are the task groups that were seen so far. */
export const defineTasks = (
  draft: Draft,
  workload: Workload,
  groups: ReadonlyMap<string, true>,
  options: EcsControllerOptions,
): E.Either<BadClass, ClassId> => {
  const shared = {
    scores: scoreNames(workload),
    groups: readsGroups(workload) ? [...groups.keys(), groupOf(workload)] : [groupOf(workload)],
  }
  const spec = classOf(draft, workload, shared, options)
  return define(draft, supplyOf(workload) === 'fargate' ? onItsOwn(spec) : spec)
}

const onItsOwn = (spec: ClassSpec): ClassSpec => ({
  ...spec,
  filters: spec.filters.filter(({ _tag }) => _tag === 'Fit'),
  choice: { _tag: 'Chain', keys: [], tie: 'rank' },
})

/** Of a DAEMON service, the condition on the instances that suit it. */
export const suitsOf = (
  draft: Draft,
  workload: Workload,
  groups: ReadonlyMap<string, true>,
  { query }: EcsControllerOptions,
): { readonly suits?: Expr } =>
  isDaemonWorkload(workload)
    ? { suits: suitingExpr(draft, workload, [...groups.keys(), groupOf(workload)], query) }
    : {}

/** Of a service on Managed Instances, the types that suit its tasks, by provider. */
export const launchableOf = (
  draft: Draft,
  workload: Workload,
  { groups, capacity }: Pick<EcsMemory, 'groups' | 'capacity'>,
  { query, managedInstances }: EcsControllerOptions,
): Pick<Deployment, 'launchable'> => {
  const own = strategyOf(workload).filter((one) => capacity.managed.has(one.capacityProvider))
  if (own.length === 0) return {}
  const expr = suitingExpr(draft, workload, [...groups.keys(), groupOf(workload)], query)
  const numbersOf = (provider: string): readonly number[] => {
    const { offerings = [] } = managedInstances.find(({ name }) => name === provider) ?? {}
    return offerings.flatMap((offering, i) => (isSuiting(draft, offering, expr) ? [i] : []))
  }
  return {
    launchable: Object.fromEntries(
      own.map(({ capacityProvider }) => [capacityProvider, numbersOf(capacityProvider)]),
    ),
  }
}

/** Whether an instance would satisfy a condition; it joins for as long as the question takes. */
const isSuiting = (draft: Draft, offering: ContainerInstance, expr: Expr): boolean =>
  trial(draft, (one) => {
    const node = join(one, { ...nodeSpecOf(one, offering), name: 'an instance to launch' })
    const isFound = E.isRight(node) && getOrThrow(nodesWhere(one, expr)).includes(node.right)
    return [false, isFound]
  })

/** True when a constraint reads the groups of other tasks, so that a new group may matter. */
export const readsGroups = (workload: Workload): boolean =>
  constraintsOf(workload).some(
    ({ type, expression = '' }) => type === 'memberOf' && expression.includes('task:group'),
  )
