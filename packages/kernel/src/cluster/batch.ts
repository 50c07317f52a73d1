/**
 * `batch`: the only way from one cluster to the next.
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
