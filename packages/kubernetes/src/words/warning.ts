/**
 * Lists the warnings of this package: each code with its cause and its remedy. A code never
 * changes; the texts of causes and remedies may.
 */
import { kubernetesVersion } from '../schema/table.js'
import type { Warning, WarningHelp } from '@stowage/documents'

/** Cause and remedy of each warning by its code, as `docs/warnings.md` prints them. */
export const kubernetesWarnings = {
  AutoscalerWithoutTarget: {
    cause: 'An autoscaler scales a workload that is not among the documents',
    remedy: 'Add the workload, or check `scaleTargetRef`',
  },
  ClaimUnbound: {
    cause: 'A claim of a pod has no volume, and none is provisioned for it',
    remedy: 'Add a volume that fits, or name a storage class with a provisioner',
  },
  DaemonWithoutNode: {
    cause: 'No node is eligible for a pod of a DaemonSet',
    remedy: 'Compare its `nodeSelector`, affinity and tolerations with the nodes',
  },
  ExtenderNotCalled: {
    cause: 'A scheduler configuration has extenders',
    remedy: 'Expect the scheduler to decide otherwise where an extender matters',
  },
  FargateLaunchDelayed: {
    cause: 'More pods start than the launch quota of Fargate allows at once',
    remedy: 'Start fewer at once, or raise the quota and name it with the launch options',
  },
  FargateLimitUnreachable: {
    cause: 'A pod goes to Fargate with requests below its limits',
    remedy: 'Set requests to what the pod needs: Fargate sizes it by them',
  },
  FargateNodeRulesIgnored: {
    cause: 'A pod goes to Fargate with rules about nodes or other pods',
    remedy: 'Remove the rules, or keep the pod on nodes',
  },
  FargateProfileInactive: {
    cause: 'The `status` of a Fargate profile is not `ACTIVE`',
    remedy: 'Wait until it is, or leave the profile out',
  },
  FargateProfileLabelsOverQuota: {
    cause: 'A selector of a Fargate profile has more labels than the quota',
    remedy: 'Use fewer labels, or raise the quota',
  },
  FargateProfileSelectorsOverQuota: {
    cause: 'A Fargate profile has more selectors than the quota',
    remedy: 'Split the profile, or raise the quota',
  },
  FargateProfileWithoutSelector: {
    cause: 'A Fargate profile has no selectors',
    remedy: 'Add a selector: without one it takes no pods',
  },
  FargateProfilesOverQuota: {
    cause: 'There are more Fargate profiles than the quota of a cluster',
    remedy: 'Merge profiles, or raise the quota',
  },
  FieldNotHonoured: {
    cause: 'A field with a meaning for scheduling is set that is not honoured yet',
    remedy: 'Expect the scheduler to decide otherwise where the field matters',
  },
  HelmHookNotPlanned: {
    cause:
      'An object is a hook of Helm or Argo CD that neither an installation nor an upgrade runs (a test), or that is over before the others are made',
    remedy: 'None; plan a hook that comes first by itself, or remove its annotation',
  },
  ImageMissing: {
    cause: 'A container has no image, and others of the input have one',
    remedy: 'Write its `image`: the API server refuses the object',
  },
  KustomizationNotBuilt: {
    cause: 'A kustomization is among the documents: Kustomize would add to them or change them',
    remedy: 'Plan what `kubectl kustomize` prints',
  },
  ManifestApplied: {
    cause:
      'An object is among the documents as the cluster stores it and as a manifest, so the manifest is applied to it, as `kubectl apply` does; it does not count under `--strict`',
    remedy: 'None: it says which of the two is planned',
  },
  NotSimulated: {
    cause:
      'A simulation has ReplicationControllers, CronJobs without `--for`, rules that it does not play, or pods that wait',
    remedy: 'None: expect their pods to take room beside what is simulated',
  },
  ObjectForbidden: {
    cause: 'A ResourceQuota or a LimitRange of its namespace forbids an object',
    remedy: 'Raise the quota or the limit, or leave the object out',
  },
  PodNeedIgnored: {
    cause:
      'Pods whose controller is simulated claim volumes or devices, or have a priority to preempt by',
    remedy: 'Plan the same pods with `stowage plan`, which looks at claims and preempts',
  },
  PodOnUnknownNode: {
    cause: 'A pod runs on a node that is not among the documents',
    remedy: 'Add the node, as `kubectl get nodes -o yaml` prints it, or plan the pod elsewhere',
  },
  PodsHeld: {
    cause: 'Scheduling gates hold the pods of a controller, or admission refuses to make them',
    remedy: 'Remove the gates from the template, or what admission complains of',
  },
  PriorityAssumed: {
    cause: 'A pod names a PriorityClass that is not among the documents',
    remedy: 'Add the PriorityClass',
  },
  ReplicaSetAssumed: {
    cause:
      'Pods of a Deployment run in a simulation, and their ReplicaSet is not among the documents',
    remedy: 'Add the ReplicaSets, as `kubectl get replicasets -o yaml` prints them',
  },
  ReplicasAutoscaled: {
    cause: 'A HorizontalPodAutoscaler, or a ScaledObject of KEDA, sets the replicas of a workload',
    remedy:
      'None: `spec.replicas` within its bounds is planned; plan `maxReplicas` to be prepared for a peak',
  },
  ReplicasSurplus: {
    cause:
      'More pods of a workload run than it wants, and its controller deletes the surplus; it does not count under `--strict`',
    remedy: 'None: the pods that go are left out of the plan',
  },
  RolloutPending: {
    cause: 'Pods run whose template is no longer that of their controller',
    remedy:
      'Plan the rollout with `--rollouts`; pods of strategy `OnDelete` are replaced when they are deleted',
  },
  RuleNotApplied: {
    cause:
      'A webhook, a policy or a VerticalPodAutoscaler changes pods when they are made, or a PodGroup has them placed together; a plan does neither',
    remedy: 'Plan the pods as they are stored: add what `kubectl get pods -o yaml` prints',
  },
  StorageClassAssumed: {
    cause: 'Pods make or use claims, and no storage class is among the documents',
    remedy: 'Add the StorageClass, as `kubectl get storageclass -o yaml` prints it',
  },
  StorageClassMissing: {
    cause: 'A claim names no storage class, no class is the default, and no volume fits',
    remedy: 'Mark a StorageClass as the default, or name one in the claim',
  },
  StorageClassUnknown: {
    cause: 'A claim names a storage class that is not among the documents, and no volume fits',
    remedy: 'Add the StorageClass, as `kubectl get storageclass -o yaml` prints it',
  },
  TopologyLabelSelected: {
    cause: 'A rule selects pods by their zone or region, which a pod gets from its node when bound',
    remedy: 'Select by a label of the template: a plan does not write the labels of binding',
  },
  UnknownField: {
    cause: `An object has a field that its kind does not have in Kubernetes ${kubernetesVersion}`,
    remedy: 'Correct the name, or move the field: `kubectl apply` refuses it',
  },
  VolumeLimitAssumed: {
    cause: 'Pods have volumes of EBS, and no CSINode is among the documents',
    remedy: 'Add the CSINodes, as `kubectl get csinodes -o yaml` prints them',
  },
  VolumePlaceAssumed: {
    cause: 'A volume is provisioned before its pod has a node',
    remedy: 'Set `volumeBindingMode: WaitForFirstConsumer`, or `allowedTopologies`',
  },
  WorkloadKindUnknown: {
    cause:
      'An object of an unknown kind shows pods by its fields, or is what an operator runs pods for',
    remedy: 'Add the workloads or the pods that its controller makes of it',
  },
  WorkloadLeaving: {
    cause: 'A controller is being deleted, and waits for what it owns or for a finalizer',
    remedy: 'None: it makes no more pods; take its deletionTimestamp out to plan it',
  },
  WorkloadSuspended: {
    cause:
      'A Job or a CronJob is suspended, or a Deployment is paused and no ReplicaSet of it is there',
    remedy: 'Resume it; of a paused Deployment in a dump, add its ReplicaSets',
  },
} as const satisfies Readonly<Record<string, WarningHelp>>

/** The code of a warning of this package. */
export type KubernetesWarningCode = keyof typeof kubernetesWarnings

/** A warning of this package. */
export type KubernetesWarning = Warning<KubernetesWarningCode>
