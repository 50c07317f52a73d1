/**
 * Lists the fields of the documents of Amazon ECS that are read, of the resources of CloudFormation
 * that are planned, and of all types inside them. `test/oracle/ecs-field-names` writes this file.
 *
 * Source: the model of the Amazon ECS API in `botocore` 1.43.127, and the schemas of
 * CloudFormation's resources in `cfn-lint` 1.58.0.
 */

/**
 * The fields of each type, by the kind of a document, by the name of a shape of the API, or by the
 * type of a resource. A field is `name` for a single value, for a list of them and for a map
 * whose keys are data, or else `name:type`, where a value or the items of a list are of another
 * type of the table.
 */
export const ecsFieldsOfType: Readonly<Record<string, string>> = {
  'AWS::ECS::Service':
    'AvailabilityZoneRebalancing CapacityProviderStrategy:Service.CapacityProviderStrategyItem Cluster DeploymentConfiguration:Service.DeploymentConfiguration DeploymentController:Service.DeploymentController DesiredCount EnableECSManagedTags EnableExecuteCommand ForceNewDeployment:Service.ForceNewDeployment GatewayConnectors:Service.GatewayConnector HealthCheckGracePeriodSeconds LaunchType LoadBalancers:Service.LoadBalancer Monitoring:Service.MonitoringConfiguration Name NetworkConfiguration:Service.NetworkConfiguration PlacementConstraints:Service.PlacementConstraint PlacementStrategies:Service.PlacementStrategy PlatformVersion PropagateTags Role SchedulingStrategy ServiceArn ServiceConnectConfiguration:Service.ServiceConnectConfiguration ServiceName ServiceRegistries:Service.ServiceRegistry Tags:Service.Tag TaskDefinition VolumeConfigurations:Service.ServiceVolumeConfiguration VpcLatticeConfigurations:Service.VpcLatticeConfiguration',
  'AWS::ECS::TaskDefinition':
    'ContainerDefinitions:TaskDefinition.ContainerDefinition Cpu EnableFaultInjection EphemeralStorage:TaskDefinition.EphemeralStorage ExecutionRoleArn Family InferenceAccelerators:TaskDefinition.InferenceAccelerator IpcMode Memory NetworkMode PidMode PlacementConstraints:TaskDefinition.TaskDefinitionPlacementConstraint ProxyConfiguration:TaskDefinition.ProxyConfiguration RequiresCompatibilities RuntimePlatform:TaskDefinition.RuntimePlatform Tags:TaskDefinition.Tag TaskDefinitionArn TaskRoleArn Volumes:TaskDefinition.Volume',
  'AWS::ECS::TaskSet':
    'CapacityProviderStrategy:TaskSet.CapacityProviderStrategyItem Cluster ExternalId Id LaunchType LoadBalancers:TaskSet.LoadBalancer NetworkConfiguration:TaskSet.NetworkConfiguration PlatformVersion Scale:TaskSet.Scale Service ServiceRegistries:TaskSet.ServiceRegistry Tags:TaskSet.Tag TaskDefinition',
  AcceleratorCountRequest: 'max min',
  AcceleratorTotalMemoryMiBRequest: 'max min',
  AdvancedConfiguration: 'alternateTargetGroupArn productionListenerRule roleArn testListenerRule',
  Attachment: 'details:KeyValuePair id status type',
  Attribute: 'name targetId targetType value',
  AutoRepairConfiguration: 'actionsStatus',
  AutoScalingGroupProvider:
    'autoScalingGroupArn managedDraining managedScaling:ManagedScaling managedTerminationProtection',
  AwsVpcConfiguration: 'assignPublicIp securityGroups subnets',
  BaselineEbsBandwidthMbpsRequest: 'max min',
  CanaryConfiguration: 'canaryBakeTimeInMinutes canaryPercent',
  CapacityProviderStrategyItem: 'base capacityProvider weight',
  CapacityReservationRequest: 'reservationGroupArn reservationPreference',
  ClusterConfiguration:
    'executeCommandConfiguration:ExecuteCommandConfiguration managedStorageConfiguration:ManagedStorageConfiguration',
  ClusterServiceConnectDefaults: 'namespace',
  ClusterServiceConnectDefaultsRequest: 'namespace',
  ClusterSetting: 'name value',
  Container:
    'containerArn cpu exitCode gpuIds gpuSharingStrategy:SharingStrategy healthStatus image imageDigest lastStatus managedAgents:ManagedAgent memory memoryReservation name networkBindings:NetworkBinding networkInterfaces:NetworkInterface neuronDeviceIds reason runtimeId taskArn',
  ContainerDefinition:
    'command cpu credentialSpecs dependsOn:ContainerDependency disableNetworking dnsSearchDomains dnsServers dockerLabels dockerSecurityOptions entryPoint environment:KeyValuePair environmentFiles:EnvironmentFile essential extraHosts:HostEntry firelensConfiguration:FirelensConfiguration healthCheck:HealthCheck hostname image interactive links linuxParameters:LinuxParameters logConfiguration:LogConfiguration memory memoryReservation mountPoints:MountPoint name portMappings:PortMapping privileged pseudoTerminal readonlyRootFilesystem repositoryCredentials:RepositoryCredentials resourceRequirements:ResourceRequirement restartPolicy:ContainerRestartPolicy secrets:Secret startTimeout stopTimeout systemControls:SystemControl ulimits:Ulimit user versionConsistency volumesFrom:VolumeFrom workingDirectory',
  ContainerDependency: 'condition containerName',
  ContainerInstanceHealthStatus: 'details:InstanceHealthCheckResult overallStatus',
  ContainerOverride:
    'command cpu environment:KeyValuePair environmentFiles:EnvironmentFile memory memoryReservation name resourceRequirements:ResourceRequirement',
  ContainerRestartPolicy: 'enabled ignoredExitCodes restartAttemptPeriod',
  CreateManagedInstancesProviderConfiguration:
    'autoRepairConfiguration:AutoRepairConfiguration infrastructureOptimization:InfrastructureOptimization infrastructureRoleArn instanceLaunchTemplate:InstanceLaunchTemplate propagateTags',
  Deployment:
    'capacityProviderStrategy:CapacityProviderStrategyItem createdAt desiredCount failedTasks fargateEphemeralStorage:DeploymentEphemeralStorage id launchType networkConfiguration:NetworkConfiguration pendingCount platformFamily platformVersion rolloutState rolloutStateReason runningCount serviceConnectConfiguration:ServiceConnectConfiguration serviceConnectResources:ServiceConnectServiceResource status taskDefinition updatedAt volumeConfigurations:ServiceVolumeConfiguration vpcLatticeConfigurations:VpcLatticeConfiguration',
  DeploymentAlarms: 'alarmNames enable rollback',
  DeploymentCircuitBreaker:
    'enable resetOnHealthyTask rollback thresholdConfiguration:ThresholdConfiguration',
  DeploymentConfiguration:
    'alarms:DeploymentAlarms bakeTimeInMinutes canaryConfiguration:CanaryConfiguration deploymentCircuitBreaker:DeploymentCircuitBreaker earlySuccessCriteria:DeploymentEarlySuccessCriteria lifecycleHooks:DeploymentLifecycleHook linearConfiguration:LinearConfiguration maximumPercent minimumHealthyPercent strategy',
  DeploymentController: 'type',
  DeploymentEarlySuccessCriteria: 'enable healthyPercent sourceServiceRevisionCleanup',
  DeploymentEphemeralStorage: 'kmsKeyId',
  DeploymentLifecycleHook:
    'hookDetails hookTargetArn lifecycleStages roleArn targetType timeoutConfiguration:DeploymentLifecycleHookTimeoutConfiguration',
  DeploymentLifecycleHookTimeoutConfiguration: 'action timeoutInMinutes',
  Device: 'containerPath hostPath permissions',
  DockerVolumeConfiguration: 'autoprovision driver driverOpts labels scope',
  EBSTagSpecification: 'propagateTags resourceType tags:Tag',
  EFSAuthorizationConfig: 'accessPointId iam',
  EFSVolumeConfiguration:
    'authorizationConfig:EFSAuthorizationConfig fileSystemId rootDirectory transitEncryption transitEncryptionPort',
  EnvironmentFile: 'type value',
  EphemeralStorage: 'sizeInGiB',
  ExecuteCommandConfiguration: 'kmsKeyId logConfiguration:ExecuteCommandLogConfiguration logging',
  ExecuteCommandLogConfiguration:
    'cloudWatchEncryptionEnabled cloudWatchLogGroupName s3BucketName s3EncryptionEnabled s3KeyPrefix',
  FSxWindowsFileServerAuthorizationConfig: 'credentialsParameter domain',
  FSxWindowsFileServerVolumeConfiguration:
    'authorizationConfig:FSxWindowsFileServerAuthorizationConfig fileSystemId rootDirectory',
  FirelensConfiguration: 'options type',
  GatewayConnector:
    'filters:GatewayConnectorFilters healthCheck:GatewayConnectorHealthCheck portName',
  GatewayConnectorFilters: 'accessTypes',
  GatewayConnectorHealthCheck:
    'healthCheckIntervalSeconds healthCheckPath healthCheckPort healthCheckProtocol healthCheckTimeoutSeconds healthyThresholdCount matcher:GatewayConnectorHealthCheckMatcher unhealthyThresholdCount',
  GatewayConnectorHealthCheckMatcher: 'grpcCode httpCode',
  GpuDevice: 'containerCount gpuId remainingMemoryInMiB sharingMode totalMemoryInMiB',
  HealthCheck: 'command interval retries startPeriod timeout',
  HostEntry: 'hostname ipAddress',
  HostVolumeProperties: 'sourcePath',
  InferenceAccelerator: 'deviceName deviceType',
  InferenceAcceleratorOverride: 'deviceName deviceType',
  InfrastructureOptimization: 'scaleInAfter',
  InstanceHealthCheckResult: 'lastStatusChange lastUpdated status statusReason type',
  InstanceLaunchTemplate:
    'capacityOptionType capacityReservations:CapacityReservationRequest ec2InstanceProfileArn fipsEnabled instanceMetadataTagsPropagation instanceRequirements:InstanceRequirementsRequest localStorageConfiguration:ManagedInstancesLocalStorageConfiguration monitoring networkConfiguration:ManagedInstancesNetworkConfiguration nitroEnclavesEnabled storageConfiguration:ManagedInstancesStorageConfiguration',
  InstanceRequirementsRequest:
    'acceleratorCount:AcceleratorCountRequest acceleratorManufacturers acceleratorNames acceleratorTotalMemoryMiB:AcceleratorTotalMemoryMiBRequest acceleratorTypes allowedInstanceTypes bareMetal baselineEbsBandwidthMbps:BaselineEbsBandwidthMbpsRequest burstablePerformance cpuManufacturers excludedInstanceTypes instanceGenerations localStorage localStorageTypes maxSpotPriceAsPercentageOfOptimalOnDemandPrice memoryGiBPerVCpu:MemoryGiBPerVCpuRequest memoryMiB:MemoryMiBRequest networkBandwidthGbps:NetworkBandwidthGbpsRequest networkInterfaceCount:NetworkInterfaceCountRequest onDemandMaxPricePercentageOverLowestPrice requireHibernateSupport spotMaxPricePercentageOverLowestPrice totalLocalStorageGB:TotalLocalStorageGBRequest vCpuCount:VCpuCountRangeRequest',
  KernelCapabilities: 'add drop',
  KeyValuePair: 'name value',
  LinearConfiguration: 'stepBakeTimeInMinutes stepPercent',
  LinuxParameters:
    'capabilities:KernelCapabilities devices:Device initProcessEnabled maxSwap sharedMemorySize swappiness tmpfs:Tmpfs',
  LoadBalancer:
    'advancedConfiguration:AdvancedConfiguration containerName containerPort loadBalancerName targetGroupArn',
  LogConfiguration: 'logDriver options secretOptions:Secret',
  ManagedAgent: 'lastStartedAt lastStatus name reason',
  ManagedInstancesLocalStorageConfiguration: 'useLocalStorage',
  ManagedInstancesNetworkConfiguration: 'securityGroups subnets',
  ManagedInstancesProvider:
    'autoRepairConfiguration:AutoRepairConfiguration infrastructureOptimization:InfrastructureOptimization infrastructureRoleArn instanceLaunchTemplate:InstanceLaunchTemplate propagateTags',
  ManagedInstancesStorageConfiguration: 'storageSizeGiB',
  ManagedScaling:
    'instanceWarmupPeriod maximumScalingStepSize minimumScalingStepSize status targetCapacity',
  ManagedStorageConfiguration: 'fargateEphemeralStorageKmsKeyId kmsKeyId',
  MemoryGiBPerVCpuRequest: 'max min',
  MemoryMiBRequest: 'max min',
  MetricConfiguration: 'metricNames resolutionSeconds',
  MonitoringConfiguration: 'metricConfigurations:MetricConfiguration',
  MountPoint: 'containerPath readOnly sourceVolume',
  NetworkBandwidthGbpsRequest: 'max min',
  NetworkBinding: 'bindIP containerPort containerPortRange hostPort hostPortRange protocol',
  NetworkConfiguration: 'awsvpcConfiguration:AwsVpcConfiguration',
  NetworkInterface: 'attachmentId ipv6Address privateIpv4Address',
  NetworkInterfaceCountRequest: 'max min',
  NvidiaMpsAllocation: 'maxComputePercent memory',
  PlacementConstraint: 'expression type',
  PlacementStrategy: 'field type',
  PortMapping: 'appProtocol containerPort containerPortRange hostPort name protocol',
  ProxyConfiguration: 'containerName properties:KeyValuePair type',
  RepositoryCredentials: 'credentialsParameter',
  Resource: 'doubleValue integerValue longValue name stringSetValue type',
  ResourceRequirement: 'sharingStrategy:SharingStrategy type value',
  RuntimePlatform: 'cpuArchitecture operatingSystemFamily',
  S3FilesVolumeConfiguration: 'accessPointArn fileSystemArn rootDirectory transitEncryptionPort',
  Scale: 'unit value',
  Secret: 'name valueFrom',
  'Service.AdvancedConfiguration':
    'AlternateTargetGroupArn ProductionListenerRule RoleArn TestListenerRule',
  'Service.AwsVpcConfiguration': 'AssignPublicIp SecurityGroups Subnets',
  'Service.CanaryConfiguration': 'CanaryBakeTimeInMinutes CanaryPercent',
  'Service.CapacityProviderStrategyItem': 'Base CapacityProvider Weight',
  'Service.DeploymentAlarms': 'AlarmNames Enable Rollback',
  'Service.DeploymentCircuitBreaker':
    'Enable ResetOnHealthyTask Rollback ThresholdConfiguration:Service.ThresholdConfiguration',
  'Service.DeploymentConfiguration':
    'Alarms:Service.DeploymentAlarms BakeTimeInMinutes CanaryConfiguration:Service.CanaryConfiguration DeploymentCircuitBreaker:Service.DeploymentCircuitBreaker EarlySuccessCriteria:Service.DeploymentEarlySuccessCriteria LifecycleHooks:Service.DeploymentLifecycleHook LinearConfiguration:Service.LinearConfiguration MaximumPercent MinimumHealthyPercent Strategy',
  'Service.DeploymentController': 'Type',
  'Service.DeploymentEarlySuccessCriteria': 'Enable HealthyPercent SourceServiceRevisionCleanup',
  'Service.DeploymentLifecycleHook':
    'HookDetails HookTargetArn LifecycleStages RoleArn TargetType TimeoutConfiguration:Service.HookTimeoutConfig',
  'Service.EBSTagSpecification': 'PropagateTags ResourceType Tags:Service.Tag',
  'Service.ForceNewDeployment': 'EnableForceNewDeployment ForceNewDeploymentNonce',
  'Service.GatewayConnector':
    'Filters:Service.GatewayConnectorFilters HealthCheck:Service.GatewayConnectorHealthCheck PortName',
  'Service.GatewayConnectorFilters': 'AccessTypes',
  'Service.GatewayConnectorHealthCheck':
    'HealthCheckIntervalSeconds HealthCheckPath HealthCheckPort HealthCheckProtocol HealthCheckTimeoutSeconds HealthyThresholdCount Matcher:Service.GatewayConnectorHealthCheckMatcher UnhealthyThresholdCount',
  'Service.GatewayConnectorHealthCheckMatcher': 'GrpcCode HttpCode',
  'Service.HookTimeoutConfig': 'Action TimeoutInMinutes',
  'Service.LinearConfiguration': 'StepBakeTimeInMinutes StepPercent',
  'Service.LoadBalancer':
    'AdvancedConfiguration:Service.AdvancedConfiguration ContainerName ContainerPort LoadBalancerName TargetGroupArn',
  'Service.LogConfiguration': 'LogDriver Options SecretOptions:Service.Secret',
  'Service.MetricConfiguration': 'MetricNames ResolutionSeconds',
  'Service.MonitoringConfiguration': 'MetricConfigurations:Service.MetricConfiguration',
  'Service.NetworkConfiguration': 'AwsvpcConfiguration:Service.AwsVpcConfiguration',
  'Service.PlacementConstraint': 'Expression Type',
  'Service.PlacementStrategy': 'Field Type',
  'Service.Secret': 'Name ValueFrom',
  'Service.ServiceConnectAccessLogConfiguration': 'Format IncludeQueryParameters',
  'Service.ServiceConnectClientAlias':
    'DnsName Port TestTrafficRules:Service.ServiceConnectTestTrafficRules',
  'Service.ServiceConnectConfiguration':
    'AccessLogConfiguration:Service.ServiceConnectAccessLogConfiguration ContainerConfigurations:Service.ServiceConnectContainerConfiguration Enabled LogConfiguration:Service.LogConfiguration Namespace Services:Service.ServiceConnectService',
  'Service.ServiceConnectContainerConfiguration': 'LogLevel',
  'Service.ServiceConnectService':
    'ClientAliases:Service.ServiceConnectClientAlias DiscoveryName IngressPortOverride PortName Timeout:Service.TimeoutConfiguration Tls:Service.ServiceConnectTlsConfiguration',
  'Service.ServiceConnectTestTrafficRules': 'Header:Service.ServiceConnectTestTrafficRulesHeader',
  'Service.ServiceConnectTestTrafficRulesHeader':
    'Name Value:Service.ServiceConnectTestTrafficRulesHeaderValue',
  'Service.ServiceConnectTestTrafficRulesHeaderValue': 'Exact',
  'Service.ServiceConnectTlsCertificateAuthority': 'AwsPcaAuthorityArn',
  'Service.ServiceConnectTlsConfiguration':
    'IssuerCertificateAuthority:Service.ServiceConnectTlsCertificateAuthority KmsKey RoleArn',
  'Service.ServiceManagedEBSVolumeConfiguration':
    'Encrypted FilesystemType Iops KmsKeyId RoleArn SizeInGiB SnapshotId TagSpecifications:Service.EBSTagSpecification Throughput VolumeInitializationRate VolumeType',
  'Service.ServiceRegistry': 'ContainerName ContainerPort Port RegistryArn',
  'Service.ServiceVolumeConfiguration':
    'ManagedEBSVolume:Service.ServiceManagedEBSVolumeConfiguration Name',
  'Service.Tag': 'Key Value',
  'Service.ThresholdConfiguration': 'Type Value',
  'Service.TimeoutConfiguration': 'IdleTimeoutSeconds PerRequestTimeoutSeconds',
  'Service.VpcLatticeAdvancedConfiguration':
    'AlternateTargetGroupArn ProductionListenerRule TestListenerRule',
  'Service.VpcLatticeConfiguration':
    'AdvancedConfiguration:Service.VpcLatticeAdvancedConfiguration PortName RoleArn TargetGroupArn',
  ServiceConnectAccessLogConfiguration: 'format includeQueryParameters',
  ServiceConnectClientAlias: 'dnsName port testTrafficRules:ServiceConnectTestTrafficRules',
  ServiceConnectConfiguration:
    'accessLogConfiguration:ServiceConnectAccessLogConfiguration containerConfigurations:ServiceConnectContainerConfiguration enabled logConfiguration:LogConfiguration namespace services:ServiceConnectService',
  ServiceConnectContainerConfiguration: 'logLevel',
  ServiceConnectService:
    'clientAliases:ServiceConnectClientAlias discoveryName ingressPortOverride portName timeout:TimeoutConfiguration tls:ServiceConnectTlsConfiguration',
  ServiceConnectServiceResource: 'discoveryArn discoveryName',
  ServiceConnectTestTrafficHeaderMatchRules: 'exact',
  ServiceConnectTestTrafficHeaderRules: 'name value:ServiceConnectTestTrafficHeaderMatchRules',
  ServiceConnectTestTrafficRules: 'header:ServiceConnectTestTrafficHeaderRules',
  ServiceConnectTlsCertificateAuthority: 'awsPcaAuthorityArn',
  ServiceConnectTlsConfiguration:
    'issuerCertificateAuthority:ServiceConnectTlsCertificateAuthority kmsKey roleArn',
  ServiceCurrentRevisionSummary: 'arn pendingTaskCount requestedTaskCount runningTaskCount',
  ServiceEvent: 'createdAt id message',
  ServiceManagedEBSVolumeConfiguration:
    'encrypted filesystemType iops kmsKeyId roleArn sizeInGiB snapshotId tagSpecifications:EBSTagSpecification throughput volumeInitializationRate volumeType',
  ServiceRegistry: 'containerName containerPort port registryArn',
  ServiceVolumeConfiguration: 'managedEBSVolume:ServiceManagedEBSVolumeConfiguration name',
  SharingStrategy: 'nvidiaMps:NvidiaMpsAllocation',
  SystemControl: 'namespace value',
  Tag: 'key value',
  'TaskDefinition.AuthorizationConfig': 'AccessPointId IAM',
  'TaskDefinition.ContainerDefinition':
    'Command Cpu CredentialSpecs DependsOn:TaskDefinition.ContainerDependency DisableNetworking DnsSearchDomains DnsServers DockerLabels DockerSecurityOptions EntryPoint Environment:TaskDefinition.KeyValuePair EnvironmentFiles:TaskDefinition.EnvironmentFile Essential ExtraHosts:TaskDefinition.HostEntry FirelensConfiguration:TaskDefinition.FirelensConfiguration HealthCheck:TaskDefinition.HealthCheck Hostname Image Interactive Links LinuxParameters:TaskDefinition.LinuxParameters LogConfiguration:TaskDefinition.LogConfiguration Memory MemoryReservation MountPoints:TaskDefinition.MountPoint Name PortMappings:TaskDefinition.PortMapping Privileged PseudoTerminal ReadonlyRootFilesystem RepositoryCredentials:TaskDefinition.RepositoryCredentials ResourceRequirements:TaskDefinition.ResourceRequirement RestartPolicy:TaskDefinition.RestartPolicy Secrets:TaskDefinition.Secret StartTimeout StopTimeout SystemControls:TaskDefinition.SystemControl Ulimits:TaskDefinition.Ulimit User VersionConsistency VolumesFrom:TaskDefinition.VolumeFrom WorkingDirectory',
  'TaskDefinition.ContainerDependency': 'Condition ContainerName',
  'TaskDefinition.Device': 'ContainerPath HostPath Permissions',
  'TaskDefinition.DockerVolumeConfiguration': 'Autoprovision Driver DriverOpts Labels Scope',
  'TaskDefinition.EFSVolumeConfiguration':
    'AuthorizationConfig:TaskDefinition.AuthorizationConfig FilesystemId RootDirectory TransitEncryption TransitEncryptionPort',
  'TaskDefinition.EnvironmentFile': 'Type Value',
  'TaskDefinition.EphemeralStorage': 'SizeInGiB',
  'TaskDefinition.FSxAuthorizationConfig': 'CredentialsParameter Domain',
  'TaskDefinition.FSxWindowsFileServerVolumeConfiguration':
    'AuthorizationConfig:TaskDefinition.FSxAuthorizationConfig FileSystemId RootDirectory',
  'TaskDefinition.FirelensConfiguration': 'Options Type',
  'TaskDefinition.HealthCheck': 'Command Interval Retries StartPeriod Timeout',
  'TaskDefinition.HostEntry': 'Hostname IpAddress',
  'TaskDefinition.HostVolumeProperties': 'SourcePath',
  'TaskDefinition.InferenceAccelerator': 'DeviceName DeviceType',
  'TaskDefinition.KernelCapabilities': 'Add Drop',
  'TaskDefinition.KeyValuePair': 'Name Value',
  'TaskDefinition.LinuxParameters':
    'Capabilities:TaskDefinition.KernelCapabilities Devices:TaskDefinition.Device InitProcessEnabled MaxSwap SharedMemorySize Swappiness Tmpfs:TaskDefinition.Tmpfs',
  'TaskDefinition.LogConfiguration': 'LogDriver Options SecretOptions:TaskDefinition.Secret',
  'TaskDefinition.MountPoint': 'ContainerPath ReadOnly SourceVolume',
  'TaskDefinition.NvidiaMpsAllocation': 'MaxComputePercent Memory',
  'TaskDefinition.PortMapping':
    'AppProtocol ContainerPort ContainerPortRange HostPort Name Protocol',
  'TaskDefinition.ProxyConfiguration':
    'ContainerName ProxyConfigurationProperties:TaskDefinition.KeyValuePair Type',
  'TaskDefinition.RepositoryCredentials': 'CredentialsParameter',
  'TaskDefinition.ResourceRequirement': 'SharingStrategy:TaskDefinition.SharingStrategy Type Value',
  'TaskDefinition.RestartPolicy': 'Enabled IgnoredExitCodes RestartAttemptPeriod',
  'TaskDefinition.RuntimePlatform': 'CpuArchitecture OperatingSystemFamily',
  'TaskDefinition.S3FilesVolumeConfiguration':
    'AccessPointArn FileSystemArn RootDirectory TransitEncryptionPort',
  'TaskDefinition.Secret': 'Name ValueFrom',
  'TaskDefinition.SharingStrategy': 'NvidiaMps:TaskDefinition.NvidiaMpsAllocation',
  'TaskDefinition.SystemControl': 'Namespace Value',
  'TaskDefinition.Tag': 'Key Value',
  'TaskDefinition.TaskDefinitionPlacementConstraint': 'Expression Type',
  'TaskDefinition.Tmpfs': 'ContainerPath MountOptions Size',
  'TaskDefinition.Ulimit': 'HardLimit Name SoftLimit',
  'TaskDefinition.Volume':
    'ConfiguredAtLaunch DockerVolumeConfiguration:TaskDefinition.DockerVolumeConfiguration EFSVolumeConfiguration:TaskDefinition.EFSVolumeConfiguration FSxWindowsFileServerVolumeConfiguration:TaskDefinition.FSxWindowsFileServerVolumeConfiguration Host:TaskDefinition.HostVolumeProperties Name S3FilesVolumeConfiguration:TaskDefinition.S3FilesVolumeConfiguration',
  'TaskDefinition.VolumeFrom': 'ReadOnly SourceContainer',
  TaskDefinitionPlacementConstraint: 'expression type',
  TaskEphemeralStorage: 'kmsKeyId sizeInGiB',
  TaskOverride:
    'containerOverrides:ContainerOverride cpu ephemeralStorage:EphemeralStorage executionRoleArn inferenceAcceleratorOverrides:InferenceAcceleratorOverride memory taskRoleArn',
  TaskSet:
    'capacityProviderStrategy:CapacityProviderStrategyItem clusterArn computedDesiredCount createdAt externalId fargateEphemeralStorage:DeploymentEphemeralStorage id launchType loadBalancers:LoadBalancer networkConfiguration:NetworkConfiguration pendingCount platformFamily platformVersion runningCount scale:Scale serviceArn serviceRegistries:ServiceRegistry stabilityStatus stabilityStatusAt startedBy status tags:Tag taskDefinition taskSetArn updatedAt',
  'TaskSet.AwsVpcConfiguration': 'AssignPublicIp SecurityGroups Subnets',
  'TaskSet.CapacityProviderStrategyItem': 'Base CapacityProvider Weight',
  'TaskSet.LoadBalancer': 'ContainerName ContainerPort TargetGroupArn',
  'TaskSet.NetworkConfiguration': 'AwsVpcConfiguration:TaskSet.AwsVpcConfiguration',
  'TaskSet.Scale': 'Unit Value',
  'TaskSet.ServiceRegistry': 'ContainerName ContainerPort Port RegistryArn',
  'TaskSet.Tag': 'Key Value',
  ThresholdConfiguration: 'type value',
  TimeoutConfiguration: 'idleTimeoutSeconds perRequestTimeoutSeconds',
  Tmpfs: 'containerPath mountOptions size',
  TotalLocalStorageGBRequest: 'max min',
  TrustedExecutionConfiguration: 'attestationPolicy isolationMode',
  TrustedExecutionSummary: 'attestationPolicyStatus isolationMode',
  Ulimit: 'hardLimit name softLimit',
  VCpuCountRangeRequest: 'max min',
  VersionInfo: 'agentHash agentVersion dockerVersion',
  Volume:
    'configuredAtLaunch dockerVolumeConfiguration:DockerVolumeConfiguration efsVolumeConfiguration:EFSVolumeConfiguration fsxWindowsFileServerVolumeConfiguration:FSxWindowsFileServerVolumeConfiguration host:HostVolumeProperties name s3filesVolumeConfiguration:S3FilesVolumeConfiguration',
  VolumeFrom: 'readOnly sourceContainer',
  VpcLatticeAdvancedConfiguration:
    'alternateTargetGroupArn productionListenerRule testListenerRule',
  VpcLatticeConfiguration:
    'advancedConfiguration:VpcLatticeAdvancedConfiguration portName roleArn targetGroupArn',
  'capacity provider':
    'autoScalingGroupProvider:AutoScalingGroupProvider capacityProviderArn cluster managedInstancesProvider:CreateManagedInstancesProviderConfiguration name status tags:Tag type updateStatus updateStatusReason',
  cluster:
    'activeServicesCount attachments:Attachment attachmentsStatus capacityProviders clusterArn clusterName configuration:ClusterConfiguration defaultCapacityProviderStrategy:CapacityProviderStrategyItem pendingTasksCount registeredContainerInstancesCount runningTasksCount serviceConnectDefaults:ClusterServiceConnectDefaultsRequest settings:ClusterSetting statistics:KeyValuePair status tags:Tag',
  'container instance':
    'agentConnected agentUpdateStatus attachments:Attachment attributes:Attribute capacityProviderName containerInstanceArn ec2InstanceId gpuDevices:GpuDevice healthStatus:ContainerInstanceHealthStatus pendingTasksCount registeredAt registeredResources:Resource remainingResources:Resource runningTasksCount status statusReason tags:Tag version versionInfo:VersionInfo',
  service:
    'availabilityZoneRebalancing capacityProviderStrategy:CapacityProviderStrategyItem clientToken cluster clusterArn createdAt createdBy currentServiceDeployment currentServiceRevisions:ServiceCurrentRevisionSummary deploymentConfiguration:DeploymentConfiguration deploymentController:DeploymentController deployments:Deployment desiredCount enableECSManagedTags enableExecuteCommand events:ServiceEvent forceNewDeployment gatewayConnectors:GatewayConnector healthCheckGracePeriodSeconds launchType loadBalancers:LoadBalancer monitoring:MonitoringConfiguration networkConfiguration:NetworkConfiguration pendingCount placementConstraints:PlacementConstraint placementStrategy:PlacementStrategy platformFamily platformVersion propagateTags resourceManagementType role roleArn runningCount schedulingStrategy service serviceArn serviceConnectConfiguration:ServiceConnectConfiguration serviceName serviceRegistries:ServiceRegistry status tags:Tag taskDefinition taskSets:TaskSet volumeConfigurations:ServiceVolumeConfiguration vpcLatticeConfigurations:VpcLatticeConfiguration',
  task: 'attachments:Attachment attributes:Attribute availabilityZone capacityProviderName clusterArn connectivity connectivityAt containerInstanceArn containers:Container cpu createdAt desiredStatus enableExecuteCommand ephemeralStorage:EphemeralStorage executionStoppedAt fargateEphemeralStorage:TaskEphemeralStorage group healthStatus inferenceAccelerators:InferenceAccelerator lastStatus launchType memory overrides:TaskOverride platformFamily platformVersion pullStartedAt pullStoppedAt startedAt startedBy stopCode stoppedAt stoppedReason stoppingAt tags:Tag taskArn taskDefinitionArn trustedExecutionSummary:TrustedExecutionSummary version',
  'task definition':
    'compatibilities containerDefinitions:ContainerDefinition cpu deleteRequestedAt deregisteredAt enableFaultInjection ephemeralStorage:EphemeralStorage executionRoleArn family inferenceAccelerators:InferenceAccelerator ipcMode memory networkMode pidMode placementConstraints:TaskDefinitionPlacementConstraint proxyConfiguration:ProxyConfiguration registeredAt registeredBy requiresAttributes:Attribute requiresCompatibilities revision runtimePlatform:RuntimePlatform status tags:Tag taskDefinitionArn taskRoleArn trustedExecutionConfiguration:TrustedExecutionConfiguration volumes:Volume',
  'task set':
    'capacityProviderStrategy:CapacityProviderStrategyItem clientToken cluster clusterArn computedDesiredCount createdAt externalId fargateEphemeralStorage:DeploymentEphemeralStorage id launchType loadBalancers:LoadBalancer networkConfiguration:NetworkConfiguration pendingCount platformFamily platformVersion runningCount scale:Scale service serviceArn serviceRegistries:ServiceRegistry stabilityStatus stabilityStatusAt startedBy status tags:Tag taskDefinition taskSetArn updatedAt',
}
