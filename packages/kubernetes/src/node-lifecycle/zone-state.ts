/**
 * Classifies a zone as normal, partially disrupted or fully disrupted, by how many of its nodes are
 * not ready. This state decides how fast further nodes are tainted.
 *
 * Source: Kubernetes documentation, "Nodes" (rate limits on eviction), and the recorded answers of
 * Kubernetes 1.37.
 */

/** The state of a zone. */
export type ZoneState = 'Normal' | 'PartialDisruption' | 'FullDisruption'

/** A zone with so few nodes that are not ready is never partially disrupted. */
const notReadyMin = 2

/**
 * The state of a zone of so many nodes. `threshold` is the share of nodes that are not ready from
 * which on it is partially disrupted. Shares are compared in single precision, as the original
 * does.
 */
export const zoneStateOf = (ready: number, notReady: number, threshold: number): ZoneState => {
  if (ready === 0 && notReady > 0) return 'FullDisruption'
  const isPartial =
    notReady > notReadyMin && Math.fround(notReady / (ready + notReady)) >= Math.fround(threshold)
  return isPartial ? 'PartialDisruption' : 'Normal'
}
