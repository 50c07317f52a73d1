/** Amazon ECS, as the command line sees it. */
import {
  allocatableFormula,
  containerInstances,
  explainOnInstances,
  explainThere,
  instanceTypeOf,
  isEcs,
  isTemplate,
  namesMeant,
  namesOf,
  planOnFargate,
  planOnInstances,
  readEcs,
  taskInterfacesOfTypes,
  worldsOf,
  type EcsInput,
  type EcsPlan,
} from '@stowage/ecs'
import type { BadDocument } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import type { Machine } from '../machines/machine.js'
import type { Options, Planned, Planner, Vocabulary } from './vocabulary.js'

type ReturnedExplanation = Extract<
  ReturnType<typeof explainOnInstances>,
  { readonly _tag: 'Some' }
>['value']

/** ECS holds nothing back, and nobody makes way. */
const nobodyElse = { held: [], preemptions: [] }

const plannerOf =
  ({ fleet, zones, trunking, seed, fargate }: Options, types: readonly Machine[]) =>
  (input: EcsInput): Planner => {
    const instances = fleet.flatMap(({ machine, count, before }) =>
      containerInstances(machine, count, zones, before, trunking),
    )
    const options = {
      instances,
      ...{ seed, fargate },
      taskInterfaces: taskInterfacesOfTypes([...types, ...fleet.map(({ machine }) => machine)]),
    }
    return {
      ignored: input.ignored,
      find: (text) => namesMeant(input, text),
      near: () => [
        ...namesOf(input),
        ...input.tasks.map(({ taskArn }) => `task/${taskArn.split('/').at(-1)}`),
      ],
      planNameOf: (name) => name,
      wants: namesOf(input).length + input.tasks.length > 0,
      hasMachines: instances.length + input.instances.length > 0,
      onMachines: () => ({ ...planOnInstances(input, options), ...nobodyElse }),
      onFargate: () => ({ ...planOnFargate(input, fargate), ...nobodyElse }),
      worlds: () => {
        const { ec2, fargate, mixed, ...rest } = worldsOf(input, options)
        const whole = (plan: EcsPlan): Planned => ({ ...plan, ...nobodyElse })
        return { ...rest, ec2: whole(ec2), fargate: whole(fargate), mixed: whole(mixed) }
      },
      explainThere: (name) => explainThere(input, options, name),
      explainOnMachines: (name) =>
        O.map((one: ReturnedExplanation) => ({ _tag: 'Explained' as const, ...one }))(
          explainOnInstances(input, options, name),
        ),
    }
  }

/**
 * The types of the instances among the files, those that are known: what they say of interfaces is
 * what they say of new machines'.
 */
const typesThere = (
  { instances }: EcsInput,
  { typeNamed }: Options,
): E.Either<readonly BadDocument[], readonly Machine[]> => {
  const names = new Set(instances.map(instanceTypeOf))
  const { left, right } = RA.separate(
    [...names].flatMap((name) => (name === undefined ? [] : typeNamed(name))),
  )
  return left.length > 0 ? E.left(left.flat()) : E.right(right.flatMap((machine) => machine ?? []))
}

export const ecs: Vocabulary = {
  id: 'ecs',
  title: 'Amazon ECS',
  replica: ['task', 'tasks'],
  machine: ['container instance', 'container instances'],
  allocatableFormula,
  sums: false,
  refusalMark: (removable) => (removable ? ' (fewer replicas here could help)' : ''),
  cpu: { per: 125, unit: ' CPU' },
  recognises: (value) => isTemplate(value) || isEcs(value),
  read: (documents, options) => {
    const input = readEcs(documents, options.parameters)
    if (E.isLeft(input)) return input
    return E.map((types: readonly Machine[]) => plannerOf(options, types)(input.right))(
      typesThere(input.right, options),
    )
  },
}
