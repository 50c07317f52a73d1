/**
 * Lists the fields of the kinds that are read and of all types inside them, as Kubernetes
 * 1.37 has them. `test/oracle/field-names` writes this file.
 *
 * Source: the OpenAPI document of Kubernetes, `api/openapi-spec/swagger.json` of its repository.
 */

/** The release of Kubernetes that the tables describe. */
export const kubernetesVersion = '1.37'

/** The type of each kind, by `apiVersion` and kind. */
export const typeOfKind: Readonly<Record<string, string>> = {
  'v1 LimitRange': 'LimitRange',
  'v1 Namespace': 'Namespace',
  'v1 Node': 'Node',
  'v1 PersistentVolume': 'PersistentVolume',
  'v1 PersistentVolumeClaim': 'PersistentVolumeClaim',
  'v1 Pod': 'Pod',
  'v1 ReplicationController': 'ReplicationController',
  'v1 ResourceQuota': 'ResourceQuota',
  'v1 Service': 'Service',
  'apps/v1 ControllerRevision': 'ControllerRevision',
  'apps/v1 DaemonSet': 'DaemonSet',
  'apps/v1 Deployment': 'Deployment',
  'apps/v1 ReplicaSet': 'ReplicaSet',
  'apps/v1 StatefulSet': 'StatefulSet',
  'autoscaling/v1 HorizontalPodAutoscaler': 'autoscalingV1HorizontalPodAutoscaler',
  'autoscaling/v2 HorizontalPodAutoscaler': 'autoscalingV2HorizontalPodAutoscaler',
  'batch/v1 CronJob': 'CronJob',
  'batch/v1 Job': 'Job',
  'node.k8s.io/v1 RuntimeClass': 'RuntimeClass',
  'policy/v1 PodDisruptionBudget': 'PodDisruptionBudget',
  'resource.k8s.io/v1 DeviceClass': 'DeviceClass',
  'resource.k8s.io/v1 DeviceTaintRule': 'DeviceTaintRule',
  'resource.k8s.io/v1 ResourceClaim': 'resourceResourceClaim',
  'resource.k8s.io/v1 ResourceClaimTemplate': 'ResourceClaimTemplate',
  'resource.k8s.io/v1 ResourceSlice': 'ResourceSlice',
  'scheduling.k8s.io/v1 PriorityClass': 'PriorityClass',
  'storage.k8s.io/v1 CSIDriver': 'CSIDriver',
  'storage.k8s.io/v1 CSINode': 'CSINode',
  'storage.k8s.io/v1 CSIStorageCapacity': 'CSIStorageCapacity',
  'storage.k8s.io/v1 StorageClass': 'StorageClass',
  'storage.k8s.io/v1 VolumeAttachment': 'VolumeAttachment',
  'storage.k8s.io/v1 VolumeAttributesClass': 'VolumeAttributesClass',
}

/**
 * The fields of each type. A field is `name` for a text, or `name:type`. A type is `int`
 * (32 bits), `long` (64 bits), `number`, `bool`, `quantity`, `intstr` (a number or a
 * text), `any`, or another one of the table; `[type]` is a list, `{type}` a map whose keys
 * are data.
 */
export const fieldsOfType: Readonly<Record<string, string>> = {
  AWSElasticBlockStoreVolumeSource: 'fsType partition:int readOnly:bool volumeID',
  Affinity: 'nodeAffinity:NodeAffinity podAffinity:PodAffinity podAntiAffinity:PodAntiAffinity',
  AllocatedDeviceStatus:
    'conditions:[Condition] data:any device driver networkData:NetworkDeviceData pool shareID',
  AllocationResult: 'allocationTimestamp devices:DeviceAllocationResult nodeSelector:NodeSelector',
  AppArmorProfile: 'localhostProfile type',
  AttachedVolume: 'devicePath name',
  AzureDiskVolumeSource: 'cachingMode diskName diskURI fsType kind readOnly:bool',
  AzureFilePersistentVolumeSource: 'readOnly:bool secretName secretNamespace shareName',
  AzureFileVolumeSource: 'readOnly:bool secretName shareName',
  CELDeviceSelector: 'expression',
  CSIDriver: 'apiVersion kind metadata:ObjectMeta spec:CSIDriverSpec',
  CSIDriverSpec:
    'attachRequired:bool fsGroupPolicy nodeAllocatableUpdatePeriodSeconds:long podInfoOnMount:bool preventPodSchedulingIfMissing:bool requiresRepublish:bool seLinuxMount:bool serviceAccountTokenInSecrets:bool storageCapacity:bool tokenRequests:[TokenRequest] volumeLifecycleModes:[string]',
  CSINode: 'apiVersion kind metadata:ObjectMeta spec:CSINodeSpec status:CSINodeStatus',
  CSINodeDriver: 'allocatable:VolumeNodeResources name nodeID topologyKeys:[string]',
  CSINodeSpec: 'drivers:[CSINodeDriver]',
  CSINodeStatus: 'storageHealth:[StorageHealth]',
  CSIPersistentVolumeSource:
    'controllerExpandSecretRef:SecretReference controllerPublishSecretRef:SecretReference driver fsType nodeExpandSecretRef:SecretReference nodePublishSecretRef:SecretReference nodeStageSecretRef:SecretReference readOnly:bool volumeAttributes:{string} volumeHandle',
  CSIStorageCapacity:
    'apiVersion capacity:quantity kind maximumVolumeSize:quantity metadata:ObjectMeta nodeTopology:LabelSelector storageClassName',
  CSIVolumeSource:
    'driver fsType nodePublishSecretRef:LocalObjectReference readOnly:bool volumeAttributes:{string}',
  Capabilities: 'add:[string] drop:[string]',
  CapacityRequestPolicy:
    'default:quantity validRange:CapacityRequestPolicyRange validValues:[quantity]',
  CapacityRequestPolicyRange: 'max:quantity min:quantity step:quantity',
  CapacityRequirements: 'requests:{quantity}',
  CephFSPersistentVolumeSource:
    'monitors:[string] path readOnly:bool secretFile secretRef:SecretReference user',
  CephFSVolumeSource:
    'monitors:[string] path readOnly:bool secretFile secretRef:LocalObjectReference user',
  CinderPersistentVolumeSource: 'fsType readOnly:bool secretRef:SecretReference volumeID',
  CinderVolumeSource: 'fsType readOnly:bool secretRef:LocalObjectReference volumeID',
  ClientIPConfig: 'timeoutSeconds:int',
  ClusterTrustBundleProjection:
    'labelSelector:LabelSelector name optional:bool path signerName user:long',
  Condition: 'lastTransitionTime message observedGeneration:long reason status type',
  ConfigMapEnvSource: 'name optional:bool',
  ConfigMapKeySelector: 'key name optional:bool',
  ConfigMapNodeConfigSource: 'kubeletConfigKey name namespace resourceVersion uid',
  ConfigMapProjection: 'items:[KeyToPath] name optional:bool',
  ConfigMapVolumeSource: 'defaultMode:int defaultUser:long items:[KeyToPath] name optional:bool',
  Container:
    'args:[string] command:[string] env:[EnvVar] envFrom:[EnvFromSource] image imagePullPolicy lifecycle:Lifecycle livenessProbe:Probe name ports:[ContainerPort] readinessProbe:Probe resizePolicy:[ContainerResizePolicy] resources:ResourceRequirements restartPolicy restartPolicyRules:[ContainerRestartRule] securityContext:SecurityContext startupProbe:Probe stdin:bool stdinOnce:bool terminationMessagePath terminationMessagePolicy tty:bool volumeDevices:[VolumeDevice] volumeMounts:[VolumeMount] workingDir',
  ContainerExtendedResourceRequest: 'containerName requestName resourceName',
  ContainerImage: 'names:[string] sizeBytes:long',
  ContainerPort: 'containerPort:int hostIP hostPort:int name protocol',
  ContainerResizePolicy: 'resourceName restartPolicy',
  ContainerResourceMetricSource: 'container name target:MetricTarget',
  ContainerResourceMetricStatus: 'container current:MetricValueStatus name',
  ContainerRestartRule: 'action exitCodes:ContainerRestartRuleOnExitCodes',
  ContainerRestartRuleOnExitCodes: 'operator values:[int]',
  ContainerState:
    'running:ContainerStateRunning terminated:ContainerStateTerminated waiting:ContainerStateWaiting',
  ContainerStateRunning: 'startedAt',
  ContainerStateTerminated:
    'containerID exitCode:int finishedAt message reason signal:int startedAt',
  ContainerStateWaiting: 'message reason',
  ContainerStatus:
    'allocatedResources:{quantity} allocatedResourcesStatus:[ResourceStatus] containerID image imageID lastState:ContainerState name ready:bool resources:ResourceRequirements restartCount:int started:bool state:ContainerState stopSignal user:ContainerUser volumeMounts:[VolumeMountStatus]',
  ContainerUser: 'linux:LinuxContainerUser',
  ControllerRevision: 'apiVersion data:any kind metadata:ObjectMeta revision:long',
  Counter: 'value:quantity',
  CounterSet: 'counters:{Counter} name',
  CronJob: 'apiVersion kind metadata:ObjectMeta spec:CronJobSpec status:CronJobStatus',
  CronJobSpec:
    'concurrencyPolicy failedJobsHistoryLimit:int jobTemplate:JobTemplateSpec schedule startingDeadlineSeconds:long successfulJobsHistoryLimit:int suspend:bool timeZone',
  CronJobStatus: 'active:[ObjectReference] lastScheduleTime lastSuccessfulTime',
  DaemonEndpoint: 'Port:int',
  DaemonSet: 'apiVersion kind metadata:ObjectMeta spec:DaemonSetSpec status:DaemonSetStatus',
  DaemonSetCondition: 'lastTransitionTime message reason status type',
  DaemonSetSpec:
    'minReadySeconds:int revisionHistoryLimit:int selector:LabelSelector template:PodTemplateSpec updateStrategy:DaemonSetUpdateStrategy',
  DaemonSetStatus:
    'collisionCount:int conditions:[DaemonSetCondition] currentNumberScheduled:int desiredNumberScheduled:int numberAvailable:int numberMisscheduled:int numberReady:int numberUnavailable:int observedGeneration:long updatedNumberScheduled:int',
  DaemonSetUpdateStrategy: 'rollingUpdate:RollingUpdateDaemonSet type',
  Deployment: 'apiVersion kind metadata:ObjectMeta spec:DeploymentSpec status:DeploymentStatus',
  DeploymentCondition: 'lastTransitionTime lastUpdateTime message reason status type',
  DeploymentSpec:
    'minReadySeconds:int paused:bool progressDeadlineSeconds:int replicas:int revisionHistoryLimit:int selector:LabelSelector strategy:DeploymentStrategy template:PodTemplateSpec',
  DeploymentStatus:
    'availableReplicas:int collisionCount:int conditions:[DeploymentCondition] observedGeneration:long readyReplicas:int replicas:int terminatingReplicas:int unavailableReplicas:int updatedReplicas:int',
  DeploymentStrategy: 'rollingUpdate:RollingUpdateDeployment type',
  Device:
    'allNodes:bool allowMultipleAllocations:bool attributes:{DeviceAttribute} bindingConditions:[string] bindingFailureConditions:[string] bindsToNode:bool capacity:{DeviceCapacity} consumesCounters:[DeviceCounterConsumption] name nodeAllocatableResources:{NodeAllocatableResource} nodeName nodeSelector:NodeSelector taints:[DeviceTaint]',
  DeviceAllocationConfiguration: 'opaque:OpaqueDeviceConfiguration requests:[string] source',
  DeviceAllocationResult:
    'config:[DeviceAllocationConfiguration] results:[DeviceRequestAllocationResult]',
  DeviceAttribute:
    'bool:bool bools:[bool] int:long ints:[long] string strings:[string] version versions:[string]',
  DeviceCapacity: 'requestPolicy:CapacityRequestPolicy value:quantity',
  DeviceClaim:
    'config:[DeviceClaimConfiguration] constraints:[DeviceConstraint] requests:[DeviceRequest]',
  DeviceClaimConfiguration: 'opaque:OpaqueDeviceConfiguration requests:[string]',
  DeviceClass: 'apiVersion kind metadata:ObjectMeta spec:DeviceClassSpec',
  DeviceClassConfiguration: 'opaque:OpaqueDeviceConfiguration',
  DeviceClassSpec:
    'config:[DeviceClassConfiguration] extendedResourceName selectors:[DeviceSelector]',
  DeviceConstraint: 'distinctAttribute matchAttribute requests:[string]',
  DeviceCounterConsumption: 'compatibilityGroups:[string] counterSet counters:{Counter}',
  DeviceDerivedAttribute: 'expression name',
  DeviceRequest: 'exactly:ExactDeviceRequest firstAvailable:[DeviceSubRequest] name',
  DeviceRequestAllocationResult:
    'adminAccess:bool bindingConditions:[string] bindingFailureConditions:[string] consumedCapacity:{quantity} device driver pool request shareID skipNodeOperations:[string] tolerations:[DeviceToleration]',
  DeviceSelector: 'cel:CELDeviceSelector',
  DeviceSubRequest:
    'allocationMode capacity:CapacityRequirements count:long derivedAttributes:[DeviceDerivedAttribute] deviceClassName name selectors:[DeviceSelector] tolerations:[DeviceToleration]',
  DeviceTaint: 'effect key timeAdded value',
  DeviceTaintRule:
    'apiVersion kind metadata:ObjectMeta spec:DeviceTaintRuleSpec status:DeviceTaintRuleStatus',
  DeviceTaintRuleSpec: 'deviceSelector:DeviceTaintSelector taint:DeviceTaint',
  DeviceTaintRuleStatus: 'conditions:[Condition]',
  DeviceTaintSelector: 'device driver pool',
  DeviceToleration: 'effect key operator tolerationSeconds:long value',
  DownwardAPIProjection: 'items:[DownwardAPIVolumeFile]',
  DownwardAPIVolumeFile:
    'fieldRef:ObjectFieldSelector mode:int path resourceFieldRef:ResourceFieldSelector user:long',
  DownwardAPIVolumeSource: 'defaultMode:int defaultUser:long items:[DownwardAPIVolumeFile]',
  EmptyDirVolumeSource: 'medium mode:int sizeLimit:quantity',
  EnvFromSource: 'configMapRef:ConfigMapEnvSource prefix secretRef:SecretEnvSource',
  EnvVar: 'name value valueFrom:EnvVarSource',
  EnvVarSource:
    'configMapKeyRef:ConfigMapKeySelector fieldRef:ObjectFieldSelector fileKeyRef:FileKeySelector resourceFieldRef:ResourceFieldSelector secretKeyRef:SecretKeySelector',
  EphemeralContainer:
    'args:[string] command:[string] env:[EnvVar] envFrom:[EnvFromSource] image imagePullPolicy lifecycle:Lifecycle livenessProbe:Probe name ports:[ContainerPort] readinessProbe:Probe resizePolicy:[ContainerResizePolicy] resources:ResourceRequirements restartPolicy restartPolicyRules:[ContainerRestartRule] securityContext:SecurityContext startupProbe:Probe stdin:bool stdinOnce:bool targetContainerName terminationMessagePath terminationMessagePolicy tty:bool volumeDevices:[VolumeDevice] volumeMounts:[VolumeMount] workingDir',
  EphemeralVolumeSource: 'volumeClaimTemplate:PersistentVolumeClaimTemplate',
  EvictionResponder: 'name priority:int',
  ExactDeviceRequest:
    'adminAccess:bool allocationMode capacity:CapacityRequirements count:long derivedAttributes:[DeviceDerivedAttribute] deviceClassName selectors:[DeviceSelector] tolerations:[DeviceToleration]',
  ExecAction: 'command:[string]',
  ExternalMetricSource: 'metric:MetricIdentifier target:MetricTarget',
  ExternalMetricStatus: 'current:MetricValueStatus metric:MetricIdentifier',
  FCVolumeSource: 'fsType lun:int readOnly:bool targetWWNs:[string] wwids:[string]',
  FileKeySelector: 'key optional:bool path volumeName',
  FlexPersistentVolumeSource:
    'driver fsType options:{string} readOnly:bool secretRef:SecretReference',
  FlexVolumeSource: 'driver fsType options:{string} readOnly:bool secretRef:LocalObjectReference',
  FlockerVolumeSource: 'datasetName datasetUUID',
  GCEPersistentDiskVolumeSource: 'fsType partition:int pdName readOnly:bool',
  GRPCAction: 'mode port:int service',
  GitRepoVolumeSource: 'directory repository revision',
  GlusterfsPersistentVolumeSource: 'endpoints endpointsNamespace path readOnly:bool',
  GlusterfsVolumeSource: 'endpoints path readOnly:bool',
  HPAScalingPolicy: 'periodSeconds:int type value:int',
  HPAScalingRules:
    'policies:[HPAScalingPolicy] selectPolicy stabilizationWindowSeconds:int tolerance:quantity',
  HTTPGetAction: 'host httpHeaders:[HTTPHeader] path port:intstr protocol scheme',
  HTTPHeader: 'name value',
  HorizontalPodAutoscalerBehavior: 'scaleDown:HPAScalingRules scaleUp:HPAScalingRules',
  HorizontalPodAutoscalerCondition:
    'lastTransitionTime message observedGeneration:long reason status type',
  HostAlias: 'hostnames:[string] ip',
  HostIP: 'ip',
  HostPathVolumeSource: 'path type',
  ISCSIPersistentVolumeSource:
    'chapAuthDiscovery:bool chapAuthSession:bool fsType initiatorName iqn iscsiInterface lun:int portals:[string] readOnly:bool secretRef:SecretReference targetPortal',
  ISCSIVolumeSource:
    'chapAuthDiscovery:bool chapAuthSession:bool fsType initiatorName iqn iscsiInterface lun:int portals:[string] readOnly:bool secretRef:LocalObjectReference targetPortal',
  ImageVolumeSource: 'pullPolicy reference',
  ImageVolumeStatus: 'imageRef',
  Job: 'apiVersion kind metadata:ObjectMeta spec:JobSpec status:JobStatus',
  JobCondition: 'lastProbeTime lastTransitionTime message reason status type',
  JobSchedulingConfiguration:
    'disruptionMode:WorkloadPodGroupDisruptionMode resourceClaims:[WorkloadPodGroupResourceClaim] schedulingConstraints:WorkloadPodGroupSchedulingConstraints schedulingPolicy:WorkloadPodGroupSchedulingPolicy',
  JobSpec:
    'activeDeadlineSeconds:long backoffLimit:int backoffLimitPerIndex:int completionMode completions:int managedBy manualSelector:bool maxFailedIndexes:int parallelism:int podFailurePolicy:PodFailurePolicy podReplacementPolicy scheduling:JobSchedulingConfiguration selector:LabelSelector successPolicy:SuccessPolicy suspend:bool template:PodTemplateSpec ttlSecondsAfterFinished:int',
  JobStatus:
    'active:int completedIndexes completionTime conditions:[JobCondition] failed:int failedIndexes ready:int startTime succeeded:int terminating:int uncountedTerminatedPods:UncountedTerminatedPods',
  JobTemplateSpec: 'metadata:ObjectMeta spec:JobSpec',
  KeyToPath: 'key mode:int path user:long',
  LabelSelector: 'matchExpressions:[LabelSelectorRequirement] matchLabels:{string}',
  LabelSelectorRequirement: 'key operator values:[string]',
  Lifecycle: 'postStart:LifecycleHandler preStop:LifecycleHandler stopSignal',
  LifecycleHandler:
    'exec:ExecAction httpGet:HTTPGetAction sleep:SleepAction tcpSocket:TCPSocketAction',
  LimitRange: 'apiVersion kind metadata:ObjectMeta spec:LimitRangeSpec',
  LimitRangeItem:
    'default:{quantity} defaultRequest:{quantity} max:{quantity} maxLimitRequestRatio:{quantity} min:{quantity} type',
  LimitRangeSpec: 'limits:[LimitRangeItem]',
  LinuxContainerUser: 'gid:long supplementalGroups:[long] uid:long',
  LoadBalancerIngress: 'hostname ip ipMode ports:[PortStatus]',
  LoadBalancerStatus: 'ingress:[LoadBalancerIngress]',
  LocalObjectReference: 'name',
  LocalVolumeSource: 'fsType path',
  ManagedFieldsEntry: 'apiVersion fieldsType fieldsV1:any manager operation subresource time',
  MetricIdentifier: 'name selector:LabelSelector',
  MetricSpec:
    'containerResource:ContainerResourceMetricSource external:ExternalMetricSource object:ObjectMetricSource pods:PodsMetricSource resource:ResourceMetricSource type',
  MetricStatus:
    'containerResource:ContainerResourceMetricStatus external:ExternalMetricStatus object:ObjectMetricStatus pods:PodsMetricStatus resource:ResourceMetricStatus type',
  MetricTarget: 'averageUtilization:int averageValue:quantity type value:quantity',
  MetricValueStatus: 'averageUtilization:int averageValue:quantity value:quantity',
  ModifyVolumeStatus: 'status targetVolumeAttributesClassName',
  NFSVolumeSource: 'path readOnly:bool server',
  Namespace: 'apiVersion kind metadata:ObjectMeta spec:NamespaceSpec status:NamespaceStatus',
  NamespaceCondition: 'lastTransitionTime message reason status type',
  NamespaceSpec: 'finalizers:[string]',
  NamespaceStatus: 'conditions:[NamespaceCondition] phase',
  NetworkDeviceData: 'hardwareAddress interfaceName ips:[string]',
  Node: 'apiVersion kind metadata:ObjectMeta spec:NodeSpec status:NodeStatus',
  NodeAddress: 'address type',
  NodeAffinity:
    'preferredDuringSchedulingIgnoredDuringExecution:[PreferredSchedulingTerm] requiredDuringSchedulingIgnoredDuringExecution:NodeSelector',
  NodeAllocatableMappedResources: 'name quantity:quantity',
  NodeAllocatableMapping: 'capacityKey capacityMultiplier:quantity deviceMultiplier:quantity',
  NodeAllocatableOverhead: 'perContainer:quantity perPod:quantity',
  NodeAllocatableOverheadResources: 'name perContainer:quantity perPod:quantity',
  NodeAllocatableResource: 'mapping:NodeAllocatableMapping overhead:NodeAllocatableOverhead',
  NodeAllocatableResourceClaimStatus:
    'containers:[string] mapping:[NodeAllocatableMappedResources] overhead:[NodeAllocatableOverheadResources] resourceClaimName',
  NodeCondition: 'lastHeartbeatTime lastTransitionTime message reason status type',
  NodeConfigSource: 'configMap:ConfigMapNodeConfigSource',
  NodeConfigStatus:
    'active:NodeConfigSource assigned:NodeConfigSource error lastKnownGood:NodeConfigSource',
  NodeDaemonEndpoints: 'kubeletEndpoint:DaemonEndpoint',
  NodeFeatures: 'supplementalGroupsPolicy:bool',
  NodePodPreemptionPolicy: 'disableResizePreemption:[string]',
  NodeRuntimeHandler: 'features:NodeRuntimeHandlerFeatures name',
  NodeRuntimeHandlerFeatures: 'recursiveReadOnlyMounts:bool userNamespaces:bool',
  NodeSelector: 'nodeSelectorTerms:[NodeSelectorTerm]',
  NodeSelectorRequirement: 'key operator values:[string]',
  NodeSelectorTerm:
    'matchExpressions:[NodeSelectorRequirement] matchFields:[NodeSelectorRequirement]',
  NodeSpec:
    'configSource:NodeConfigSource externalID podCIDR podCIDRs:[string] podPreemptionPolicy:NodePodPreemptionPolicy providerID taints:[Taint] unschedulable:bool',
  NodeStatus:
    'addresses:[NodeAddress] allocatable:{quantity} capacity:{quantity} conditions:[NodeCondition] config:NodeConfigStatus daemonEndpoints:NodeDaemonEndpoints declaredFeatures:[string] features:NodeFeatures images:[ContainerImage] nodeInfo:NodeSystemInfo phase runtimeHandlers:[NodeRuntimeHandler] volumesAttached:[AttachedVolume] volumesInUse:[string]',
  NodeSwapStatus: 'capacity:long',
  NodeSystemInfo:
    'architecture bootID containerRuntimeVersion kernelVersion kubeProxyVersion kubeletVersion machineID operatingSystem osImage runningInUserNamespace:bool swap:NodeSwapStatus systemUUID',
  ObjectFieldSelector: 'apiVersion fieldPath',
  ObjectMeta:
    'annotations:{string} creationTimestamp deletionGracePeriodSeconds:long deletionTimestamp finalizers:[string] generateName generation:long labels:{string} managedFields:[ManagedFieldsEntry] name namespace ownerReferences:[OwnerReference] resourceVersion selfLink uid',
  ObjectMetricSource:
    'describedObject:autoscalingV2CrossVersionObjectReference metric:MetricIdentifier target:MetricTarget',
  ObjectMetricStatus:
    'current:MetricValueStatus describedObject:autoscalingV2CrossVersionObjectReference metric:MetricIdentifier',
  ObjectReference: 'apiVersion fieldPath kind name namespace resourceVersion uid',
  OpaqueDeviceConfiguration: 'driver parameters:any',
  Overhead: 'podFixed:{quantity}',
  OwnerReference: 'apiVersion blockOwnerDeletion:bool controller:bool kind name uid',
  PersistentVolume:
    'apiVersion kind metadata:ObjectMeta spec:PersistentVolumeSpec status:PersistentVolumeStatus',
  PersistentVolumeClaim:
    'apiVersion kind metadata:ObjectMeta spec:PersistentVolumeClaimSpec status:PersistentVolumeClaimStatus',
  PersistentVolumeClaimCondition: 'lastProbeTime lastTransitionTime message reason status type',
  PersistentVolumeClaimSpec:
    'accessModes:[string] dataSource:TypedLocalObjectReference dataSourceRef:TypedObjectReference resources:VolumeResourceRequirements selector:LabelSelector storageClassName volumeAttributesClassName volumeMode volumeName',
  PersistentVolumeClaimStatus:
    'accessModes:[string] allocatedResourceStatuses:{string} allocatedResources:{quantity} capacity:{quantity} conditions:[PersistentVolumeClaimCondition] currentVolumeAttributesClassName healthStatus:VolumeHealthStatus modifyVolumeStatus:ModifyVolumeStatus phase',
  PersistentVolumeClaimTemplate: 'metadata:ObjectMeta spec:PersistentVolumeClaimSpec',
  PersistentVolumeClaimVolumeSource: 'claimName readOnly:bool',
  PersistentVolumeSpec:
    'accessModes:[string] awsElasticBlockStore:AWSElasticBlockStoreVolumeSource azureDisk:AzureDiskVolumeSource azureFile:AzureFilePersistentVolumeSource capacity:{quantity} cephfs:CephFSPersistentVolumeSource cinder:CinderPersistentVolumeSource claimRef:ObjectReference csi:CSIPersistentVolumeSource fc:FCVolumeSource flexVolume:FlexPersistentVolumeSource flocker:FlockerVolumeSource gcePersistentDisk:GCEPersistentDiskVolumeSource glusterfs:GlusterfsPersistentVolumeSource hostPath:HostPathVolumeSource iscsi:ISCSIPersistentVolumeSource local:LocalVolumeSource mountOptions:[string] nfs:NFSVolumeSource nodeAffinity:VolumeNodeAffinity persistentVolumeReclaimPolicy photonPersistentDisk:PhotonPersistentDiskVolumeSource portworxVolume:PortworxVolumeSource quobyte:QuobyteVolumeSource rbd:RBDPersistentVolumeSource scaleIO:ScaleIOPersistentVolumeSource storageClassName storageos:StorageOSPersistentVolumeSource volumeAttributesClassName volumeMode vsphereVolume:VsphereVirtualDiskVolumeSource',
  PersistentVolumeStatus: 'lastPhaseTransitionTime message phase reason',
  PhotonPersistentDiskVolumeSource: 'fsType pdID',
  Pod: 'apiVersion kind metadata:ObjectMeta spec:PodSpec status:PodStatus',
  PodAffinity:
    'preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm] requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm]',
  PodAffinityTerm:
    'labelSelector:LabelSelector matchLabelKeys:[string] mismatchLabelKeys:[string] namespaceSelector:LabelSelector namespaces:[string] topologyKey',
  PodAntiAffinity:
    'preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm] requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm]',
  PodCertificateProjection:
    'certificateChainPath credentialBundlePath keyPath keyType maxExpirationSeconds:int signerName user:long userAnnotations:{string}',
  PodCondition:
    'lastProbeTime lastTransitionTime message observedGeneration:long reason status type',
  PodDNSConfig: 'nameservers:[string] options:[PodDNSConfigOption] searches:[string]',
  PodDNSConfigOption: 'name value',
  PodDisruptionBudget:
    'apiVersion kind metadata:ObjectMeta spec:PodDisruptionBudgetSpec status:PodDisruptionBudgetStatus',
  PodDisruptionBudgetSpec:
    'maxUnavailable:intstr minAvailable:intstr selector:LabelSelector unhealthyPodEvictionPolicy',
  PodDisruptionBudgetStatus:
    'conditions:[Condition] currentHealthy:int desiredHealthy:int disruptedPods:{string} disruptionsAllowed:int expectedPods:int observedGeneration:long',
  PodExtendedResourceClaimStatus:
    'requestMappings:[ContainerExtendedResourceRequest] resourceClaimName',
  PodFailurePolicy: 'rules:[PodFailurePolicyRule]',
  PodFailurePolicyOnExitCodesRequirement: 'containerName operator values:[int]',
  PodFailurePolicyOnPodConditionsPattern: 'status type',
  PodFailurePolicyRule:
    'action onExitCodes:PodFailurePolicyOnExitCodesRequirement onPodConditions:[PodFailurePolicyOnPodConditionsPattern]',
  PodIP: 'ip',
  PodOS: 'name',
  PodReadinessGate: 'conditionType',
  PodResourceClaim: 'name resourceClaimName resourceClaimTemplateName',
  PodResourceClaimStatus: 'name resourceClaimName',
  PodSchedulingGate: 'name',
  PodSchedulingGroup: 'podGroupName',
  PodSecurityContext:
    'appArmorProfile:AppArmorProfile fsGroup:long fsGroupChangePolicy runAsGroup:long runAsNonRoot:bool runAsUser:long seLinuxChangePolicy seLinuxOptions:SELinuxOptions seccompProfile:SeccompProfile supplementalGroups:[long] supplementalGroupsPolicy sysctls:[Sysctl] windowsOptions:WindowsSecurityContextOptions',
  PodSpec:
    'activeDeadlineSeconds:long affinity:Affinity automountServiceAccountToken:bool containers:[Container] dnsConfig:PodDNSConfig dnsPolicy enableServiceLinks:bool ephemeralContainers:[EphemeralContainer] evictionResponders:[EvictionResponder] hostAliases:[HostAlias] hostIPC:bool hostNetwork:bool hostPID:bool hostUsers:bool hostname hostnameOverride imagePullSecrets:[LocalObjectReference] initContainers:[Container] nodeName nodeSelector:{string} os:PodOS overhead:{quantity} preemptionPolicy priority:int priorityClassName readinessGates:[PodReadinessGate] resourceClaims:[PodResourceClaim] resources:ResourceRequirements restartPolicy runtimeClassName schedulerName schedulingGates:[PodSchedulingGate] schedulingGroup:PodSchedulingGroup securityContext:PodSecurityContext serviceAccount serviceAccountName setHostnameAsFQDN:bool shareProcessNamespace:bool subdomain terminationGracePeriodSeconds:long tolerations:[Toleration] topologySpreadConstraints:[TopologySpreadConstraint] volumes:[Volume]',
  PodStatus:
    'allocatedResources:{quantity} conditions:[PodCondition] containerStatuses:[ContainerStatus] ephemeralContainerStatuses:[ContainerStatus] extendedResourceClaimStatus:PodExtendedResourceClaimStatus hostIP hostIPs:[HostIP] initContainerStatuses:[ContainerStatus] message nodeAllocatableResourceClaimStatuses:[NodeAllocatableResourceClaimStatus] nominatedNodeName observedGeneration:long phase podIP podIPs:[PodIP] qosClass reason resize resourceClaimStatuses:[PodResourceClaimStatus] resources:ResourceRequirements startTime volumeHealth:[PodVolumeHealth]',
  PodTemplateSpec: 'metadata:ObjectMeta spec:PodSpec',
  PodVolumeHealth: 'healthConditions:[VolumeHealthCondition] lastTransitionTime name',
  PodsMetricSource: 'metric:MetricIdentifier target:MetricTarget',
  PodsMetricStatus: 'current:MetricValueStatus metric:MetricIdentifier',
  PortStatus: 'error port:int protocol',
  PortworxVolumeSource: 'fsType readOnly:bool volumeID',
  PreferredSchedulingTerm: 'preference:NodeSelectorTerm weight:int',
  PriorityClass:
    'apiVersion description globalDefault:bool kind metadata:ObjectMeta preemptionPolicy value:int',
  Probe:
    'exec:ExecAction failureThreshold:int grpc:GRPCAction httpGet:HTTPGetAction initialDelaySeconds:int periodSeconds:int successThreshold:int tcpSocket:TCPSocketAction terminationGracePeriodSeconds:long timeoutSeconds:int',
  ProjectedVolumeSource: 'defaultMode:int defaultUser:long sources:[VolumeProjection]',
  QuobyteVolumeSource: 'group readOnly:bool registry tenant user volume',
  RBDPersistentVolumeSource:
    'fsType image keyring monitors:[string] pool readOnly:bool secretRef:SecretReference user',
  RBDVolumeSource:
    'fsType image keyring monitors:[string] pool readOnly:bool secretRef:LocalObjectReference user',
  ReplicaSet: 'apiVersion kind metadata:ObjectMeta spec:ReplicaSetSpec status:ReplicaSetStatus',
  ReplicaSetCondition: 'lastTransitionTime message reason status type',
  ReplicaSetSpec:
    'minReadySeconds:int replicas:int selector:LabelSelector template:PodTemplateSpec',
  ReplicaSetStatus:
    'availableReplicas:int conditions:[ReplicaSetCondition] fullyLabeledReplicas:int observedGeneration:long readyReplicas:int replicas:int terminatingReplicas:int',
  ReplicationController:
    'apiVersion kind metadata:ObjectMeta spec:ReplicationControllerSpec status:ReplicationControllerStatus',
  ReplicationControllerCondition: 'lastTransitionTime message reason status type',
  ReplicationControllerSpec:
    'minReadySeconds:int replicas:int selector:{string} template:PodTemplateSpec',
  ReplicationControllerStatus:
    'availableReplicas:int conditions:[ReplicationControllerCondition] fullyLabeledReplicas:int observedGeneration:long readyReplicas:int replicas:int',
  ResourceClaimConsumerReference: 'apiGroup name resource uid',
  ResourceClaimSpec: 'devices:DeviceClaim',
  ResourceClaimStatus:
    'allocation:AllocationResult devices:[AllocatedDeviceStatus] reservedFor:[ResourceClaimConsumerReference]',
  ResourceClaimTemplate: 'apiVersion kind metadata:ObjectMeta spec:ResourceClaimTemplateSpec',
  ResourceClaimTemplateSpec: 'metadata:ObjectMeta spec:ResourceClaimSpec',
  ResourceFieldSelector: 'containerName divisor:quantity resource',
  ResourceHealth: 'health message resourceID',
  ResourceMetricSource: 'name target:MetricTarget',
  ResourceMetricStatus: 'current:MetricValueStatus name',
  ResourcePool: 'generation:long name resourceSliceCount:long',
  ResourceQuota:
    'apiVersion kind metadata:ObjectMeta spec:ResourceQuotaSpec status:ResourceQuotaStatus',
  ResourceQuotaSpec: 'hard:{quantity} scopeSelector:ScopeSelector scopes:[string]',
  ResourceQuotaStatus: 'hard:{quantity} used:{quantity}',
  ResourceRequirements: 'claims:[coreResourceClaim] limits:{quantity} requests:{quantity}',
  ResourceSlice: 'apiVersion kind metadata:ObjectMeta spec:ResourceSliceSpec',
  ResourceSliceSpec:
    'allNodes:bool devices:[Device] driver nodeName nodeSelector:NodeSelector partitionTypeAttribute perDeviceNodeSelection:bool pool:ResourcePool sharedCounters:[CounterSet] skipNodeOperations:[string]',
  ResourceStatus: 'name resources:[ResourceHealth]',
  RollingUpdateDaemonSet: 'maxSurge:intstr maxUnavailable:intstr',
  RollingUpdateDeployment: 'maxSurge:intstr maxUnavailable:intstr',
  RollingUpdateStatefulSetStrategy: 'maxUnavailable:intstr partition:int',
  RuntimeClass:
    'apiVersion handler kind metadata:ObjectMeta overhead:Overhead scheduling:Scheduling',
  SELinuxOptions: 'level role type user',
  ScaleIOPersistentVolumeSource:
    'fsType gateway protectionDomain readOnly:bool secretRef:SecretReference sslEnabled:bool storageMode storagePool system volumeName',
  ScaleIOVolumeSource:
    'fsType gateway protectionDomain readOnly:bool secretRef:LocalObjectReference sslEnabled:bool storageMode storagePool system volumeName',
  Scheduling: 'nodeSelector:{string} tolerations:[Toleration]',
  ScopeSelector: 'matchExpressions:[ScopedResourceSelectorRequirement]',
  ScopedResourceSelectorRequirement: 'operator scopeName values:[string]',
  SeccompProfile: 'localhostProfile type',
  SecretEnvSource: 'name optional:bool',
  SecretKeySelector: 'key name optional:bool',
  SecretProjection: 'items:[KeyToPath] name optional:bool',
  SecretReference: 'name namespace',
  SecretVolumeSource: 'defaultMode:int defaultUser:long items:[KeyToPath] optional:bool secretName',
  SecurityContext:
    'allowPrivilegeEscalation:bool appArmorProfile:AppArmorProfile capabilities:Capabilities privileged:bool procMount readOnlyRootFilesystem:bool runAsGroup:long runAsNonRoot:bool runAsUser:long seLinuxOptions:SELinuxOptions seccompProfile:SeccompProfile windowsOptions:WindowsSecurityContextOptions',
  Service: 'apiVersion kind metadata:ObjectMeta spec:ServiceSpec status:ServiceStatus',
  ServiceAccountTokenProjection: 'audience expirationSeconds:long path user:long',
  ServicePort: 'appProtocol name nodePort:int port:int protocol targetPort:intstr',
  ServiceSpec:
    'allocateLoadBalancerNodePorts:bool clusterIP clusterIPs:[string] externalIPs:[string] externalName externalTrafficPolicy healthCheckNodePort:int internalTrafficPolicy ipFamilies:[string] ipFamilyPolicy loadBalancerClass loadBalancerIP loadBalancerSourceRanges:[string] ports:[ServicePort] publishNotReadyAddresses:bool selector:{string} sessionAffinity sessionAffinityConfig:SessionAffinityConfig trafficDistribution type',
  ServiceStatus: 'conditions:[Condition] loadBalancer:LoadBalancerStatus',
  SessionAffinityConfig: 'clientIP:ClientIPConfig',
  SleepAction: 'seconds:long',
  StatefulSet: 'apiVersion kind metadata:ObjectMeta spec:StatefulSetSpec status:StatefulSetStatus',
  StatefulSetCondition: 'lastTransitionTime message reason status type',
  StatefulSetOrdinals: 'start:int',
  StatefulSetPersistentVolumeClaimRetentionPolicy: 'whenDeleted whenScaled',
  StatefulSetSpec:
    'minReadySeconds:int ordinals:StatefulSetOrdinals persistentVolumeClaimRetentionPolicy:StatefulSetPersistentVolumeClaimRetentionPolicy podManagementPolicy replicas:int revisionHistoryLimit:int selector:LabelSelector serviceName template:PodTemplateSpec updateStrategy:StatefulSetUpdateStrategy volumeClaimTemplates:[PersistentVolumeClaim]',
  StatefulSetStatus:
    'availableReplicas:int collisionCount:int conditions:[StatefulSetCondition] currentReplicas:int currentRevision observedGeneration:long readyReplicas:int replicas:int updateRevision updatedReplicas:int',
  StatefulSetUpdateStrategy: 'rollingUpdate:RollingUpdateStatefulSetStrategy type',
  StorageClass:
    'allowVolumeExpansion:bool allowedTopologies:[TopologySelectorTerm] apiVersion kind metadata:ObjectMeta mountOptions:[string] parameters:{string} provisioner reclaimPolicy volumeBindingMode',
  StorageHealth: 'healthConditions:[StorageHealthCondition] name',
  StorageHealthCondition: 'accessMode lastTransitionTime message reason status volumeMode',
  StorageOSPersistentVolumeSource:
    'fsType readOnly:bool secretRef:ObjectReference volumeName volumeNamespace',
  StorageOSVolumeSource:
    'fsType readOnly:bool secretRef:LocalObjectReference volumeName volumeNamespace',
  SuccessPolicy: 'rules:[SuccessPolicyRule]',
  SuccessPolicyRule: 'succeededCount:int succeededIndexes',
  Sysctl: 'name value',
  TCPSocketAction: 'host port:intstr',
  Taint: 'effect key timeAdded value',
  TokenRequest: 'audience expirationSeconds:long',
  Toleration: 'effect key operator tolerationSeconds:long value',
  TopologyConstraint: 'key',
  TopologySelectorLabelRequirement: 'key values:[string]',
  TopologySelectorTerm: 'matchLabelExpressions:[TopologySelectorLabelRequirement]',
  TopologySpreadConstraint:
    'labelSelector:LabelSelector matchLabelKeys:[string] maxSkew:int minDomains:int nodeAffinityPolicy nodeTaintsPolicy topologyKey whenUnsatisfiable',
  TypedLocalObjectReference: 'apiGroup kind name',
  TypedObjectReference: 'apiGroup kind name namespace',
  UncountedTerminatedPods: 'failed:[string] succeeded:[string]',
  Volume:
    'awsElasticBlockStore:AWSElasticBlockStoreVolumeSource azureDisk:AzureDiskVolumeSource azureFile:AzureFileVolumeSource cephfs:CephFSVolumeSource cinder:CinderVolumeSource configMap:ConfigMapVolumeSource csi:CSIVolumeSource downwardAPI:DownwardAPIVolumeSource emptyDir:EmptyDirVolumeSource ephemeral:EphemeralVolumeSource fc:FCVolumeSource flexVolume:FlexVolumeSource flocker:FlockerVolumeSource gcePersistentDisk:GCEPersistentDiskVolumeSource gitRepo:GitRepoVolumeSource glusterfs:GlusterfsVolumeSource hostPath:HostPathVolumeSource image:ImageVolumeSource iscsi:ISCSIVolumeSource name nfs:NFSVolumeSource persistentVolumeClaim:PersistentVolumeClaimVolumeSource photonPersistentDisk:PhotonPersistentDiskVolumeSource portworxVolume:PortworxVolumeSource projected:ProjectedVolumeSource quobyte:QuobyteVolumeSource rbd:RBDVolumeSource scaleIO:ScaleIOVolumeSource secret:SecretVolumeSource storageos:StorageOSVolumeSource vsphereVolume:VsphereVirtualDiskVolumeSource',
  VolumeAttachment:
    'apiVersion kind metadata:ObjectMeta spec:VolumeAttachmentSpec status:VolumeAttachmentStatus',
  VolumeAttachmentSource: 'inlineVolumeSpec:PersistentVolumeSpec persistentVolumeName',
  VolumeAttachmentSpec: 'attacher nodeName source:VolumeAttachmentSource',
  VolumeAttachmentStatus:
    'attachError:VolumeError attached:bool attachmentMetadata:{string} detachError:VolumeError',
  VolumeAttributesClass: 'apiVersion driverName kind metadata:ObjectMeta parameters:{string}',
  VolumeDevice: 'devicePath name',
  VolumeError: 'errorCode:int message time',
  VolumeHealthCondition: 'message reason status',
  VolumeHealthStatus: 'healthConditions:[VolumeHealthCondition] lastTransitionTime',
  VolumeMount:
    'bindMountOptions:[string] mountPath mountPropagation name readOnly:bool recursiveReadOnly subPath subPathExpr',
  VolumeMountStatus: 'mountPath name readOnly:bool recursiveReadOnly volumeStatus:VolumeStatus',
  VolumeNodeAffinity: 'required:NodeSelector',
  VolumeNodeResources: 'count:int',
  VolumeProjection:
    'clusterTrustBundle:ClusterTrustBundleProjection configMap:ConfigMapProjection downwardAPI:DownwardAPIProjection podCertificate:PodCertificateProjection secret:SecretProjection serviceAccountToken:ServiceAccountTokenProjection',
  VolumeResourceRequirements: 'limits:{quantity} requests:{quantity}',
  VolumeStatus: 'image:ImageVolumeStatus',
  VsphereVirtualDiskVolumeSource: 'fsType storagePolicyID storagePolicyName volumePath',
  WeightedPodAffinityTerm: 'podAffinityTerm:PodAffinityTerm weight:int',
  WindowsSecurityContextOptions:
    'gmsaCredentialSpec gmsaCredentialSpecName hostProcess:bool runAsUserName',
  WorkloadPodGroupDisruptionMode: 'all:any single:any',
  WorkloadPodGroupGangSchedulingPolicy: 'minCount:int',
  WorkloadPodGroupResourceClaim: 'name resourceClaimName resourceClaimTemplateName',
  WorkloadPodGroupSchedulingConstraints: 'topology:[TopologyConstraint]',
  WorkloadPodGroupSchedulingPolicy: 'basic:any gang:WorkloadPodGroupGangSchedulingPolicy',
  autoscalingV1CrossVersionObjectReference: 'apiVersion kind name',
  autoscalingV1HorizontalPodAutoscaler:
    'apiVersion kind metadata:ObjectMeta spec:autoscalingV1HorizontalPodAutoscalerSpec status:autoscalingV1HorizontalPodAutoscalerStatus',
  autoscalingV1HorizontalPodAutoscalerSpec:
    'maxReplicas:int minReplicas:int scaleTargetRef:autoscalingV1CrossVersionObjectReference targetCPUUtilizationPercentage:int',
  autoscalingV1HorizontalPodAutoscalerStatus:
    'currentCPUUtilizationPercentage:int currentReplicas:int desiredReplicas:int lastScaleTime observedGeneration:long',
  autoscalingV2CrossVersionObjectReference: 'apiVersion kind name',
  autoscalingV2HorizontalPodAutoscaler:
    'apiVersion kind metadata:ObjectMeta spec:autoscalingV2HorizontalPodAutoscalerSpec status:autoscalingV2HorizontalPodAutoscalerStatus',
  autoscalingV2HorizontalPodAutoscalerSpec:
    'behavior:HorizontalPodAutoscalerBehavior maxReplicas:int metrics:[MetricSpec] minReplicas:int scaleTargetRef:autoscalingV2CrossVersionObjectReference',
  autoscalingV2HorizontalPodAutoscalerStatus:
    'conditions:[HorizontalPodAutoscalerCondition] currentMetrics:[MetricStatus] currentReplicas:int desiredReplicas:int lastScaleTime observedGeneration:long',
  coreResourceClaim: 'name request',
  resourceResourceClaim:
    'apiVersion kind metadata:ObjectMeta spec:ResourceClaimSpec status:ResourceClaimStatus',
}
