/**
 * Lists the objects of a document of Amazon ECS with the keys that identify them: the family of a
 * task definition, the name and the cluster of a service, the id of an instance or a task, the file
 * of a template.
 */
import { isObject, own, type SourceDocument } from '@stowage/documents'
import { clusterReferenceOf, isTemplate, partsOf } from '@stowage/ecs'
import * as E from 'fp-ts/lib/Either.js'
import type { RawObject, RawObjects } from './raw-object.js'

type Part = ReturnType<typeof partsOf>['parts'][number]

/** What holds for each kind of object is said beside it below. */
export const ecsObjects: RawObjects = {
  objectsIn: (document) =>
    isTemplate(document.value)
      ? [fileObject('template', document, [], document.value)]
      : partsOf(document).parts.map((part) => objectOf(document, part)),
  replacedBy: (changed, alike, { isOnly, changes }) => {
    if (isOfFile(changed)) return templatesFor(changed, alike, isOnly)
    if (isDefinition(changed))
      return E.right(isNextRevision(changed, alike, changes) ? [] : newestOf(alike, changed.scope))
    const near = alike.filter(({ scope }) => mayBe(changed.scope, scope))
    const scopes = [...new Set(near.map(({ scope }) => scope))]
    return scopes.length > 1
      ? E.left(`its cluster, one of ${scopes.map((scope) => scope ?? 'none').join(', ')}`)
      : E.right(near)
  },
  inPlaceOf: (changed, before) => {
    if (!isObject(changed.value) || !isObject(before.value)) return changed.value
    if (isDefinition(changed)) return asRevisionOf(changed.value, before.value)
    const cluster = clusterReferenceOf(before.value)
    return clusterReferenceOf(changed.value) === undefined &&
      cluster !== undefined &&
      inClusters.includes(kindIn(changed))
      ? { ...changed.value, cluster }
      : changed.value
  },
  keepsFile: isOfFile,
}

/** What a title begins with, up to the name. */
const kindIn = ({ title, keys: [key = ''] }: RawObject): string =>
  key === '' ? title : key.slice(0, key.indexOf(':'))

const ofFiles: readonly string[] = ['template', 'asset list', 'assembly manifest']

function isOfFile(object: RawObject): boolean {
  return ofFiles.includes(kindIn(object))
}

const isDefinition = (object: RawObject): boolean => kindIn(object) === 'task definition'

/** The kinds of objects that belong to a cluster. */
const inClusters: readonly string[] = ['service', 'task set', 'container instance', 'task']

/** The fields that name an object of a kind; of an ARN the last part counts. */
const namesOf: Readonly<Partial<Record<Part['kind'], readonly string[]>>> = {
  'task definition': ['family'],
  service: ['serviceName'],
  'task set': ['id', 'taskSetArn'],
  'container instance': ['ec2InstanceId', 'containerInstanceArn'],
  task: ['taskArn'],
  cluster: ['clusterName', 'clusterArn'],
  'capacity provider': ['name', 'capacityProviderArn'],
  'Auto Scaling group': ['AutoScalingGroupName', 'AutoScalingGroupARN'],
  subnet: ['SubnetId'],
}

const objectOf = (document: SourceDocument, { at, kind, value }: Part): RawObject => {
  if (ofFiles.includes(kind)) return fileObject(kind, document, at, value)
  const fields = namesOf[kind]
  // A call starts or stops tasks each time that it is made: none is another's later version.
  if (fields === undefined || !isObject(value))
    return { document, at, value, title: kind, keys: [] }
  const names = fields.flatMap((field) => {
    const name = own(value, field)
    return typeof name === 'string' && name !== '' ? [lastOf(name)] : []
  })
  const [name] = names
  if (name === undefined) {
    const lack = `a ${kind} with ${fields[0]}, by which a change finds the one that it replaces`
    return { document, at, value, title: `a ${kind}`, keys: [], lack }
  }
  const keys = [...new Set(names)].map((one) => `${kind}:${one}`)
  return { document, at, value, title: `${kind} ${name}`, keys, scope: scopeOf(kind, value) }
}

const lastOf = (name: string): string =>
  name.startsWith('arn:') ? name.slice(name.lastIndexOf('/') + 1) : name

const scopeOf = (kind: Part['kind'], value: object): string | undefined => {
  if (kind === 'task definition') {
    const revision = own(value, 'revision')
    return typeof revision === 'number' ? String(revision) : undefined
  }
  return inClusters.includes(kind) ? clusterReferenceOf(value) : undefined
}

/** Whether two references may mean one cluster: a name alone says neither region nor account. */
const mayBe = (one: string | undefined, other: string | undefined): boolean => {
  if (one === undefined || other === undefined || one === other) return true
  return !(one.startsWith('arn:') && other.startsWith('arn:')) && lastOf(one) === lastOf(other)
}

/** A revision that is not there before, and that a service or a task of the change names. */
const isNextRevision = (
  { scope, keys: [key = ''] }: RawObject,
  alike: readonly RawObject[],
  changes: readonly RawObject[],
): boolean => {
  if (scope === undefined || alike.some((one) => one.scope === scope)) return false
  const family = key.slice(key.indexOf(':') + 1)
  return changes.some(({ value }) =>
    ['taskDefinition', 'taskDefinitionArn'].some((field) => {
      const name = isObject(value) ? own(value, field) : undefined
      return typeof name === 'string' && lastOf(name) === `${family}:${scope}`
    }),
  )
}

/** The revision that is written, or else the newest; of unnumbered ones the last. */
const newestOf = (
  alike: readonly RawObject[],
  revision: string | undefined,
): readonly RawObject[] => {
  const exact = alike.filter(({ scope }) => scope !== undefined && scope === revision)
  const [first, ...others] = exact.length > 0 ? exact : alike
  if (first === undefined) return []
  return [
    others.reduce(
      (newest, one) => (Number(one.scope ?? 0) >= Number(newest.scope ?? 0) ? one : newest),
      first,
    ),
  ]
}

/**
 * The changed definition under the number of the one before, so that services and tasks which name
 * that revision mean it.
 */
const asRevisionOf = (changed: object, before: object): object => {
  const {
    revision: _,
    taskDefinitionArn: __,
    ...fields
  } = changed as Readonly<Record<string, unknown>>
  const numbers = ['revision', 'taskDefinitionArn'].filter((key) => Object.hasOwn(before, key))
  return { ...fields, ...Object.fromEntries(numbers.map((key) => [key, own(before, key)])) }
}

/** An object that its file names. */
const fileObject = (
  kind: string,
  document: SourceDocument,
  at: RawObject['at'],
  value: unknown,
): RawObject => {
  const scope = stepsOf(document.from).at(-1) ?? document.from
  return { document, at, value, title: `${kind} ${scope}`, keys: [`${kind}:`], scope }
}

const stepsOf = (from: string): readonly string[] =>
  from
    .replace(/, document \d+$/, '')
    .split(/[/\\]/)
    .filter((step) => step !== '')

/** Those of the file's base name, of several the one whose path has the same end; the only one. */
const templatesFor = (
  changed: RawObject,
  alike: readonly RawObject[],
  isOnly: boolean,
): E.Either<string, readonly RawObject[]> => {
  const named = alike.filter(({ scope }) => scope === changed.scope)
  if (named.length === 0) return E.right(isOnly && alike.length === 1 ? alike : [])
  const shared = named.map(({ document }) =>
    sharedEnd(stepsOf(document.from), stepsOf(changed.document.from)),
  )
  const longest = shared.reduce((a, b) => Math.max(a, b))
  const best = named.filter((_, i) => shared[i] === longest)
  return best.length === 1
    ? E.right(best)
    : E.left(`a path that ends as one of ${best.map(({ document }) => document.from).join(', ')}`)
}

const sharedEnd = (one: readonly string[], other: readonly string[]): number => {
  let shared = 0
  while (shared < one.length && one.at(-1 - shared) === other.at(-1 - shared)) shared++
  return shared
}
