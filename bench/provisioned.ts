/**
 * Generates batches of pods and types of machines from a seed, for the bench of `provision`: pods
 * by shape (CPU and memory), and machine types by family and size.
 */
import {
  classSpecOf,
  cpu,
  define,
  getOrThrow,
  internDimension,
  memory,
  type ClassId,
  type Draft,
  type Offering,
} from '@stowage/kernel'

/** How large a batch is. */
export interface BatchSize {
  readonly pods: number
  readonly shapes: number
  readonly types: number
}

/** Numbers from 0 to below 1, the same for the same seed. */
export const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let hash = Math.imul(state ^ (state >>> 15), state | 1)
    hash ^= hash + Math.imul(hash ^ (hash >>> 7), hash | 61)
    return ((hash ^ (hash >>> 14)) >>> 0) / 0x1_0000_0000
  }
}

const gib = 2 ** 30
const mib = 2 ** 20

/** A batch on a draft: requests for each shape, and offerings. */
export const randomBatch = (draft: Draft, seed: number, { pods, shapes, types }: BatchSize) => {
  const random = seeded(seed)
  const draw = (max: number): number => Math.floor(random() * max)
  const slots = internDimension(draft, 'pods')
  const counts = new Map<ClassId, number>()
  const classes = Array.from({ length: shapes }, () => {
    const milli = 50 * (1 + draw(draw(3) === 0 ? 80 : 20))
    const bytes = 64 * mib * (1 + draw(draw(3) === 0 ? 160 : 40))
    const demand = [
      [cpu, milli * 128],
      [memory, bytes],
      [slots, 1],
    ] as const
    return getOrThrow(define(draft, classSpecOf(demand)))
  })
  for (let i = 0; i < pods; i++) {
    const id = classes[draw(shapes)]!
    counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  const offerings = Array.from({ length: types }, (_, i): Offering => {
    const [size, family] = [i % 10, Math.floor(i / 10)]
    const cores = [1, 2, 4, 8, 16, 24, 32, 48, 64, 96][size]!
    const perCore = [2, 4, 8][family % 3]! * gib
    const rate = 24_000 + 4_500 * (perCore / gib) ** 0.9 + draw(8_000) + 30 * family
    return {
      prefix: `f${family}-${cores}`,
      capacity: [
        [cpu, (cores * 1000 - 60 - 10 * Math.min(cores, 8)) * 128],
        [memory, cores * perCore - Math.floor((255 + 11 * (8 + 4 * cores) + 100) * mib)],
        [slots, Math.min(737, 8 + 12 * cores)],
      ],
      ...{ attributes: [], marks: [], named: [], holds: [] },
      price: Math.round(rate * cores),
    }
  })
  const requests = [...counts].map(([id, count]) => ({ class: id, count }))
  return { requests, offerings }
}
