/**
 * Runs a function on a draft (a mutable, copy-on-write version of a cluster) and returns the next
 * cluster. `batch` is the only way to get one cluster from another.
 */
import type { Cluster } from './cluster.js'
import { closeDraft, openDraft, sealDraft, type Draft } from './draft.js'

/**
 * Runs the body on a draft of the next cluster and returns that cluster, then the body's answer.
 * `before` stays as it was, unless it came from `take`: then it is spent. When the body throws, no
 * cluster results.
 */
export const batch = <Answer>(
  before: Cluster,
  body: (draft: Draft) => Answer,
): readonly [after: Cluster, answer: Answer] => {
  const { version } = before
  const draft = openDraft(before)
  try {
    const answer = body(draft)
    return [sealDraft(draft, version + 1), answer]
  } finally {
    closeDraft(draft)
  }
}
