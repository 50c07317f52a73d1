/**
 * Lists the kinds of objects that pass through admission, each with the `apiVersion` in which it is
 * stored.
 */

/** The `apiVersion` of each kind. */
export const admittedVersions: Readonly<Record<string, string>> = {
  Pod: 'v1',
  Node: 'v1',
  Namespace: 'v1',
  Service: 'v1',
  ReplicationController: 'v1',
  LimitRange: 'v1',
  ResourceQuota: 'v1',
  PersistentVolume: 'v1',
  PersistentVolumeClaim: 'v1',
  Deployment: 'apps/v1',
  ReplicaSet: 'apps/v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  Job: 'batch/v1',
  CronJob: 'batch/v1',
  PodDisruptionBudget: 'policy/v1',
  HorizontalPodAutoscaler: 'autoscaling/v2',
  RuntimeClass: 'node.k8s.io/v1',
  PriorityClass: 'scheduling.k8s.io/v1',
  StorageClass: 'storage.k8s.io/v1',
  DeviceClass: 'resource.k8s.io/v1',
  ResourceClaim: 'resource.k8s.io/v1',
  ResourceClaimTemplate: 'resource.k8s.io/v1',
  ResourceSlice: 'resource.k8s.io/v1',
  DeviceTaintRule: 'resource.k8s.io/v1',
  CSIDriver: 'storage.k8s.io/v1',
  CSINode: 'storage.k8s.io/v1',
  CSIStorageCapacity: 'storage.k8s.io/v1',
  VolumeAttachment: 'storage.k8s.io/v1',
}

/** Whether objects of this kind are admitted. */
export const isAdmittedKind = (kind: string): boolean => Object.hasOwn(admittedVersions, kind)
