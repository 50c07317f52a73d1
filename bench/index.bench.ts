/**
 * One replica after the other, each a request of its own and of a class drawn at random, on a cluster that is taken from one batch to
 * the next: by whichever path pays, and by the scan alone. With stops, the one that was placed a thousand before goes each time;
 * otherwise all of a run go before the next, which is not timed.
 */
import {
  batch,
  certain,
  place,
  stop,
  take,
  type ClassId,
  type Cluster,
  type NodeId,
  type Path,
  type ReplicaId,
} from '@stowage/kernel'
import { crowd, ruleSets, shapes, type RuleSet } from './shapes.js'
import type { Row, Suite } from './suite.js'
import { sequence } from './world.js'

const decisions = 200
const standing = 1_000

/** A cluster at work: what it is now, and which replicas it was given, the oldest first. */
interface Work {
  cluster: Cluster
  readonly random: () => number
  readonly placed: ReplicaId[]
}

/** Where each goes; -1 for one that finds no place. */
const go = (
  work: Work,
  ids: readonly ClassId[],
  { path, stops, count }: { path: Path | undefined; stops: boolean; count: number },
): readonly number[] => {
  const [nodes, cluster] = batch(take(work.cluster), (draft) =>
    Array.from({ length: count }, (): NodeId | -1 => {
      const id = ids[Math.floor(work.random() * ids.length)]!
      const asked = path === undefined ? {} : { path }
      const placement = place(draft, [{ class: id, count: 1 }], asked).answers[0]?.placed[0]
      if (placement !== undefined) work.placed.push(placement.replica)
      if (stops && work.placed.length > standing) certain(stop(draft, work.placed.shift()!))
      return placement?.node ?? -1
    }),
  )
  work.cluster = cluster
  return nodes
}

const clear = (work: Work): void => {
  ;[, work.cluster] = batch(take(work.cluster), (draft) => {
    for (const replica of work.placed.splice(0)) certain(stop(draft, replica))
  })
}

const suiteOf = (rules: RuleSet, classes: number, stops: boolean): Suite => ({
  name: `${rules}, ${classes} classes, ${stops ? 'with stops' : 'placements only'}`,
  sizes: { smoke: [64], full: [100, 1_000, 10_000, 100_000] },
  unit: 'ns per decision',
  cases: (size) => {
    const opened = (path: Path | undefined) => {
      const [ids, cluster] = shapes(crowd(size), rules, classes)
      const work: Work = { cluster, random: sequence(13), placed: [] }
      return (count: number) => go(work, ids, { path, stops, count })
    }
    const answers = [opened(undefined), opened('scan')].map((run) => run(decisions))
    const row = (name: string, path: Path | undefined): Row => {
      const [ids, cluster] = shapes(crowd(size), rules, classes)
      const work: Work = { cluster, random: sequence(17), placed: [] }
      return {
        name,
        run: () => go(work, ids, { path, stops, count: decisions }),
        ...(stops ? {} : { before: () => clear(work) }),
        answers,
      }
    }
    return { perRun: decisions, rows: [row('whichever pays', undefined), row('scan', 'scan')] }
  },
})

export const indexSuites: readonly Suite[] = ruleSets.flatMap((rules) =>
  [1, 20, 1_000].flatMap((classes) => [false, true].map((stops) => suiteOf(rules, classes, stops))),
)
