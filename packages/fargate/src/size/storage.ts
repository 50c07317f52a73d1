/**
 * Checks the ephemeral storage that a Fargate task requests. Every task has 20 GiB. Linux tasks
 * from platform version 1.4.0 on may request 21 to 200 GiB.
 *
 * AWS's pages contradict each other in two points, which are options: whether Windows tasks may
 * request storage, and whether Linux tasks may mount tmpfs. By default, both are refused, as in the
 * API Reference.
 *
 * Source: Amazon ECS Developer Guide, Fargate task ephemeral storage; API Reference,
 * EphemeralStorage and Tmpfs; AWS's announcement of tmpfs on Fargate, 2026-01-06.
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

/** What AWS's documents contradict each other about. */
export interface StorageOptions {
  /** Whether a task on Windows may request storage; the API Reference says that it may not. */
  readonly windowsStorage: 'refused' | 'allowed'
  /** Whether a container on Linux may mount tmpfs; the API Reference says that it may not. */
  readonly tmpfs: 'refused' | 'allowed'
}

/** The words of the API Reference. */
export const storageOptions: StorageOptions = { windowsStorage: 'refused', tmpfs: 'refused' }

/** Why requested storage, in GiB, is refused. */
export type StorageRefusal =
  | { readonly _tag: 'NoSuchStorage'; readonly storage: number }
  | { readonly _tag: 'FixedStorage'; readonly storage: number; readonly platform: Platform }

/** The storage of a task that requests so many GiB; the included storage when it requests none. */
export const storageOf = (
  platform: Platform,
  storage?: number,
  { windowsStorage }: Pick<StorageOptions, 'windowsStorage'> = storageOptions,
): E.Either<StorageRefusal, GiB> => {
  if (storage === undefined) return E.right(storageIncluded)
  const isFixed = platform.os === 'windows' ? windowsStorage === 'refused' : !isModern(platform)
  if (isFixed) return E.left({ _tag: 'FixedStorage', storage, platform })
  return Number.isInteger(storage) && storage >= storageMin && storage <= storageMax
    ? E.right(gibibytes(storage))
    : E.left({ _tag: 'NoSuchStorage', storage })
}

/** The part of a task's storage that is billed: what exceeds the included storage. */
export const storageBilled = (storage: GiB): GiB =>
  gibibytes(Math.max(0, storage - storageIncluded))
