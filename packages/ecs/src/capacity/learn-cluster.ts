/**
 * Handles a report about the capacity providers of the cluster and its default strategy, in the
 * format of PutClusterCapacityProviders: validates both and stores them in the controller's state.
 *
 * Source: Amazon ECS API Reference, PutClusterCapacityProviders.
 */
import { decodeValue, list, record, type Codec } from '@stowage/documents'
import { renderValue, type MalformedValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { checkDefaultStrategy } from '../check/providers.js'
import type { ClusterProviders } from '../memory/capacity-memory.js'
import type { EcsMemory } from '../memory/memory.js'
import type { EcsControllerOptions } from '../memory/options.js'
import { completeComplaint, type Complaint } from '../words/complaint.js'
import { CapacityProviderName, CapacityProviderStrategyItem } from '../words/placement.js'

/** Both fields are required. */
export const clusterProviderFields = {
  capacityProviders: list('a list of capacity providers', CapacityProviderName),
  defaultCapacityProviderStrategy: list(
    'a list of capacity providers and their weights',
    CapacityProviderStrategyItem,
  ),
}
const ClusterProvidersReport: Codec<ClusterProviders> = record<ClusterProviders>(
  'the capacity providers of a cluster',
  clusterProviderFields,
)

/** The memory after the report. */
export const learnCluster = (
  memory: EcsMemory,
  report: unknown,
  { pools }: Pick<EcsControllerOptions, 'pools'>,
): E.Either<MalformedValue, EcsMemory> => {
  const decoded = decodeValue(ClusterProvidersReport, report)
  if (E.isLeft(decoded)) return E.left(decoded.left[0]!)
  const [wrong] = checkClusterProviders(memory, decoded.right, pools)
  return wrong === undefined
    ? E.right({ ...memory, capacity: { ...memory.capacity, cluster: decoded.right } })
    : E.left(completeComplaint(report, wrong))
}

const checkClusterProviders = (
  { capacity }: EcsMemory,
  { capacityProviders: names, defaultCapacityProviderStrategy: strategy }: ClusterProviders,
  pools: readonly string[],
): readonly Complaint[] => {
  const own = [...capacity.providers.keys(), ...capacity.managed.keys()]
  const known = new Set(['FARGATE', 'FARGATE_SPOT', ...pools, ...own])
  const ownProviders = new Set(names)
  return [
    ...names.flatMap((name, i) =>
      known.has(name)
        ? []
        : [
            {
              ...{ at: ['capacityProviders', i], found: renderValue(name) },
              expected: `a capacity provider that is there: ${[...known].join(', ')}`,
            },
          ],
    ),
    ...strategy.flatMap(({ capacityProvider }, i) =>
      ownProviders.has(capacityProvider)
        ? []
        : [
            {
              at: ['defaultCapacityProviderStrategy', i, 'capacityProvider'],
              expected: 'one of capacityProviders',
            },
          ],
    ),
    ...checkDefaultStrategy(strategy).map((complaint) => ({
      ...complaint,
      at: ['defaultCapacityProviderStrategy', ...complaint.at.slice(1)],
    })),
  ]
}
