/**
 * Decides which cluster events may undo a plugin's refusal of a pod, so that the queue tries the
 * pod again. They are the events for which the plugin registers in kube-scheduler.
 *
 * Source: Kubernetes documentation, "Scheduling Framework" (EnqueueExtension, QueueingHint).
 */
const nodeActions = [
  'Add',
  'Delete',
  'UpdateNodeAllocatable',
  'UpdateNodeLabel',
  'UpdateNodeTaint',
  'UpdateNodeDeclaredFeature',
] as const
const podActions = ['Add', 'Delete', 'UpdatePodLabel', 'UpdatePodScaleDown'] as const
const objectActions = ['Add', 'Update', 'Delete'] as const
const objectKinds = [
  'PersistentVolumeClaim',
  'PersistentVolume',
  'StorageClass',
  'CSINode',
  'CSIDriver',
  'CSIStorageCapacity',
  'VolumeAttachment',
  'ResourceClaim',
  'ResourceSlice',
  'DeviceClass',
] as const
type TargetAction =
  | 'UpdatePodLabel'
  | 'UpdatePodScaleDown'
  | 'UpdatePodToleration'
  | 'UpdatePodSchedulingGatesEliminated'
  | 'UpdatePodGeneratedResourceClaim'

/**
 * An event in the cluster, by kind of object and action, as plugins register for it. `AssignedPod`
 * is a pod on a node, or what counts as one, such as a nomination. Source: Kubernetes
 * documentation, "Scheduling Framework" (EnqueueExtension).
 */
export type ClusterEvent =
  | { readonly resource: 'Node'; readonly action: (typeof nodeActions)[number] }
  | { readonly resource: 'AssignedPod'; readonly action: (typeof podActions)[number] }
  | {
      readonly resource: (typeof objectKinds)[number]
      readonly action: (typeof objectActions)[number]
    }

const actionsOf: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['Node', nodeActions],
  ['AssignedPod', podActions],
  ...objectKinds.map((kind) => [kind, objectActions] as const),
])

/** Whether there is such an event; callers may come from outside TypeScript. */
export const isClusterEvent = (event: unknown): boolean => {
  const { resource, action } = (event ?? {}) as Readonly<Record<keyof ClusterEvent, string>>
  return actionsOf.get(resource)?.includes(action) ?? false
}

/** A change of the waiting pod itself. */
export interface TargetEvent {
  readonly resource: 'TargetPod'
  readonly action: TargetAction
}

type AnyEvent = ClusterEvent | TargetEvent
type Events = { readonly [Resource in AnyEvent['resource']]?: readonly AnyEvent['action'][] }

/**
 * The events for which each plugin registers.
 *
 * The plugins of kube-scheduler also inspect the changed object (queueing hints).
 */
const eventsOf: ReadonlyMap<string, Events> = new Map<string, Events>([
  ['DefaultPreemption', { AssignedPod: ['Delete'] }],
  ['SchedulingGates', { TargetPod: ['UpdatePodSchedulingGatesEliminated'] }],
  ['NodeName', { Node: ['Add'] }],
  ['NodeUnschedulable', { Node: ['Add', 'UpdateNodeTaint'], TargetPod: ['UpdatePodToleration'] }],
  ['TaintToleration', { Node: ['Add', 'UpdateNodeTaint'], TargetPod: ['UpdatePodToleration'] }],
  ['NodeAffinity', { Node: ['Add', 'UpdateNodeLabel'] }],
  ['NodePorts', { AssignedPod: ['Delete'], Node: ['Add'] }],
  [
    'NodeResourcesFit',
    {
      AssignedPod: ['Delete', 'UpdatePodScaleDown'],
      TargetPod: ['UpdatePodScaleDown'],
      Node: ['Add', 'UpdateNodeAllocatable'],
      DeviceClass: ['Add', 'Update'],
    },
  ],
  [
    'VolumeRestrictions',
    { AssignedPod: ['Delete'], Node: ['Add'], PersistentVolumeClaim: ['Add'] },
  ],
  [
    'NodeVolumeLimits',
    {
      CSINode: ['Add', 'Update'],
      AssignedPod: ['Delete'],
      PersistentVolumeClaim: ['Add'],
      VolumeAttachment: ['Delete'],
    },
  ],
  [
    'VolumeBinding',
    {
      StorageClass: ['Add', 'Update'],
      PersistentVolumeClaim: ['Add', 'Update'],
      PersistentVolume: ['Add', 'Update'],
      Node: ['Add', 'UpdateNodeLabel'],
      CSINode: ['Add', 'Update'],
      CSIDriver: ['Update'],
      CSIStorageCapacity: ['Add', 'Update'],
    },
  ],
  [
    'VolumeZone',
    {
      StorageClass: ['Add'],
      Node: ['Add', 'UpdateNodeLabel'],
      PersistentVolumeClaim: ['Add', 'Update'],
      PersistentVolume: ['Add', 'Update'],
    },
  ],
  [
    'PodTopologySpread',
    {
      AssignedPod: ['Add', 'Delete', 'UpdatePodLabel'],
      TargetPod: ['UpdatePodLabel', 'UpdatePodToleration'],
      Node: ['Add', 'Delete', 'UpdateNodeLabel', 'UpdateNodeTaint'],
    },
  ],
  [
    'InterPodAffinity',
    {
      AssignedPod: ['Add', 'Delete', 'UpdatePodLabel'],
      TargetPod: ['UpdatePodLabel'],
      Node: ['Add', 'UpdateNodeLabel'],
    },
  ],
  [
    'DynamicResources',
    {
      Node: ['Add', 'UpdateNodeLabel', 'UpdateNodeAllocatable'],
      ResourceClaim: ['Add', 'Update', 'Delete'],
      TargetPod: ['UpdatePodGeneratedResourceClaim'],
      DeviceClass: ['Add', 'Update'],
      ResourceSlice: ['Add', 'Update'],
    },
  ],
  [
    'NodeDeclaredFeatures',
    {
      Node: ['Add', 'UpdateNodeDeclaredFeature'],
      TargetPod: [
        'UpdatePodLabel',
        'UpdatePodScaleDown',
        'UpdatePodToleration',
        'UpdatePodSchedulingGatesEliminated',
        'UpdatePodGeneratedResourceClaim',
      ],
    },
  ],
])

/** Whether the plugin registers for the event. */
export const concerns = (plugin: string, { resource, action }: AnyEvent): boolean =>
  eventsOf.get(plugin)?.[resource]?.includes(action) ?? false
