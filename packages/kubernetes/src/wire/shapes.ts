/**
 * The shapes of the API's objects as a table: for each type its fields, each with the type of its
 * value. Strict decoding refuses every other field.
 *
 * A field is written `name` for a text, or `name:type`: `int` (32 bits), `long` (64 bits), `bool`,
 * `quantity`, `intstr` (a number or a text), `any`, another type of the table, `[type]` for a list
 * and `{type}` for an object with free keys. Sources of volumes that no rule reads, and the status
 * of pods and nodes, are `any`.
 *
 * Source: Kubernetes API reference, v1.37.
 */

/** The fields of each type. */
export const shapes: Readonly<Record<string, string>> = {
  Affinity: 'nodeAffinity:NodeAffinity podAffinity:PodAffinity podAntiAffinity:PodAntiAffinity',
  AppArmorProfile: 'localhostProfile type',
  CSIPersistentVolumeSource: `
    controllerExpandSecretRef:SecretReference controllerPublishSecretRef:SecretReference
    driver fsType nodeExpandSecretRef:SecretReference nodePublishSecretRef:SecretReference
    nodeStageSecretRef:SecretReference readOnly:bool volumeAttributes:{string} volumeHandle
  `,
  CSIVolumeSource: `
    driver fsType nodePublishSecretRef:LocalObjectReference readOnly:bool
    volumeAttributes:{string}
  `,
  Capabilities: 'add:[string] drop:[string]',
  ClientIPConfig: 'timeoutSeconds:int',
  Condition: 'lastTransitionTime message observedGeneration:long reason status type',
  ConfigMapEnvSource: 'name optional:bool',
  ConfigMapKeySelector: 'key name optional:bool',
  ConfigMapProjection: 'items:[KeyToPath] name optional:bool',
  ConfigMapVolumeSource: 'defaultMode:int defaultUser:long items:[KeyToPath] name optional:bool',
  Container: `
    args:[string] command:[string] env:[EnvVar] envFrom:[EnvFromSource] image imagePullPolicy
    lifecycle:Lifecycle livenessProbe:Probe name ports:[ContainerPort] readinessProbe:Probe
    resizePolicy:[ContainerResizePolicy] resources:ResourceRequirements restartPolicy
    restartPolicyRules:[ContainerRestartRule] securityContext:SecurityContext
    startupProbe:Probe stdin:bool stdinOnce:bool terminationMessagePath
    terminationMessagePolicy tty:bool volumeDevices:[VolumeDevice] volumeMounts:[VolumeMount]
    workingDir
  `,
  ContainerPort: 'containerPort:int hostIP hostPort:int name protocol',
  ContainerResizePolicy: 'resourceName restartPolicy',
  ContainerResourceMetricSource: 'container name target:MetricTarget',
  ContainerRestartRule: 'action exitCodes:ContainerRestartRuleOnExitCodes',
  ContainerRestartRuleOnExitCodes: 'operator values:[int]',
  CronJob: 'apiVersion kind metadata:ObjectMeta spec:CronJobSpec status:CronJobStatus',
  CronJobSpec: `
    concurrencyPolicy failedJobsHistoryLimit:int jobTemplate:JobTemplateSpec schedule
    startingDeadlineSeconds:long successfulJobsHistoryLimit:int suspend:bool timeZone
  `,
  CronJobStatus: 'active:[ObjectReference] lastScheduleTime lastSuccessfulTime',
  CrossVersionObjectReference: 'apiVersion kind name',
  DaemonSet: 'apiVersion kind metadata:ObjectMeta spec:DaemonSetSpec status:DaemonSetStatus',
  DaemonSetCondition: 'lastTransitionTime message reason status type',
  DaemonSetSpec: `
    minReadySeconds:int revisionHistoryLimit:int selector:LabelSelector
    template:PodTemplateSpec updateStrategy:DaemonSetUpdateStrategy
  `,
  DaemonSetStatus: `
    collisionCount:int conditions:[DaemonSetCondition] currentNumberScheduled:int
    desiredNumberScheduled:int numberAvailable:int numberMisscheduled:int numberReady:int
    numberUnavailable:int observedGeneration:long updatedNumberScheduled:int
  `,
  DaemonSetUpdateStrategy: 'rollingUpdate:RollingUpdateDaemonSet type',
  Deployment: 'apiVersion kind metadata:ObjectMeta spec:DeploymentSpec status:DeploymentStatus',
  DeploymentCondition: 'lastTransitionTime lastUpdateTime message reason status type',
  DeploymentSpec: `
    minReadySeconds:int paused:bool progressDeadlineSeconds:int replicas:int
    revisionHistoryLimit:int selector:LabelSelector strategy:DeploymentStrategy
    template:PodTemplateSpec
  `,
  DeploymentStatus: `
    availableReplicas:int collisionCount:int conditions:[DeploymentCondition]
    observedGeneration:long readyReplicas:int replicas:int terminatingReplicas:int
    unavailableReplicas:int updatedReplicas:int
  `,
  DeploymentStrategy: 'rollingUpdate:RollingUpdateDeployment type',
  DownwardAPIProjection: 'items:[DownwardAPIVolumeFile]',
  DownwardAPIVolumeFile: `
    fieldRef:ObjectFieldSelector mode:int path resourceFieldRef:ResourceFieldSelector
    user:long
  `,
  DownwardAPIVolumeSource: 'defaultMode:int defaultUser:long items:[DownwardAPIVolumeFile]',
  EmptyDirVolumeSource: 'medium mode:int sizeLimit:quantity',
  EnvFromSource: 'configMapRef:ConfigMapEnvSource prefix secretRef:SecretEnvSource',
  EnvVar: 'name value valueFrom:EnvVarSource',
  EnvVarSource: `
    configMapKeyRef:ConfigMapKeySelector fieldRef:ObjectFieldSelector
    fileKeyRef:FileKeySelector resourceFieldRef:ResourceFieldSelector
    secretKeyRef:SecretKeySelector
  `,
  EphemeralContainer: `
    args:[string] command:[string] env:[EnvVar] envFrom:[EnvFromSource] image imagePullPolicy
    lifecycle:Lifecycle livenessProbe:Probe name ports:[ContainerPort] readinessProbe:Probe
    resizePolicy:[ContainerResizePolicy] resources:ResourceRequirements restartPolicy
    restartPolicyRules:[ContainerRestartRule] securityContext:SecurityContext
    startupProbe:Probe stdin:bool stdinOnce:bool targetContainerName terminationMessagePath
    terminationMessagePolicy tty:bool volumeDevices:[VolumeDevice] volumeMounts:[VolumeMount]
    workingDir
  `,
  EphemeralVolumeSource: 'volumeClaimTemplate:PersistentVolumeClaimTemplate',
  EvictionResponder: 'name priority:int',
  ExecAction: 'command:[string]',
  ExternalMetricSource: 'metric:MetricIdentifier target:MetricTarget',
  FileKeySelector: 'key optional:bool path volumeName',
  GRPCAction: 'mode port:int service',
  GitRepoVolumeSource: 'directory repository revision',
  HPAScalingPolicy: 'periodSeconds:int type value:int',
  HPAScalingRules: `
    policies:[HPAScalingPolicy] selectPolicy stabilizationWindowSeconds:int tolerance:quantity
  `,
  HTTPGetAction: 'host httpHeaders:[HTTPHeader] path port:intstr protocol scheme',
  HTTPHeader: 'name value',
  HorizontalPodAutoscaler: `
    apiVersion kind metadata:ObjectMeta spec:HorizontalPodAutoscalerSpec status:any
  `,
  HorizontalPodAutoscalerBehavior: 'scaleDown:HPAScalingRules scaleUp:HPAScalingRules',
  HorizontalPodAutoscalerSpec: `
    behavior:HorizontalPodAutoscalerBehavior maxReplicas:int metrics:[MetricSpec]
    minReplicas:int scaleTargetRef:CrossVersionObjectReference
  `,
  HostAlias: 'hostnames:[string] ip',
  HostPathVolumeSource: 'path type',
  ImageVolumeSource: 'pullPolicy reference',
  Job: 'apiVersion kind metadata:ObjectMeta spec:JobSpec status:JobStatus',
  JobCondition: 'lastProbeTime lastTransitionTime message reason status type',
  JobSpec: `
    activeDeadlineSeconds:long backoffLimit:int backoffLimitPerIndex:int completionMode
    completions:int managedBy manualSelector:bool maxFailedIndexes:int parallelism:int
    podFailurePolicy:PodFailurePolicy podReplacementPolicy scheduling:any
    selector:LabelSelector successPolicy:SuccessPolicy suspend:bool template:PodTemplateSpec
    ttlSecondsAfterFinished:int
  `,
  JobStatus: `
    active:int completedIndexes completionTime conditions:[JobCondition] failed:int
    failedIndexes ready:int startTime succeeded:int terminating:int
    uncountedTerminatedPods:UncountedTerminatedPods
  `,
  JobTemplateSpec: 'metadata:ObjectMeta spec:JobSpec',
  KeyToPath: 'key mode:int path user:long',
  LabelSelector: 'matchExpressions:[LabelSelectorRequirement] matchLabels:{string}',
  LabelSelectorRequirement: 'key operator values:[string]',
  Lifecycle: 'postStart:LifecycleHandler preStop:LifecycleHandler stopSignal',
  LifecycleHandler: `
    exec:ExecAction httpGet:HTTPGetAction sleep:SleepAction tcpSocket:TCPSocketAction
  `,
  LimitRange: 'apiVersion kind metadata:ObjectMeta spec:LimitRangeSpec',
  LimitRangeItem: `
    default:{quantity} defaultRequest:{quantity} max:{quantity}
    maxLimitRequestRatio:{quantity} min:{quantity} type
  `,
  LimitRangeSpec: 'limits:[LimitRangeItem]',
  LocalObjectReference: 'name',
  LocalVolumeSource: 'fsType path',
  MetricIdentifier: 'name selector:LabelSelector',
  MetricSpec: `
    containerResource:ContainerResourceMetricSource external:ExternalMetricSource
    object:ObjectMetricSource pods:PodsMetricSource resource:ResourceMetricSource type
  `,
  MetricTarget: 'averageUtilization:int averageValue:quantity type value:quantity',
  ModifyVolumeStatus: 'status targetVolumeAttributesClassName',
  NFSVolumeSource: 'path readOnly:bool server',
  Namespace: 'apiVersion kind metadata:ObjectMeta spec:NamespaceSpec status:any',
  NamespaceSpec: 'finalizers:[string]',
  Node: 'apiVersion kind metadata:ObjectMeta spec:NodeSpec status:any',
  NodeAffinity: `
    preferredDuringSchedulingIgnoredDuringExecution:[PreferredSchedulingTerm]
    requiredDuringSchedulingIgnoredDuringExecution:NodeSelector
  `,
  NodePodPreemptionPolicy: 'disableResizePreemption:[string]',
  NodeSelector: 'nodeSelectorTerms:[NodeSelectorTerm]',
  NodeSelectorRequirement: 'key operator values:[string]',
  NodeSelectorTerm: `
    matchExpressions:[NodeSelectorRequirement] matchFields:[NodeSelectorRequirement]
  `,
  NodeSpec: `
    configSource:any externalID podCIDR podCIDRs:[string]
    podPreemptionPolicy:NodePodPreemptionPolicy providerID taints:[Taint] unschedulable:bool
  `,
  ObjectFieldSelector: 'apiVersion fieldPath',
  ObjectMeta: `
    annotations:{string} creationTimestamp deletionGracePeriodSeconds:long deletionTimestamp
    finalizers:[string] generateName generation:long labels:{string} managedFields:any name
    namespace ownerReferences:[OwnerReference] resourceVersion selfLink uid
  `,
  ObjectMetricSource: `
    describedObject:CrossVersionObjectReference metric:MetricIdentifier target:MetricTarget
  `,
  ObjectReference: 'apiVersion fieldPath kind name namespace resourceVersion uid',
  Overhead: 'podFixed:{quantity}',
  OwnerReference: 'apiVersion blockOwnerDeletion:bool controller:bool kind name uid',
  PersistentVolume: 'apiVersion kind metadata:ObjectMeta spec:PersistentVolumeSpec status:any',
  PersistentVolumeClaim: `
    apiVersion kind metadata:ObjectMeta spec:PersistentVolumeClaimSpec
    status:PersistentVolumeClaimStatus
  `,
  PersistentVolumeClaimCondition: 'lastProbeTime lastTransitionTime message reason status type',
  PersistentVolumeClaimSpec: `
    accessModes:[string] dataSource:TypedLocalObjectReference
    dataSourceRef:TypedObjectReference resources:VolumeResourceRequirements
    selector:LabelSelector storageClassName volumeAttributesClassName volumeMode volumeName
  `,
  PersistentVolumeClaimStatus: `
    accessModes:[string] allocatedResourceStatuses:{string} allocatedResources:{quantity}
    capacity:{quantity} conditions:[PersistentVolumeClaimCondition]
    currentVolumeAttributesClassName healthStatus:VolumeHealthStatus
    modifyVolumeStatus:ModifyVolumeStatus phase
  `,
  PersistentVolumeClaimTemplate: 'metadata:ObjectMeta spec:PersistentVolumeClaimSpec',
  PersistentVolumeClaimVolumeSource: 'claimName readOnly:bool',
  PersistentVolumeSpec: `
    accessModes:[string] awsElasticBlockStore:any azureDisk:any azureFile:any
    capacity:{quantity} cephfs:any cinder:any claimRef:ObjectReference
    csi:CSIPersistentVolumeSource fc:any flexVolume:any flocker:any gcePersistentDisk:any
    glusterfs:any hostPath:HostPathVolumeSource iscsi:any local:LocalVolumeSource
    mountOptions:[string] nfs:NFSVolumeSource nodeAffinity:VolumeNodeAffinity
    persistentVolumeReclaimPolicy photonPersistentDisk:any portworxVolume:any quobyte:any
    rbd:any scaleIO:any storageClassName storageos:any volumeAttributesClassName volumeMode
    vsphereVolume:any
  `,
  Pod: 'apiVersion kind metadata:ObjectMeta spec:PodSpec status:any',
  PodAffinity: `
    preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm]
    requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm]
  `,
  PodAffinityTerm: `
    labelSelector:LabelSelector matchLabelKeys:[string] mismatchLabelKeys:[string]
    namespaceSelector:LabelSelector namespaces:[string] topologyKey
  `,
  PodAntiAffinity: `
    preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm]
    requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm]
  `,
  PodDNSConfig: 'nameservers:[string] options:[PodDNSConfigOption] searches:[string]',
  PodDNSConfigOption: 'name value',
  PodDisruptionBudget: `
    apiVersion kind metadata:ObjectMeta spec:PodDisruptionBudgetSpec
    status:PodDisruptionBudgetStatus
  `,
  PodDisruptionBudgetSpec: `
    maxUnavailable:intstr minAvailable:intstr selector:LabelSelector
    unhealthyPodEvictionPolicy
  `,
  PodDisruptionBudgetStatus: `
    conditions:[Condition] currentHealthy:int desiredHealthy:int disruptedPods:{string}
    disruptionsAllowed:int expectedPods:int observedGeneration:long
  `,
  PodFailurePolicy: 'rules:[PodFailurePolicyRule]',
  PodFailurePolicyOnExitCodesRequirement: 'containerName operator values:[int]',
  PodFailurePolicyOnPodConditionsPattern: 'status type',
  PodFailurePolicyRule: `
    action onExitCodes:PodFailurePolicyOnExitCodesRequirement
    onPodConditions:[PodFailurePolicyOnPodConditionsPattern]
  `,
  PodOS: 'name',
  PodReadinessGate: 'conditionType',
  PodResourceClaim: 'name resourceClaimName resourceClaimTemplateName',
  PodSchedulingGate: 'name',
  PodSchedulingGroup: 'podGroupName',
  PodSecurityContext: `
    appArmorProfile:AppArmorProfile fsGroup:long fsGroupChangePolicy runAsGroup:long
    runAsNonRoot:bool runAsUser:long seLinuxChangePolicy seLinuxOptions:any
    seccompProfile:SeccompProfile supplementalGroups:[long] supplementalGroupsPolicy
    sysctls:[Sysctl] windowsOptions:any
  `,
  PodSpec: `
    activeDeadlineSeconds:long affinity:Affinity automountServiceAccountToken:bool
    containers:[Container] dnsConfig:PodDNSConfig dnsPolicy enableServiceLinks:bool
    ephemeralContainers:[EphemeralContainer] evictionResponders:[EvictionResponder]
    hostAliases:[HostAlias] hostIPC:bool hostNetwork:bool hostPID:bool hostUsers:bool hostname
    hostnameOverride imagePullSecrets:[LocalObjectReference] initContainers:[Container]
    nodeName nodeSelector:{string} os:PodOS overhead:{quantity} preemptionPolicy priority:int
    priorityClassName readinessGates:[PodReadinessGate] resourceClaims:[PodResourceClaim]
    resources:ResourceRequirements restartPolicy runtimeClassName schedulerName
    schedulingGates:[PodSchedulingGate] schedulingGroup:PodSchedulingGroup
    securityContext:PodSecurityContext serviceAccount serviceAccountName
    setHostnameAsFQDN:bool shareProcessNamespace:bool subdomain
    terminationGracePeriodSeconds:long tolerations:[Toleration]
    topologySpreadConstraints:[TopologySpreadConstraint] volumes:[Volume]
  `,
  PodTemplateSpec: 'metadata:ObjectMeta spec:PodSpec',
  PodsMetricSource: 'metric:MetricIdentifier target:MetricTarget',
  PreferredSchedulingTerm: 'preference:NodeSelectorTerm weight:int',
  PriorityClass: `
    apiVersion description globalDefault:bool kind metadata:ObjectMeta preemptionPolicy
    value:int
  `,
  Probe: `
    exec:ExecAction failureThreshold:int grpc:GRPCAction httpGet:HTTPGetAction
    initialDelaySeconds:int periodSeconds:int successThreshold:int tcpSocket:TCPSocketAction
    terminationGracePeriodSeconds:long timeoutSeconds:int
  `,
  ProjectedVolumeSource: 'defaultMode:int defaultUser:long sources:[VolumeProjection]',
  ReplicaSet: 'apiVersion kind metadata:ObjectMeta spec:ReplicaSetSpec status:ReplicaSetStatus',
  ReplicaSetCondition: 'lastTransitionTime message reason status type',
  ReplicaSetSpec: `
    minReadySeconds:int replicas:int selector:LabelSelector template:PodTemplateSpec
  `,
  ReplicaSetStatus: `
    availableReplicas:int conditions:[ReplicaSetCondition] fullyLabeledReplicas:int
    observedGeneration:long readyReplicas:int replicas:int terminatingReplicas:int
  `,
  ReplicationController: `
    apiVersion kind metadata:ObjectMeta spec:ReplicationControllerSpec
    status:ReplicationControllerStatus
  `,
  ReplicationControllerCondition: 'lastTransitionTime message reason status type',
  ReplicationControllerSpec: `
    minReadySeconds:int replicas:int selector:{string} template:PodTemplateSpec
  `,
  ReplicationControllerStatus: `
    availableReplicas:int conditions:[ReplicationControllerCondition] fullyLabeledReplicas:int
    observedGeneration:long readyReplicas:int replicas:int
  `,
  ResourceClaim: 'name request',
  ResourceFieldSelector: 'containerName divisor:quantity resource',
  ResourceMetricSource: 'name target:MetricTarget',
  ResourceQuota: 'apiVersion kind metadata:ObjectMeta spec:ResourceQuotaSpec status:any',
  ResourceQuotaSpec: 'hard:{quantity} scopeSelector:ScopeSelector scopes:[string]',
  ResourceRequirements: 'claims:[ResourceClaim] limits:{quantity} requests:{quantity}',
  RollingUpdateDaemonSet: 'maxSurge:intstr maxUnavailable:intstr',
  RollingUpdateDeployment: 'maxSurge:intstr maxUnavailable:intstr',
  RollingUpdateStatefulSetStrategy: 'maxUnavailable:intstr partition:int',
  RuntimeClass: `
    apiVersion handler kind metadata:ObjectMeta overhead:Overhead scheduling:Scheduling
  `,
  Scheduling: 'nodeSelector:{string} tolerations:[Toleration]',
  ScopeSelector: 'matchExpressions:[ScopedResourceSelectorRequirement]',
  ScopedResourceSelectorRequirement: 'operator scopeName values:[string]',
  SeccompProfile: 'localhostProfile type',
  SecretEnvSource: 'name optional:bool',
  SecretKeySelector: 'key name optional:bool',
  SecretProjection: 'items:[KeyToPath] name optional:bool',
  SecretReference: 'name namespace',
  SecretVolumeSource: 'defaultMode:int defaultUser:long items:[KeyToPath] optional:bool secretName',
  SecurityContext: `
    allowPrivilegeEscalation:bool appArmorProfile:AppArmorProfile capabilities:Capabilities
    privileged:bool procMount readOnlyRootFilesystem:bool runAsGroup:long runAsNonRoot:bool
    runAsUser:long seLinuxOptions:any seccompProfile:SeccompProfile windowsOptions:any
  `,
  Service: 'apiVersion kind metadata:ObjectMeta spec:ServiceSpec status:any',
  ServiceAccountTokenProjection: 'audience expirationSeconds:long path user:long',
  ServicePort: 'appProtocol name nodePort:int port:int protocol targetPort:intstr',
  ServiceSpec: `
    allocateLoadBalancerNodePorts:bool clusterIP clusterIPs:[string] externalIPs:[string]
    externalName externalTrafficPolicy healthCheckNodePort:int internalTrafficPolicy
    ipFamilies:[string] ipFamilyPolicy loadBalancerClass loadBalancerIP
    loadBalancerSourceRanges:[string] ports:[ServicePort] publishNotReadyAddresses:bool
    selector:{string} sessionAffinity sessionAffinityConfig:SessionAffinityConfig
    trafficDistribution type
  `,
  SessionAffinityConfig: 'clientIP:ClientIPConfig',
  SleepAction: 'seconds:long',
  StatefulSet: 'apiVersion kind metadata:ObjectMeta spec:StatefulSetSpec status:StatefulSetStatus',
  StatefulSetCondition: 'lastTransitionTime message reason status type',
  StatefulSetOrdinals: 'start:int',
  StatefulSetPersistentVolumeClaimRetentionPolicy: 'whenDeleted whenScaled',
  StatefulSetSpec: `
    minReadySeconds:int ordinals:StatefulSetOrdinals
    persistentVolumeClaimRetentionPolicy:StatefulSetPersistentVolumeClaimRetentionPolicy
    podManagementPolicy replicas:int revisionHistoryLimit:int selector:LabelSelector
    serviceName template:PodTemplateSpec updateStrategy:StatefulSetUpdateStrategy
    volumeClaimTemplates:[PersistentVolumeClaim]
  `,
  StatefulSetStatus: `
    availableReplicas:int collisionCount:int conditions:[StatefulSetCondition]
    currentReplicas:int currentRevision observedGeneration:long readyReplicas:int replicas:int
    updateRevision updatedReplicas:int
  `,
  StatefulSetUpdateStrategy: 'rollingUpdate:RollingUpdateStatefulSetStrategy type',
  StorageClass: `
    allowVolumeExpansion:bool allowedTopologies:[TopologySelectorTerm] apiVersion kind
    metadata:ObjectMeta mountOptions:[string] parameters:{string} provisioner reclaimPolicy
    volumeBindingMode
  `,
  SuccessPolicy: 'rules:[SuccessPolicyRule]',
  SuccessPolicyRule: 'succeededCount:int succeededIndexes',
  Sysctl: 'name value',
  TCPSocketAction: 'host port:intstr',
  Taint: 'effect key timeAdded value',
  Toleration: 'effect key operator tolerationSeconds:long value',
  TopologySelectorLabelRequirement: 'key values:[string]',
  TopologySelectorTerm: 'matchLabelExpressions:[TopologySelectorLabelRequirement]',
  TopologySpreadConstraint: `
    labelSelector:LabelSelector matchLabelKeys:[string] maxSkew:int minDomains:int
    nodeAffinityPolicy nodeTaintsPolicy topologyKey whenUnsatisfiable
  `,
  TypedLocalObjectReference: 'apiGroup kind name',
  TypedObjectReference: 'apiGroup kind name namespace',
  UncountedTerminatedPods: 'failed:[string] succeeded:[string]',
  Volume: `
    awsElasticBlockStore:any azureDisk:any azureFile:any cephfs:any cinder:any
    configMap:ConfigMapVolumeSource csi:CSIVolumeSource downwardAPI:DownwardAPIVolumeSource
    emptyDir:EmptyDirVolumeSource ephemeral:EphemeralVolumeSource fc:any flexVolume:any
    flocker:any gcePersistentDisk:any gitRepo:GitRepoVolumeSource glusterfs:any
    hostPath:HostPathVolumeSource image:ImageVolumeSource iscsi:any name nfs:NFSVolumeSource
    persistentVolumeClaim:PersistentVolumeClaimVolumeSource photonPersistentDisk:any
    portworxVolume:any projected:ProjectedVolumeSource quobyte:any rbd:any scaleIO:any
    secret:SecretVolumeSource storageos:any vsphereVolume:any
  `,
  VolumeDevice: 'devicePath name',
  VolumeHealthCondition: 'message reason status',
  VolumeHealthStatus: 'healthConditions:[VolumeHealthCondition] lastTransitionTime',
  VolumeMount: `
    bindMountOptions:[string] mountPath mountPropagation name readOnly:bool recursiveReadOnly
    subPath subPathExpr
  `,
  VolumeNodeAffinity: 'required:NodeSelector',
  VolumeProjection: `
    clusterTrustBundle:any configMap:ConfigMapProjection downwardAPI:DownwardAPIProjection
    podCertificate:any secret:SecretProjection
    serviceAccountToken:ServiceAccountTokenProjection
  `,
  VolumeResourceRequirements: 'limits:{quantity} requests:{quantity}',
  WeightedPodAffinityTerm: 'podAffinityTerm:PodAffinityTerm weight:int',
}

/** The `apiVersion` of each kind that is decoded by the table. */
export const versions: Readonly<Record<string, string>> = {
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
}
