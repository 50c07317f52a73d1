/**
 * How many tasks in awsvpc mode an instance can hold, each with a network interface of its own: by its type, and whether it has a trunk.
 *
 * Source: Amazon ECS Developer Guide, elastic network interface trunking, the table of supported instance types. A type that the table
 * does not list has no number here; `TaskInterfaces` gives it one, or another to a type that has one.
 */
import { instanceTypeOf, type ContainerInstance } from '../words/container-instance.js'

/** By instance type: tasks without a trunk, which are the interfaces of the type less its own, and tasks with one. */
export type TaskInterfaces = Readonly<
  Record<string, { readonly without?: number; readonly trunked?: number }>
>

/** Nothing where neither the option nor the table has a number. */
export const taskInterfacesOf = (
  instance: ContainerInstance,
  option: TaskInterfaces = {},
): number | undefined => {
  const type = instanceTypeOf(instance)
  if (type === undefined) return undefined
  const given = Object.hasOwn(option, type) ? option[type] : undefined
  const [without, trunked] = documented(type) ?? []
  return hasTrunk(instance) ? (given?.trunked ?? trunked) : (given?.without ?? without)
}

/** An agent that got a trunk registers its id. */
export const trunkAttribute = 'ecs.awsvpc-trunk-id'

const hasTrunk = ({ attributes = [] }: ContainerInstance): boolean =>
  attributes.some(({ name }) => name === trunkAttribute)

type Counts = readonly [without: number, trunked: number]
type Sizes = Readonly<Record<string, Counts>>

const common: Sizes = {
  large: [2, 10],
  xlarge: [3, 20],
  '2xlarge': [3, 40],
  '4xlarge': [7, 60],
}
const fifth: Sizes = {
  ...common,
  '8xlarge': [7, 60],
  '12xlarge': [7, 60],
  '16xlarge': [14, 120],
  '24xlarge': [14, 120],
}
const c5: Sizes = {
  ...common,
  '9xlarge': [7, 60],
  '12xlarge': [7, 60],
  '18xlarge': [14, 120],
  '24xlarge': [14, 120],
}
const sixth: Sizes = {
  ...common,
  '8xlarge': [7, 90],
  '12xlarge': [7, 120],
  '16xlarge': [14, 120],
  '24xlarge': [14, 120],
  '32xlarge': [14, 120],
  metal: [14, 120],
}
const sixthOfAmd: Sizes = { ...sixth, '48xlarge': [14, 120] }
const ofGraviton: Sizes = {
  ...common,
  medium: [1, 4],
  '8xlarge': [7, 60],
  '12xlarge': [7, 60],
  '16xlarge': [14, 120],
  metal: [14, 120],
}
/** The page lists 8xlarge of these and says beside the table that it has no trunk: the contradiction is left to the option. */
const without8xlarge = ({ '8xlarge': _, ...sizes }: Sizes): Sizes => sizes

const table: Readonly<Record<string, Sizes>> = {
  a1: { ...common, medium: [1, 10] },
  m5: fifth,
  m5a: fifth,
  m5ad: fifth,
  m5d: fifth,
  c5,
  c5d: c5,
  c5a: without8xlarge(fifth),
  c5ad: without8xlarge(fifth),
  r5: without8xlarge(fifth),
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
  ...Object.fromEntries(
    ['m6g', 'm6gd', 'm7g', 'c6g', 'c6gd', 'c7g', 'r6g', 'r6gd', 'r7g'].map((family) => [
      family,
      ofGraviton,
    ]),
  ),
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

const documented = (type: string): Counts | undefined => {
  const [family = '', size = ''] = type.split('.')
  const sizes = Object.hasOwn(table, family) ? table[family]! : {}
  return Object.hasOwn(sizes, size) ? sizes[size] : undefined
}
