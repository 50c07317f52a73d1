/** Formats Karpenter's message about the taints that a pod does not tolerate. */
import { tolerates } from '../lower/toleration.js'
import type { Taint, Toleration } from '../words/taint.js'

/** The taints that the tolerations do not cover. */
export const untoleratedText = (
  tolerations: readonly Toleration[],
  taints: readonly Taint[],
): string =>
  taints
    .filter((taint) => !tolerates(tolerations, taint))
    .map(({ key, value, effect }) => `${key}${(value ?? '') === '' ? '' : `=${value}`}:${effect}`)
    .map((text) => `did not tolerate taint (taint=${text})`)
    .join('; ')
