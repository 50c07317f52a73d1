/**
 * Finds the objects in a document that this package understands, such as services and tasks, and
 * the path of each. An object is found as the whole document, as an item of a list, or under a key
 * of the output of a describe call, such as `{"services": [...]}`.
 */
import {
  isObject,
  own,
  type IgnoredDocument,
  type Path,
  type SourceDocument,
} from '@stowage/documents'
import { pathOf, type MalformedValue } from '@stowage/kernel'
import { isForeignObject, kindOf, type Kind } from './kind.js'

/** One service, task definition, call or other object in a document. */
export interface Part {
  readonly from: string
  readonly at: Path
  readonly kind: Kind
  readonly value: unknown
  /** Translates a complaint into the spelling of the document, when that differs from the API's. */
  readonly spelt?: (problem: MalformedValue) => MalformedValue
  /** The stack that would create the part; absent outside CloudFormation templates. */
  readonly stack?: string
  /**
   * Of a service without its network, which the template leaves open: `given` when it has one,
   * `unknown` when not even that is known.
   */
  readonly network?: 'given' | 'unknown'
  /** True when the network that the template leaves open assigns public addresses. */
  readonly isPublic?: true
  /**
   * The cluster of a service, a call, an instance or a task, by its name in a plan. The reader of
   * all documents sets it.
   */
  readonly cluster?: string
  /** True when a template makes the cluster of a service and gives it no name. */
  readonly isClusterUnnamed?: boolean
  /** The task definition of a service that refers to it as a resource of the same template. */
  readonly definition?: Part
}

/** The parts of a document, and what else is in it. */
export interface Parts {
  readonly parts: readonly Part[]
  readonly ignored: readonly IgnoredDocument[]
}

const singleWrappers: readonly string[] = [
  'taskDefinition',
  'service',
  'taskSet',
  'containerInstance',
  'task',
  'cluster',
  'capacityProvider',
]
const several: readonly string[] = [
  ...['taskDefinitions', 'services', 'containerInstances', 'tasks', 'Subnets', 'clusters'],
  ...['capacityProviders', 'taskSets', 'AutoScalingGroups'],
]
/** Fields that the describe calls print beside the wrapped objects; they are skipped. */
const beside: readonly string[] = ['tags', 'ResponseMetadata']

/** True when a value has at least one part that this adapter reads. */
export const isEcs = (value: unknown): boolean => partsOf({ from: '', value }).parts.length > 0

/** All parts of a document, in document order. A document without parts is ignored as a whole. */
export const partsOf = ({ from, value }: SourceDocument): Parts =>
  Array.isArray(value)
    ? orIgnored(from, value, [], joinParts(value.map((member, i) => inMember(from, member, [i]))))
    : inMember(from, value, [])

/** Reads a part, or a wrapper of parts. */
const inMember = (from: string, value: unknown, at: Path): Parts => {
  const kind = kindOf(value)
  if (kind !== undefined) return { parts: [{ from, at, kind, value }], ignored: [] }
  const fields = isObject(value) && !isForeignObject(value) ? Object.entries(value) : []
  const inside = fields.map(([key, field]) => inField(from, key, field, at))
  return orIgnored(from, value, at, joinParts(inside))
}

const inField = (from: string, key: string, value: unknown, at: Path): Parts => {
  if (singleWrappers.includes(key)) return partsInside(from, value, [...at, key])
  if (several.includes(key) && Array.isArray(value))
    return joinParts(
      value.map((member, i) => partsInside(from, member, [...at, key, i], kindInList(key, member))),
    )
  if (key === 'failures' && Array.isArray(value))
    return { parts: [], ignored: value.map((one) => ({ from, kind: failureText(one) })) }
  return beside.includes(key) || isEmpty(value) ? noParts : ignoreValue(from, value, [...at, key])
}

/** What a call could not describe: `failure (service/blue/api is MISSING)`. */
const failureText = (failure: unknown): string => {
  const [arn, reason] = ['arn', 'reason'].map((name) =>
    isObject(failure) ? own(failure, name) : undefined,
  )
  if (typeof arn !== 'string' || typeof reason !== 'string') return 'failure'
  return `failure (${arn.slice(arn.lastIndexOf(':') + 1)} is ${reason})`
}

/**
 * The kind that the name of a list gives to a member that its own fields do not tell: `--query`
 * leaves of it what it is asked for.
 */
const kindInList = (key: string, member: unknown): Kind | undefined => {
  if (!isObject(member)) return undefined
  if (key === 'Subnets') return Object.hasOwn(member, 'SubnetId') ? 'subnet' : undefined
  const isCluster = ['clusterName', 'clusterArn'].some((field) => Object.hasOwn(member, field))
  return key === 'clusters' && isCluster ? 'cluster' : undefined
}

const partsInside = (from: string, value: unknown, at: Path, byList?: Kind): Parts => {
  const kind = kindOf(value) ?? byList
  return kind === undefined
    ? ignoreValue(from, value, at)
    : { parts: [{ from, at, kind, value }], ignored: [] }
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0)

const noParts: Parts = { parts: [], ignored: [] }

const joinParts = (all: readonly Parts[]): Parts => ({
  parts: all.flatMap(({ parts }) => parts),
  ignored: all.flatMap(({ ignored }) => ignored),
})

const orIgnored = (from: string, value: unknown, at: Path, found: Parts): Parts =>
  found.parts.length > 0 ? found : ignoreValue(from, value, at)

/** The kind of a value that no kind matches. Such a value has no name, so `from` gives its path. */
export const unknownKind = 'of no kind that is known'

/** Ignores a value under its own `kind`, which a foreign object has, or else under its path. */
const ignoreValue = (from: string, value: unknown, at: Path): Parts => {
  const kind = isObject(value) ? own(value, 'kind') : undefined
  const ignored =
    typeof kind === 'string'
      ? { from, kind }
      : { from: at.length === 0 ? from : `${from}: ${pathOf(at)}`, kind: unknownKind }
  return { parts: [], ignored: [ignored] }
}
