/**
 * Looks up how many tasks in awsvpc mode an instance can hold, by its instance type and whether it
 * has a trunk interface. Each of these tasks has a network interface of its own. A caller can pass
 * numbers that take precedence (`TaskInterfaces`).
 *
 * Source: Amazon ECS Developer Guide, elastic network interface trunking, table of instance types.
 * For other types: without a trunk, the Amazon EC2 User Guide, IP addresses per network interface;
 * with a trunk, the formula of that table (branch interfaces, plus own interfaces, minus 2).
 */
import { instanceTypeOf, type ContainerInstance } from '../words/container-instance.js'

/**
 * Tasks by instance type: `without` a trunk, which is the interfaces of the type minus the primary
 * one, and `trunked`.
 */
export type TaskInterfaces = Readonly<
  Record<string, { readonly without?: number; readonly trunked?: number }>
>

/**
 * The most tasks in awsvpc mode on an instance; `undefined` when neither the option nor the table
 * has its type.
 */
export const taskInterfacesOf = (
  instance: ContainerInstance,
  option: TaskInterfaces = {},
): number | undefined => {
  const type = instanceTypeOf(instance)
  if (type === undefined) return undefined
  const given = Object.hasOwn(option, type) ? option[type] : undefined
  const [without, trunked] = documentedInterfaces(type) ?? []
  return hasTrunk(instance) ? (given?.trunked ?? trunked) : (given?.without ?? without)
}

/** The attribute by which an agent registers the id of its trunk interface. */
export const trunkAttribute = 'ecs.awsvpc-trunk-id'

const hasTrunk = ({ attributes = [] }: ContainerInstance): boolean =>
  attributes.some(({ name }) => name === trunkAttribute)

/** A type that supports no trunk has no second number. */
type Counts = readonly [without: number, trunked?: number]
type Sizes = Readonly<Record<string, Counts>>

const commonSizes: Sizes = {
  large: [2, 10],
  xlarge: [3, 20],
  '2xlarge': [3, 40],
  '4xlarge': [7, 60],
}
const fifth: Sizes = {
  ...commonSizes,
  '8xlarge': [7, 60],
  '12xlarge': [7, 60],
  '16xlarge': [14, 120],
  '24xlarge': [14, 120],
}
const c5: Sizes = {
  ...commonSizes,
  '9xlarge': [7, 60],
  '12xlarge': [7, 60],
  '18xlarge': [14, 120],
  '24xlarge': [14, 120],
}
const sixth: Sizes = {
  ...commonSizes,
  '8xlarge': [7, 90],
  '12xlarge': [7, 120],
  '16xlarge': [14, 120],
  '24xlarge': [14, 120],
  '32xlarge': [14, 120],
  metal: [14, 120],
}
const sixthOfAmd: Sizes = { ...sixth, '48xlarge': [14, 120] }
const ofGraviton: Sizes = {
  ...commonSizes,
  medium: [1, 4],
  '8xlarge': [7, 60],
  '12xlarge': [7, 60],
  '16xlarge': [14, 120],
  metal: [14, 120],
}
const ofLaterGraviton: Sizes = {
  ...ofGraviton,
  '24xlarge': [14, 120],
  '48xlarge': [14, 120],
  'metal-24xl': [14, 120],
  'metal-48xl': [14, 120],
}
const seventh: Sizes = {
  ...sixthOfAmd,
  medium: [1, 4],
  'metal-24xl': [14, 120],
  'metal-48xl': [14, 120],
}
const burstable: Sizes = {
  nano: [1],
  micro: [1],
  small: [2],
  medium: [2],
  large: [2],
  xlarge: [3],
  '2xlarge': [3],
}
const fourth: Sizes = { large: [2], xlarge: [3], '2xlarge': [3], '4xlarge': [7], '8xlarge': [7] }
/**
 * The page lists 8xlarge of these, but a note beside the table says that it supports no trunk; the
 * option decides.
 */
const untrunked8xlarge = (sizes: Sizes): Sizes => ({ ...sizes, '8xlarge': [7] })

const sizesByFamily = (
  families: readonly string[],
  sizes: Sizes,
): Readonly<Record<string, Sizes>> => Object.fromEntries(families.map((family) => [family, sizes]))

const table: Readonly<Record<string, Sizes>> = {
  a1: { ...commonSizes, medium: [1, 10] },
  m5: fifth,
  m5a: fifth,
  m5ad: fifth,
  m5d: fifth,
  c5,
  c5d: c5,
  c5a: untrunked8xlarge(fifth),
  c5ad: untrunked8xlarge(fifth),
  r5: untrunked8xlarge(fifth),
  r5a: fifth,
  r5ad: fifth,
  r5d: fifth,
  m6a: sixthOfAmd,
  c6a: sixthOfAmd,
  r6a: sixthOfAmd,
  m6i: sixth,
  m6id: sixth,
  c6i: sixth,
  c6id: sixth,
  r6i: sixth,
  r6id: sixth,
  ...sizesByFamily(['m6g', 'm6gd', 'm7g', 'm7gd', 'r6g', 'r6gd', 'r7g', 'r7gd'], ofGraviton),
  ...sizesByFamily(['c6g', 'c6gd', 'c6gn', 'c7g', 'c7gd', 'c7gn'], ofGraviton),
  ...sizesByFamily(['m8g', 'c8g', 'r8g'], ofLaterGraviton),
  ...sizesByFamily(['m5n', 'm5dn', 'r5b', 'r5n', 'r5dn'], { ...fifth, metal: [14, 120] }),
  c5n: { ...c5, metal: [14, 120] },
  ...sizesByFamily(['m7i', 'm7a', 'c7i', 'c7a', 'r7i', 'r7a'], seventh),
  ...sizesByFamily(['t3', 't4g'], burstable),
  t3a: { ...burstable, small: [1] },
  t2: { ...burstable, xlarge: [2], '2xlarge': [2] },
  c4: fourth,
  m4: { ...fourth, large: [1], '10xlarge': [7], '16xlarge': [7] },
  r4: { ...fourth, '16xlarge': [14] },
  g5: {
    xlarge: [3, 6],
    '2xlarge': [3, 19],
    '4xlarge': [7, 40],
    '8xlarge': [7, 90],
    '12xlarge': [14, 120],
    '16xlarge': [7, 120],
    '24xlarge': [14, 120],
    '48xlarge': [6, 120],
  },
}

/** The counts of the documented table; `undefined` for a type that it does not have. */
export const documentedInterfaces = (type: string): Counts | undefined => {
  const [family = '', size = ''] = type.split('.')
  const sizes = Object.hasOwn(table, family) ? table[family]! : {}
  return Object.hasOwn(sizes, size) ? sizes[size] : undefined
}
