/**
 * Decodes a report that an object was deleted: `null`, or DeleteOptions. The result says what
 * happens to the objects that the deleted object controls: they are deleted, too (Background,
 * Foreground), or they stay (Orphan).
 *
 * Source: Kubernetes documentation, "Garbage Collection" (cascading deletion).
 */
import { decodeValue, isObject, oneOf, optional, own, record } from '@stowage/documents'
import { type MalformedValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'

const propagations = ['Background', 'Foreground', 'Orphan'] as const

/**
 * What becomes of the objects that a deleted object controls.
 *
 * Objects are deleted after the object that controls them (Background) or before it (Foreground),
 * which have the same outcome here.
 */
export type Propagation = (typeof propagations)[number]

const DeleteOptions = record('an object', { propagationPolicy: optional(oneOf(propagations)) })

/** How a report deletes its object: `null`, or DeleteOptions; `undefined` for any other report. */
export const propagationIn = (
  report: unknown,
): E.Either<MalformedValue, Propagation | undefined> => {
  if (report === null) return E.right('Background')
  if (!isObject(report) || own(report, 'kind') !== 'DeleteOptions') return E.right(undefined)
  const options = decodeValue(DeleteOptions, report)
  return E.isLeft(options)
    ? E.left(options.left[0] as MalformedValue)
    : E.right(options.right.propagationPolicy ?? 'Background')
}
