/**
 * Replaces an object of a cluster by an object of a change: a manifest is applied to an object that
 * an API server stored, and anything else replaces the whole object. Lists what the API server
 * refuses of the result, such as a changed immutable field.
 */
import type { MalformedValue } from '@stowage/kernel'
import { wrongReplacement } from '../admission/replacement.js'
import { isStored } from '../workload/stored.js'
import { applyManifest } from './apply-manifest.js'

/** The object that the cluster has after a replacement, and what is wrong with that. */
export interface ObjectReplacement {
  readonly object: unknown
  readonly faults: readonly MalformedValue[]
}

/** Replaces `before` by `changed`, both as JSON parses them. */
export const replaceObject = (changed: unknown, before: unknown): ObjectReplacement => {
  const isApplied = isStored(before) && !isStored(changed)
  const object = isApplied ? applyManifest(before, changed) : changed
  return { object, faults: wrongReplacement(object, before) }
}
