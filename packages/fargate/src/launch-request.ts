/** A request to launch a task, and whether Fargate has anything against it, whatever else runs. */
import * as E from 'fp-ts/lib/Either.js'
import type { FargateOptions } from './options.js'
import { platformOf, type Platform, type PlatformWish } from './platform.js'
import type { LaunchRefusal } from './refusal.js'
import { isSize, nearestSizes, type TaskSize } from './size.js'
import { hasSpot, type Capacity } from './spot.js'
import { storageOf, type GiB } from './storage.js'

export interface LaunchRequest {
  /** The task's own name, which its node bears too. */
  readonly task: string
  readonly size: TaskSize
  /** FARGATE, when it is left out. */
  readonly capacity?: Capacity
  readonly platform?: PlatformWish
  /** In GiB; what is included, when it is left out. */
  readonly ephemeralStorage?: number
  readonly subnets: readonly string[]
  /** What Fargate has no place for; it is looked at to be refused. */
  readonly schedulingStrategy?: 'REPLICA' | 'DAEMON'
  readonly placementConstraints?: readonly unknown[]
  readonly placementStrategy?: readonly unknown[]
  readonly gpus?: number
}

/** What a request that is taken gets. */
export interface Judged {
  readonly platform: Platform
  readonly ephemeralStorage: GiB
}

/** What platform and storage it gets, or all that Fargate has against it. */
export const judge = (
  request: LaunchRequest,
  options: FargateOptions,
): E.Either<readonly LaunchRefusal[], Judged> => {
  const platform = platformOf(request.platform ?? {})
  if (E.isLeft(platform)) return E.left([platform.left, ...againstAny(request)])
  const ephemeralStorage = storageOf(platform.right, request.ephemeralStorage)
  const refusals = [
    ...againstSize(platform.right, request.size, options),
    ...(E.isLeft(ephemeralStorage) ? [ephemeralStorage.left] : []),
    ...againstSpot(platform.right, request, options),
    ...againstAny(request),
  ]
  return refusals.length > 0 || E.isLeft(ephemeralStorage)
    ? E.left(refusals)
    : E.right({ platform: platform.right, ephemeralStorage: ephemeralStorage.right })
}

const againstSize = (
  platform: Platform,
  size: TaskSize,
  options: FargateOptions,
): readonly LaunchRefusal[] =>
  isSize(platform, size, options)
    ? []
    : [{ _tag: 'NotASize', size, nearest: nearestSizes(platform, size, options) }]

const againstSpot = (
  platform: Platform,
  { capacity }: LaunchRequest,
  options: FargateOptions,
): readonly LaunchRefusal[] =>
  capacity === 'FARGATE_SPOT' && !hasSpot(platform, options) ? [{ _tag: 'NoSpot', platform }] : []

/** What holds on every platform. */
const againstAny = (request: LaunchRequest): readonly LaunchRefusal[] => {
  const { placementConstraints = [], placementStrategy = [], gpus = 0, subnets } = request
  const all: readonly (readonly [boolean, LaunchRefusal])[] = [
    [request.schedulingStrategy === 'DAEMON', { _tag: 'Daemon' }],
    [placementConstraints.length > 0, { _tag: 'Constraints' }],
    [placementStrategy.length > 0, { _tag: 'Strategies' }],
    [gpus > 0, { _tag: 'Gpu' }],
    [subnets.length === 0, { _tag: 'NoSubnets' }],
  ]
  return all.flatMap(([holds, refusal]) => (holds ? [refusal] : []))
}
