/**
 * Rolls out services again and again, as in a simulated month, to check that the cluster and its
 * indexes do not grow. Each rollout defines a class with a fact (a label-like word) of its own,
 * such as a `pod-template-hash`, places its replicas, stops those of the previous class, and
 * forgets that class and its fact.
 */
import {
  allowIndexes,
  batch,
  cpu,
  define,
  empty,
  encode,
  forget,
  getOrThrow,
  internWord,
  join,
  pluginId,
  place,
  reasonId,
  evict,
  tableIds,
  take,
  type ClassId,
  type ClassSpec,
  type Cluster,
  type Draft,
  type ReplicaId,
  type WordId,
} from '@stowage/kernel'

export interface Fleet {
  readonly nodes: number
  readonly services: number
  /** Of each service. */
  readonly replicas: number
}

/** What stands of one service. */
interface Running {
  readonly class: ClassId
  readonly hash: WordId
  readonly replicas: readonly ReplicaId[]
}

export interface Rollouts {
  cluster: Cluster
  readonly fleet: Fleet
  readonly running: Running[]
  count: number
}

export const openRollouts = (fleet: Fleet): Rollouts => {
  const [cluster] = batch(allowIndexes(take(empty)), (draft) => {
    const zone = internWord(draft, 'zone')
    for (let i = 0; i < fleet.nodes; i++)
      getOrThrow(
        join(draft, {
          name: `n${i}`,
          capacity: [[cpu, 1_000_000]],
          attributes: [[zone, internWord(draft, `zone ${i % 3}`)]],
          marks: [],
        }),
      )
  })
  return { cluster, fleet, running: [], count: 0 }
}

/** So many rollouts of each service, one after the other, each in a batch. */
export const rollOut = (rollouts: Rollouts, times: number): void => {
  for (let i = 0; i < times; i++, rollouts.count++)
    for (let service = 0; service < rollouts.fleet.services; service++)
      [rollouts.cluster] = batch(take(rollouts.cluster), (draft) =>
        rollOutOne(rollouts, draft, service),
      )
}

const rollOutOne = ({ fleet, running, count }: Rollouts, draft: Draft, service: number): void => {
  const hash = internWord(draft, `hash ${service} ${count}`)
  const made = getOrThrow(define(draft, specOf(draft, service, hash)))
  const { answers } = place(draft, [{ class: made, count: fleet.replicas }])
  const before = running[service]
  const replicas = answers[0]!.placed.map(({ replica }) => replica)
  running[service] = { class: made, hash, replicas }
  if (before === undefined) return
  for (const replica of before.replicas) getOrThrow(evict(draft, replica))
  getOrThrow(forget(draft, { classes: [before.class], words: [before.hash] }))
}

/** A service keeps its replicas apart by zone, those of all its versions counted together. */
const specOf = (draft: Draft, service: number, hash: WordId): ClassSpec => {
  const app = internWord(draft, `app ${service}`)
  const plugin = pluginId(0)
  return {
    facts: [app, hash],
    occupies: [[cpu, 10]],
    filters: [
      {
        _tag: 'Fit',
        plugin,
        removable: true,
        parts: [{ dimension: cpu, amount: 10, reason: reasonId(0), slot: false }],
      },
      {
        _tag: 'Skew',
        plugin,
        removable: false,
        reason: reasonId(1),
        tally: {
          facts: { _tag: 'Fact', word: app },
          domain: internWord(draft, 'zone'),
          absent: 'refuse',
        },
        self: 1,
        max: 1,
        domainsMin: 0,
      },
      {
        _tag: 'Limit',
        plugin,
        removable: false,
        reason: reasonId(2),
        tally: { facts: { _tag: 'Fact', word: hash }, domain: 'node', absent: 'skip' },
        self: 1,
        max: 3,
      },
    ],
    choice: {
      _tag: 'Sum',
      scores: [
        {
          plugin,
          raw: {
            _tag: 'Load',
            curve: 'least',
            parts: [{ dimension: cpu, amount: 10, weight: 1 }],
          },
          normaliser: 'none',
          weight: 1,
        },
      ],
      tie: 'rank',
    },
    priority: 0,
  }
}

/**
 * What can be counted of it, wherever it runs: bytes when it is encoded, and rows of each table.
 */
export const sizeOf = ({ cluster }: Rollouts) => {
  const { classes, words, masks, columns } = tableIds(cluster)
  return {
    bytes: encode(cluster).length,
    classes: classes.length,
    words: words.length,
    masks: masks.length,
    columns: columns.length,
  }
}
