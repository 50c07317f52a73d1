/**
 * Adds to a pod template the tolerations that the DaemonSet controller adds to its pods. For
 * example, they tolerate the taint `node.kubernetes.io/not-ready`.
 *
 * Source: Kubernetes documentation, "DaemonSet" (taints and tolerations).
 */
import type { PodSpec } from '../words/pod.js'
import type { Toleration } from '../words/taint.js'

const nodeToleration = (name: string, effect: string): Toleration => ({
  key: `node.kubernetes.io/${name}`,
  operator: 'Exists',
  value: undefined,
  effect,
  tolerationSeconds: undefined,
})

const everywhere: readonly Toleration[] = [
  nodeToleration('not-ready', 'NoExecute'),
  nodeToleration('unreachable', 'NoExecute'),
  nodeToleration('disk-pressure', 'NoSchedule'),
  nodeToleration('memory-pressure', 'NoSchedule'),
  nodeToleration('pid-pressure', 'NoSchedule'),
  nodeToleration('unschedulable', 'NoSchedule'),
]

/** The tolerations of a daemon pod whose template has these. */
export const daemonTolerations = ({
  tolerations,
  hostNetwork,
}: Pick<PodSpec, 'tolerations' | 'hostNetwork'>): readonly Toleration[] => [
  ...tolerations,
  ...everywhere,
  ...(hostNetwork === true ? [nodeToleration('network-unavailable', 'NoSchedule')] : []),
]

/** The spec of a daemon pod: the template's, with the tolerations that the controller adds. */
export const daemonSpec = (spec: PodSpec): PodSpec => ({
  ...spec,
  tolerations: daemonTolerations(spec),
})
