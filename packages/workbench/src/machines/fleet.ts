/**
 * The fleet that `--nodes` asks for: `m5.large=3`, several with commas or by repeating the option.
 */
import type { BadDocument } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { nearest } from '../read/nearest.js'
import { builtIn } from './built-in.js'
import { machineOf, type Catalogue } from './catalogue.js'
import type { Machine } from './machine.js'

/** So many machines of a type; `before` is how many machines other types have put before them. */
export interface Fleet {
  readonly machine: Machine
  readonly count: number
  readonly before: number
}

type Part = Omit<Fleet, 'before'>

const countMax = 100_000

/** The machines of each part, by type. */
export const fleetOf = (
  parts: readonly string[],
  given: Catalogue | undefined,
): E.Either<readonly BadDocument[], readonly Fleet[]> => {
  const read = parts
    .flatMap((part) => part.split(','))
    .filter((part) => part !== '')
    .map((part) => partOf(part, given))
  const bad = read.flatMap((one) => (E.isLeft(one) ? one.left : []))
  if (bad.length > 0) return E.left(bad)
  return E.right(together(read.flatMap((one) => (E.isRight(one) ? [one.right] : []))))
}

/** A row per type, in the order of their first mention. */
const together = (parts: readonly Part[]): readonly Fleet[] => {
  const rows = new Map<string, Part>()
  for (const { machine, count } of parts)
    rows.set(machine.name, { machine, count: count + (rows.get(machine.name)?.count ?? 0) })
  let before = 0
  return [...rows.values()].map((row) => {
    const fleet = { ...row, before }
    before += row.count
    return fleet
  })
}

/**
 * A type is looked up in the catalogue first, then among the built-in ones; nothing, where neither
 * has it.
 */
export const machineNamed = (
  type: string,
  given: Catalogue | undefined,
): E.Either<readonly BadDocument[], Machine | undefined> => {
  const listed = given?.get(type)
  return listed === undefined ? E.right(builtIn.get(type)) : machineOf(type, listed)
}

const partOf = (
  part: string,
  given: Catalogue | undefined,
): E.Either<readonly BadDocument[], Part> => {
  const [, type = '', digits = '1'] = /^([^=]+?)(?:=(\d+))?$/.exec(part) ?? []
  const count = Number(digits)
  if (type === '' || count < 1 || count > countMax)
    return wrong(part, `TYPE=COUNT, such as m5.large=3, with a count from 1 to ${countMax}`)
  const found = machineNamed(type, given)
  if (E.isLeft(found)) return found
  if (found.right !== undefined) return E.right({ machine: found.right, count })
  const known = [...(given?.keys() ?? []), ...builtIn.keys()]
  const near = nearest(type, new Set(known)).join(', ')
  const more =
    given === undefined
      ? '; --catalogue FILE adds those of a file, as describe-instance-types prints them'
      : ''
  return wrong(type, `an instance type that is known, such as ${near}${more}`)
}

const wrong = (found: string, expected: string): E.Either<readonly BadDocument[], never> =>
  E.left([{ from: '--nodes', at: [], found: JSON.stringify(found), expected }])
