/**
 * The parts of a document that are Amazon ECS words, with the place of each. They stand by
 * themselves, in a list, or one level inside the wrappers that the describe calls print.
 */
import { isObject, own, type Ignored, type Path, type SourceDocument } from '@stowage/documents'
import { pathOf, type Malformed } from '@stowage/kernel'
import { isKubernetes, kindOf, type Kind } from './kind.js'

export interface Part {
  readonly from: string
  readonly at: Path
  readonly kind: Kind
  readonly value: unknown
  /** What is wrong with the value, in the words of the document, where these are not the API's. */
  readonly spelt?: (problem: Malformed) => Malformed
  /** The name of the stack that would make it; absent for what stands in no template. */
  readonly stack?: string
  /**
   * The task definition that is meant, where a service refers to it as a resource of its template
   * and not by a name.
   */
  readonly definition?: Part
}

export interface Parts {
  readonly parts: readonly Part[]
  readonly ignored: readonly Ignored[]
}

const singleWrappers: readonly string[] = [
  'taskDefinition',
  'service',
  'containerInstance',
  'task',
  'cluster',
]
const several: readonly string[] = [
  ...['taskDefinitions', 'services', 'containerInstances', 'tasks', 'Subnets', 'clusters'],
]
/** What the describe calls print beside the wrapped: no say in scheduling. */
const beside: readonly string[] = ['tags', 'ResponseMetadata']

/** Whether there is anything in a value that `stateOf` would find. */
export const isEcs = (value: unknown): boolean => partsOf({ from: '', value }).parts.length > 0

/** What is in a document, in its order. A document without any part is ignored as one. */
export const partsOf = ({ from, value }: SourceDocument): Parts =>
  Array.isArray(value)
    ? orIgnored(from, value, [], joinParts(value.map((member, i) => inMember(from, member, [i]))))
    : inMember(from, value, [])

/** A part, or a wrapper of parts. */
const inMember = (from: string, value: unknown, at: Path): Parts => {
  const kind = kindOf(value)
  if (kind !== undefined) return { parts: [{ from, at, kind, value }], ignored: [] }
  const fields = isObject(value) && !isKubernetes(value) ? Object.entries(value) : []
  const inside = fields.map(([key, field]) => inField(from, key, field, at))
  return orIgnored(from, value, at, joinParts(inside))
}

const inField = (from: string, key: string, value: unknown, at: Path): Parts => {
  if (singleWrappers.includes(key)) return partsInside(from, value, [...at, key])
  if (several.includes(key) && Array.isArray(value))
    return joinParts(value.map((member, i) => partsInside(from, member, [...at, key, i])))
  if (key === 'failures' && Array.isArray(value))
    return { parts: [], ignored: value.map(() => ({ from, kind: 'failure' })) }
  return beside.includes(key) || isEmpty(value) ? nothing : ignoring(from, value, [...at, key])
}

const partsInside = (from: string, value: unknown, at: Path): Parts => {
  const kind = kindOf(value)
  return kind === undefined
    ? ignoring(from, value, at)
    : { parts: [{ from, at, kind, value }], ignored: [] }
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0)

const nothing: Parts = { parts: [], ignored: [] }

const joinParts = (all: readonly Parts[]): Parts => ({
  parts: all.flatMap(({ parts }) => parts),
  ignored: all.flatMap(({ ignored }) => ignored),
})

const orIgnored = (from: string, value: unknown, at: Path, found: Parts): Parts =>
  found.parts.length > 0 ? found : ignoring(from, value, at)

/** The kind of what has none; its place is the only name that it has, and stands in `from`. */
export const unknownKind = 'of no kind that is known'

/** By its own `kind` if it has one, as Kubernetes objects do. */
const ignoring = (from: string, value: unknown, at: Path): Parts => {
  const kind = isObject(value) ? own(value, 'kind') : undefined
  const ignored =
    typeof kind === 'string'
      ? { from, kind }
      : { from: at.length === 0 ? from : `${from}: ${pathOf(at)}`, kind: unknownKind }
  return { parts: [], ignored: [ignored] }
}
