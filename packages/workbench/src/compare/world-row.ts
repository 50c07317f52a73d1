/**
 * Builds a row of the table that compares the three plans of `compare` (all workloads on EC2, all
 * on Fargate, each where it asks to run): a title, and a cell for each plan.
 */
import { worldIds, type WorldId } from '../platform/worlds.js'

/** A title and the cells, in the order of the worlds. */
export type WorldRow = readonly [title: string, ...cells: string[]]

/** The row whose cells this function gives. */
export const worldRow = (title: string, cell: (id: WorldId) => string): WorldRow => [
  title,
  ...worldIds.map(cell),
]

/** The name of each world as it is shown. */
export const worldTitles: Readonly<Record<WorldId, string>> = {
  ec2: 'EC2',
  fargate: 'Fargate',
  mixed: 'mixed',
}
