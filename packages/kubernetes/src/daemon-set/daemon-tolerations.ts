/**
 * Adds to a pod template the tolerations that the DaemonSet controller adds to its pods. For
 * example, they tolerate the taint `node.kubernetes.io/not-ready`.
 *
 * Source: Kubernetes documentation, "DaemonSet" (taints and tolerations).
 */
import { sameToleration } from '../admission/tolerations.js'
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

/**
 * The tolerations of a daemon pod whose template has these. An added toleration replaces one that
 * differs from it in its time alone, such as that of 300 seconds which other pods are given.
 */
export const daemonTolerations = ({
  tolerations,
  hostNetwork,
}: Pick<PodSpec, 'tolerations' | 'hostNetwork'>): readonly Toleration[] => {
  const added =
    hostNetwork === true
      ? [...everywhere, nodeToleration('network-unavailable', 'NoSchedule')]
      : everywhere
  const others = tolerations.filter((one) => !added.some((other) => sameToleration(one, other)))
  return [...others, ...added]
}

/** The spec of a daemon pod: the template's, with the tolerations that the controller adds. */
export const daemonSpec = (spec: PodSpec): PodSpec => ({
  ...spec,
  tolerations: daemonTolerations(spec),
})
