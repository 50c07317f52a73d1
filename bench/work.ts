/**
 * Simulates a busy cluster: places one replica after the other, each by a request of its own and of
 * a random class. With `stops`, at most a thousand replicas run: each further placement stops the
 * oldest replica. A batch of changes takes over the cluster of the batch before, without a copy.
 */
import {
  batch,
  getOrThrow,
  place,
  evict,
  take,
  type ClassId,
  type Cluster,
  type Draft,
  type NodeId,
  type DecidedBy,
  type ReplicaId,
} from '@stowage/kernel'
import { sequence } from './world.js'

/** How many stand at most where replicas are stopped. */
const runningReplicas = 1_000

/** What the cluster is now, and which replicas it was given, the oldest first. */
export interface Work {
  cluster: Cluster
  readonly ids: readonly ClassId[]
  readonly random: () => number
  readonly placed: ReplicaId[]
}

export interface Pace {
  readonly path: DecidedBy | undefined
  readonly stops: boolean
}

export const openWork = (
  [cluster, ids]: readonly [after: Cluster, answer: readonly ClassId[]],
  seed: number,
): Work => ({ cluster, ids, random: sequence(seed), placed: [] })

/** Does something so many times in one batch. */
export const goOn = <Done>(
  work: Work,
  count: number,
  body: (draft: Draft) => Done,
): readonly Done[] => {
  const [cluster, done] = batch(take(work.cluster), (draft) =>
    Array.from({ length: count }, () => body(draft)),
  )
  work.cluster = cluster
  return done
}

/** Where each of so many goes; -1 for one that finds no place. */
export const go = (work: Work, pace: Pace, count: number): readonly (NodeId | -1)[] =>
  goOn(work, count, (draft) => placeNext(work, draft, pace))

export const placeNext = (
  { ids, random, placed }: Work,
  draft: Draft,
  { path, stops }: Pace,
): NodeId | -1 => {
  const id = ids[Math.floor(random() * ids.length)]!
  const options = path === undefined ? {} : { decideBy: path }
  const { answers, decidedBy: found } = place(draft, [{ class: id, count: 1 }], options)
  if (path === 'index' && found !== path)
    throw new Error('an index was asked for, and none was had')
  const placement = answers[0]?.placed[0]
  if (placement !== undefined) placed.push(placement.replica)
  if (stops && placed.length > runningReplicas) getOrThrow(evict(draft, placed.shift()!))
  return placement?.node ?? -1
}

/** All that were placed go. */
export const clear = (work: Work): void => {
  goOn(work, 1, (draft) => {
    for (const replica of work.placed.splice(0)) getOrThrow(evict(draft, replica))
  })
}
