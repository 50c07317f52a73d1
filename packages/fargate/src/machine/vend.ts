/**
 * Builds a node for each Fargate task of a plan, exactly as large as the size chosen for the task.
 * Also computes how much of the node stays unused. Quotas and launch rates do not apply to a plan.
 */
import {
  batch,
  getOrThrow,
  cpu,
  define,
  empty,
  join,
  memory,
  place,
  pluginId,
  reasonId,
  type Bytes,
  type ClassSpec,
  type CpuTicks,
  type Draft,
  type Vector,
  type PlaceRequest,
} from '@stowage/kernel'
import type { TaskSize } from '../size/size.js'
import { bytesFromMiB, ticksFromCpuUnits, type GiB } from '../size/unit.js'

/** `count` tasks of one size. */
export interface SizedRequest {
  readonly name: string
  readonly count: number
  /** What one task requests. */
  readonly demand: { readonly cpu: CpuTicks; readonly memory: Bytes }
  /** Memory that the platform adds to it. */
  readonly overhead: Bytes
  readonly size: TaskSize
  /** Ephemeral storage that is billed beside the size of one task; absent when none is. */
  readonly storage?: GiB
}

/** Tasks that were vended, each on a node of its own. */
export interface VendedTasks extends SizedRequest {
  /** Per task: what the size has beyond request and overhead. */
  readonly wasted: { readonly cpu: CpuTicks; readonly memory: Bytes }
}

/**
 * Vends every task. Throws when a size does not cover what its task needs: the caller chose it. The
 * kernel places each task on its node, so a size that is too small is noticed.
 */
export const vend = (requests: readonly SizedRequest[]): readonly VendedTasks[] => {
  batch(empty, (draft) => {
    const placeRequests = requests.map((request, i) => cutNode(draft, request, i))
    const short = place(draft, placeRequests).answers.some(({ unplaced }) => unplaced !== undefined)
    if (short) throw new Error('stowage: a Fargate size does not cover what its task needs')
  })
  return requests.map(withWaste)
}

const withWaste = (request: SizedRequest): VendedTasks => {
  const { demand, overhead, size } = request
  return {
    ...request,
    wasted: {
      cpu: (ticksFromCpuUnits(size.cpu) - demand.cpu) as CpuTicks,
      memory: (bytesFromMiB(size.memory) - demand.memory - overhead) as Bytes,
    },
  }
}

/**
 * Joins a node of the task's size, and asks for one task on it. One node stands for all `count`
 * nodes, as they are equal.
 */
const cutNode = (draft: Draft, request: SizedRequest, index: number): PlaceRequest => {
  const { size } = request
  const capacity: Vector = [
    [cpu, ticksFromCpuUnits(size.cpu)],
    [memory, bytesFromMiB(size.memory)],
  ]
  const spec = { name: String(index), capacity, attributes: [], marks: [] }
  const only = [getOrThrow(join(draft, spec))]
  return { class: getOrThrow(define(draft, fitClass(request))), count: 1, only }
}

const fitClass = ({ demand, overhead }: SizedRequest): ClassSpec => {
  const needed: Vector = [
    [cpu, demand.cpu],
    [memory, demand.memory + overhead],
  ]
  return {
    facts: [],
    occupies: needed,
    filters: [
      {
        _tag: 'Fit',
        plugin: pluginId(0),
        removable: false,
        parts: needed.map(([dimension, amount]) => ({
          dimension,
          amount,
          reason: reasonId(dimension),
          slot: false,
        })),
      },
    ],
    choice: { _tag: 'Sum', scores: [], tie: 'rank' },
    priority: 0,
  }
}
