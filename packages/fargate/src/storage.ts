/**
 * The ephemeral storage of a task, in GiB.
 *
 * Source: Amazon ECS Developer Guide, Fargate task ephemeral storage; API Reference,
 * EphemeralStorage.
 */
import * as E from 'fp-ts/lib/Either.js'
import { isModern, type Platform } from './platform.js'
import type { LaunchRefusal } from './refusal.js'

export type GiB = number & { readonly unit: 'GiB' }
export const gibibytes = (storage: number): GiB => storage as GiB

/** What every task has; it costs nothing beside the task. */
export const storageIncluded = gibibytes(20)
/** What can be asked for: less would be what is included. */
export const storageMin = gibibytes(21)
export const storageMax = gibibytes(200)

/** What a task has that asks for so much, or for nothing. */
export const storageOf = (platform: Platform, asked?: number): E.Either<LaunchRefusal, GiB> => {
  if (asked === undefined) return E.right(storageIncluded)
  if (!isModern(platform)) return E.left({ _tag: 'FixedStorage', asked, platform })
  return Number.isInteger(asked) && asked >= storageMin && asked <= storageMax
    ? E.right(gibibytes(asked))
    : E.left({ _tag: 'NoSuchStorage', asked })
}

/** The part of it that is paid for. */
export const storageBilled = (storage: GiB): GiB =>
  gibibytes(Math.max(0, storage - storageIncluded))
