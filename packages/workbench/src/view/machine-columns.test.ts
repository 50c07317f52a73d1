/**
 * Tests that a table of machines has a column for each of the first 16 resources, and one column
 * for all others.
 */
import { expect, it } from 'vitest'
import type { MachineRow } from '../platform/plan.js'
import { machineColumns } from './machine-columns.js'

const machine = (name: string, ...resources: readonly string[]): MachineRow => ({
  name,
  holds: [],
  gauges: resources.map((resource) => ({ resource, used: 1, of: 2, unit: 'units' })),
})
const resources = (count: number) => Array.from({ length: count }, (_, i) => `r${i}`)
const tableOf = (...machines: readonly MachineRow[]) => {
  const columns = machineColumns(machines, ['node', 'nodes'])
  return {
    head: columns.map(({ title }) => title),
    others: machines.map((one) => columns.at(-1)!.cell(one)),
  }
}

it('has a column for each of sixteen resources', () => {
  expect(tableOf(machine('a', ...resources(16))).head).toEqual(['node', ...resources(16)])
})

it('has one column for those that are more, with the resources of each machine', () => {
  const { head, others } = tableOf(machine('a', ...resources(17)), machine('b', 'own', 'r16'))
  expect(head).toEqual(['node', ...resources(16), 'others'])
  expect(others).toEqual(['r16 1/2 50%', 'own 1/2 50%, r16 1/2 50%'])
})
