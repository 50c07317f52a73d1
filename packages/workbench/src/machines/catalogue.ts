/**
 * A catalogue of instance types from documents, each of which is what `aws ec2
 * describe-instance-types` prints, a list of the same, or an object keyed by type. A type is
 * decoded when it is asked for. One that is there twice is an error: which of the two is meant
 * nobody can know.
 */
import { shown, type BadDocument, type Document } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import { decodeAt, isRecord } from '../read/codec.js'
import { InstanceType, machine } from './instance-type.js'
import type { Machine } from './machine.js'

/** Types by name, each with the document that it is from, not decoded yet. */
export type Catalogue = ReadonlyMap<string, Document>

type Entry = readonly [name: string, type: Document]

export const catalogueOf = (
  documents: readonly Document[],
): E.Either<readonly BadDocument[], Catalogue> => {
  const { left, right } = RA.separate(documents.map(entriesOf))
  const types = new Map<string, Document>()
  const twice: BadDocument[] = []
  for (const [name, type] of right.flat()) {
    const before = types.get(name)
    if (before === undefined) types.set(name, type)
    else twice.push(alsoIn(before, name, type))
  }
  const bad = [...left, ...twice]
  return bad.length > 0 ? E.left(bad) : E.right(types)
}

const alsoIn = (before: Document, name: string, { from }: Document): BadDocument => ({
  from,
  at: [],
  found: shown(name),
  expected: `every instance type once: it is also in ${before.from}`,
})

const entriesOf = ({ from, value }: Document): E.Either<BadDocument, readonly Entry[]> => {
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

/** Decodes one type of a catalogue. */
export const machineOf = (
  name: string,
  document: Document,
): E.Either<readonly BadDocument[], Machine> =>
  E.map((type: InstanceType) => machine(name, type))(decodeAt(InstanceType, document, [name]))
