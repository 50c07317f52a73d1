/**
 * Reads a catalogue (a table of EC2 instance types) from the user's documents, in the format of
 * `aws ec2 describe-instance-types`. A type is decoded only when it is looked up, so that one bad
 * entry does no harm. A type in two documents is an error.
 */
import {
  decodeDocument,
  duplicates,
  isObject,
  own,
  type DocumentFault,
  type SourceDocument,
} from '@stowage/documents'
import type { Ec2InstanceType } from '@stowage/fargate'
import { renderValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import type { Faults } from '../text/fault.js'
import { instanceType, InstanceTypeInfo } from './instance-type-info.js'

/** By name, a type that is not decoded yet, with the document that it is from. */
export type Catalogue = ReadonlyMap<string, SourceDocument>

type Entry = readonly [name: string, type: SourceDocument]

/**
 * The types of all documents, or every document without types and every type that repeats. A
 * document is the output of `aws ec2 describe-instance-types`, a list of entries of that output, or
 * an object keyed by type.
 */
export const catalogueOf = (documents: readonly SourceDocument[]): E.Either<Faults, Catalogue> => {
  const { left, right } = RA.separate(documents.map(entriesOf))
  const entries = right.flat()
  const faults = [...left, ...duplicates(entries, ([name]) => name).map(alsoIn)]
  return faults.length > 0 ? E.left(faults) : E.right(new Map(entries))
}

const alsoIn = ({
  item: [name, { from }],
  first: [, before],
}: ReturnType<typeof duplicates<Entry>>[number]): DocumentFault => ({
  from,
  at: [],
  found: renderValue(name),
  expected: `every instance type once: it is also in ${before.from}`,
})

const entriesOf = ({ from, value }: SourceDocument): E.Either<DocumentFault, readonly Entry[]> => {
  const types = isObject(value) ? own(value, 'InstanceTypes') : undefined
  const listed: unknown = Array.isArray(types) ? types : value
  const entries: readonly (readonly [unknown, unknown])[] = Array.isArray(listed)
    ? listed.map(
        (type: unknown) => [isObject(type) ? own(type, 'InstanceType') : undefined, type] as const,
      )
    : isObject(listed)
      ? Object.entries(listed)
      : []
  const named = entries.filter(
    (entry): entry is readonly [string, unknown] => typeof entry[0] === 'string',
  )
  if (named.length > 0 && named.every(([, type]) => isObject(type)))
    return E.right(named.map(([name, type]) => [name, { from, value: type }]))
  return E.left({
    from,
    at: [],
    found: renderValue(value),
    expected: 'instance types, as describe-instance-types prints them or keyed by type',
  })
}

/** Decodes one entry of a catalogue; paths of faults begin with its name. */
export const decodeType = (
  name: string,
  document: SourceDocument,
): E.Either<Faults, Ec2InstanceType> =>
  pipe(
    decodeDocument(InstanceTypeInfo, document, [name]),
    E.map((type) => instanceType(name, type)),
  )
