/**
 * Checks that the controller can simulate a service, and returns an error for each reason why not.
 * Three conditions must hold:
 *
 * 1. The deployment controller of the service is ECS.
 * 2. Its tasks run on container instances, or on capacity that the option `pools` lists: Fargate,
 *    or each of its capacity providers.
 * 3. Its tasks belong to no task set.
 */
import { isObject, own, type Path } from '@stowage/documents'
import type { Complaint } from '../words/complaint.js'
import type { Service } from '../words/service.js'

/** All complaints about a service that the API takes and the controller cannot run. */
export const checkSupport = (
  service: Service,
  report: unknown,
  pools: readonly string[],
): readonly Complaint[] => [
  ...checkPools(service, pools),
  ...(service.taskSet === undefined
    ? []
    : [{ at: ['taskSet'], expected: 'nothing: task sets are not run over time' }]),
  ...[...textAt(report, ['deploymentController', 'type'])]
    .filter((type) => type !== 'ECS')
    .map(() => ({
      at: ['deploymentController', 'type'],
      expected: 'ECS, the only controller that is run over time',
    })),
]

const checkPools = (
  { launchType = 'EC2', capacityProviderStrategy = [] }: Service,
  pools: readonly string[],
): readonly Complaint[] => {
  const known =
    pools.length === 0
      ? 'a pool of the option pools, which names none'
      : `a pool of the option pools: ${pools.join(', ')}`
  if (capacityProviderStrategy.length > 0)
    return capacityProviderStrategy.flatMap(({ capacityProvider }, i) =>
      pools.includes(capacityProvider)
        ? []
        : [{ at: ['capacityProviderStrategy', i, 'capacityProvider'], expected: known }],
    )
  if (launchType === 'EC2' || (launchType === 'FARGATE' && pools.includes('FARGATE'))) return []
  return launchType === 'FARGATE'
    ? [{ at: ['launchType'], expected: 'EC2, or a pool FARGATE in the option pools' }]
    : [{ at: ['launchType'], expected: 'EC2 or FARGATE' }]
}

const valueIn = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (found, key) => (isObject(found) ? own(found, String(key)) : undefined),
    value,
  )

const textAt = (value: unknown, path: Path): readonly string[] => {
  const found = valueIn(value, path)
  return typeof found === 'string' ? [found] : []
}
