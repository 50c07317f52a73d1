/**
 * The one place where a cluster changes.
 */
import type { Cluster } from './cluster.js'
import { closeDraft, openDraft, sealDraft, type Draft } from './draft.js'

/**
 * Makes the next cluster. The body writes to a draft that nobody else can see; on return the draft
 * is sealed and becomes the next value, so the caller sees a pure function. When the body throws,
 * `before` is as it was, unless it came from `take`: then it is spent.
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
