/**
 * Codec of the options with which an object is deleted: whether what it controls goes with it. In
 * the background its objects go after it, in the foreground before it; both come to rest alike.
 *
 * Source: Kubernetes documentation, "Garbage Collection" (cascading deletion).
 */
import { decodeValue, isObject, oneOf, optional, own, record } from '@stowage/documents'
import { type Malformed } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'

const propagations = ['Background', 'Foreground', 'Orphan'] as const

/** What becomes of the objects that a deleted object controls. */
export type Propagation = (typeof propagations)[number]

const DeleteOptions = record('an object', { propagationPolicy: optional(oneOf(propagations)) })

/** How a report deletes its object: `null`, or DeleteOptions; `undefined` for any other report. */
export const propagationIn = (report: unknown): E.Either<Malformed, Propagation | undefined> => {
  if (report === null) return E.right('Background')
  if (!isObject(report) || own(report, 'kind') !== 'DeleteOptions') return E.right(undefined)
  const options = decodeValue(DeleteOptions, report)
  return E.isLeft(options)
    ? E.left(options.left[0] as Malformed)
    : E.right(options.right.propagationPolicy ?? 'Background')
}
