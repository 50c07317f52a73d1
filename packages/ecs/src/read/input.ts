/**
 * Reads all documents into one `EcsInput`, the input of plans and clusters: workloads, instances,
 * existing tasks and task definitions. If a part is wrong, the whole input is refused with all
 * errors.
 */
import {
  ignoredOrder,
  warningOrder,
  type DocumentFault,
  type Ignored,
  type SourceDocument,
} from '@stowage/documents'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import { byCodeUnit } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { withCapabilities } from '../lower/derive-capabilities.js'
import type { Workload } from '../workload/workload.js'
import { checkAutoScalingGroup } from '../provider/check-group.js'
import { checkContainerInstance } from '../check/container-instance.js'
import { checkService } from '../check/service.js'
import { checkTaskDefinition } from '../check/task-definition.js'
import { DescribedGroup } from '../provider/described-group.js'
import { CapacityProvider } from '../provider/capacity-provider.js'
import type { FargateFieldOptions } from '../lower/fargate-field.js'
import type { Cluster, Membership } from '../words/cluster.js'
import { ContainerInstance, instanceName } from '../words/container-instance.js'
import { Service } from '../words/service.js'
import { Subnet, type SubnetZones } from '../words/subnet.js'
import { Task } from '../words/task.js'
import { TaskDefinition } from '../words/task-definition.js'
import { noParameters, type TemplateParameters } from '../template/parameter.js'
import { apart } from './apart.js'
import { unusableProviders } from './associated.js'
import { callsIn } from './calls.js'
import { clustersIn } from './clusters.js'
import { doubtWarnings } from './doubt.js'
import { familiesOf, numberingWarnings, type Families } from '../workload/family.js'
import { definitionsOf, leaveOut, withoutLeftOut } from './left-out.js'
import { membersIn } from './membership.js'
import { protocolWarnings } from './protocol.js'
import { badDocuments, groupByCluster, readKind, sharing } from './reading.js'
import { resolved } from './resolved.js'
import { sourceOf } from './source.js'
import { prepareServices } from './services.js'
import { withStops } from './stops.js'
import { uncountedWarnings } from './uncounted.js'
import { unknownWarnings } from './unknown.js'
import { notHonoured, workloadsOf } from './wanted.js'
import type { EcsWarning } from '../words/warning.js'

/** What all documents contain together: the workloads, and the cluster that already exists. */
export interface EcsInput {
  /** Services, calls, and task definitions that neither names; by name, in code-unit order. */
  readonly workloads: readonly Workload[]
  /** The container instances; by name, in code-unit order. */
  readonly instances: readonly ContainerInstance[]
  readonly families: Families
  /** The tasks that already exist; by ARN, in code-unit order. */
  readonly tasks: readonly Task[]
  readonly subnetZones: SubnetZones
  /** The clusters that are described. */
  readonly clusters: readonly Cluster[]
  /** The capacity providers that are described, and the Auto Scaling groups. */
  readonly providers: readonly CapacityProvider[]
  readonly autoScalingGroups: readonly DescribedGroup[]
  /** Of which cluster each instance and each task is. */
  readonly membership: Membership
  readonly warnings: readonly EcsWarning[]
  readonly ignored: readonly Ignored[]
}

/**
 * Reads documents, and templates with the values of their parameters. The result is the input, or
 * all errors together. Errors of a template as a whole are returned first and alone, as without it
 * the rest of the documents is unknown. `fargate` says what Fargate refuses of definitions.
 */
export const readEcs = (
  documents: readonly SourceDocument[],
  parameters: TemplateParameters = noParameters,
  fargate: FargateFieldOptions = {},
): E.Either<readonly DocumentFault[], EcsInput> => {
  const source = sourceOf(documents, parameters)
  if (E.isLeft(source)) return source
  const { ignored } = source.right
  const split = leaveOut(source.right.parts)
  const warnings = [...withoutLeftOut(source.right.warnings, split.leftOut), ...split.warnings]
  const members = membersIn(split.parts)
  const prepared = prepareServices(members.parts)
  const clusters = clustersIn(prepared.parts)
  const { parts } = clusters
  const definitions = readKind(
    parts,
    'task definition',
    TaskDefinition,
    (definition) => checkTaskDefinition(definition, { fargate }),
    'ClientException',
  )
  const services = readKind(
    parts,
    'service',
    Service,
    (service) => checkService(service),
    'InvalidParameterException',
  )
  const distinct = apart(services.read)
  const instances = readKind(parts, 'container instance', ContainerInstance, checkContainerInstance)
  const tasks = readKind(parts, 'task', Task, () => [])
  const subnets = readKind(parts, 'subnet', Subnet, () => [])
  const providers = readKind(parts, 'capacity provider', CapacityProvider, () => [])
  const autoScalingGroups = readKind(
    parts,
    'Auto Scaling group',
    DescribedGroup,
    checkAutoScalingGroup,
  )
  const subnetZones = new Map(
    subnets.read.map(({ value }) => [value.SubnetId, value.AvailabilityZone]),
  )
  const stops = withStops(
    parts,
    tasks.read.map(({ value }) => value),
  )
  const families = familiesOf(
    definitions.read.map(({ part, value }) => ({ part, value: withCapabilities(value) })),
  )
  const resolution = resolved(families, distinct.services, definitions.unread, fargate)
  const called = callsIn(parts, families, definitions.unread, fargate)
  const unusable = unusableProviders(
    [
      ...distinct.services.map((each) => ({
        ...each,
        subject: `service ${each.value.serviceName}`,
      })),
      ...called.calls.map(({ part, request, ...call }) => ({
        ...{ part, value: request },
        subject: `call of ${call.action} for ${call.definition.value.family}`,
      })),
    ],
    { clusters: clusters.read, providers: providers.read },
  )
  const objections = [
    ...[
      ...[clusters, providers, autoScalingGroups, definitions, services, instances, tasks],
      subnets,
    ].flatMap((each) => each.objections),
    ...sharing(
      autoScalingGroups.read,
      ({ AutoScalingGroupName }) => AutoScalingGroupName,
      () => ['AutoScalingGroupName'],
      'a name',
    ),
    ...[...families.values()].flatMap((own) =>
      sharing(own, revisionOf, () => ['revision'], 'a revision'),
    ),
    ...groupByCluster(distinct.services).flatMap((own) =>
      sharing(
        own,
        ({ serviceName, taskSet }) =>
          taskSet === undefined ? serviceName : `${serviceName} of ${taskSet}`,
        () => ['serviceName'],
        'a name',
      ),
    ),
    ...groupByCluster(instances.read).flatMap((own) => sharing(own, idOf, idAt, 'an id')),
    ...sharing(
      tasks.read,
      ({ taskArn }) => taskArn,
      () => ['taskArn'],
      'an ARN',
    ),
    ...sharing(
      subnets.read,
      ({ SubnetId }) => SubnetId,
      () => ['SubnetId'],
      'an id',
    ),
    ...members.objections,
    ...resolution.objections,
    ...called.objections,
    ...unusable.objections,
    ...stops.objections,
  ]
  if (objections.length > 0) return E.left(badDocuments(parts, objections))
  const all = workloadsOf(families, resolution.services, called.calls, {
    groups: distinct.groups,
    fallback: members.membership.fallback,
    subnetZones,
    leftOut: definitionsOf(families, split.leftOut),
    providers: providers.read.map(({ value }) => value),
    references: [...prepared.references, ...tasks.read.map(({ value }) => value.taskDefinitionArn)],
  })
  return E.right({
    workloads: all.workloads.map(({ workload }) => workload),
    instances: instances.read
      .map(({ value }) => value)
      .sort((a, b) => byCodeUnit(instanceName(a), instanceName(b))),
    ...{ families, subnetZones, membership: members.membership },
    clusters: clusters.read.map(({ value }) => value),
    providers: providers.read.map(({ value }) => value),
    autoScalingGroups: autoScalingGroups.read.map(({ value }) => value),
    tasks: [...stops.tasks].sort((a, b) => byCodeUnit(a.taskArn, b.taskArn)),
    warnings: RA.sort(warningOrder)([
      ...warnings,
      ...unknownWarnings(source.right.parts),
      ...numberingWarnings(families),
      ...protocolWarnings(families),
      ...distinct.warnings,
      ...members.warnings,
      ...prepared.warnings,
      ...uncountedWarnings(distinct.services, tasks.read),
      ...stops.warnings,
      ...doubtWarnings(definitions.read, services.read, called.calls),
      ...resolution.warnings,
      ...unusable.warnings,
      ...notHonoured(all.workloads),
    ]),
    ignored: RA.sort(ignoredOrder)([...ignored, ...all.ignored]),
  })
}

const revisionOf = ({ family, revision }: TaskDefinition): string | undefined =>
  revision === undefined ? undefined : `${family}:${revision}`

const idOf = (instance: ContainerInstance): string | undefined =>
  instanceName(instance) || undefined
const idAt = ({ ec2InstanceId }: ContainerInstance) =>
  ec2InstanceId === undefined ? ['containerInstanceArn'] : ['ec2InstanceId']
