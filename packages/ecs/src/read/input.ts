/**
 * Reads all documents into one `EcsInput`, the input of plans and clusters: workloads, instances,
 * existing tasks and task definitions. If a part is wrong, the whole input is refused with all
 * errors.
 */
import {
  ignoredOrder,
  warningOrder,
  type DocumentFault,
  type IgnoredDocument,
  type SourceDocument,
} from '@stowage/documents'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import { byCodeUnit } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { withCapabilities } from '../lower/derive-capabilities.js'
import type { FargateFieldOptions } from '../lower/fargate-field.js'
import type { CapacityProvider } from '../provider/capacity-provider.js'
import type { DescribedGroup } from '../provider/described-group.js'
import { noParameters, type TemplateParameters } from '../template/parameter.js'
import type { Cluster, Membership } from '../words/cluster.js'
import { instanceName, type ContainerInstance } from '../words/container-instance.js'
import type { SubnetZones } from '../words/subnet.js'
import type { Task } from '../words/task.js'
import type { EcsWarning } from '../words/warning.js'
import { familiesOf, numberingWarnings, type Families } from '../workload/family.js'
import type { Workload } from '../workload/workload.js'
import { apart } from './apart.js'
import { startersOf, unusableProviders } from './associated.js'
import { callsIn } from './calls.js'
import { clustersIn } from './clusters.js'
import { doubtWarnings } from './doubt.js'
import { readKinds } from './kinds.js'
import { definitionsOf, leaveOut, withoutLeftOut } from './left-out.js'
import { membersIn } from './membership.js'
import { protocolWarnings } from './protocol.js'
import { badDocuments, type KindReading, type Objection } from './reading.js'
import { resolveServices } from './resolved.js'
import { prepareServices } from './services.js'
import { sharedNameObjections } from './shared-name.js'
import { sourceOf, type Source } from './source.js'
import { withStops } from './stops.js'
import { uncountedWarnings } from './uncounted.js'
import { unknownWarnings } from './unknown.js'
import { notHonoured, workloadsOf } from './wanted.js'

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
  readonly ignored: readonly IgnoredDocument[]
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
  const stages = readStages(source.right, fargate)
  const objections = objectionsOf(stages)
  return objections.length > 0
    ? E.left(badDocuments(stages.parts, objections))
    : E.right(inputFrom(source.right, stages))
}

/** What each stage of the reading makes of the parts, in the order of the stages. */
const readStages = (source: Source, fargate: FargateFieldOptions) => {
  const split = leaveOut(source.parts)
  const members = membersIn(split.parts)
  const prepared = prepareServices(members.parts)
  const clusters = clustersIn(prepared.parts)
  const { parts } = clusters
  const kinds = readKinds(parts, fargate)
  const { definitions, services, tasks, providers } = kinds
  const distinct = apart(services.read)
  const stops = withStops(parts, decodedValues(tasks))
  const families = familiesOf(
    definitions.read.map(({ part, value }) => ({ part, value: withCapabilities(value) })),
  )
  const resolution = resolveServices(families, distinct.services, definitions.unread, fargate)
  const called = callsIn(parts, families, definitions.unread, fargate)
  const unusable = unusableProviders(startersOf(distinct.services, called.calls), {
    ...{ clusters: clusters.read, providers: providers.read },
  })
  return {
    ...{ split, members, prepared, clusters, parts, kinds, distinct, stops, families },
    ...{ resolution, called, unusable },
  }
}

type Stages = ReturnType<typeof readStages>

/** Those of one part keep this order. */
const objectionsOf = (stages: Stages): readonly Objection[] => {
  const { clusters, kinds, members, resolution, called, unusable, stops } = stages
  const { providers, autoScalingGroups, definitions, services, instances, tasks, subnets } = kinds
  return [
    ...[clusters, providers, autoScalingGroups, definitions, services, instances, tasks],
    subnets,
    { objections: sharedNameObjections(kinds, stages.families, stages.distinct.services) },
    ...[members, resolution, called, unusable, stops],
  ].flatMap((stage) => stage.objections)
}

/** The input when no stage objects. */
const inputFrom = (source: Source, stages: Stages): EcsInput => {
  const { kinds, families, members, stops } = stages
  const subnetZones = new Map(
    decodedValues(kinds.subnets).map(({ SubnetId, AvailabilityZone }) => [
      SubnetId,
      AvailabilityZone,
    ]),
  )
  const defined = workloadsOf(families, stages.resolution.services, stages.called.calls, {
    groups: stages.distinct.groups,
    fallback: members.membership.fallback,
    subnetZones,
    leftOut: definitionsOf(families, stages.split.leftOut),
    providers: decodedValues(kinds.providers),
    references: [
      ...stages.prepared.references,
      ...decodedValues(kinds.tasks).map(({ taskDefinitionArn }) => taskDefinitionArn),
    ],
  })
  return {
    workloads: defined.workloads.map(({ workload }) => workload),
    instances: [...decodedValues(kinds.instances)].sort((a, b) =>
      byCodeUnit(instanceName(a), instanceName(b)),
    ),
    ...{ families, subnetZones, membership: members.membership },
    clusters: decodedValues(stages.clusters),
    providers: decodedValues(kinds.providers),
    autoScalingGroups: decodedValues(kinds.autoScalingGroups),
    tasks: [...stops.tasks].sort((a, b) => byCodeUnit(a.taskArn, b.taskArn)),
    warnings: RA.sort(warningOrder)([
      ...inputWarnings(source, stages),
      ...notHonoured(defined.workloads),
    ]),
    ignored: RA.sort(ignoredOrder)([...source.ignored, ...defined.ignored]),
  }
}

const inputWarnings = (source: Source, stages: Stages): readonly EcsWarning[] => {
  const { split, families, distinct, kinds, called } = stages
  return [
    ...withoutLeftOut(source.warnings, split.leftOut),
    ...[split, distinct, stages.members, stages.prepared, stages.stops].flatMap(
      ({ warnings }) => warnings,
    ),
    ...unknownWarnings(source.parts),
    ...numberingWarnings(families),
    ...protocolWarnings(families),
    ...uncountedWarnings(distinct.services, kinds.tasks.read),
    ...doubtWarnings(kinds.definitions.read, kinds.services.read, called.calls),
    ...stages.resolution.warnings,
    ...stages.unusable.warnings,
  ]
}

const decodedValues = <Value>({ read }: Pick<KindReading<Value>, 'read'>): readonly Value[] =>
  read.map(({ value }) => value)
