/**
 * Decodes and checks all ECS objects of one kind in the input, such as all services. Collects every
 * error before any is reported, so that a user sees all of them at once.
 */
import {
  decodeValue,
  duplicates,
  valueAt,
  type Codec,
  type DocumentFault,
  type Path,
} from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import type { ExceptionName } from '../words/exception.js'
import { isUnresolved } from '../template/unresolved.js'
import { completeComplaint, type Complaint } from '../words/complaint.js'
import type { Kind } from '../words/kind.js'
import type { Part } from '../words/part.js'
import type { Families } from '../workload/family.js'
import { isFamilyOf, nameIn, resolve, type ExpectedReference } from '../workload/reference.js'

/** A decoded value with the part that it was read from. */
export interface ReadPart<Value> {
  readonly part: Part
  readonly value: Value
}

/** What is wrong with a part. */
export interface Objection {
  readonly part: Part
  readonly complaint: Complaint
  /** The exception of the API; absent when the API would not refuse the part. */
  readonly exception?: ExceptionName
}

/**
 * The parts of one kind. A decoded value is in `read` even when `check` complains, so that other
 * parts can be checked against it; `unread` are the parts that cannot be decoded.
 */
export interface KindReading<Value> {
  readonly read: readonly ReadPart<Value>[]
  readonly unread: readonly Part[]
  readonly objections: readonly Objection[]
}

/**
 * Decodes and checks the parts of one kind. `exception` is what the API throws for complaints of
 * `check`; it is absent for kinds that the API prints and does not accept.
 */
export const readKind = <Value>(
  parts: readonly Part[],
  kind: Kind,
  codec: Codec<Value>,
  check: (value: Value, written: unknown) => readonly Complaint[],
  exception?: ExceptionName,
): KindReading<Value> => {
  const read: ReadPart<Value>[] = []
  const unread: Part[] = []
  const objections: Objection[] = []
  for (const part of parts) {
    if (part.kind !== kind) continue
    const decoded = decodeValue(codec, part.value)
    if (E.isRight(decoded)) read.push({ part, value: decoded.right })
    else unread.push(part)
    const complaints = E.isRight(decoded) ? check(decoded.right, part.value) : decoded.left
    const thrown = E.isRight(decoded) || exception === undefined ? exception : ofTypes
    for (const one of complaints.map((complaint) => makeObjection(part, complaint, thrown)))
      objections.push(one)
  }
  return { read, unread, objections }
}

/** The exception of the API for a value of the wrong type. */
const ofTypes = 'InvalidParameterException'

/** Makes an objection to a part. */
export const makeObjection = (
  part: Part,
  complaint: Complaint,
  exception?: ExceptionName,
): Objection => ({
  ...{ part, complaint },
  ...(exception === undefined ? {} : { exception }),
})

/** So many objections suggest names. */
const suggestionsMax = 20

/**
 * The objection to a service or a call whose task definition is not among the documents, or is one
 * of several there. `known` says which names are known. It is no exception: AWS may well know the
 * definition. Of many objections, those after the first `before` ones do not say what is near: to
 * look among all families for each would take the square of both.
 */
export const unknownDefinition = (
  part: Part,
  families: Families,
  reference: string,
  expectedReference: ExpectedReference,
  before: number,
): Objection => {
  const known = before < suggestionsMax ? expectedReference : () => 'one that was given'
  const name = nameIn(reference)
  const other = families.size === 0 ? '' : `, or name ${known()}`
  const isElsewhere = E.isRight(resolve(families, reference))
  const expected = isFamilyOf(families, reference)
    ? known()
    : `a task definition among the documents: add what aws ecs describe-task-definition --task-definition ${name} prints${other}`
  return makeObjection(part, {
    at: ['taskDefinition'],
    found: JSON.stringify(isElsewhere ? reference : name),
    expected,
  })
}

/** Objections to values with the name of an earlier value; `undefined` is no name. */
export const duplicateObjections = <Value>(
  reads: readonly ReadPart<Value>[],
  nameOf: (value: Value) => string | undefined,
  at: (value: Value) => Path,
  what: string,
): readonly Objection[] =>
  duplicates(reads, ({ value }) => nameOf(value)).map(({ item: { part, value }, first }) => {
    const expected = `${what} of its own: ${nameOf(value)!} is also in ${first.part.from}`
    return { part, complaint: { at: at(value), expected } }
  })

/** The objections as errors, in the order of the documents and of their parts. */
export const badDocuments = (
  parts: readonly Part[],
  objections: readonly Objection[],
): readonly DocumentFault[] => {
  const places = new Map(parts.map((part, place) => [part, place]))
  return [...objections]
    .sort((a, b) => (places.get(a.part) ?? 0) - (places.get(b.part) ?? 0))
    .map(({ part, complaint, exception }) => {
      const problem = completeComplaint(part.value, complaint)
      const { at, ...wrong } = part.spelt?.(problem) ?? problem
      return {
        ...{ from: part.from, at: [...part.at, ...at], ...wrong },
        ...(exception === undefined || isOpen(part, complaint) ? {} : { exception }),
      }
    })
}

/** True when the template leaves the value open, so that the API has not seen it. */
const isOpen = ({ value }: Part, { at }: Complaint): boolean => isUnresolved(valueAt(value, at))

/** The values by cluster, in the order of their first parts. */
export const groupByCluster = <Value>(
  reads: readonly ReadPart<Value>[],
): readonly (readonly ReadPart<Value>[])[] => {
  const groups = new Map<string | undefined, ReadPart<Value>[]>()
  for (const each of reads) {
    const group = groups.get(each.part.cluster)
    if (group === undefined) groups.set(each.part.cluster, [each])
    else group.push(each)
  }
  return [...groups.values()]
}
