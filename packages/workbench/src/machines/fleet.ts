/**
 * Parses the new machines that `--nodes` asks for, such as `m5.large=3,c5.xlarge`, with their
 * labels, taints and zones. Looks up each type first in the user's catalogue (a table of instance
 * types), then among the built-in types.
 */
import { collectAll, nearestNames, type DocumentFault } from '@stowage/documents'
import type { Ec2InstanceType, MachineGroup } from '@stowage/fargate'
import { byCodeUnit } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { TextSet } from '../text/documents.js'
import type { Faults } from '../text/fault.js'
import { builtIn } from './built-in.js'
import { decodeType, type Catalogue } from './catalogue.js'
import {
  faultAt,
  machinesMax,
  groupText,
  parseNodeList,
  type WrittenMachines,
} from './node-list.js'

/**
 * `count` new machines of a type; `before` is the number of machines in the parts before it that
 * take the same zones in turn.
 */
export interface FleetPart {
  readonly type: Ec2InstanceType
  readonly count: number
  readonly before: number
  /** Absent when the part says no zones of its own. */
  readonly zones?: readonly string[]
  /** Labels, taints and numbers of the machines; absent when they have none of their own. */
  readonly group?: MachineGroup
}

/** What a caller says of machines that are not among the documents. */
export interface MachinesInput {
  /** `TYPE`, `TYPE=COUNT`, or several with commas, each with labels, taints and zones after it. */
  readonly nodes: readonly string[]
  /** More of the same, beside those of `nodes`. */
  readonly addNodes?: readonly string[]
  /** Instance types, as `aws ec2 describe-instance-types` prints them or keyed by type. */
  readonly catalogue?: TextSet
}

/** New machines, and the description of any instance type. */
export interface Machines {
  /** All types that are known, of the catalogue and of the built-in table. */
  readonly typeNames: readonly string[]
  /** A part per type and group, in the order of first mention. */
  readonly fleet: readonly FleetPart[]
  /** The fleet, and the machines of `addNodes` after it: those of the fleet keep their names. */
  readonly grownFleet: readonly FleetPart[]
  /** The groups of the fleet, each as `--nodes` asks for one machine of it. */
  readonly groups: readonly string[]
  /** The fleet, and after it the machines of a text as `--nodes` takes it. */
  readonly fleetWith: (text: string) => E.Either<Faults, readonly FleetPart[]>
  /** `undefined` when neither the catalogue nor the built-in table has the type. */
  readonly typeNamed: (name: string) => E.Either<Faults, Ec2InstanceType | undefined>
}

/** The fleet, with the types of a catalogue before the built-in ones. */
export const parseMachines = (
  { nodes, addNodes = [] }: Omit<MachinesInput, 'catalogue'>,
  catalogue?: Catalogue,
): E.Either<Faults, Machines> => {
  const written = collectAll([
    machinesIn('--nodes', nodes, catalogue),
    machinesIn('--add-nodes', addNodes, catalogue),
  ])
  if (E.isLeft(written)) return written
  const [own, added] = written.right
  const many = machinesFault([...own, ...added])
  if (many !== undefined) return E.left([many])
  const grownFleet = inOrder([...own, ...added])
  return E.right({
    ...{ fleet: grownFleet.slice(0, own.length), grownFleet },
    groups: own.map(({ type, ...group }) => groupText({ name: type.name, ...group })),
    fleetWith: (text) =>
      pipe(
        machinesIn('--nodes', [text], catalogue),
        E.map((more) => inOrder([...own, ...more])),
      ),
    typeNames: [...new Set([...(catalogue?.keys() ?? []), ...builtIn.keys()])],
    typeNamed: (name) => findType(name, catalogue),
  })
}

/** The counts of all parts together have the bound that each of them has. */
const machinesFault = (all: readonly TypedMachines[]): DocumentFault | undefined => {
  const sum = all.reduce((total, { count }) => total + count, 0)
  return sum <= machinesMax
    ? undefined
    : {
        ...{ from: '--nodes', at: [], found: `${sum} machines in all` },
        expected: `at most ${machinesMax} machines`,
      }
}

/** The fleet that the texts ask for, with the counts of equal machines added up. */
export const fleetOf = (
  texts: readonly string[],
  catalogue: Catalogue | undefined,
): E.Either<Faults, readonly FleetPart[]> => E.map(inOrder)(machinesIn('--nodes', texts, catalogue))

const machinesIn = (
  option: string,
  texts: readonly string[],
  catalogue: Catalogue | undefined,
): E.Either<Faults, readonly TypedMachines[]> =>
  pipe(
    collectAll(texts.map((text) => typedMachines(option, text, catalogue))),
    E.map((parts) => sumOfEquals(parts.flat())),
  )

interface TypedMachines extends Pick<WrittenMachines, 'count' | 'labels' | 'taints' | 'zones'> {
  readonly type: Ec2InstanceType
}

const sumOfEquals = (all: readonly TypedMachines[]): readonly TypedMachines[] => {
  const sums = new Map<string, TypedMachines>()
  for (const one of all) {
    const labels = [...one.labels].sort(([key], [other]) => byCodeUnit(key, other))
    const key = JSON.stringify([one.type.name, labels, one.taints, one.zones])
    sums.set(key, { ...one, count: one.count + (sums.get(key)?.count ?? 0) })
  }
  return [...sums.values()]
}

/** The parts with their places in the turns of their zones, and in the names of their type. */
const inOrder = (all: readonly TypedMachines[]): readonly FleetPart[] => {
  const totals = new Map<string, number>()
  for (const { type, count } of all) totals.set(type.name, count + (totals.get(type.name) ?? 0))
  const [ofTypes, inZones] = [new Map<string, number>(), new Map<string, number>()]
  /** The sum so far, to which the count is added. */
  const countBefore = (sums: Map<string, number>, key: string, count: number): number => {
    const before = sums.get(key) ?? 0
    sums.set(key, before + count)
    return before
  }
  return all.map(({ type, count, labels, taints, zones }) => {
    const before = countBefore(ofTypes, type.name, count)
    const numbering = { before, total: totals.get(type.name)! }
    const group = {
      ...(labels.size === 0 ? {} : { labels }),
      ...(taints.length === 0 ? {} : { taints }),
      ...(numbering.total === count ? {} : { numbering }),
    }
    return {
      ...{ type, count, before: countBefore(inZones, zones.join('@'), count) },
      ...(zones.length === 0 ? {} : { zones }),
      ...(Object.keys(group).length === 0 ? {} : { group }),
    }
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
    : pipe(
        decodeType(name, listed),
        E.map((type) => withTrunk(type, known)),
      )
}

/** No API prints the interfaces on a trunk, so they are those of the built-in table. */
const withTrunk = (
  type: Ec2InstanceType,
  { trunkInterfaces }: Partial<Ec2InstanceType> = {},
): Ec2InstanceType => (trunkInterfaces === undefined ? type : { ...type, trunkInterfaces })

const typedMachines = (
  option: string,
  text: string,
  catalogue: Catalogue | undefined,
): E.Either<Faults, readonly TypedMachines[]> => {
  const isType = (name: string): boolean => builtIn.has(name) || catalogue?.has(name) === true
  const written = parseNodeList(text, isType)
  if (E.isLeft(written)) return E.left([{ from: option, at: [], ...written.left }])
  return collectAll(
    written.right.map(({ name, at, ...rest }): E.Either<Faults, TypedMachines> => {
      const type = findType(name, catalogue)
      if (E.isLeft(type)) return type
      if (type.right !== undefined) return E.right({ ...rest, type: type.right })
      const fault = faultAt(text, at, name, expectedType(name, catalogue))
      return E.left([{ from: option, at: [], ...fault }])
    }),
  )
}

const expectedType = (name: string, catalogue: Catalogue | undefined): string => {
  if (name.startsWith('mac'))
    return 'an instance type of Linux or Windows: neither Amazon ECS nor Kubernetes runs on macOS'
  const names = [...(catalogue?.keys() ?? []), ...builtIn.keys()]
  const near = nearestNames(name, new Set(names), name.length).join(', ')
  const more =
    catalogue === undefined
      ? '; --catalogue FILE adds those of a file, as describe-instance-types prints them'
      : ''
  return `an instance type that is known, such as ${near}${more}`
}
