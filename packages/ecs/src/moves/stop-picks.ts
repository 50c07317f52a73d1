/**
 * Chooses a given number of tasks of a service to stop, among the tasks that may stop. The order is
 * the one that AWS documents: the placement strategies of the service in reverse.
 */
import {
  cpu,
  memory,
  nodeLoad,
  nodeName,
  nodeSpec,
  type DimensionId,
  type NodeId,
  type View,
} from '@stowage/kernel'
import { bytesFromMiB, cpuUnits, mebibytes, ticksFromCpuUnits } from '@stowage/fargate'
import * as O from 'fp-ts/lib/Option.js'
import { demandOf } from '../lower/demand.js'
import { stopChain, stopOrder, type StopPlace } from '../service/stop-order.js'
import { attributeTexts } from '../memory/node-attributes.js'
import type { OwnTask, ServiceRecord } from '../memory/memory.js'
import type { EcsControllerOptions } from '../memory/options.js'

/**
 * The first `count` of the tasks to stop. Tasks of an earlier list stop before those of a later
 * one; each list is in AWS's order, unless all of it stops at once.
 */
export const pickStops = (
  view: View,
  record: ServiceRecord,
  lists: readonly (readonly OwnTask[])[],
  count: number,
  options: EcsControllerOptions,
): readonly OwnTask[] => {
  const picked: OwnTask[] = []
  for (const list of lists) {
    const left = count - picked.length
    if (left > 0) for (const one of inStopOrder(view, record, list, left, options)) picked.push(one)
  }
  return picked
}

const inStopOrder = (
  view: View,
  { service, deployments }: ServiceRecord,
  tasks: readonly OwnTask[],
  count: number,
  options: EcsControllerOptions,
): readonly OwnTask[] => {
  if (tasks.length <= count) return tasks
  const byName = new Map(tasks.map((task) => [String(task.replica), task]))
  const places = new Map<string, StopPlace>()
  const demands = new Map(
    deployments.map(({ id, workload }) => [id, demandOf(workload.definition)]),
  )
  const stoppable = [...tasks]
    .sort((a, b) => a.nth - b.nth)
    .map((task) => {
      const instance = nodeName(view, task.node)
      if (!places.has(instance)) places.set(instance, stopPlaceOn(view, task.node))
      const demand = demands.get(task.deployment)
      return {
        ...{ task: String(task.replica), instance },
        cpu: (demand?.cpu ?? 0) / ticksPerUnit,
        memory: (demand?.memory ?? 0) / bytesPerMiB,
      }
    })
  const chain = stopChain(service.placementStrategy ?? [])
  return stopOrder(stoppable, places, chain, count, options).map((name) => byName.get(name)!)
}

const ticksPerUnit = ticksFromCpuUnits(cpuUnits(1))
const bytesPerMiB = bytesFromMiB(mebibytes(1))

/** An instance as the choice sees it: its attributes, and what is left of it now. */
const stopPlaceOn = (view: View, node: NodeId): StopPlace => {
  const spec = nodeSpec(view, node)
  if (O.isNone(spec)) return { attributes: {}, cpu: 0, memory: 0 }
  const load = new Map<DimensionId, number>(nodeLoad(view, node))
  const capacity = new Map<DimensionId, number>(spec.value.capacity)
  const left = (dimension: DimensionId): number =>
    (capacity.get(dimension) ?? 0) - (load.get(dimension) ?? 0)
  const prefix = 'attribute:'
  return {
    attributes: Object.fromEntries(
      [...attributeTexts(view, spec.value)].flatMap(([key, value]) =>
        key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
      ),
    ),
    cpu: left(cpu) / ticksPerUnit,
    memory: left(memory) / bytesPerMiB,
  }
}
