/**
 * Reads the new machines that `--nodes` asks for, such as `m5.large=3,c5.xlarge`; the option may be
 * repeated. Each type is looked up first in the user's catalogue (table of instance types), then
 * among the built-in types.
 */
import { collectAll, nearestNames } from '@stowage/documents'
import type { Ec2InstanceType } from '@stowage/fargate'
import * as E from 'fp-ts/lib/Either.js'
import { documentsOf, type TextSet } from '../text/documents.js'
import type { Faults } from '../text/fault.js'
import { builtIn } from './built-in.js'
import { catalogueOf, decodeType, type Catalogue } from './catalogue.js'

/** `count` new machines of a type; `before` is the number of machines in the parts before it. */
export interface FleetPart {
  readonly type: Ec2InstanceType
  readonly count: number
  readonly before: number
}

/** What a caller says of machines that are not among the documents. */
export interface MachinesInput {
  /** `TYPE`, `TYPE=COUNT`, or several with commas. */
  readonly nodes: readonly string[]
  /** Instance types, as `aws ec2 describe-instance-types` prints them or keyed by type. */
  readonly catalogue?: TextSet
}

/** New machines, and the description of any instance type. */
export interface Machines {
  /** A part per type, in the order of first mention. */
  readonly fleet: readonly FleetPart[]
  /** `undefined` when neither the catalogue nor the built-in table has the type. */
  readonly typeNamed: (name: string) => E.Either<Faults, Ec2InstanceType | undefined>
}

/** Reads the catalogue, then the fleet; the faults of the first stage that fails. */
export const readMachines = ({ nodes, catalogue }: MachinesInput): E.Either<Faults, Machines> => {
  const types = catalogue === undefined ? E.right(undefined) : readCatalogue(catalogue)
  if (E.isLeft(types)) return types
  const fleet = fleetOf(nodes, types.right)
  if (E.isLeft(fleet)) return fleet
  return E.right({ fleet: fleet.right, typeNamed: (name) => findType(name, types.right) })
}

const readCatalogue = ({ from, texts }: TextSet): E.Either<Faults, Catalogue> => {
  const documents = documentsOf(texts)
  if (E.isLeft(documents)) return documents
  return catalogueOf(documents.right.length === 0 ? [{ from, value: undefined }] : documents.right)
}

type TypeCount = Omit<FleetPart, 'before'>

const countMax = 100_000

/** The fleet that the texts ask for, with counts of one type added up. */
export const fleetOf = (
  texts: readonly string[],
  catalogue: Catalogue | undefined,
): E.Either<Faults, readonly FleetPart[]> =>
  E.map(sumByType)(
    collectAll(
      texts
        .flatMap((text) => text.split(','))
        .filter((text) => text !== '')
        .map((text) => typeCountOf(text, catalogue)),
    ),
  )

const sumByType = (counts: readonly TypeCount[]): readonly FleetPart[] => {
  const sums = new Map<string, TypeCount>()
  for (const { type, count } of counts)
    sums.set(type.name, { type, count: count + (sums.get(type.name)?.count ?? 0) })
  let before = 0
  return [...sums.values()].map((sum) => {
    const part = { ...sum, before }
    before += sum.count
    return part
  })
}

/** `undefined` when neither the catalogue nor the built-in table has the type. */
export const findType = (
  name: string,
  catalogue: Catalogue | undefined,
): E.Either<Faults, Ec2InstanceType | undefined> => {
  const listed = catalogue?.get(name)
  const known = builtIn.get(name)
  return listed === undefined
    ? E.right(known)
    : E.map((type: Ec2InstanceType) => withTrunk(type, known))(decodeType(name, listed))
}

/** No API prints the interfaces on a trunk, so they are those of the built-in table. */
const withTrunk = (
  type: Ec2InstanceType,
  { trunkInterfaces }: Partial<Ec2InstanceType> = {},
): Ec2InstanceType => (trunkInterfaces === undefined ? type : { ...type, trunkInterfaces })

const typeCountOf = (
  text: string,
  catalogue: Catalogue | undefined,
): E.Either<Faults, TypeCount> => {
  const [, name = '', digits = '1'] = /^([^=]+?)(?:=(\d+))?$/.exec(text) ?? []
  const count = Number(digits)
  if (name === '' || count < 1 || count > countMax)
    return wrong(text, `TYPE=COUNT, such as m5.large=3, with a count from 1 to ${countMax}`)
  const type = findType(name, catalogue)
  if (E.isLeft(type)) return type
  return type.right === undefined
    ? wrong(name, expectedType(name, catalogue))
    : E.right({ type: type.right, count })
}

const expectedType = (name: string, catalogue: Catalogue | undefined): string => {
  const names = [...(catalogue?.keys() ?? []), ...builtIn.keys()]
  const near = nearestNames(name, new Set(names), name.length).join(', ')
  const more =
    catalogue === undefined
      ? '; --catalogue FILE adds those of a file, as describe-instance-types prints them'
      : ''
  return `an instance type that is known, such as ${near}${more}`
}

const wrong = (found: string, expected: string): E.Either<Faults, never> =>
  E.left([{ from: '--nodes', at: [], found: JSON.stringify(found), expected }])
