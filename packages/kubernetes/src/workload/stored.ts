/**
 * Decides whether an object was stored by an API server, or is a manifest that is yet to be
 * created. Only an API server sets `uid`, `creationTimestamp`, `resourceVersion` and
 * `managedFields`. A pod with a status was stored, too.
 */
import { isObject, valueAt } from '@stowage/documents'

const storedMarks = ['uid', 'creationTimestamp', 'resourceVersion'] as const

/**
 * Whether this raw object was read from an API server.
 *
 * The API server drops the status of a pod that a user creates. Fields that a user may write prove
 * nothing.
 */
export const isStored = (raw: unknown): boolean => {
  const status = valueAt(raw, ['status'])
  return (
    storedMarks.some((mark) => typeof valueAt(raw, ['metadata', mark]) === 'string') ||
    Array.isArray(valueAt(raw, ['metadata', 'managedFields'])) ||
    (isObject(status) && Object.keys(status).length > 0)
  )
}
