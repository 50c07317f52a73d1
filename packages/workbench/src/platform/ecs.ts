/**
 * Implements the `Platform` interface for Amazon ECS: its words for things (task, container
 * instance), and the planner that answers about the documents that `readEcs` reads.
 */
import { collectAll, warningOrder, type SourceDocument } from '@stowage/documents'
import {
  registeredResourcesFormula,
  containerInstances,
  explainOnInstances,
  explainThere,
  faultInExpression,
  instancesWhere,
  instanceTypeOf,
  isEcs,
  isTemplate,
  resolveWorkloadNames,
  taintWarnings,
  workloadNames,
  planTasksOnFargate,
  planOnInstances,
  readEcs,
  taskInterfacesOfTypes,
  worldsOf,
  zonesNamed,
  type ContainerInstance,
  type EcsInput,
  type EcsPlan,
} from '@stowage/ecs'
import type { Ec2InstanceType } from '@stowage/fargate'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import type { Faults } from '../text/fault.js'
import type { PlatformPlan } from './plan.js'
import type { Planner, Platform, PlatformOptions } from './platform.js'

/** Amazon ECS: task definitions, services, tasks, container instances, CloudFormation templates. */
export const ecs: Platform = {
  id: 'ecs',
  title: 'Amazon ECS',
  replica: ['task', 'tasks'],
  machine: ['container instance', 'container instances'],
  allocatableFormula: registeredResourcesFormula,
  sums: false,
  refusalMark: (removable) => (removable ? ' (fewer replicas here could help)' : ''),
  cpu: { per: 125, unit: ' CPU' },
  recognises: (value) => isTemplate(value) || isEcs(value),
  zonesIn: zonesNamed,
  hasOwnOptions: ({ parameters }) => parameters.values.size > 0,
  read: (documents, options) => {
    const input = readEcs(documents, options.parameters)
    if (E.isLeft(input)) return input
    const types = typesOf(input.right, options)
    return E.isLeft(types) ? types : E.right(ecsPlanner(input.right, options, types.right))
  },
}

/**
 * The described types of the instances among the documents: an instance does not say how many
 * network interfaces it has, its type does. An unknown type is left out.
 */
const typesOf = (
  { instances }: EcsInput,
  { typeNamed }: PlatformOptions,
): E.Either<Faults, readonly Ec2InstanceType[]> => {
  const names = new Set(instances.map(instanceTypeOf))
  const types = collectAll(
    [...names].flatMap((name) => (name === undefined ? [] : [typeNamed(name)])),
  )
  return E.isLeft(types) ? types : E.right(types.right.flatMap((type) => type ?? []))
}

const ecsPlanner = (
  input: EcsInput,
  options: PlatformOptions,
  types: readonly Ec2InstanceType[],
): Planner => {
  const { fleet, seed, fargate } = options
  const instances = newInstances(options)
  const taskInterfaces = taskInterfacesOfTypes([...types, ...fleet.map(({ type }) => type)])
  const supply = { instances, seed, fargate, taskInterfaces }
  return {
    ignored: input.ignored,
    find: (text) => resolveWorkloadNames(input, text),
    near: () => [
      ...workloadNames(input),
      ...input.tasks.map(({ taskArn }) => `task/${taskArn.split('/').at(-1)}`),
    ],
    planNameOf: (name) => name,
    wants: workloadNames(input).length + input.tasks.length > 0,
    hasMachines: instances.length + input.instances.length > 0,
    onMachines: () => onMachines(planOnInstances(input, supply), fleet),
    onFargate: () => platformPlan(planTasksOnFargate(input, fargate)),
    worlds: () => {
      const { ec2, fargate: launched, mixed, ...rest } = worldsOf(input, supply)
      const plans = { ec2: onMachines(ec2, fleet), fargate: platformPlan(launched) }
      return { ...rest, ...plans, mixed: onMachines(mixed, fleet) }
    },
    explainThere: (name) => explainThere(input, supply, name),
    explainOnMachines: (name) => {
      const explanation = explainOnInstances(input, supply, name)
      return O.isNone(explanation)
        ? explanation
        : O.some({ _tag: 'Explained', ...explanation.value })
    },
  }
}

const newInstances = ({
  fleet,
  zones,
  trunking,
}: Pick<PlatformOptions, 'fleet' | 'zones' | 'trunking'>): readonly ContainerInstance[] =>
  fleet.flatMap(({ type, count, before, zones: own = zones, group }) =>
    containerInstances(type, count, own, before, { ...group, trunking }),
  )

/** The plan, with a warning for each type of new machines that have taints. */
const onMachines = (plan: EcsPlan, fleet: PlatformOptions['fleet']): PlatformPlan =>
  platformPlan({
    ...plan,
    warnings: RA.sort(warningOrder)([
      ...plan.warnings,
      ...fleet.flatMap(({ type, group }) => taintWarnings(type, group)),
    ]),
  })

/** ECS holds no task back and preempts none. */
const platformPlan = (plan: EcsPlan): PlatformPlan => ({ ...plan, held: [], preemptions: [] })

/**
 * The container instances that an expression of the cluster query language selects, of the
 * documents and of the new machines.
 */
export const selectInstances = (
  documents: readonly SourceDocument[],
  options: Pick<PlatformOptions, 'fleet' | 'zones' | 'trunking' | 'parameters'>,
  expression: string,
): E.Either<Faults, readonly ContainerInstance[]> => {
  const input = readEcs(
    documents.filter(({ value }) => ecs.recognises(value)),
    options.parameters,
  )
  if (E.isLeft(input)) return input
  const instances = [...input.right.instances, ...newInstances(options)]
  if (instances.length === 0) return E.left([noInstances])
  const selection = instancesWhere({ ...input.right, instances }, expression)
  if (E.isRight(selection)) return selection
  const fault = { from: 'expression', at: [], exception: 'InvalidParameterException' }
  return E.left([{ ...fault, ...faultInExpression(expression, selection.left) }])
}

const noInstances = {
  from: ecs.title,
  at: [],
  found: `no ${ecs.machine[1]}`,
  expected: 'some among the files, or --nodes TYPE=COUNT',
}
