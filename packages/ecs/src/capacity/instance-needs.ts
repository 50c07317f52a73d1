/**
 * Computes how many new instances each group of waiting tasks needs. A group is all tasks with the
 * same requirements: vCPU, memory, network interfaces, ports, GPUs, and whether tasks may share an
 * instance.
 *
 * 1. Each group is packed by itself, on imaginary instances. Such an instance has, of each
 *    resource, the largest amount that any instance type of the Auto Scaling group has.
 * 2. A group is ignored when one of its tasks needs more of a resource than the smallest amount
 *    that any instance type has.
 *
 * Source: Amazon ECS Developer Guide, managed scaling behavior.
 */
import { findClass, type ClassSpec, type PoolsView, type Vector, type View } from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import type { OfferedType, WaitingGroup } from '../memory/capacity-memory.js'

/** Waiting tasks, a row per class. */
export type WaitingRows = ReturnType<PoolsView['waiting']>

/**
 * The groups in the order of the first row of each. Constraints of other kinds do not count: AWS
 * does not document that they do. A group that does not fit the smallest amounts has no `fit`.
 */
export const waitingGroups = (
  view: View,
  rows: WaitingRows,
  types: readonly OfferedType[],
): readonly WaitingGroup[] => {
  const groups = new Map<string, { readonly spec: ClassSpec; tasks: number }>()
  for (const row of rows) {
    const spec = O.toUndefined(findClass(view, row.class))
    if (spec === undefined) continue
    const key = JSON.stringify([spec.occupies, tasksPerNode(spec)])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { spec, tasks: row.count })
    else group.tasks += row.count
  }
  const smallest = extremes(types, Math.min)
  const largest = extremes(types, Math.max)
  return [...groups.values()].map(({ spec, tasks }): WaitingGroup => {
    if (types.length === 0 || copiesOn(spec, smallest) < 1) return { tasks }
    const copies = copiesOn(spec, largest)
    const best = types.reduce((a, b) => (copiesOn(spec, b) > copiesOn(spec, a) ? b : a))
    return {
      tasks,
      fit: { instanceType: best.instanceType, instances: Math.ceil(tasks / copies) },
    }
  })
}

/** Of each resource the smallest or the largest amount. */
const extremes = (
  types: readonly OfferedType[],
  pick: (a: number, b: number) => number,
): Pick<OfferedType, 'capacity'> => {
  const amounts = new Map<Vector[number][0], number>()
  for (const { capacity } of types)
    for (const [dimension, amount] of capacity) {
      const known = amounts.get(dimension)
      amounts.set(dimension, known === undefined ? amount : pick(known, amount))
    }
  return { capacity: [...amounts] }
}

/** How many tasks of a class an empty instance holds. */
const copiesOn = (spec: ClassSpec, { capacity }: Pick<OfferedType, 'capacity'>): number => {
  const amounts = new Map(capacity)
  return spec.occupies.reduce(
    (least, [dimension, amount]) =>
      amount === 0 ? least : Math.min(least, Math.floor((amounts.get(dimension) ?? 0) / amount)),
    tasksPerNode(spec),
  )
}

/** How many tasks of a class may share an instance: fixed ports and distinctInstance say one. */
export const tasksPerNode = ({ filters }: ClassSpec): number =>
  filters.reduce(
    (least, filter) =>
      filter._tag === 'Limit' && filter.tally.domain === 'node' && filter.self > 0
        ? Math.min(least, Math.floor(filter.max / filter.self))
        : least,
    tasksPerInstanceMax,
  )

/** A task that occupies nothing is still one task. */
const tasksPerInstanceMax = 1_000_000
