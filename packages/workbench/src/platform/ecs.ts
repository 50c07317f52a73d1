/**
 * Implements the `Platform` interface for Amazon ECS: its vocabulary (task, container instance),
 * and the planner that answers about the documents that `readEcs` reads.
 */
import { collectAll, warningOrder, type SourceDocument } from '@stowage/documents'
import {
  registeredResourcesFormula,
  containerInstances,
  explainOnInstances,
  headroomOnInstances,
  explainThere,
  joinClusters,
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
  priceTerms,
  readEcs,
  taskInterfacesOf,
  taskInterfacesOfTypes,
  worldsOf,
  zonesNamed,
  type ContainerInstance,
  type EcsInput,
  type EcsPlan,
  type EcsWarning,
  type JoiningInstances,
} from '@stowage/ecs'
import type { Ec2InstanceType } from '@stowage/fargate'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import type { Faults } from '../text/fault.js'
import { ecsObjects } from './ecs-objects.js'
import { unknownHeadroom } from './explanation.js'
import type { PlatformPlan } from './plan.js'
import { headroomMax, type Planner, type Platform, type PlatformOptions } from './platform.js'

/** The scores of strategies that fill an instance: how much it has left. */
const binpackScores: ReadonlyMap<string, 'cpu' | 'memory'> = new Map([
  ['binpack(cpu)', 'cpu'],
  ['binpack(memory)', 'memory'],
])

/** The units in which instances register resources; others are counted. */
const unitsOf: ReadonlyMap<string, string> = new Map([
  ['CPU', ' CPU'],
  ['MEMORY', 'MiB'],
])

/** Amazon ECS: task definitions, services, tasks, container instances, CloudFormation templates. */
export const ecs: Platform = {
  id: 'ecs',
  title: 'Amazon ECS',
  replica: ['task', 'tasks'],
  machine: ['container instance', 'container instances'],
  allocatableFormula: registeredResourcesFormula,
  offerOf: (type) => {
    const on = (trunking: boolean): number | undefined => {
      const [instance] = containerInstances(type, 1, [], 0, { trunking })
      return instance && taskInterfacesOf(instance, taskInterfacesOfTypes([type]))
    }
    const [instance] = containerInstances(type, 1, [])
    const [without, trunked] = [on(false), on(true)]
    return [
      ...(instance?.registeredResources ?? []).flatMap(
        ({ name: resource, integerValue: amount }) =>
          amount === undefined
            ? []
            : [{ resource, unit: unitsOf.get(resource) ?? 'units', amount }],
      ),
      ...(without === undefined ? [] : [{ resource: 'ENI', unit: 'units', amount: without }]),
      ...(trunked === undefined
        ? []
        : [{ resource: 'ENI with a trunk', unit: 'units', amount: trunked }]),
    ]
  },
  sums: false,
  refusalMark: (removable) => (removable ? ' (fewer replicas here could help)' : ''),
  cpu: { per: 125, unit: ' CPU' },
  scoreAmount: (plugin) => binpackScores.get(plugin),
  recognises: (value) => isTemplate(value) || isEcs(value),
  objects: ecsObjects,
  zonesIn: zonesNamed,
  hasTrunks: true,
  hasOwnOptions: ({ parameters }) => parameters.values.size > 0,
  read: (documents, options) => {
    const input = readEcs(documents, options.parameters, options.fargate)
    if (E.isLeft(input)) return input
    const instances = newInstances(input.right, options)
    if (E.isLeft(instances)) return instances
    const types = typesOf(input.right, options)
    return E.isLeft(types)
      ? types
      : E.right(ecsPlanner(input.right, options, instances.right, types.right))
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
  { instances, warnings: ofClusters }: JoiningInstances,
  types: readonly Ec2InstanceType[],
): Planner => {
  const { fleet, seed, fargate } = options
  const taskInterfaces = taskInterfacesOfTypes([...types, ...fleet.map(({ type }) => type)])
  const supply = { instances, seed, fargate, taskInterfaces }
  const ofTaints = fleet.flatMap(({ type, group }) => taintWarnings(type, group))
  const ofMachines = [...ofClusters, ...ofTaints]
  const working = new Set(workloadNames(input))
  const idle = new Map(
    input.workloads.flatMap(({ name, subject }) =>
      working.has(name) ? [] : [[name, subject] as const],
    ),
  )
  return {
    ignored: input.ignored,
    find: (text) => {
      const names = resolveWorkloadNames(input, text)
      return names.length > 0 || idle.get(text) === undefined ? names : [text]
    },
    near: () => [
      ...workloadNames(input),
      ...input.tasks.map(({ taskArn }) => `task/${taskArn.split('/').at(-1)}`),
    ],
    planNameOf: (name) => name,
    wants: input.workloads.length + input.tasks.length > 0,
    hasMachines: instances.length + input.instances.length > 0,
    onMachines: () => platformPlan(planOnInstances(input, supply), ofMachines),
    state: () => {
      const running = planOnInstances({ ...input, workloads: [] }, supply)
      return platformPlan(running, ofMachines)
    },
    headroom: (name) => {
      const found = headroomOnInstances(input, supply, name, headroomMax)
      return found?._tag === 'Unknown' ? unknownHeadroom(name, found.why) : found
    },
    onFargate: () => platformPlan(planTasksOnFargate(input, fargate)),
    billTerms: () => priceTerms(input, supply),
    worlds: () => {
      const { ec2, fargate: launched, mixed, ...rest } = worldsOf(input, supply)
      const plans = { ec2: platformPlan(ec2, ofMachines), fargate: platformPlan(launched) }
      return { ...rest, ...plans, mixed: platformPlan(mixed, ofMachines) }
    },
    explainThere: (name) => {
      const subject = idle.get(name)
      return subject === undefined
        ? explainThere(input, supply, name)
        : O.some({ _tag: 'Note', name, text: `${subject} wants no tasks`, placed: true })
    },
    explainOnMachines: (name) => {
      const explanation = explainOnInstances(input, supply, name)
      return O.isNone(explanation)
        ? explanation
        : O.some({ _tag: 'Explained', ...explanation.value })
    },
  }
}

type NewMachines = Pick<PlatformOptions, 'fleet' | 'zones' | 'trunking' | 'cluster'>

/** The container instances of a fleet, each in the cluster that it joins. */
export const newInstances = (
  input: EcsInput,
  { fleet, zones, trunking, cluster }: NewMachines,
): E.Either<Faults, JoiningInstances> =>
  joinClusters(
    input,
    fleet.flatMap(({ type, count, before, zones: own = zones, group }) =>
      containerInstances(type, count, own, before, { ...group, trunking }),
    ),
    cluster,
  )

/** ECS holds no task back and preempts none. */
const platformPlan = (plan: EcsPlan, warnings: readonly EcsWarning[] = []): PlatformPlan => ({
  ...plan,
  warnings: RA.sort(warningOrder)([...plan.warnings, ...warnings]),
  ...{ held: [], preemptions: [] },
})

/**
 * The container instances that an expression of the cluster query language selects, of the
 * documents and of the new machines.
 */
export const selectInstances = (
  documents: readonly SourceDocument[],
  options: NewMachines & Pick<PlatformOptions, 'parameters' | 'fargate'>,
  expression: string,
): E.Either<Faults, readonly ContainerInstance[]> => {
  const input = readEcs(
    documents.filter(({ value }) => ecs.recognises(value)),
    options.parameters,
    options.fargate,
  )
  if (E.isLeft(input)) return input
  const more = newInstances(input.right, options)
  if (E.isLeft(more)) return more
  const instances = [...input.right.instances, ...more.right.instances]
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
