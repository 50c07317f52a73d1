/**
 * Lists the labels that Karpenter knows:
 * 1. well-known labels, such as the zone, whose values the instance types determine;
 * 2. older names of the same labels;
 * 3. Karpenter's own labels.
 *
 * Source: Karpenter documentation, "Scheduling" (well-known labels).
 */

/** The zone of a node. */
export const zoneLabelKey = 'topology.kubernetes.io/zone'
/** The name of a node, as a label. */
export const hostKey = 'kubernetes.io/hostname'
/** The instance type of a node. */
export const instanceTypeKey = 'node.kubernetes.io/instance-type'
/** Whether a node is spot or on-demand. */
export const capacityTypeKey = 'karpenter.sh/capacity-type'
/** The NodePool of a node. */
export const nodePoolKey = 'karpenter.sh/nodepool'
/** Whether a node has joined. */
export const registeredKey = 'karpenter.sh/registered'
/** Whether a node is ready for pods. */
export const initializedKey = 'karpenter.sh/initialized'

/** Labels that need not be known of a node pool, as the types say what they are. */
export const wellKnownLabels: ReadonlySet<string> = new Set([
  nodePoolKey,
  zoneLabelKey,
  'topology.kubernetes.io/region',
  instanceTypeKey,
  'kubernetes.io/arch',
  'kubernetes.io/os',
  capacityTypeKey,
  'node.kubernetes.io/windows-build',
])

/** The present names of labels by their older ones. */
export const normalLabels: ReadonlyMap<string, string> = new Map([
  ['failure-domain.beta.kubernetes.io/zone', zoneLabelKey],
  ['beta.kubernetes.io/arch', 'kubernetes.io/arch'],
  ['beta.kubernetes.io/os', 'kubernetes.io/os'],
  ['beta.kubernetes.io/instance-type', instanceTypeKey],
  ['failure-domain.beta.kubernetes.io/region', 'topology.kubernetes.io/region'],
])

/** Why nobody may ask for a label: it would interfere with provisioning; `undefined` if one may. */
export const isRestrictedLabel = (key: string): boolean => {
  if (wellKnownLabels.has(key)) return false
  const slash = key.indexOf('/')
  const domain = slash < 0 ? '' : key.slice(0, slash)
  return domain === 'karpenter.sh' || domain.endsWith('.karpenter.sh') || key === hostKey
}
