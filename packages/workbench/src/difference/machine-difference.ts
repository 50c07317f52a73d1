/**
 * Compares the machines of two plans: finds machines that only one plan has, and machines that hold
 * different replicas or use different amounts.
 */
import { byCodeUnit } from '@stowage/kernel'
import type { MachineRow } from '../platform/plan.js'

/** A machine that is not alike in both plans. */
export interface MachineDifference {
  readonly name: string
  readonly cluster?: string
  /** Absent for a machine that joins. */
  readonly before?: MachineRow
  /** Absent for a machine that leaves. */
  readonly after?: MachineRow
}

/** The machines that differ, by name. */
export const machineDifferences = (
  before: readonly MachineRow[],
  after: readonly MachineRow[],
): readonly MachineDifference[] => {
  const [old, next] = [byName(before), byName(after)]
  return [...new Set([...old.keys(), ...next.keys()])].sort(byCodeUnit).flatMap((key) => {
    const [one, other] = [old.get(key), next.get(key)]
    const { name, cluster } = (other ?? one)!
    if (one !== undefined && other !== undefined && machineText(one) === machineText(other))
      return []
    return [
      {
        name,
        ...(cluster === undefined ? {} : { cluster }),
        ...(one === undefined ? {} : { before: one }),
        ...(other === undefined ? {} : { after: other }),
      },
    ]
  })
}

/** A machine is one by its cluster and its name. */
const byName = (machines: readonly MachineRow[]): ReadonlyMap<string, MachineRow> =>
  new Map(machines.map((one) => [`${one.name} ${one.cluster ?? ''}`, one]))

/** All that a plan says of a machine, in an order that does not depend on the order of placing. */
const machineText = ({ status, gauges, holds, leaving = [] }: MachineRow): string => {
  const sorted = (all: MachineRow['holds']): readonly unknown[] =>
    all.map(({ name, count }) => [name, count]).sort(([a], [b]) => byCodeUnit(String(a), String(b)))
  return JSON.stringify([status, gauges, sorted(holds), sorted(leaving)])
}
