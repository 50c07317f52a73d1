/**
 * Generates random clusters for benches from a seed: the same seed gives the same cluster on every
 * machine. Also defines one plain class (a workload), which asks for CPU, memory and a slot.
 */
import {
  allowIndexes,
  batch,
  getOrThrow,
  cpu,
  define,
  empty,
  join,
  memory,
  pluginId,
  reasonId,
  slots,
  ticksPerVcpu,
  internWord,
  type ClassSpec,
  type ClassId,
  type Cluster,
  type Draft,
  type NodeSpec,
} from '@stowage/kernel'

const gib = 1_073_741_824

/** A sequence of numbers from 0 to below 1 (mulberry32). */
export const sequence = (seed: number): (() => number) => {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let x = Math.imul(state ^ (state >>> 15), state | 1)
    x = (x + Math.imul(x ^ (x >>> 7), x | 61)) ^ x
    return ((x ^ (x >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** The key of the zone; there are three. */
export const zoneKey = 'zone'

const nodeOf = (draft: Draft, index: number, random: () => number): NodeSpec => {
  const zone = [internWord(draft, zoneKey), internWord(draft, `zone-${index % 3}`)] as const
  const vcpus = 2 + Math.floor(random() * 62)
  return {
    name: `node-${String(index).padStart(7, '0')}`,
    capacity: [
      [cpu, vcpus * ticksPerVcpu],
      [memory, vcpus * 4 * gib],
      [slots, 110],
    ],
    attributes: [zone],
    marks: index % 5 === 0 ? [[zone]] : [],
  }
}

/**
 * A pod that asks for half a vCPU, half a GiB and a slot, and goes where the most stays free: one
 * plain class.
 */
export const plainClass: ClassSpec = {
  facts: [],
  occupies: [
    [cpu, ticksPerVcpu / 2],
    [memory, gib / 2],
    [slots, 1],
  ],
  filters: [
    {
      _tag: 'Fit',
      plugin: pluginId(0),
      removable: true,
      parts: [
        { dimension: slots, amount: 1, reason: reasonId(0), slot: true },
        { dimension: cpu, amount: ticksPerVcpu / 2, reason: reasonId(1), slot: false },
        { dimension: memory, amount: gib / 2, reason: reasonId(2), slot: false },
      ],
    },
  ],
  choice: {
    _tag: 'Sum',
    tie: 'rank',
    scores: [
      {
        plugin: pluginId(0),
        normaliser: 'none',
        weight: 1,
        raw: {
          _tag: 'Load',
          curve: 'least',
          parts: [
            { dimension: cpu, amount: ticksPerVcpu / 2, weight: 1 },
            { dimension: memory, amount: gib / 2, weight: 1 },
          ],
        },
      },
    ],
  },
  priority: 0,
}

export interface World {
  readonly cluster: Cluster
  readonly plain: ClassId
}

/** So many nodes of 2 to 63 vCPUs in three zones, a fifth of them marked, and the plain class. */
export const seededWorld = (seed: number, nodes: number): World => {
  const random = sequence(seed)
  const [cluster, plain] = batch(allowIndexes(empty), (draft) => {
    for (let i = 0; i < nodes; i++) getOrThrow(join(draft, nodeOf(draft, i, random)))
    return getOrThrow(define(draft, plainClass))
  })
  return { cluster, plain }
}
