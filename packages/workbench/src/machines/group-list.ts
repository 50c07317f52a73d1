/**
 * Reads the node groups of `--groups`, each with its machine type and its minimum and maximum size.
 * The input is Stowage's own list, the output of `aws eks describe-nodegroup`, or a CloudFormation
 * template. Two groups with one name, or a minimum above the maximum, are errors.
 */
import {
  collectAll,
  decodeDocument,
  duplicates,
  isObject,
  list,
  nearestNames,
  own,
  type DocumentFault,
  type Path,
  type SourceDocument,
} from '@stowage/documents'
import type { Ec2InstanceType } from '@stowage/fargate'
import { renderValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { documentsOf, type TextSet } from '../text/documents.js'
import type { Faults } from '../text/fault.js'
import type { Machines } from './fleet.js'
import {
  EksGroup,
  groupOfEks,
  groupOfScaling,
  OwnGroup,
  ScalingGroup,
  scalingTypes,
  type WrittenGroup,
} from './written-group.js'

interface LocatedGroup {
  readonly group: WrittenGroup
  readonly from: string
  readonly at: Path
}
type GroupReading = E.Either<readonly DocumentFault[], readonly LocatedGroup[]>

/** A node group whose type is known. */
export interface MachineGroupRow extends Omit<WrittenGroup, 'types' | 'capacityType'> {
  readonly type: Ec2InstanceType
  readonly capacityType: 'on-demand' | 'spot'
}

/** The groups of a file; new nodes of one without zones go to the first of these. */
export const readGroups = (
  { texts }: TextSet,
  { typeNamed, typeNames }: Pick<Machines, 'typeNamed' | 'typeNames'>,
  zones: readonly string[],
): E.Either<Faults, readonly MachineGroupRow[]> =>
  pipe(
    documentsOf(texts),
    E.chain((documents) => collectAll(documents.map(groupsIn))),
    E.chain((read) => {
      const located = read.flat()
      const faults = [...repeatedGroups(located), ...located.flatMap(wrongSizes)]
      return faults.length > 0 ? E.left(faults) : E.right(located)
    }),
    E.chain((located) =>
      collectAll(
        located.map(({ group, from, at }): E.Either<Faults, MachineGroupRow> => {
          const { types, capacityType = 'on-demand', ...rest } = group
          const [first = ''] = types
          return pipe(
            typeNamed(first),
            E.chain((type) =>
              type === undefined
                ? E.left([{ from, at, ...unknownType(first, typeNames) }])
                : E.right({
                    ...{ ...rest, type, capacityType },
                    zones: group.zones.length > 0 ? group.zones : zones,
                  }),
            ),
          )
        }),
      ),
    ),
  )

const unknownType = (name: string, names: readonly string[]) => ({
  found: name === '' ? 'no instance type' : renderValue(name),
  expected: `an instance type that is known, such as ${nearestNames(name, names, name.length).join(', ')}`,
})

const groupsIn = (document: SourceDocument): GroupReading => {
  const { from, value } = document
  if (!isObject(value)) return E.left([notGroups(document)])
  const resources = own(value, 'Resources')
  if (isObject(resources)) return groupsOfTemplate(document, resources)
  if (own(value, 'nodegroup') !== undefined)
    return pipe(
      decodeDocument(EksGroup, { from, value: own(value, 'nodegroup') }, ['nodegroup']),
      E.map((group) => [{ group: groupOfEks(group), from, at: ['nodegroup'] }]),
    )
  const groups = own(value, 'groups')
  if (groups === undefined) return E.left([notGroups(document)])
  return pipe(
    decodeDocument(list('a list of node groups', OwnGroup), { from, value: groups }, ['groups']),
    E.map((all) => all.map((group, i) => ({ group, from, at: ['groups', i] }))),
  )
}

const notGroups = ({ from, value }: SourceDocument): DocumentFault => ({
  ...{ from, at: [], found: renderValue(value) },
  expected:
    'node groups: a list under groups, what aws eks describe-nodegroup prints, or a CloudFormation template',
})

/** The resources that are groups; values that only a stack knows are faults of the codecs. */
const groupsOfTemplate = ({ from }: SourceDocument, resources: object): GroupReading =>
  pipe(
    collectAll(
      Object.entries(resources).map(([id, resource]: [string, unknown]): GroupReading => {
        const at = ['Resources', id, 'Properties']
        const properties = isObject(resource) ? own(resource, 'Properties') : undefined
        const type = isObject(resource) ? own(resource, 'Type') : undefined
        if (type === 'AWS::EKS::Nodegroup')
          return pipe(
            decodeDocument(EksGroup, { from, value: inApiSpelling(properties, id) }, at),
            E.map((group) => [{ group: groupOfEks(group), from, at }]),
          )
        if (type !== 'AWS::AutoScaling::AutoScalingGroup') return E.right([])
        return pipe(
          decodeDocument(ScalingGroup, { from, value: properties }, at),
          E.map((group) => [
            { group: groupOfScaling(id, group, scalingTypes(resources, properties)), from, at },
          ]),
        )
      }),
    ),
    E.map((found) => found.flat()),
  )

/** CloudFormation begins the names of properties with a capital; labels keep theirs. */
const inApiSpelling = (properties: unknown, id: string): unknown => {
  if (!isObject(properties)) return properties
  const lower = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(lower)
      : isObject(value)
        ? Object.fromEntries(
            Object.entries(value).map(([key, inner]: [string, unknown]) => [
              `${key.slice(0, 1).toLowerCase()}${key.slice(1)}`,
              key === 'Labels' ? inner : lower(inner),
            ]),
          )
        : value
  return { nodegroupName: id, ...(lower(properties) as object) }
}

const repeatedGroups = (groups: readonly LocatedGroup[]): readonly DocumentFault[] =>
  duplicates(groups, ({ group }) => group.name).map(({ item, first }) => ({
    ...{ from: item.from, at: item.at, found: renderValue(item.group.name) },
    expected: `every node group once: it is also in ${first.from}`,
  }))

const wrongSizes = ({ group: { min, max }, from, at }: LocatedGroup): readonly DocumentFault[] =>
  min <= max
    ? []
    : [{ from, at, found: `a minimum of ${min}`, expected: `at most the maximum, which is ${max}` }]
