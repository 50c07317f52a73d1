/**
 * Decides whether a node is ready, whether the Cluster Autoscaler is deleting it, and whether an
 * annotation forbids its removal.
 */
import { instant, later, type Instant } from '@stowage/kernel'
import type { NodeHealth } from './words.js'

const unreadyTaints = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/network-unavailable']

/** A node without a condition of it is not ready; pressure on its memory does not matter. */
export const isReady = ({ spec, status }: NodeHealth): boolean => {
  const conditions = status?.conditions ?? []
  const isTrue = (type: string): boolean =>
    conditions.some((one) => one.type === type && one.status === 'True')
  const isTainted = spec?.taints.some(({ key }) => unreadyTaints.includes(key)) === true
  return isTrue('Ready') && !isTrue('DiskPressure') && !isTrue('NetworkUnavailable') && !isTainted
}

const deletionMinutes = 5

/** Whether its deletion began less than five minutes ago; the taint holds when, in seconds. */
export const isBeingDeleted = ({ spec }: NodeHealth, now: Instant): boolean =>
  spec?.taints.some(({ key, value }) => {
    if (key !== 'ToBeDeletedByClusterAutoscaler') return false
    const seconds = /^[+-]?\d+$/.test(value ?? '') ? Number(value) : undefined
    return seconds !== undefined && later(instant(seconds * 1000), deletionMinutes * 60_000) > now
  }) === true

/** Whether the node says that it is not to be removed. */
export const isScaleDownDisabled = ({ metadata }: NodeHealth): boolean =>
  metadata.annotations.get('cluster-autoscaler.kubernetes.io/scale-down-disabled') === 'true'
