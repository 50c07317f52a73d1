/**
 * Checks a request to launch a Fargate task: fills in the platform and storage, or lists every
 * reason to refuse the request. Only the request itself is checked here; `machine/machine.ts`
 * checks launch rates and quotas.
 */
import * as E from 'fp-ts/lib/Either.js'
import { resolvePlatform, type Platform, type PlatformRequest } from '../platform/platform.js'
import { hasSpot, type FargateCapacity } from '../platform/spot.js'
import { isSize, nearestSizes, type TaskSize } from '../size/size.js'
import { storageOf } from '../size/storage.js'
import type { GiB } from '../size/unit.js'
import type { FargateOptions } from './options.js'
import type { LaunchRefusal } from './refusal.js'

/** A request to launch one task. */
export interface LaunchRequest {
  /** The name of the task and of its node. */
  readonly task: string
  readonly size: TaskSize
  /** Default: FARGATE. */
  readonly capacity?: FargateCapacity
  readonly platform?: PlatformRequest
  /** In GiB. Default: what is included. */
  readonly ephemeralStorage?: number
  /** Fargate chooses one of them. */
  readonly subnets: readonly string[]
  /** Fargate has no daemons, constraints, strategies or GPUs: these fields lead to a refusal. */
  readonly schedulingStrategy?: 'REPLICA' | 'DAEMON'
  readonly placementConstraints?: readonly unknown[]
  readonly placementStrategy?: readonly unknown[]
  readonly gpus?: number
}

/** What an accepted request gets, its defaults filled in. */
export interface LaunchTerms {
  readonly platform: Platform
  readonly ephemeralStorage: GiB
}

/** The platform and storage that a request gets, or every reason why Fargate refuses it. */
export const checkLaunch = (
  request: LaunchRequest,
  options: FargateOptions,
): E.Either<readonly LaunchRefusal[], LaunchTerms> => {
  const platform = resolvePlatform(request.platform ?? {})
  if (E.isLeft(platform)) return E.left([platform.left, ...fieldRefusals(request)])
  const ephemeralStorage = storageOf(platform.right, request.ephemeralStorage, options)
  const refusals = [
    ...sizeRefusals(platform.right, request.size, options),
    ...(E.isLeft(ephemeralStorage) ? [ephemeralStorage.left] : []),
    ...spotRefusals(platform.right, request, options),
    ...fieldRefusals(request),
  ]
  return refusals.length > 0 || E.isLeft(ephemeralStorage)
    ? E.left(refusals)
    : E.right({ platform: platform.right, ephemeralStorage: ephemeralStorage.right })
}

const sizeRefusals = (
  platform: Platform,
  size: TaskSize,
  options: FargateOptions,
): readonly LaunchRefusal[] =>
  isSize(platform, size, options)
    ? []
    : [{ _tag: 'NotASize', size, nearest: nearestSizes(platform, size, options) }]

const spotRefusals = (
  platform: Platform,
  { capacity }: LaunchRequest,
  options: FargateOptions,
): readonly LaunchRefusal[] =>
  capacity === 'FARGATE_SPOT' && !hasSpot(platform, options) ? [{ _tag: 'NoSpot', platform }] : []

/** Fields that are refused on every platform. */
const fieldRefusals = (request: LaunchRequest): readonly LaunchRefusal[] => {
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
