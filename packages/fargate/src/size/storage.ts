/**
 * Checks the ephemeral storage that a task requests, in GiB: 20 are included, 21 to 200 can be
 * requested on Linux from platform version 1.4.0 on.
 *
 * Source: Amazon ECS Developer Guide, Fargate task ephemeral storage; API Reference,
 * EphemeralStorage.
 */
import * as E from 'fp-ts/lib/Either.js'
import { isModern, type Platform } from '../platform/platform.js'
import { gibibytes, type GiB } from './unit.js'

/** What every task has; it is part of the task's price. */
export const storageIncluded: GiB = gibibytes(20)
/** The least that can be requested. */
const storageMin: GiB = gibibytes(21)
/** The most that can be requested. */
const storageMax: GiB = gibibytes(200)

/** Why requested storage, in GiB, is refused. */
export type StorageRefusal =
  | { readonly _tag: 'NoSuchStorage'; readonly storage: number }
  | { readonly _tag: 'FixedStorage'; readonly storage: number; readonly platform: Platform }

/** The storage of a task that requests so many GiB; the included storage when it requests none. */
export const storageOf = (platform: Platform, storage?: number): E.Either<StorageRefusal, GiB> => {
  if (storage === undefined) return E.right(storageIncluded)
  if (!isModern(platform)) return E.left({ _tag: 'FixedStorage', storage, platform })
  return Number.isInteger(storage) && storage >= storageMin && storage <= storageMax
    ? E.right(gibibytes(storage))
    : E.left({ _tag: 'NoSuchStorage', storage })
}

/** The part of a task's storage that is billed: what exceeds the included storage. */
export const storageBilled = (storage: GiB): GiB =>
  gibibytes(Math.max(0, storage - storageIncluded))
