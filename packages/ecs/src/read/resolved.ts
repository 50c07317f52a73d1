/**
 * Finds the task definition that each service names, and checks the service together with its
 * definition. A service whose definition is not found is an error.
 */
import { isObject } from '@stowage/documents'
import { byCodeUnit } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { checkStart, type TaskStarter } from '../check/capacity.js'
import type { FargateFieldOptions } from '../lower/fargate-field.js'
import { clusterReferenceIn, clusterReferenceOf } from '../words/cluster.js'
import type { Complaint } from '../words/complaint.js'
import type { Part } from '../words/part.js'
import type { Service } from '../words/service.js'
import { isActive } from '../words/task-definition.js'
import { homeOf, type Definition, type Families } from '../workload/family.js'
import { makeObjection, type Objection, type ReadPart, unknownDefinition } from './reading.js'
import { familyIn, isAssumed, resolve, type ExpectedReference } from '../workload/reference.js'
import { launchTypeOf, type Workload } from '../workload/workload.js'
import { subnetsIn, type NetworkConfiguration } from '../words/network-configuration.js'
import type { EcsWarning } from '../words/warning.js'

/** A service with its task definition. */
export interface ResolvedService extends ReadPart<Service> {
  readonly definition: Definition
}

/** The resolved services, with the objections to the others. */
export interface ResolvedServices {
  /** By name, in code-unit order. */
  readonly services: readonly ResolvedService[]
  readonly objections: readonly Objection[]
  readonly warnings: readonly EcsWarning[]
}

/**
 * Resolves all services. `unread` are the task definitions that could not be read: a service that
 * may name one of them is not refused for an unknown definition.
 */
export const resolveServices = (
  families: Families,
  services: readonly ReadPart<Service>[],
  unread: readonly Part[],
  options: FargateFieldOptions,
): ResolvedServices => {
  const found: ResolvedService[] = []
  const objections: Objection[] = []
  const findDefinition = definitionFinder(families)
  for (const service of services) {
    const definition = findDefinition(service)
    if (E.isRight(definition)) found.push({ ...service, definition: definition.right })
    else if (!unread.some((part) => mayMean(part, service)))
      objections.push(
        unknownDefinition(
          service.part,
          families,
          service.value.taskDefinition,
          definition.left,
          objections.length,
        ),
      )
  }
  const sorted = found.sort((a, b) => byCodeUnit(a.value.serviceName, b.value.serviceName))
  return {
    services: sorted,
    objections: [
      ...objections,
      ...sorted.flatMap((one) => serviceObjections(one, options)),
      ...sumObjections(sorted),
    ],
    warnings: sorted.filter(isAssumption).map(takenWarning),
  }
}

/** The most tasks of all services together, more than any cluster has. */
const tasksOfAllMax = 1_000_000

/** The objection to the service with which the tasks of all become too many to place one by one. */
const sumObjections = (services: readonly ResolvedService[]): readonly Objection[] => {
  let sum = 0
  for (const { part, value } of services) {
    sum += value.desiredCount ?? 0
    if (sum > tasksOfAllMax)
      return [
        makeObjection(part, {
          at: ['desiredCount'],
          found: `${sum} tasks of all services`,
          expected: `at most ${tasksOfAllMax}: tasks are placed one by one`,
        }),
      ]
  }
  return []
}

/** A service or a call. */
type NamesDefinition = Pick<Service, 'taskDefinition'>

/**
 * A reference to a resource means that one, whatever else its family has. It is there, unless it is
 * among those that were not read. A name means the definition in the region and the account of the
 * cluster, and an ARN never means one of another region or account.
 */
export const definitionFinder = (families: Families) => {
  const resources = new Map([...families.values()].flat().map((each) => [each.part, each]))
  return ({ part, value }: ReadPart<NamesDefinition>): E.Either<ExpectedReference, Definition> =>
    part.definition === undefined
      ? pipe(
          resolve(families, inRegionOf(part, value.taskDefinition)),
          E.filterOrElse(isAtHome(value.taskDefinition), otherHome),
        )
      : E.fromNullable(() => 'a task definition that can be read')(resources.get(part.definition))
}

/** A name with the region and the account of the cluster of its part, if these are known. */
const inRegionOf = ({ value }: Part, reference: string): string => {
  const cluster = isObject(value) ? clusterReferenceOf(value) : undefined
  return cluster === undefined || !cluster.startsWith('arn:') || reference.startsWith('arn:')
    ? reference
    : cluster.replace(/:cluster\/.*$/s, `:task-definition/${reference}`)
}

const isAtHome =
  (reference: string) =>
  (definition: Definition): boolean => {
    const [named, home] = [clusterReferenceIn(reference), homeOf(definition)]
    return (['region', 'account'] as const).every(
      (each) => named[each] === undefined || home[each] === undefined || named[each] === home[each],
    )
  }

const otherHome = (definition: Definition) => (): string => {
  const { region = '', account = '' } = homeOf(definition)
  return `${definition.name} of account ${account} in ${region}, the one that is there`
}

/** True when a service or a call may mean a task definition that could not be read. */
export const mayMean = (unread: Part, { part, value }: ReadPart<NamesDefinition>): boolean =>
  part.definition === undefined
    ? mayBe(unread, familyIn(value.taskDefinition))
    : unread === part.definition

/** True when a task definition that could not be read may be of the family. */
const mayBe = ({ value }: Part, family: string): boolean => {
  const written = (value as { readonly family?: unknown }).family
  return typeof written !== 'string' || written === family
}

/** The workload of a service. */
export const workloadOfService = (
  { part, value, definition }: ResolvedService,
  name = value.serviceName,
): Workload => ({
  name,
  subject: `service ${name}`,
  from: part.from,
  definition: definition.value,
  service: value,
  request: { subnets: subnetsIn(value), platformVersion: value.platformVersion },
})

/**
 * Objections to a service together with its task definition. A service that exists keeps one that
 * is not ACTIVE any more.
 */
const serviceObjections = (
  service: ResolvedService,
  options: FargateFieldOptions,
): readonly Objection[] => {
  const { part, value, definition } = service
  const inactive = isPrinted(part) ? [] : inactiveDefinition(part, definition)
  return inactive.length > 0
    ? inactive
    : startObjections(part, value, definition, workloadOfService(service), options)
}

/** Fields of a service that the describe calls print and CreateService does not take. */
const ofDescription: readonly string[] = [
  ...['serviceArn', 'status', 'deployments', 'runningCount', 'pendingCount', 'createdAt'],
  ...['events', 'taskSet'],
]

/** True for a service as a describe call prints it, so that it exists. */
export const isPrinted = ({ value }: Part): boolean =>
  isObject(value) && ofDescription.some((field) => Object.hasOwn(value, field))

/** The objection to what would start new tasks from a task definition that is not ACTIVE. */
export const inactiveDefinition = (
  part: Part,
  { value, revision }: Definition,
): readonly Objection[] => {
  if (isActive(value)) return []
  const expected = `a task definition that is ACTIVE, as ${value.family}:${revision} is not`
  return [makeObjection(part, { at: ['taskDefinition'], expected }, 'ClientException')]
}

/** Objections to whatever starts tasks, a service or a call, together with its task definition. */
export const startObjections = (
  part: Part,
  starter: TaskStarter,
  definition: Definition,
  workload: Workload,
  options: FargateFieldOptions,
): readonly Objection[] => {
  const { networkConfiguration = part.network === 'given' ? openNetwork(part) : undefined } =
    starter
  const complete = { ...starter, networkConfiguration }
  return checkStart(complete, definition.value, workload, launchTypeOf(workload), options)
    .filter(({ at }) => at[0] !== 'networkConfiguration' || part.network !== 'unknown')
    .map((complaint) =>
      makeObjection(part, namingSpared(part, complaint), 'InvalidParameterException'),
    )
}

/** Stands for a network that a template leaves open. */
const openNetwork = ({ isPublic }: Part): NetworkConfiguration => ({
  awsvpcConfiguration: {
    subnets: [],
    assignPublicIp: isPublic === true ? 'ENABLED' : undefined,
  },
})

/** What was found of a network that is not among the values of its part. */
const namingSpared = ({ network }: Part, complaint: Complaint): Complaint =>
  network === 'given' && complaint.at[0] === 'networkConfiguration'
    ? { ...complaint, found: complaint.at.length === 1 ? 'a network' : '"ENABLED"' }
    : complaint

const isAssumption = ({ value, definition }: ResolvedService): boolean =>
  isAssumed(value.taskDefinition, definition)

const takenWarning = ({ part, value, definition }: ResolvedService): EcsWarning => ({
  code: 'ServiceRevisionAssumed',
  from: part.from,
  subject: `service ${value.serviceName}`,
  text: `the task definition ${definition.name} has no revision: taken for the one that is named, ${value.taskDefinition}`,
})
