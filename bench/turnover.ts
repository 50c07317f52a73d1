/**
 * Simulates a busy cluster with one call of `churn` for a thousand starts and stops. The call
 * places a thousand replicas of random classes, and stops the replicas that the call before placed.
 * (`work.ts` simulates the same with one request for each replica.)
 */
import { batch, churn, getOrThrow, take, type ClassId, type Cluster } from '@stowage/kernel'
import { sequence } from './world.js'

/** What the cluster is now, and the replicas of the last call; -1 where there is none. */
export interface Turnover {
  cluster: Cluster
  readonly classes: readonly ClassId[]
  readonly random: () => number
  last: Float64Array
}

/** How many replicas one call places. */
export const stepsPerCall = 1_000

export const openTurnover = (
  [cluster, classes]: readonly [after: Cluster, answer: readonly ClassId[]],
  seed: number,
): Turnover => ({
  cluster,
  classes,
  random: sequence(seed),
  last: new Float64Array(stepsPerCall).fill(-1),
})

/** So many calls, each in a batch that takes the cluster of the batch before. */
export const turnOver = (world: Turnover, calls: number): void => {
  const { classes, random } = world
  for (let i = 0; i < calls; i++) {
    const starts = world.last.map(() => classes[Math.floor(random() * classes.length)]!)
    const [cluster, { replicas }] = batch(take(world.cluster), (draft) =>
      getOrThrow(churn(draft, { starts, stops: world.last })),
    )
    world.cluster = cluster
    world.last = replicas
  }
}
