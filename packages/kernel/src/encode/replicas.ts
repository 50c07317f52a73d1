/**
 * Writes and reads the replicas of an encoded cluster: first which table rows are free or reused
 * (see `rows.ts`), then the replicas of each node, the oldest first. A replica is written as its
 * row number, class (a workload as the scheduler sees it) and phase. The reader computes the loads
 * of nodes from the replicas.
 */
import { addLoad, emptyLoads, fitLoads, type Loads } from '../cluster/loads.js'
import type { State } from '../cluster/state.js'
import {
  addRows,
  classAt,
  emptyReplicas,
  fitNodes,
  freeRow,
  freeRows,
  generationAt,
  phaseAt,
  phases,
  putReplica,
  replicaRows,
  setGenerationAt,
  type Replicas,
} from '../cluster/replicas.js'
import { renderValue } from '../rule/malformed.js'
import { getRows, getStep, putRows, putStep, type DecodedRows } from './rows.js'
import { putUnsigned, type Sink } from './sink.js'
import { getBelow, getCount, isSound, refuse, type Source } from './source.js'

/** Writes the rows, then the replicas of every node. */
export const putReplicas = (sink: Sink, { replicas, roster }: State): void => {
  const generations = Int32Array.from({ length: replicas.rows }, (_, row) =>
    generationAt(replicas, row),
  )
  putRows(sink, { generations, free: [...freeRows(replicas)].reverse() })
  let after = 0
  for (const [node, spec] of roster.specs.entries()) {
    if (spec === undefined) continue
    const oldestFirst = [...replicaRows(replicas, node)].reverse()
    putUnsigned(sink, oldestFirst.length)
    for (const row of oldestFirst) {
      after = putStep(sink, after, row)
      putUnsigned(sink, classAt(replicas, row) * phases.length + phaseAt(replicas, row))
    }
  }
}

/** Fills the state's replicas and loads; all other parts must have been read. */
export const getReplicas = (source: Source, state: State): void => {
  const rows = getRows(source, 'replicas')
  const rebuild = { ...startRebuild(state, rows), rows, after: 0 }
  for (const [node, spec] of state.roster.specs.entries()) {
    if (!isSound(source)) return
    if (spec !== undefined) getReplicasOn(source, state, rebuild, node)
  }
  const unseenRow = rows.seen.indexOf(0)
  source.place = ['replicas', 'rows', unseenRow]
  if (unseenRow >= 0)
    refuse(source, { found: 'nothing', expected: 'a place on a node, or on the free list' })
  for (const row of rows.free) freeRow(rebuild.replicas, row)
  state.replicas = rebuild.replicas
  state.loads = rebuild.loads
}

/** What is rebuilt while reading; `after` is the row after the last one read. */
interface Rebuild {
  readonly replicas: Replicas
  readonly loads: Loads
  readonly rows: DecodedRows
  after: number
}

/** Rows with their generations, none of them in use. */
const startRebuild = (
  { dimensions, roster }: State,
  { count, generations }: DecodedRows,
): Pick<Rebuild, 'replicas' | 'loads'> => {
  const [replicas, loads] = [emptyReplicas(), emptyLoads()]
  addRows(replicas, count)
  for (let row = 0; row < count; row++) setGenerationAt(replicas, row, generations[row]!)
  fitNodes(replicas, roster.specs.length)
  fitLoads(loads, roster.specs.length, dimensions.next)
  return { replicas, loads }
}

const getReplicasOn = (source: Source, state: State, rebuild: Rebuild, node: number): void => {
  const { classes } = state.classes
  source.place = ['replicas', node]
  const count = getCount(source)
  for (let i = 0; i < count && isSound(source); i++) {
    const row = getStep(source, rebuild.after, rebuild.rows)
    const kind = getBelow(source, classes.length * phases.length, 'a class and a phase')
    if (!isSound(source)) return
    const classRow = Math.floor(kind / phases.length)
    const classSpec = classes[classRow]
    if (classSpec === undefined)
      return refuse(source, { found: renderValue(kind), expected: 'a class and a phase' })
    putReplica(rebuild.replicas, row, node, classRow, kind % phases.length)
    addLoad(rebuild.loads, node, classSpec.occupies)
    rebuild.after = row + 1
  }
}
