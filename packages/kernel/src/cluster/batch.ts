/**
 * Runs a function on a draft (a mutable, copy-on-write version of a cluster) and returns the next
 * cluster. `batch` is the only way to get one cluster from another.
 */
import type { Cluster } from './cluster.js'
import { closeDraft, openDraft, sealDraft, type Draft } from './draft.js'
import { invariant } from './invariant.js'

/** The answer itself; of a promise the reason why a body must not return one. */
type SynchronousAnswer<Answer> =
  Answer extends PromiseLike<unknown>
    ? 'A draft is open only while the body runs: await before the batch, not inside'
    : Answer

/**
 * Runs the body on a draft of the next cluster and returns that cluster, then the body's answer.
 * `before` stays as it was, unless it came from `take`: then it is spent. When the body throws, no
 * cluster results. The body is not async: what it awaited would find the draft closed. A generic
 * function that passes a body on declares it as `Parameters<typeof batch<Answer>>[1]`.
 *
 * @example
 * ```ts
 * import { batch, cpu, empty, getOrThrow, join, nodeIds, nodeSpecOf } from '@stowage/kernel'
 *
 * const [fleet] = batch(empty, (draft) => getOrThrow(join(draft, nodeSpecOf('a', [[cpu, 100]]))))
 * console.log(nodeIds(empty).length, nodeIds(fleet).length)
 * ```
 * ```text
 * 0 1
 * ```
 */
export const batch = <Answer>(
  before: Cluster,
  body: (draft: Draft) => Answer & SynchronousAnswer<Answer>,
): readonly [after: Cluster, answer: Answer] => {
  const draft = openDraft(before)
  const { version } = before
  try {
    const answer = body(draft)
    if (isPromise(answer))
      invariant(false, 'the body of a batch returned a promise: await before the batch, not inside')
    return [sealDraft(draft, version + 1), answer]
  } finally {
    closeDraft(draft)
  }
}

/** Callers without types may hand in an async body. */
const isPromise = (answer: unknown): boolean =>
  typeof (answer as { readonly then?: unknown } | null | undefined)?.then === 'function'
