/**
 * Computes how long a pod stays on a node with taints of the effect `NoExecute`: no time if it does
 * not tolerate one of them, otherwise the shortest `tolerationSeconds` of its tolerations, or for
 * ever if none has a time.
 *
 * Source: Kubernetes documentation, "Taints and Tolerations" (taint based evictions), and the
 * recorded answers of Kubernetes 1.37.
 */
import { tolerates } from '../lower/toleration.js'
import type { Taint, Toleration } from '../words/taint.js'

/**
 * The seconds that the tolerations grant which a pod uses: the shortest of those that state a time,
 * 0 without any toleration. `undefined` when none states a time, so that the pod stays.
 */
export const toleratedSeconds = (times: readonly (number | undefined)[]): number | undefined => {
  if (times.length === 0) return 0
  const stated = times.filter((seconds) => seconds !== undefined)
  return stated.length === 0
    ? undefined
    : Math.max(
        0,
        stated.reduce((least, seconds) => Math.min(least, seconds), Infinity),
      )
}

/**
 * The seconds that a pod stays on a node with these taints: 0 when it does not tolerate one of
 * them, `undefined` when it stays for good.
 */
export const evictionDelay = (
  tolerations: readonly Toleration[],
  taints: readonly Taint[],
): number | undefined => {
  const evicting = taints.filter(({ effect }) => effect === 'NoExecute')
  if (evicting.length === 0) return undefined
  if (evicting.some((taint) => !tolerates(tolerations, taint))) return 0
  const used = tolerations.filter((one) => evicting.some((taint) => tolerates([one], taint)))
  return toleratedSeconds(
    used.map(({ tolerationSeconds }) =>
      typeof tolerationSeconds === 'number' ? tolerationSeconds : undefined,
    ),
  )
}
