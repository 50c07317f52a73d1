/**
 * Updates the index structures that all classes (workloads as the scheduler sees them) share when
 * nodes join, leave or are described anew, so that the indexes need not be built again. It reads
 * the present description of each changed node, so the number of changes to a node does not matter.
 */
import { isNodeChange, nodeOf, type Changes } from '../cluster/changes.js'
import type { State } from '../cluster/state.js'
import { counterOf } from '../judge/count.js'
import { domainOf } from '../judge/domain-counts.js'
import { catchUpShared, type SharedStructures } from './shared-structures.js'
import { noDomain, numberFor, type DomainTable } from './structures/domains.js'
import { giveNode, takeNode, type LiveCounts } from './structures/live-counts.js'
import type { NodeSource } from './structures/moved-nodes.js'
import { labelRows, openNodeLabels } from './structures/node-labels.js'
import { writeRecord } from './structures/node-records.js'

/** What structures need to follow nodes from now on, with room for an eighth more of them. */
export const newNodeSource = ({ roster }: State): NodeSource => {
  const rows = roster.specs.length
  const rowsMax = rows + (rows >> 3) + 64
  return {
    nodes: [],
    labels: openNodeLabels(roster, rowsMax),
    domains: { byKey: new Map(), rowsMax },
  }
}

/**
 * Applies all changes of the log to labels, domains, counts and records, and notes for partitions
 * which nodes changed. False where there is no room, or too much has changed: then all indexes are
 * to be built anew.
 */
export const applyNodeChanges = (
  shared: SharedStructures,
  state: State,
  changes: Changes,
  paysToFollow: (nodes: number, changes: number) => boolean,
): boolean => {
  const { source, records } = shared
  if (source === undefined) return false
  const { nodes, labels, domains } = source
  const { rowsMax } = domains
  const rows = changedNodes(shared, changes)
  const { specs, rowOfName } = state.roster
  for (const row of rows) if (row >= rowsMax && specs[row] === undefined) rows.delete(row)
  if (!paysToFollow(rowOfName.size, rows.size) || nodes.length > 2 * rowsMax) return false
  if (specs.length > rowsMax || !labelRows(labels, rows, state.roster)) return false
  catchUpShared(shared, state, changes)
  const counts = shared.counts.map(({ value }) => value)
  for (const row of rows) takeRow(domains, counts, state, row)
  for (const row of rows)
    if (specs[row] !== undefined && !giveRow(domains, counts, state, row)) return false
  for (const row of rows) {
    if (records !== undefined) writeRecord(records, state, row)
    nodes.push(row)
  }
  return true
}

const changedNodes = ({ nextChange }: SharedStructures, changes: Changes): Set<number> => {
  const rows = new Set<number>()
  for (let number = nextChange; number < changes.count; number++)
    if (isNodeChange(changes, number)) rows.add(nodeOf(changes, number))
  return rows
}

/** How many replicas on a node a tally counts. */
const countOnNode = (state: State, row: number, { tally }: LiveCounts): number =>
  state.replicas.first[row] === 0 ? 0 : counterOf(state, { facts: tally.facts })(row)

/** The node of a row leaves its domains. Whatever came to the row since was counted there. */
const takeRow = (
  { byKey }: DomainTable,
  counts: readonly LiveCounts[],
  state: State,
  row: number,
): void => {
  for (const live of counts)
    if (live.domains.byRow[row] !== noDomain) takeNode(live, row, countOnNode(state, row, live))
  for (const [, { byRow, population }] of byKey.values()) {
    if (byRow[row] !== noDomain) population[byRow[row]!]!--
    byRow[row] = noDomain
  }
}

/** The node of a row comes to its domains. False where one has no number for it. */
const giveRow = (
  { byKey }: DomainTable,
  counts: readonly LiveCounts[],
  state: State,
  row: number,
): boolean => {
  const numbers = new Map<LiveCounts['domains'], number>()
  for (const [rule, domains] of byKey.values()) {
    const domain = domainOf(state, rule)(row)
    const number = domain === undefined ? noDomain : numberFor(domains, domain)
    if (number === undefined) return false
    numbers.set(domains, number)
  }
  for (const live of counts)
    giveNode(live, state, row, numbers.get(live.domains)!, countOnNode(state, row, live))
  for (const [{ byRow, population }, number] of numbers) {
    byRow[row] = number
    if (number !== noDomain) population[number]!++
  }
  return true
}
