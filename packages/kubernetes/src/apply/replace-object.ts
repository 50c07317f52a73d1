/**
 * Applies a changed object to the object that a cluster has. If an API server stored the latter and
 * the change is a manifest, the manifest is merged into it as `kubectl apply` does. In all other
 * cases the changed object replaces the whole old one. Also lists what the API server refuses of
 * the result, such as a changed immutable field.
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
