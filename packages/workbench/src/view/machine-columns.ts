/**
 * Builds the columns of a table of machines: cluster, name, status and, for each resource, how much
 * of it the machine has and how much is used. Only the first 16 resources have a column each, and
 * one more column lists all others, because otherwise a table grows with the square of the number
 * of machines when each machine has a resource of its own. Also builds a row with the sum of
 * several machines.
 */
import { sumByResource } from '../compare/summary.js'
import type { MachineRow } from '../platform/plan.js'
import type { Platform } from '../platform/platform.js'
import { gaugeCell, gaugeText } from '../block/amount.js'
import type { Column } from '../block/block.js'

const resourceColumnsMax = 16

/** The columns that some machine has a cell for. */
export const machineColumns = (
  nodes: readonly MachineRow[],
  machine: Platform['machine'],
): readonly Column<MachineRow>[] => {
  const resources = [
    ...new Set(nodes.flatMap(({ gauges }) => gauges.map(({ resource }) => resource))),
  ]
  const others = new Set(resources.slice(resourceColumnsMax))
  return [
    ...(nodes.some(({ cluster }) => cluster !== undefined)
      ? [{ title: 'cluster', cell: ({ cluster = '' }: MachineRow) => cluster }]
      : []),
    { title: machine[0], cell: ({ name }) => name },
    ...(nodes.some(({ status }) => status !== undefined)
      ? [{ title: 'status', cell: ({ status = 'ACTIVE' }: MachineRow) => status }]
      : []),
    ...resources.slice(0, resourceColumnsMax).map((resource) => ({
      title: resource,
      cell: ({ gauges }: MachineRow) => {
        const gauge = gauges.find((one) => one.resource === resource)
        return gauge === undefined ? '' : gaugeCell(gauge)
      },
    })),
    ...(others.size === 0
      ? []
      : [
          {
            title: 'others',
            cell: ({ gauges }: MachineRow) =>
              gauges
                .filter(({ resource }) => others.has(resource))
                .map((gauge) => `${gauge.resource} ${gaugeText(gauge)}`)
                .join(', '),
          },
        ]),
  ]
}

/** A row for the sum of machines, which holds nothing. */
export const sumRow = (nodes: readonly MachineRow[], name: string): MachineRow => ({
  ...{ name, cluster: '', status: '', holds: [] },
  gauges: sumByResource(nodes.flatMap(({ gauges }) => gauges)),
})
