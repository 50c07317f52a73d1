/**
 * Finds the task definition that a service or a call names in `taskDefinition`: a family (its
 * newest ACTIVE revision), `family:revision`, or an ARN. Only an ARN can name a family that several
 * regions or accounts have.
 */
import { nearestNames, someOf } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { isActive } from '../words/task-definition.js'
import { clusterReferenceIn } from '../words/cluster.js'
import type { Definition, Families } from './family.js'

/** The last part of an ARN, or the text itself. */
export const nameIn = (reference: string): string =>
  reference.startsWith('arn:') ? reference.slice(reference.lastIndexOf('/') + 1) : reference

const familyAndRevision = (
  name: string,
): readonly [family: string, revision: number | undefined] => {
  const [, family, revision] = /^(.+):(\d+)$/s.exec(name) ?? []
  return family === undefined ? [name, undefined] : [family, Number(revision)]
}

/** True for the name of a known family without a revision. */
export const isFamilyOf = (families: Families, reference: string): boolean =>
  namesFor(reference, nameIn(reference)).some((name) => families.has(name))

/** The names that a family may have among all, the narrowest first. */
const namesFor = (reference: string, family: string): readonly string[] => {
  const { region, account } = clusterReferenceIn(reference)
  return region === undefined || account === undefined
    ? [family]
    : [`${account}/${region}/${family}`, `${region}/${family}`, family]
}

const familyOf = (
  families: Families,
  reference: string,
  family: string,
): readonly Definition[] | undefined =>
  namesFor(reference, family)
    .map((name) => families.get(name))
    .find((found) => found !== undefined)

/** The family of a reference, known or not. */
export const familyIn = (reference: string): string => familyAndRevision(nameIn(reference))[0]

/**
 * What was expected instead of a reference. It is worded when it is needed: most callers only need
 * to know that there is no such definition, and the wording looks at every family.
 */
export type ExpectedReference = () => string

/** The definition that a reference names, or what was expected instead. */
export const resolve = (
  families: Families,
  reference: string,
): E.Either<ExpectedReference, Definition> => {
  const name = nameIn(reference)
  const whole = familyOf(families, reference, name)
  if (whole !== undefined) return newest(whole)
  const [family, revision] = familyAndRevision(name)
  const definitions = familyOf(families, reference, family)
  return definitions === undefined || revision === undefined
    ? E.left(() => unknownFamilyText(families, family))
    : ofRevision(definitions, revision)
}

/**
 * The highest ACTIVE revision. It is unknown when several have assigned revisions, which are above
 * all written ones.
 */
const newest = (definitions: readonly Definition[]): E.Either<ExpectedReference, Definition> => {
  const active = definitions.filter(({ value }) => isActive(value))
  const last = active.at(-1)
  if (last === undefined)
    return E.left(() => `a revision too, ${oneOfRevisions(definitions)}: none is ACTIVE`)
  return last.isRevisionAssumed &&
    active.filter(({ isRevisionAssumed }) => isRevisionAssumed).length > 1
    ? E.left(
        () => `a revision too, ${oneOfRevisions(definitions)}: which is the newest cannot be told`,
      )
    : E.right(last)
}

/** A single definition without a revision stands for any revision of its family. */
const ofRevision = (
  definitions: readonly Definition[],
  revision: number,
): E.Either<ExpectedReference, Definition> => {
  const only =
    definitions.length === 1 && definitions[0]!.isRevisionAssumed ? definitions[0] : undefined
  const found = only ?? definitions.find((definition) => definition.revision === revision)
  return found === undefined ? E.left(() => oneOfRevisions(definitions)) : E.right(found)
}

const oneOfRevisions = (definitions: readonly Definition[]): string => {
  const names = definitions.map(({ value, revision }) => `${value.family}:${revision}`)
  return names.length === 1 ? names[0]! : `one of ${someOf(names)}`
}

const unknownFamilyText = (families: Families, family: string): string => {
  if (families.size === 0) return 'the name of a task definition, of which none was given'
  const places = [...families.keys()].filter((name) => name.endsWith(`/${family}`))
  return places.length > 0
    ? `its ARN, as several have the family: ${someOf(places)}`
    : `a task definition that was given, such as ${nearestNames(family, families.keys()).join(', ')}`
}

/**
 * True when the reference names a revision that the only definition of the family does not state.
 */
export const isAssumed = (reference: string, definition: Definition): boolean =>
  definition.isRevisionAssumed &&
  definition.name === definition.value.family &&
  familyAndRevision(nameIn(reference))[1] !== undefined
