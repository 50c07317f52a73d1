/**
 * Adds the taints by which the node controller marks a node whose conditions are bad. For example,
 * a node whose condition Ready is False gets the taint `node.kubernetes.io/not-ready`.
 *
 * Source: Kubernetes documentation, "Taints and Tolerations" (taint based evictions, taint nodes by
 * condition).
 */
import type { Taint } from '../words/taint.js'

/** A condition of a node. */
export interface NodeCondition {
  readonly type: string
  readonly status: string
}

const pressures: Readonly<Record<string, string>> = {
  MemoryPressure: 'memory-pressure',
  DiskPressure: 'disk-pressure',
  PIDPressure: 'pid-pressure',
  NetworkUnavailable: 'network-unavailable',
}

const taint = (name: string, effect: string): Taint => ({
  ...{ key: `node.kubernetes.io/${name}`, value: undefined, effect },
})

/** The taints of a node with these conditions; what it has already stays. */
export const withConditionTaints = (
  taints: readonly Taint[],
  conditions: readonly NodeCondition[],
): readonly Taint[] => {
  const implied = conditions.flatMap(({ type, status }) => {
    const name = Object.hasOwn(pressures, type) ? pressures[type] : undefined
    if (name !== undefined) return status === 'True' ? [taint(name, 'NoSchedule')] : []
    if (type !== 'Ready' || status === 'True') return []
    const lost = status === 'False' ? 'not-ready' : 'unreachable'
    return [taint(lost, 'NoSchedule'), taint(lost, 'NoExecute')]
  })
  const isThere = ({ key, effect }: Taint): boolean =>
    taints.some((one) => one.key === key && one.effect === effect)
  return [...taints, ...implied.filter((one) => !isThere(one))]
}
