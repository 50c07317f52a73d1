/**
 * Validates an object by the rules of its kind, after its defaults were filled in. Returns the
 * causes that the API server would list in its answer 422 (Unprocessable Entity). Of a kind without
 * rules here, only the metadata is validated.
 */
import type { WireObject, WirePodSpec, WireVolumeSpec } from '../wire/objects.js'
import { wrongAutoscaler } from './autoscaler.js'
import { wrongBudget } from './budget.js'
import type { Cause } from '../validation/cause.js'
import { wrongClaimSpec } from '../validation/claim.js'
import { wrongPriorityClass, wrongRuntimeClass, wrongStorageClass } from './class.js'
import { wrongCronJob } from './cron.js'
import { wrongDeviceClaim, wrongDeviceClass } from './device.js'
import { wrongJob } from './job.js'
import { wrongLimitRange } from './limit-range.js'
import { storedName, wrongMetadata } from '../validation/metadata.js'
import { wrongInPodAlone, wrongPodSpec, type Gates } from '../validation/pod.js'
import { wrongQuota } from './quota.js'
import { wrongDeviceTaintRule, wrongResourceSlice } from './slice.js'
import { wrongVolumeSpec } from './volume.js'
import {
  wrongDaemonSet,
  wrongDeployment,
  wrongReplicaSet,
  wrongReplicationController,
  wrongStatefulSet,
} from './workload.js'

/** All errors of an object. */
export const causesIn = (object: WireObject, gates: Gates): readonly Cause[] => [
  ...wrongMetadata(object.kind, object.metadata ?? {}),
  ...(rules[object.kind]?.(object, gates) ?? []),
]

type Rule = (object: WireObject, gates: Gates) => readonly Cause[]

const specRule =
  <Spec>(rule: (spec: Spec, gates: Gates) => readonly Cause[]): Rule =>
  ({ spec }, gates) =>
    rule((spec ?? {}) as Spec, gates)

const rules: Readonly<Record<string, Rule | undefined>> = {
  Pod: specRule((spec: WirePodSpec, gates) => [
    ...wrongPodSpec(spec, ['spec'], gates),
    ...wrongInPodAlone(spec, ['spec']),
  ]),
  Deployment: specRule(wrongDeployment),
  ReplicaSet: specRule(wrongReplicaSet),
  StatefulSet: specRule(wrongStatefulSet),
  DaemonSet: specRule(wrongDaemonSet),
  ReplicationController: specRule(wrongReplicationController),
  Job: (object, gates) =>
    wrongJob(
      object.spec ?? {},
      nameIn(object),
      jobLabels(nameIn(object), object.metadata?.uid ?? ''),
      gates,
    ),
  CronJob: (object, gates) => wrongCronJob(object.spec ?? {}, nameIn(object), gates),
  PersistentVolume: specRule((spec: WireVolumeSpec) => wrongVolumeSpec(spec, ['spec'])),
  PersistentVolumeClaim: specRule((spec) => wrongClaimSpec(spec as object, ['spec'])),
  PodDisruptionBudget: specRule(wrongBudget),
  HorizontalPodAutoscaler: specRule(wrongAutoscaler),
  LimitRange: specRule(wrongLimitRange),
  ResourceQuota: specRule(wrongQuota),
  PriorityClass: wrongPriorityClass,
  RuntimeClass: wrongRuntimeClass,
  StorageClass: wrongStorageClass,
  DeviceClass: specRule(wrongDeviceClass),
  ResourceSlice: specRule(wrongResourceSlice),
  DeviceTaintRule: specRule(wrongDeviceTaintRule),
  ResourceClaim: specRule((spec) => wrongDeviceClaim(spec as object, ['spec'])),
  ResourceClaimTemplate: specRule(({ spec = {} }: { readonly spec?: object }) =>
    wrongDeviceClaim(spec, ['spec', 'spec']),
  ),
}

const nameIn = ({ metadata }: WireObject): string => storedName(metadata ?? {})

/** The labels that the API server gives to the pods of a Job. */
export const jobLabels = (name: string, uid: string): Readonly<Record<string, string>> => ({
  'batch.kubernetes.io/controller-uid': uid,
  'batch.kubernetes.io/job-name': name,
  'controller-uid': uid,
  'job-name': name,
})
