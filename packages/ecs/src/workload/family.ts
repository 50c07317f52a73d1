/**
 * Groups task definitions by family, and assigns a revision to each definition that has none. The
 * first assigned revision follows the highest known one of the family, as if the definition were
 * registered. A family is identified by region, account and name.
 */
import { isObject, own } from '@stowage/documents'
import { byCodeUnit } from '@stowage/kernel'
import { clusterReferenceIn, nameAmong, type ClusterReference } from '../words/cluster.js'
import type { TaskDefinition } from '../words/task-definition.js'
import { canonical } from '../words/canonical.js'
import type { Part } from '../words/part.js'
import type { EcsWarning } from '../words/warning.js'

/** A task definition, and the part of a document that it was read from. */
export interface DefinitionPart {
  readonly part: Part
  readonly value: TaskDefinition
}

/** A task definition with its revision. */
export interface Definition extends DefinitionPart {
  readonly revision: number
  /** True when the document has no revision and one was assigned here. */
  readonly isRevisionAssumed: boolean
  /** The name of the family when it has one definition only, else with `:revision`. */
  readonly name: string
}

/** The definitions of each family, by its name among all. */
export type Families = ReadonlyMap<string, readonly Definition[]>

/** The family of a definition, with its region and account where its ARN has them. */
export const homeOf = ({ part, value }: DefinitionPart): ClusterReference => {
  const arn = isObject(part.value) ? own(part.value, 'taskDefinitionArn') : undefined
  const { family: name } = value
  return { ...(typeof arn === 'string' ? clusterReferenceIn(arn) : {}), name }
}

/**
 * Each family's definitions in rising order of revision; families in the order of their names.
 *
 * Where the ARNs of definitions name several regions or accounts, each is a family of its own, with
 * its region before its name. Several definitions without a revision are numbered in the order of
 * their canonical JSON, then of their file names, so that the order of the files does not matter.
 * These numbers do not say which definition is the newest: a service must then name the revision,
 * or refer to the resource of its template.
 */
export const familiesOf = (definitions: readonly DefinitionPart[]): Families => {
  const families = groupBy(definitions, ({ value }) => value.family)
  return new Map(
    [...families.values()]
      .flatMap((members) => {
        const homes = groupBy(members, (member) => JSON.stringify(homeOf(member)))
        const all = [...homes.values()].map(([first]) => homeOf(first!))
        return [...groupBy(members, (member) => nameAmong(all, homeOf(member)))]
      })
      .sort(([a], [b]) => byCodeUnit(a, b))
      .map(([family, members]) => [family, numberedDefinitions(family, members)]),
  )
}

const groupBy = (
  definitions: readonly DefinitionPart[],
  nameOf: (definition: DefinitionPart) => string,
): ReadonlyMap<string, readonly DefinitionPart[]> => {
  const groups = new Map<string, DefinitionPart[]>()
  for (const each of definitions) {
    const group = groups.get(nameOf(each))
    if (group === undefined) groups.set(nameOf(each), [each])
    else group.push(each)
  }
  return groups
}

const numberedDefinitions = (
  family: string,
  members: readonly DefinitionPart[],
): readonly Definition[] => {
  const given = givenRevisions(members)
  return members
    .map((member) => {
      const revision = member.value.revision ?? given.get(member)!
      const name = members.length === 1 ? family : `${family}:${revision}`
      return { ...member, revision, isRevisionAssumed: given.has(member), name }
    })
    .sort((a, b) => a.revision - b.revision)
}

/** The revisions assigned to definitions that have none. */
const givenRevisions = (
  members: readonly DefinitionPart[],
): ReadonlyMap<DefinitionPart, number> => {
  const highest = members.reduce((max, { value }) => Math.max(max, value.revision ?? 0), 0)
  return new Map(
    members
      .filter(({ value }) => value.revision === undefined)
      .map((member) => [canonical(member.part.value), member] as const)
      .sort(
        ([a, { part }], [b, other]) => byCodeUnit(a, b) || byCodeUnit(part.from, other.part.from),
      )
      .map(([, member], i) => [member, highest + 1 + i]),
  )
}

/** A warning for each family with assigned revisions, unless it has a single definition. */
export const numberingWarnings = (families: Families): readonly EcsWarning[] =>
  [...families].flatMap(([family, definitions]) => {
    const given = definitions.filter(({ isRevisionAssumed }) => isRevisionAssumed)
    const [first, last] = [given.at(0), given.at(-1)]
    if (definitions.length === 1 || first === undefined || last === undefined) return []
    const text =
      first === last
        ? `a task definition has no revision: taken for ${first.name}, the one after the highest known`
        : `${given.length} task definitions have no revision: taken for ${first.name} to ${last.name}, in the order of their JSON text`
    return [{ code: 'RevisionAssumed', from: first.part.from, subject: `family ${family}`, text }]
  })
