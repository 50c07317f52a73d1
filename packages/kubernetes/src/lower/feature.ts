/**
 * Translates the plugin NodeDeclaredFeatures to kernel rules: a pod that needs features of the
 * kubelet fits only nodes that declare them.
 *
 * Source: Kubernetes documentation, "Node Declared Features".
 */
import { internWord, type Attributes, type Draft } from '@stowage/kernel'
import type { Node } from '../words/node.js'
import type { PodSpec } from '../words/pod.js'
import type { FiltersOf } from '../plugin/input.js'
import { fixedReason } from '../plugin/reason.js'

/** No label can have this key, because a label key does not begin with a slash. */
const keyOf = (feature: string): string => `/feature/${feature}`

/** The features that a node declares, as attributes. */
export const featureAttributes = (draft: Draft, { status }: Node): Attributes =>
  [...new Set(status?.declaredFeatures ?? [])].map(
    (feature) => [internWord(draft, keyOf(feature)), internWord(draft, 'true')] as const,
  )

/** Requires every feature that the pod needs. */
export const featureFilter: FiltersOf = ({ draft, pod }) => {
  const needed = featuresNeeded(pod.spec)
  if (needed.length === 0) return []
  return [
    {
      _tag: 'Require',
      ...fixedReason("node(s) didn't match Pod's required features"),
      removable: false,
      expr: {
        _tag: 'All',
        of: needed.map((feature) => ({ _tag: 'Has', key: internWord(draft, keyOf(feature)) })),
      },
    },
  ]
}

const featuresNeeded = ({
  hostNetwork,
  hostUsers,
  initContainers,
  containers,
}: PodSpec): readonly string[] => {
  const all = [...initContainers, ...containers]
  const restartsAll = all.some(({ restartPolicyRules }) =>
    restartPolicyRules.some(({ action }) => action === 'RestartAllContainers'),
  )
  const bindsWithOptions = all.some(({ volumeMounts }) =>
    volumeMounts.some(({ bindMountOptions }) => bindMountOptions.length > 0),
  )
  return [
    ...(hostNetwork === true && hostUsers === false ? ['UserNamespacesHostNetworkSupport'] : []),
    ...(restartsAll ? ['RestartAllContainersOnContainerExits'] : []),
    ...(bindsWithOptions ? ['VolumeBindMountOptions'] : []),
  ]
}
