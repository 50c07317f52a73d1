/**
 * Replicas: their rows, and by node row, for each node, its replicas from the oldest on, each as
 * its row, its class and its phase. What nodes hold is the sum of it, and made again.
 */
import { addLoad, emptyLoads, fitLoads, type Loads } from '../cluster/loads.js'
import type { State } from '../cluster/parts.js'
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
import { getRows, getStep, putRows, putStep, type RowsRead } from './rows.js'
import { putUnsigned, type Sink } from './sink.js'
import { getBelow, getCount, isSound, refuse, type Source } from './source.js'

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

/** Fills the parts' replicas and loads; the other parts are there. */
export const getReplicas = (source: Source, parts: State): void => {
  const rows = getRows(source, 'replicas')
  const reading = { ...begun(parts, rows), rows, after: 0 }
  for (const [node, spec] of parts.roster.specs.entries()) {
    if (!isSound(source)) return
    if (spec !== undefined) getReplicasOn(source, parts, reading, node)
  }
  const missing = rows.done.indexOf(0)
  source.place = ['replicas', 'rows', missing]
  if (missing >= 0)
    refuse(source, { found: 'nothing', expected: 'a place on a node, or on the free list' })
  for (const row of rows.free) freeRow(reading.replicas, row)
  parts.replicas = reading.replicas
  parts.loads = reading.loads
}

interface Reading {
  readonly replicas: Replicas
  readonly loads: Loads
  readonly rows: RowsRead
  after: number
}

/** No row is taken yet. */
const begun = (
  { dimensions, roster }: State,
  { count, generations }: RowsRead,
): Pick<Reading, 'replicas' | 'loads'> => {
  const [replicas, loads] = [emptyReplicas(), emptyLoads()]
  addRows(replicas, count)
  for (let row = 0; row < count; row++) setGenerationAt(replicas, row, generations[row]!)
  fitNodes(replicas, roster.specs.length)
  fitLoads(loads, roster.specs.length, dimensions.texts.length)
  return { replicas, loads }
}

const getReplicasOn = (source: Source, parts: State, reading: Reading, node: number): void => {
  const { classes } = parts.classes
  source.place = ['replicas', node]
  const count = getCount(source)
  for (let i = 0; i < count && isSound(source); i++) {
    const row = getStep(source, reading.after, reading.rows)
    const told = getBelow(source, classes.length * phases.length, 'a class and a phase')
    if (!isSound(source)) return
    const classRow = Math.floor(told / phases.length)
    putReplica(reading.replicas, row, node, classRow, told % phases.length)
    addLoad(reading.loads, node, classes[classRow]!.occupies)
    reading.after = row + 1
  }
}
