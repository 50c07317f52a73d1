/**
 * Reading the parts of one kind, and what is wrong with them: everything is read before anything is
 * said, so that all that is wrong comes back together.
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
import { malformed, type Complaint } from '../words/complaint.js'
import type { Kind } from '../words/kind.js'
import type { Part } from '../words/part.js'

export interface ReadPart<Value> {
  readonly part: Part
  readonly value: Value
}

export interface Objection {
  readonly part: Part
  readonly complaint: Complaint
  /** With which the API would refuse it; absent where it would not. */
  readonly exception?: ExceptionName
}

/**
 * A value whose types are right is kept even when `check` complains, so that others can be held
 * against it.
 */
export interface KindReading<Value> {
  readonly read: readonly ReadPart<Value>[]
  readonly unread: readonly Part[]
  readonly objections: readonly Objection[]
}

/**
 * `exception` is what the API throws for what `check` finds, of what is asked of it; nothing, of
 * what it printed.
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
    objections.push(...complaints.map((complaint) => objecting(part, complaint, thrown)))
  }
  return { read, unread, objections }
}

/** What calls are refused with for values that are of another type than the field. */
const ofTypes = 'InvalidParameterException'

export const objecting = (
  part: Part,
  complaint: Complaint,
  exception?: ExceptionName,
): Objection => ({
  ...{ part, complaint },
  ...(exception === undefined ? {} : { exception }),
})

/**
 * To a service or a call that names a task definition which is not there; `expected` is what was.
 */
export const unknownDefinition = (part: Part, expected: string): Objection =>
  objecting(part, { at: ['taskDefinition'], expected }, 'ClientException')

/** Objections to all but the first of those that share a name; what has no name shares none. */
export const sharing = <Value>(
  reads: readonly ReadPart<Value>[],
  nameOf: (value: Value) => string | undefined,
  at: (value: Value) => Path,
  what: string,
): readonly Objection[] =>
  duplicates(reads, ({ value }) => nameOf(value)).map(({ item: { part, value }, first }) => {
    const expected = `${what} of its own: ${nameOf(value)!} is also in ${first.part.from}`
    return { part, complaint: { at: at(value), expected } }
  })

/** In the order of the documents, and of what is in them. */
export const badDocuments = (
  parts: readonly Part[],
  objections: readonly Objection[],
): readonly DocumentFault[] => {
  const places = new Map(parts.map((part, place) => [part, place]))
  return [...objections]
    .sort((a, b) => (places.get(a.part) ?? 0) - (places.get(b.part) ?? 0))
    .map(({ part, complaint, exception }) => {
      const problem = malformed(part.value, complaint)
      const { at, ...wrong } = part.spelt?.(problem) ?? problem
      return {
        ...{ from: part.from, at: [...part.at, ...at], ...wrong },
        ...(exception === undefined || isOpen(part, complaint) ? {} : { exception }),
      }
    })
}

/** What a template leaves open is nothing that the API has seen. */
const isOpen = ({ value }: Part, { at }: Complaint): boolean => isUnresolved(valueAt(value, at))
