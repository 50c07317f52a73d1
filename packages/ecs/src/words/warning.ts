/**
 * Lists the warnings of this package: every code, its cause and its remedy. A code never changes;
 * the texts of warnings may.
 */
import type { Warning, WarningHelp } from '@stowage/documents'

/** Cause and remedy of each warning by its code, as `docs/warnings.md` prints them. */
export const ecsWarnings = {
  ClusterAssumed: {
    cause: 'A document names no cluster, and others name several, or one that is not `default`',
    remedy: 'Write its `cluster`, or plan the clusters apart',
  },
  CompatibilityMissing: {
    cause: 'A task definition for instances has `requiresCompatibilities` without `EC2`',
    remedy: 'Add `EC2` to `requiresCompatibilities`, or leave the field out',
  },
  DaemonWithoutInstance: {
    cause: 'A service of strategy `DAEMON` has no `ACTIVE` instance that suits it',
    remedy: 'Add an instance, or relax the placement constraints of the service',
  },
  DeploymentUnderWay: {
    cause: 'A service has an older deployment with tasks beside its newest one',
    remedy: 'None: these tasks count for the service until the deployment replaces them',
  },
  EphemeralHostPort: {
    cause: 'A task definition asks for a host port of the range that hosts assign by themselves',
    remedy: 'Choose a port below the range, or let the host assign one with 0',
  },
  FargateCompatibility: {
    cause:
      'A task is planned on Fargate, and `requiresCompatibilities` lists launch types without `FARGATE`',
    remedy: 'Add `FARGATE` to `requiresCompatibilities`, or leave the field out',
  },
  FargateConstraints: {
    cause: 'A task is planned on Fargate and has placement constraints',
    remedy: 'Remove `placementConstraints`',
  },
  FargateLaunchDelayed: {
    cause: 'More tasks start than the launch quotas of Fargate allow at once',
    remedy: 'Start fewer at once, or raise the quota and name it with the launch options',
  },
  FargateNetworkMode: {
    cause: 'A task is planned on Fargate and its `networkMode` is not `awsvpc`',
    remedy: 'Set `networkMode` to `awsvpc`',
  },
  FargateReservationUnshared: {
    cause: 'A container on Fargate has a `memoryReservation` below its `memory`',
    remedy: 'Size the task by what it needs: no other task shares the difference',
  },
  FargateSizeAssumed: {
    cause: 'A task is planned on Fargate and has no task-level `cpu` or `memory`',
    remedy: 'Write the size of the task: `cpu` and `memory`',
  },
  FargateStrategies: {
    cause: 'A task is planned on Fargate, and its service or call has placement strategies',
    remedy: 'Remove `placementStrategy`',
  },
  FieldNotHonoured: {
    cause: 'A field with a meaning for placement is set that is not honoured yet',
    remedy: 'Expect AWS to decide otherwise where the field matters',
  },
  FileNotInManifest: {
    cause:
      'A template or a list of assets is in the folder of a CDK app, whose manifest does not name it',
    remedy: 'Synthesise the app into an empty folder, or plan the file by itself',
  },
  GroupInstancesNotAdded: {
    cause: 'A template has an Auto Scaling group',
    remedy: 'Name its machines with `--nodes`, or add what describe-container-instances prints',
  },
  InterfacesUnknown: {
    cause: 'Tasks are in `awsvpc` mode and the type of an instance is not known',
    remedy: 'Name the type in `ecs.instance-type` and add it with `--catalogue`',
  },
  MachineTaintsIgnored: {
    cause: 'New machines have taints, and tasks are planned on them',
    remedy: 'Use a label, and a placement constraint on the attribute',
  },
  MachinesInEachCluster: {
    cause: 'There are new machines, and the documents have several clusters',
    remedy: 'Name the cluster of the new machines with `--cluster`',
  },
  MacroNotApplied: {
    cause: 'A template has a `Transform`, or a value has an `Fn::Transform`',
    remedy: 'Plan the processed template, as get-template prints it',
  },
  NestedStackLeftOut: {
    cause: 'The template of a nested stack is not among the documents',
    remedy: 'Add the file that its `TemplateURL` names, with that name',
  },
  NeuronDevicesNotCounted: {
    cause: 'A task requires Neuron devices',
    remedy: 'Check by hand that the instances have enough of them',
  },
  NotSimulated: {
    cause: 'Tasks of a simulation are of no REPLICA service',
    remedy: 'None: expect them to take room beside what is simulated',
  },
  ParameterUnused: {
    cause:
      'The manifest of a CDK app gives a parameter that the template of its stack does not have',
    remedy: 'Correct its name, or declare it in the template',
  },
  PlatformNotNamed: {
    cause: 'Instances have several processors or operating systems, and a definition names none',
    remedy: 'Write `runtimePlatform`, or a constraint on `ecs.cpu-architecture` or `ecs.os-type`',
  },
  ProtocolAssumed: {
    cause: 'A port mapping has a protocol other than `tcp` and `udp` in small letters',
    remedy: 'Write `tcp` or `udp`: Amazon ECS takes anything else for `tcp`',
  },
  ProviderAssumed: {
    cause:
      'A service has a `capacityProviderStrategy`, and new instances, or ones written by hand, name no provider',
    remedy:
      'Write `capacityProviderName` on the instances, or `--nodes m5.large=2,capacityProvider=NAME`',
  },
  ProviderNotUsable: {
    cause:
      'A service that exists or is of a template names a capacity provider that its cluster cannot use',
    remedy: 'Associate the provider with the cluster, or name another in the strategy',
  },
  ProviderWithoutInstance: {
    cause: 'No instance is of a capacity provider that a service names',
    remedy: 'Add an instance of the provider, or set its weight to 0',
  },
  RefusalUncertain: {
    cause:
      'A value is excluded by the documentation, which does not say whether the API refuses or ignores it',
    remedy: 'Leave the value out, or try it: the plan takes it as it is written',
  },
  ReplacementsWait: {
    cause:
      'The bounds of a service do not let all its tasks on `DRAINING` instances be replaced at once',
    remedy:
      'None, or raise `maximumPercent` or lower `minimumHealthyPercent` to have it done in fewer steps',
  },
  ResourceLeftOut: {
    cause: 'A resource of a template needs a value that exists only when its stack is made',
    remedy:
      'Add the template that exports it, or give the attribute: `--parameter Count.Desired=3`',
  },
  RevisionAssumed: {
    cause: 'Task definitions of a family with several have no `revision`',
    remedy: 'Write `revision`, as describe-task-definition prints it',
  },
  ServiceRenamed: {
    cause: 'Two templates have a service of one name',
    remedy: 'Rename one of the services if they are to be in one cluster',
  },
  ServiceRevisionAssumed: {
    cause: 'A service names a revision, and the task definition of its family has none',
    remedy: 'Write the `revision` of the task definition',
  },
  ServiceWithoutTasks: {
    cause:
      'A service is not `ACTIVE`, or has the controller `EXTERNAL` and no task set; or a task set is without its service',
    remedy: 'None, or add its task sets, or its service, as describe-services prints them',
  },
  SubnetZonesUnknown: {
    cause: 'A task in `awsvpc` mode has subnets whose zones are not known',
    remedy: 'Add what describe-subnets prints',
  },
  TaskOnDrainingInstance: {
    cause: 'A task is on an instance that is `DRAINING`',
    remedy: 'None: those of services are planned elsewhere; stop or move the others by hand',
  },
  TaskOnUnknownInstance: {
    cause: 'A task is on an instance that is not among the documents',
    remedy: 'Add what describe-container-instances prints of it; a call takes 100 instances',
  },
  TaskStopping: {
    cause: 'A call of StopTask names a task that runs',
    remedy: 'None: the task keeps its room until it is `STOPPED`',
  },
  TasksAutoscaled: {
    cause: 'Application Auto Scaling changes the number of tasks of a service in a template',
    remedy: 'Set `DesiredCount` to the number of tasks to be prepared for',
  },
  TasksNotListed: {
    cause: 'A service counts more tasks than the documents hold',
    remedy: 'Add what describe-tasks prints',
  },
  TasksNotPlanned: {
    cause:
      'Resources of a template run tasks by AWS Batch, Step Functions, a pipe or Express Mode, or by a loop',
    remedy: 'None, or write the tasks as calls of RunTask, or as a service',
  },
  TemplateSpelling: {
    cause: 'An object has the field names of CloudFormation and is in no template',
    remedy: 'Write its fields as the API does, or put it under `Resources` with its `Type`',
  },
  UnknownField: {
    cause: 'An object has a field that its kind does not have in the API or in CloudFormation',
    remedy: 'Correct the name: AWS refuses it, unless it is newer than the field names known here',
  },
  ValueNotResolved: {
    cause: 'A template leaves a value open that does not matter for placement',
    remedy: 'Give the parameter with `--parameter` to be certain',
  },
  WindowsTaskSizeIgnored: {
    cause: 'A Windows task on instances has a task-level `cpu` or `memory`',
    remedy: 'Write `cpu` and `memory` on its containers',
  },
} as const satisfies Readonly<Record<string, WarningHelp>>

/** The code of a warning of this package. */
export type EcsWarningCode = keyof typeof ecsWarnings

/** A warning of this package. */
export type EcsWarning = Warning<EcsWarningCode>

/** The part of a warning that is the same for everything it concerns. */
export type WarningText = Pick<EcsWarning, 'code' | 'text'>
