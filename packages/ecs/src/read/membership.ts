/**
 * Assigns each service, task, container instance, and call of RunTask or StartTask in the input to
 * its cluster. An object that names no cluster is assigned to the first of these that applies:
 *
 * 1. the only cluster that the other objects name;
 * 2. if no object names a cluster: the only cluster in the input, as DescribeClusters prints it;
 * 3. the cluster called `default`, as in the API.
 */
import { isObject, own } from '@stowage/documents'
import { byCodeUnit, renderValue } from '@stowage/kernel'
import {
  clusterReferenceIn,
  clusterReferenceOf,
  defaultCluster,
  nameAmong,
  type Membership,
} from '../words/cluster.js'
import type { Kind } from '../words/kind.js'
import type { Part } from '../words/part.js'
import type { EcsWarning } from '../words/warning.js'
import { makeObjection, type Objection } from './reading.js'

/** The parts with their clusters. */
export interface MemberParts {
  readonly parts: readonly Part[]
  readonly membership: Membership
  readonly objections: readonly Objection[]
  readonly warnings: readonly EcsWarning[]
}

/** The kinds of what the API puts in the cluster `default` when it names none. */
const defaultedKinds: readonly Kind[] = [
  ...(['service', 'task set', 'call of RunTask', 'call of StartTask'] as const),
]

/** The kinds whose parts get a cluster, beside the descriptions of clusters themselves. */
const memberKinds: readonly Kind[] = [...defaultedKinds, 'container instance', 'task']

/**
 * Gives every service, call, instance and task its cluster.
 *
 * A cluster is identified by region, account and name; a document that gives a name alone means the
 * cluster with that name, and is refused where several clusters have the name. A warning names each
 * document for which several clusters were possible or the API would have taken `default` instead.
 */
export const membersIn = (parts: readonly Part[]): MemberParts => {
  const members = parts.filter(({ kind }) => memberKinds.includes(kind))
  const referring = (some: readonly Part[]): readonly string[] => [
    ...new Set(some.flatMap((part) => referenceIn(part) ?? [])),
  ]
  const ofMembers = referring(members)
  const described = referring(parts.filter(({ kind }) => kind === 'cluster'))
  const unnamed = referring(members.filter(({ isClusterUnnamed }) => isClusterUnnamed))
  const names = namesOf([...new Set([...ofMembers, ...described])], ofMembers, unnamed)
  const fallback =
    onlyOne(ofMembers, names) ??
    (ofMembers.length > 0 ? undefined : onlyOne(described, names)) ??
    names.get(defaultCluster) ??
    defaultCluster
  const clusters = new Set(ofMembers.map((reference) => names.get(reference)))
  return {
    parts: parts.map((part) =>
      memberKinds.includes(part.kind) || part.kind === 'cluster'
        ? { ...part, cluster: names.get(referenceIn(part) ?? '') ?? fallback }
        : part,
    ),
    membership: { names, fallback },
    objections: members.flatMap((part) => ambiguous(part, [...names.keys()])),
    warnings: members
      .filter((part) => referenceIn(part) === undefined)
      .filter(
        ({ kind }) =>
          clusters.size > 1 || (fallback !== defaultCluster && defaultedKinds.includes(kind)),
      )
      .map((part) => assumedClusterWarning(part, fallback, clusters.size)),
  }
}

const referenceIn = ({ kind, value }: Part): string | undefined => {
  if (!isObject(value)) return undefined
  const name = kind === 'cluster' ? own(value, 'clusterName') : undefined
  return clusterReferenceOf(value) ?? (typeof name === 'string' ? name : undefined)
}

const onlyOne = (
  references: readonly string[],
  names: ReadonlyMap<string, string>,
): string | undefined => {
  const [only, ...others] = new Set(references.map((reference) => names.get(reference)!))
  return others.length === 0 ? only : undefined
}

/**
 * The name of each reference: that of the cluster, behind its region, or its account and region,
 * where another cluster has the same. A cluster that a template makes without a name is the only
 * other one, if there is just one of each.
 */
const namesOf = (
  references: readonly string[],
  ofMembers: readonly string[],
  unnamed: readonly string[],
): ReadonlyMap<string, string> => {
  const all = references.map(clusterReferenceIn)
  const names = new Map(references.map((one) => [one, nameAmong(all, clusterReferenceIn(one))]))
  const [made, ...moreMade] = unnamed
  const existing = new Set(
    ofMembers.filter((reference) => !unnamed.includes(reference)).map((one) => names.get(one)!),
  )
  const [only, ...moreExisting] = existing
  if (made !== undefined && only !== undefined && moreMade.length + moreExisting.length === 0)
    names.set(made, only)
  return names
}

/** A name alone, where several regions or accounts have a cluster of the name. */
const ambiguous = (part: Part, references: readonly string[]): readonly Objection[] => {
  const reference = referenceIn(part)
  if (reference === undefined || clusterReferenceIn(reference).region !== undefined) return []
  const alike = references.filter(
    (other) => other !== reference && clusterReferenceIn(other).name === reference,
  )
  const expected = `its ARN, one of ${[...alike].sort(byCodeUnit).join(', ')}`
  return alike.length < 2
    ? []
    : [makeObjection(part, { at: ['cluster'], found: renderValue(reference), expected })]
}

const assumedClusterWarning = (
  { from, kind, value }: Part,
  cluster: string,
  clusterCount: number,
): EcsWarning => {
  const { serviceName, taskDefinition, ec2InstanceId, taskArn } = value as Readonly<
    Record<string, unknown>
  >
  const [name] = [serviceName, ec2InstanceId, taskArn, taskDefinition].filter(
    (text) => typeof text === 'string',
  )
  return {
    code: 'ClusterAssumed',
    from,
    subject: name === undefined ? kind : `${kind} ${name}`,
    text:
      clusterCount > 1
        ? `it names no cluster, and others name several: taken for one of the cluster ${cluster}`
        : `it names no cluster, which AWS takes for ${defaultCluster}: taken for one of ${cluster}, the only cluster named`,
  }
}
