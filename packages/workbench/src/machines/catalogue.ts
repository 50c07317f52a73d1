/**
 * A catalogue of instance types from documents. A document is what `aws ec2
 * describe-instance-types` prints, a list of its entries, or an object keyed by type. A type is
 * decoded when it is looked up: one bad entry of a thousand does no harm. A type in two documents
 * is a fault, as it is unclear which one counts.
 */
import type { DocumentFault, SourceDocument } from '@stowage/documents'
import type { Ec2InstanceType } from '@stowage/fargate'
import { shown } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import { decodeAt, isRecord } from '../text/codec.js'
import type { Faults } from '../text/fault.js'
import { instanceType, InstanceTypeInfo } from './instance-type-info.js'

/** By name, a type that is not decoded yet, with the document that it is from. */
export type Catalogue = ReadonlyMap<string, SourceDocument>

type Entry = readonly [name: string, type: SourceDocument]

/** The types of all documents, or every document without types and every type that repeats. */
export const catalogueOf = (documents: readonly SourceDocument[]): E.Either<Faults, Catalogue> => {
  const { left, right } = RA.separate(documents.map(entriesOf))
  const types = new Map<string, SourceDocument>()
  const repeats: DocumentFault[] = []
  for (const [name, type] of right.flat()) {
    const before = types.get(name)
    if (before === undefined) types.set(name, type)
    else repeats.push(alsoIn(before, name, type))
  }
  const faults = [...left, ...repeats]
  return faults.length > 0 ? E.left(faults) : E.right(types)
}

const alsoIn = (before: SourceDocument, name: string, { from }: SourceDocument): DocumentFault => ({
  from,
  at: [],
  found: shown(name),
  expected: `every instance type once: it is also in ${before.from}`,
})

const entriesOf = ({ from, value }: SourceDocument): E.Either<DocumentFault, readonly Entry[]> => {
  const listed =
    isRecord(value) && Array.isArray(value['InstanceTypes']) ? value['InstanceTypes'] : value
  const entries = Array.isArray(listed)
    ? listed.map(
        (type: unknown) => [isRecord(type) ? type['InstanceType'] : undefined, type] as const,
      )
    : isRecord(listed)
      ? Object.entries(listed)
      : []
  const named = entries.filter((entry): entry is [string, unknown] => typeof entry[0] === 'string')
  if (named.length > 0 && named.every(([, type]) => isRecord(type)))
    return E.right(named.map(([name, type]) => [name, { from, value: type }]))
  return E.left({
    from,
    at: [],
    found: shown(value),
    expected: 'instance types, as describe-instance-types prints them or keyed by type',
  })
}

/** Decodes one entry of a catalogue; paths of faults begin with its name. */
export const decodeType = (
  name: string,
  document: SourceDocument,
): E.Either<Faults, Ec2InstanceType> =>
  E.map((type: InstanceTypeInfo) => instanceType(name, type))(
    decodeAt(InstanceTypeInfo, document, [name]),
  )
