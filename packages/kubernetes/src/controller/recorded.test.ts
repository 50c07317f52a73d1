/**
 * Holds the controllers to the recorded answers of Kubernetes 1.37, where they are at hand: the
 * file `golden/workloads/vectors.jsonl.gz` of the folder that `STOWAGE_SHARED` names.
 */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { instant, type Instant } from '@stowage/kernel'
import { describe, expect, it } from 'vitest'
import type { Portion } from '../words/workload.js'
import { fencepostsOf } from '../workload/fenceposts.js'
import { activePhases, deletionCostOf } from '../memory/pod-life.js'
import { podsToDelete, type RankedPod } from './deletion-order.js'
import { resizedSets } from './proportional.js'
import {
  newSetSize,
  oldSetSizes,
  unavailableMaxOf,
  type RolloutBounds,
  type SetSizes,
  type SizedSet,
} from './rolling.js'

const file = resolve(
  process.env['STOWAGE_SHARED'] ?? '../shared',
  'golden/workloads/vectors.jsonl.gz',
)

/** One recorded answer. */
interface Recorded<Input, Output> {
  readonly id: string
  readonly input: Input
  readonly output: Output
}

/** Whether the recorded answers are at hand. */
const hasRecords = existsSync(file)

/** What the title of a test says that needs them. */
const whereMissing = `(skipped without ${file}: set STOWAGE_SHARED)`

/** The recorded answers of a kind; none where the file is missing. */
const recordsOf = <Input, Output>(kind: string): readonly Recorded<Input, Output>[] =>
  hasRecords
    ? gunzipSync(readFileSync(file))
        .toString()
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Recorded<Input, Output> & { readonly kind: string })
        .filter((line) => line.kind === kind)
    : []

/** A portion as the records write it: `4` or `25%`. */
const portionIn = (text: string): Portion => (text.endsWith('%') ? text : Number(text))

/** A Deployment with its ReplicaSets, as the records have it. */
interface RecordedRollout {
  readonly replicas: number
  readonly maxSurge: string
  readonly maxUnavailable: string
  readonly statusReplicas?: number
  readonly replicaSetsOldestFirstNewLast: readonly {
    readonly Name: string
    readonly Replicas: number
    readonly Available: number
    readonly AgeSec: number
    readonly MaxReplicas?: number | null
    readonly Desired?: number | null
  }[]
}

/** The bounds of a recorded Deployment. */
const boundsIn = ({
  replicas,
  maxSurge,
  maxUnavailable,
}: Pick<RecordedRollout, 'replicas' | 'maxSurge' | 'maxUnavailable'>): RolloutBounds => ({
  replicas,
  ...fencepostsOf(
    { maxSurge: portionIn(maxSurge), maxUnavailable: portionIn(maxUnavailable) },
    replicas,
  ),
})

/** The ReplicaSets of a recorded Deployment. */
const setsIn = ({
  replicaSetsOldestFirstNewLast: sets,
}: RecordedRollout): { readonly old: readonly SizedSet[]; readonly newSet: SizedSet } => {
  const all = sets.map((set) => ({
    name: set.Name,
    replicas: set.Replicas,
    available: set.Available,
    created: instant(-1000 * set.AgeSec),
    desiredReplicas: set.Desired ?? undefined,
    maxReplicas: set.MaxReplicas ?? undefined,
  }))
  return { old: all.slice(0, -1), newSet: all.at(-1)! }
}

const describeRecorded = describe.skipIf(!hasRecords)

const sizesAfter = (sets: readonly SizedSet[], changed: SetSizes) =>
  Object.fromEntries(sets.map(({ name, replicas }) => [name, changed.get(name) ?? replicas]))

describeRecorded(`recorded answers ${whereMissing}`, () => {
  it('give the fenceposts', () => {
    const records = recordsOf<
      Pick<RecordedRollout, 'replicas' | 'maxSurge' | 'maxUnavailable'>,
      Readonly<Record<'surge' | 'unavailable' | 'maxUnavailableCapped' | 'minAvailable', number>>
    >('fenceposts')
    expect(records).toHaveLength(200)
    for (const { id, input, output } of records) {
      const bounds = boundsIn(input)
      const capped = unavailableMaxOf(bounds)
      expect({ id, ...bounds, capped, min: bounds.replicas - capped }).toEqual({
        ...{ id, replicas: input.replicas, surge: output.surge, unavailable: output.unavailable },
        ...{ capped: output.maxUnavailableCapped, min: output.minAvailable },
      })
    }
  })

  it('give the sizes after one sync of a rolling update', () => {
    const records = recordsOf<
      RecordedRollout,
      { readonly scaledNew: boolean; readonly sizes: Readonly<Record<string, number>> }
    >('deploymentRollingStep')
    expect(records).toHaveLength(192)
    for (const { id, input, output } of records) {
      const bounds = boundsIn(input)
      const { old, newSet } = setsIn(input)
      const size = newSetSize(bounds, old, newSet.replicas)
      const scaledNew = size !== newSet.replicas
      const changed = scaledNew ? new Map([[newSet.name, size]]) : oldSetSizes(bounds, old, newSet)
      expect({ id, scaledNew, sizes: sizesAfter([...old, newSet], changed) }).toEqual({
        id,
        ...output,
      })
    }
  })

  it('give the sizes after a resizing', () => {
    const records = recordsOf<
      RecordedRollout,
      { readonly sizes: Readonly<Record<string, number>> }
    >('deploymentProportionalScale')
    expect(records).toHaveLength(192)
    for (const { id, input, output } of records) {
      const { old, newSet } = setsIn(input)
      const changed = resizedSets(
        { bounds: boundsIn(input), isRolling: true, counted: input.statusReplicas ?? 0 },
        old,
        newSet,
      )
      expect({ id, sizes: sizesAfter([...old, newSet], changed) }).toEqual({ id, ...output })
    }
  })
})

interface RecordedPod {
  readonly Name: string
  readonly UID: string
  readonly Node: string
  readonly Phase: string
  readonly Ready: boolean
  readonly ReadyAgoSec: number
  readonly AgeSec: number
  readonly DeletionCost?: string
  readonly Restarts: number
  readonly SidecarRestarts: number
  readonly Related: boolean
}

type RecordedDeletion = Recorded<
  { readonly deleteCount: number; readonly pods: readonly RecordedPod[] },
  { readonly deleteInOrder: readonly string[] }
>

const now = instant(1_790_000_000_000)
const ago = (seconds: number): Instant => instant(now - seconds * 1000)

const podIn = (pod: RecordedPod): RankedPod => ({
  ...{ name: pod.Name, uid: pod.UID, node: pod.Node === '' ? undefined : pod.Node },
  phase: activePhases.find((phase) => phase === pod.Phase) ?? 'Running',
  readyAt: pod.Ready ? ago(pod.ReadyAgoSec) : undefined,
  created: ago(pod.AgeSec),
  deletionCost: deletionCostOf(pod.DeletionCost),
  ...{ restarts: pod.Restarts, sidecarRestarts: pod.SidecarRestarts },
})

describe.skipIf(!hasRecords)(`recorded deletions ${whereMissing}`, () => {
  const records = recordsOf<RecordedDeletion['input'], RecordedDeletion['output']>(
    'replicaSetDelete',
  )
  const chosenIn = ({ deleteCount, pods }: RecordedDeletion['input']): readonly string[] => {
    const own = pods.filter(({ Related }) => !Related).map(podIn)
    const related = pods
      .filter(({ Phase }) => Phase !== 'Failed' && Phase !== 'Succeeded')
      .map(podIn)
    return podsToDelete(own, related, deleteCount, now).map(({ name }) => name)
  }

  it('are repeated, but for one', () => {
    expect(records).toHaveLength(299)
    const others = records.filter(
      ({ input, output }) => String(chosenIn(input)) !== String(output.deleteInOrder),
    )
    expect(others.map(({ id }) => id)).toEqual(['replicaSetDelete-0011'])
    // Two pods became ready at the same instant. Kubernetes goes on to their restarts, which is
    // where its order is not transitive; here their UIDs decide.
    const [{ input, output }] = others as [RecordedDeletion]
    expect(output.deleteInOrder).toEqual(['p-0', 'p-5', 'p-2', 'p-4', 'p-7', 'p-3', 'p-1'])
    expect(chosenIn(input)).toEqual(['p-0', 'p-5', 'p-4', 'p-2', 'p-7', 'p-3', 'p-1'])
    const tied = input.pods.filter(({ Name }) => Name === 'p-2' || Name === 'p-4')
    expect(tied).toMatchObject([
      { ReadyAgoSec: 59, Restarts: 5, UID: 'f1ecf5e3' },
      { ReadyAgoSec: 59, Restarts: 0, UID: '0a93fb49' },
    ])
  })
})
