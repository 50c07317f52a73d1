/**
 * Converts container instances to the format of DescribeContainerInstances, with their remaining
 * resources and task counts. Two points differ from the API or are not documented:
 *
 * - The remaining network interfaces, where their number is known, are listed as a resource `ENI`,
 *   which the API does not have. The name is that of the failure reason RESOURCE:ENI.
 * - No record says which GPUs a task uses, so the first ids in the registered list count as taken.
 *
 * Source: Amazon ECS API Reference, ContainerInstance and Resource.
 */
import {
  batch,
  findClass,
  cpu,
  findNode,
  memory,
  nodeLoad,
  replicasOn,
  wordText,
  type DimensionId,
  type Draft,
  type NodeId,
  type WordId,
} from '@stowage/kernel'
import { bytesFromMiB, cpuUnits, mebibytes, ticksFromCpuUnits } from '@stowage/fargate'
import { isSome } from 'fp-ts/lib/Option.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import { holderName, type EcsState } from './state.js'
import { allGpusFact, gpu } from '../lower/gpu.js'
import { taskFact } from '../lower/group.js'
import { taskInterfacesOf } from '../lower/interface.js'
import { unique } from '../lower/port.js'
import { eni } from '../lower/task.js'
import {
  amountOf,
  remainder,
  resourceNamed,
  setOf,
  type ContainerInstance,
  type Resource,
} from '../words/container-instance.js'

/** Describes every instance of the cluster, in the order of their names. */
export const describeInstances = (state: EcsState): readonly ContainerInstance[] => {
  const pending = pendingOn(state)
  const [, instances] = batch(state.placed, (draft) =>
    [...state.instances].map(([name, instance]) => {
      const node = findNode(draft, name)
      if (!isSome(node)) throw new Error(`stowage: ${name} has not joined`)
      const occupancy = occupancyOf(draft, node.value)
      return {
        ...instance,
        runningTasksCount: occupancy.taskCount,
        pendingTasksCount: pending.get(name) ?? 0,
        remainingResources: [
          ...amountsLeft(occupancy, instance),
          ...portsLeft(occupancy, instance),
          ...interfacesLeft(occupancy, instance, state),
        ],
      }
    }),
  )
  return instances
}

const pendingOn = (state: EcsState): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const task of state.tasks.values()) {
    const name = task.lastStatus === 'PENDING' ? holderName(state, task) : undefined
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return counts
}

/** What all tasks of an instance occupy together. */
interface Occupancy {
  /** How many of them have a desired status other than STOPPED. */
  readonly taskCount: number
  readonly cpu: number
  readonly memory: number
  readonly gpus: number | 'ALL'
  readonly interfaces: number
  /** All facts of the tasks; a host port is one of them, such as `TCP/80`. */
  readonly facts: readonly string[]
}

const occupancyOf = (draft: Draft, node: NodeId): Occupancy => {
  const load = new Map<DimensionId, number>(nodeLoad(draft, node))
  const replicas = replicasOn(draft, node).map(({ class: id, phase }) => {
    const found = findClass(draft, id)
    const facts: readonly WordId[] = isSome(found) ? found.value.facts : []
    return { facts, isLeaving: phase === 'leaving' }
  })
  const [task, allGpus] = [taskFact(draft), allGpusFact(draft)]
  return {
    taskCount: replicas.filter(({ facts, isLeaving }) => !isLeaving && facts.includes(task)).length,
    cpu: (load.get(cpu) ?? 0) / ticksFromCpuUnits(cpuUnits(1)),
    memory: (load.get(memory) ?? 0) / bytesFromMiB(mebibytes(1)),
    gpus: replicas.some(({ facts }) => facts.includes(allGpus))
      ? 'ALL'
      : (load.get(gpu(draft)) ?? 0),
    interfaces: load.get(eni(draft)) ?? 0,
    facts: replicas.flatMap(({ facts }) => RA.compact(facts.map((fact) => wordText(draft, fact)))),
  }
}

const amountsLeft = (occupancy: Occupancy, { registeredResources }: ContainerInstance) =>
  (
    [
      ['CPU', occupancy.cpu],
      ['MEMORY', occupancy.memory],
      ['GPU', occupancy.gpus],
    ] as const
  ).flatMap(([name, used]) => {
    const whole = resourceNamed(registeredResources, name)
    if (whole === undefined) return []
    const all = amountOf(registeredResources, name)!
    return [remainder(whole, all - (used === 'ALL' ? all : used))]
  })

/** For ports, the remaining resource lists the ports that are taken. */
const portsLeft = (
  { facts }: Occupancy,
  { registeredResources }: ContainerInstance,
): readonly Resource[] =>
  (
    [
      ['PORTS', 'TCP/'],
      ['PORTS_UDP', 'UDP/'],
    ] as const
  ).flatMap(([name, prefix]) => {
    const taken = facts.flatMap((fact) =>
      fact.startsWith(prefix) ? [fact.slice(prefix.length)] : [],
    )
    const stringSetValue = unique([...setOf(registeredResources, name), ...taken])
    const whole = resourceNamed(registeredResources, name)
    return whole === undefined && taken.length === 0 ? [] : [{ ...whole, name, stringSetValue }]
  })

const interfacesLeft = (
  { interfaces }: Occupancy,
  instance: ContainerInstance,
  { options }: EcsState,
): readonly Resource[] => {
  const all = taskInterfacesOf(instance, options.taskInterfaces)
  return all === undefined ? [] : [{ name: 'ENI', integerValue: all - interfaces }]
}
