/**
 * Replicas: their rows, and by node row, for each node, its replicas from the oldest on, each as its row, its class and its phase.
 * What nodes hold is the sum of it, and made again.
 */
import { addLoad, emptyLoads, fitLoads, type Loads } from '../cluster/loads.js'
import type { Parts } from '../cluster/parts.js'
import {
  addReplica,
  emptyReplicas,
  fitNodes,
  phases,
  replicaRows,
  type Replicas,
} from '../cluster/replicas.js'
import { getRows, getStep, putRows, putStep, type RowsRead } from './rows.js'
import { putUnsigned, type Sink } from './sink.js'
import { getBelow, getCount, isSound, refuse, type Source } from './source.js'

export const putReplicas = (sink: Sink, { replicas, roster }: Parts): void => {
  const { free, generation, rows } = replicas
  putRows(sink, { generations: generation.subarray(0, rows), free })
  let after = 0
  for (const [node, spec] of roster.specs.entries()) {
    if (spec === undefined) continue
    const oldestFirst = [...replicaRows(replicas, node)].reverse()
    putUnsigned(sink, oldestFirst.length)
    for (const row of oldestFirst) {
      after = putStep(sink, after, row)
      putUnsigned(sink, replicas.class[row]! * phases.length + replicas.phase[row]!)
    }
  }
}

/** Fills the parts' replicas and loads; the other parts are there. */
export const getReplicas = (source: Source, parts: Parts): void => {
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
  for (const row of rows.free) reading.replicas.free.push(row)
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
  { dimensions, roster }: Parts,
  { count, generations }: RowsRead,
): Pick<Reading, 'replicas' | 'loads'> => {
  const [replicas, loads] = [emptyReplicas(), emptyLoads()]
  replicas.rows = count
  for (const name of ['node', 'class', 'phase', 'generation', 'next', 'previous'] as const)
    replicas[name] = new Int32Array(count)
  replicas.class.fill(-1)
  replicas.generation.set(Array.from(generations))
  fitNodes(replicas, roster.specs.length)
  fitLoads(loads, roster.specs.length, dimensions.texts.length)
  return { replicas, loads }
}

/** Each row is made the next free one, so that the replica takes it again. */
const getReplicasOn = (source: Source, parts: Parts, reading: Reading, node: number): void => {
  const { classes } = parts.classes
  source.place = ['replicas', node]
  const count = getCount(source)
  for (let i = 0; i < count && isSound(source); i++) {
    const row = getStep(source, reading.after, reading.rows)
    const told = getBelow(source, classes.length * phases.length, 'a class and a phase')
    if (!isSound(source)) return
    const classRow = Math.floor(told / phases.length)
    reading.replicas.free.push(row)
    addReplica(reading.replicas, node, classRow, phases[told % phases.length]!)
    addLoad(reading.loads, node, classes[classRow]!.occupies)
    reading.after = row + 1
  }
}
