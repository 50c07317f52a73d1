/**
 * Vending: a node cut to each task, and the task placed on it by the same kernel that places on a
 * fleet.
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
import { bytesFromMiB, ticksFromCpuUnits, type TaskSize } from './size.js'

/**
 * So many tasks of one size. `asked` is what they were written to need, `overhead` what the
 * platform adds to it.
 */
export interface FargateRequest {
  readonly name: string
  readonly count: number
  readonly asked: { readonly cpu: CpuTicks; readonly memory: Bytes }
  readonly overhead: Bytes
  readonly size: TaskSize
}

/**
 * Tasks that were vended, each on a node of its own, and per task what the size has beyond what was
 * needed.
 */
export interface Vended extends FargateRequest {
  readonly wasted: { readonly cpu: CpuTicks; readonly memory: Bytes }
}

/**
 * Vends every task; a size that does not cover what its task needs is the caller's mistake and
 * throws.
 */
export const vend = (requests: readonly FargateRequest[]): readonly Vended[] => {
  batch(empty, (draft) => {
    const wanted = requests.map((request, i) => cut(draft, request, i))
    const short = place(draft, wanted).answers.some(({ unplaced }) => unplaced !== undefined)
    if (short) throw new Error('stowage: a Fargate size does not cover what its task needs')
  })
  return requests.map(withWaste)
}

const withWaste = (request: FargateRequest): Vended => {
  const { asked, overhead, size } = request
  return {
    ...request,
    wasted: {
      cpu: (ticksFromCpuUnits(size.cpu) - asked.cpu) as CpuTicks,
      memory: (bytesFromMiB(size.memory) - asked.memory - overhead) as Bytes,
    },
  }
}

/**
 * A node cut to the task, and the wish to place the task there. Each task of a request gets such a
 * node; as they are all alike, what holds of one holds of all.
 */
const cut = (draft: Draft, request: FargateRequest, index: number): PlaceRequest => {
  const { size } = request
  const capacity: Vector = [
    [cpu, ticksFromCpuUnits(size.cpu)],
    [memory, bytesFromMiB(size.memory)],
  ]
  const spec = { name: String(index), capacity, attributes: [], marks: [] }
  const only = [getOrThrow(join(draft, spec))]
  return { class: getOrThrow(define(draft, classOf(request))), count: 1, only }
}

const classOf = ({ asked, overhead }: FargateRequest): ClassSpec => {
  const needed: Vector = [
    [cpu, asked.cpu],
    [memory, asked.memory + overhead],
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
