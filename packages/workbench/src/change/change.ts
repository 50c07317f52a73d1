/**
 * Applies a change to a set of documents. Each object of the change replaces the whole object with
 * the same identity; if there is none, the object is added. All other objects stay as they are.
 */
import type { DocumentFault, Path, SourceDocument } from '@stowage/documents'
import { renderValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import type { Platform } from '../platform/platform.js'
import { platforms } from '../platform/platforms.js'
import type { RawObject } from '../platform/raw-object.js'
import { isAssemblyTree } from '../text/assembly.js'
import type { Faults } from '../text/fault.js'
import { byDocument, remainingDocuments, valueWith } from './edit-document.js'
import { alikeIn, byKey, objectsOf, unitedObjects } from './united.js'

/** The documents after a change, and what it has changed. */
export interface AppliedChange {
  /** Those that stay, then those of the change. */
  readonly documents: readonly SourceDocument[]
  readonly replaced: readonly ReplacedObject[]
  readonly added: readonly AddedObject[]
  /**
   * By the file of a replaced template, in which the changed one is evaluated: the file of the
   * change, which faults must name.
   */
  readonly files: ReadonlyMap<string, string>
}

/** An object that a change replaces, as it was and as it becomes. */
export interface ReplacedObject extends AddedObject {
  readonly before: SourceDocument
}

/** An object that a change adds. */
export interface AddedObject {
  readonly platform: Platform['id']
  /** Such as `Deployment shop/web`. */
  readonly title: string
  readonly after: SourceDocument
  /** Where it is in its document. */
  readonly at: Path
}

/** An object of a change, with the objects that it replaces. */
interface Match {
  readonly platform: Platform
  readonly changed: RawObject
  readonly replaced: readonly RawObject[]
}

/**
 * Replaces and adds. A `Left` has every object of the change without identity, every one that is in
 * it twice, and every one that may mean several objects. The paths of other objects stay as well
 * where no object of their list is replaced.
 */
export const applyChange = (
  documents: readonly SourceDocument[],
  changes: readonly SourceDocument[],
): E.Either<Faults, AppliedChange> => {
  const matches: Match[] = []
  const faults: DocumentFault[] = changes.filter(isForeign).map(foreignFault)
  for (const platform of platforms) {
    const changed = objectsOf(platform, changes)
    const before = byKey(objectsOf(platform, documents))
    const all = byKey(changed)
    for (const one of [...changed.flatMap(lackFaults), ...repetitionFaults(changed)])
      faults.push(one)
    for (const object of changed) {
      const isOnly = alikeIn(all, object).length === 1
      const among = { isOnly, changes: changed }
      const found = platform.objects.replacedBy(object, alikeIn(before, object), among)
      if (E.isLeft(found)) faults.push(faultOf(object, found.left))
      else
        matches.push({
          ...{ platform, changed: object },
          replaced: unitedObjects(platform, found.right),
        })
    }
  }
  if (faults.length === 0) for (const one of conflictFaults(matches)) faults.push(one)
  return faults.length > 0
    ? E.left(faults)
    : E.right(changedBy(documents, changes, matches.map(settleMatch)))
}

const isForeign = ({ value }: SourceDocument): boolean =>
  !platforms.some(({ recognises }) => recognises(value)) && !isAssemblyTree(value)

const foreignFault = ({ from, value }: SourceDocument): DocumentFault => ({
  ...{ from, at: [], found: renderValue(value) },
  expected: 'an object of Kubernetes or Amazon ECS, or a CloudFormation template, for --change',
})

const lackFaults = (object: RawObject): readonly DocumentFault[] =>
  object.lack === undefined ? [] : [faultOf(object, object.lack)]

const faultOf = (
  { document: { from }, at, value, title, keys }: RawObject,
  expected: string,
): DocumentFault => ({
  ...{ from, at, found: keys.length === 0 ? renderValue(value) : title, expected },
})

/** The second object of an identity, and every further one; files may share their base name. */
const repetitionFaults = (changed: readonly RawObject[]): readonly DocumentFault[] => {
  const seen = new Map<string, RawObject>()
  return changed.flatMap((object) => {
    const { keys, scope = '' } = object
    const first = keys.map((key) => seen.get(`${key} ${scope}`)).find((one) => one !== undefined)
    for (const key of keys) if (!key.endsWith(':')) seen.set(`${key} ${scope}`, first ?? object)
    return first === undefined ? [] : [twice(object, first)]
  })
}

const twice = (object: RawObject, { document: { from } }: RawObject): DocumentFault =>
  faultOf(object, `every object of a change once: it is also in ${from}`)

/**
 * Objects of a change that replace the same one, unless it was told already that they are alike.
 */
const conflictFaults = (matches: readonly Match[]): readonly DocumentFault[] => {
  const takers = new Map<RawObject, RawObject>()
  return matches.flatMap(({ changed, replaced }) => {
    const first = replaced.map((before) => takers.get(before)).find((one) => one !== undefined)
    for (const before of replaced) if (!takers.has(before)) takers.set(before, changed)
    return first === undefined ? [] : [twice(changed, first)]
  })
}

/** A match with the value that the changed object gets. */
interface SettledMatch extends Match {
  readonly after: unknown
}

const settleMatch = (match: Match): SettledMatch => {
  const { platform, changed, replaced } = match
  const [before] = replaced
  const after = before === undefined ? changed.value : platform.objects.inPlaceOf(changed, before)
  return { ...match, after }
}

const changedBy = (
  documents: readonly SourceDocument[],
  changes: readonly SourceDocument[],
  all: readonly SettledMatch[],
): AppliedChange => {
  const goneFrom = byDocument(all.flatMap(({ replaced }) => replaced))
  const changedIn = byDocument(
    all
      .filter(({ changed, after }) => after !== changed.value)
      .map(({ changed, after }) => ({ ...changed, value: after })),
  )
  const places = new Map(all.flatMap(placeOf))
  return {
    documents: [
      ...documents.flatMap((document) =>
        remainingDocuments(document, goneFrom.get(document) ?? []),
      ),
      ...changes.map((document) => ({
        from: places.get(document.from) ?? document.from,
        value: valueWith(document, changedIn.get(document) ?? []),
      })),
    ],
    replaced: all.flatMap(replacementOf),
    added: all.flatMap((match) => (match.replaced.length === 0 ? [additionOf(match)] : [])),
    files: new Map([...places].map(([after, before]) => [before, after])),
  }
}

const additionOf = ({ platform, changed, after: value }: SettledMatch): AddedObject => ({
  ...{ platform: platform.id, title: changed.title, at: changed.at },
  after: { from: changed.document.from, value },
})

const replacementOf = (match: SettledMatch): readonly ReplacedObject[] => {
  const [before] = match.replaced
  if (before === undefined) return []
  const { from } = before.document
  return [{ ...additionOf(match), before: { from, value: before.value } }]
}

/** The file of a changed object, and the one in which it is evaluated. */
const placeOf = ({
  platform,
  changed,
  replaced,
}: Match): readonly (readonly [after: string, before: string])[] => {
  const [before] = replaced
  return before !== undefined && platform.objects.keepsFile(changed)
    ? [[changed.document.from, before.document.from]]
    : []
}
