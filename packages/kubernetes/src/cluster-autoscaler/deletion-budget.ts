/**
 * Selects which unneeded nodes the Cluster Autoscaler deletes in one loop, within the budgets of
 * its flags:
 * 1. Node groups that scale only to zero or to their maximum come first, each as a whole or not at
 *    all.
 * 2. Of all other groups it takes single nodes: empty nodes first, then nodes whose pods must move.
 */

/** A node group, with whether it scales only to zero or to its maximum. */
export interface DeletionGroup {
  readonly id: string
  readonly target: number
  readonly nodes: readonly string[]
  readonly zeroOrMaxNodeScaling: boolean
}

/**
 * What is to go, what is under way, and how much may be at a time. The budgets are the nodes
 * deleted at a time and the nodes drained at a time.
 */
export interface DeletionPlan {
  readonly empty: readonly string[]
  readonly drain: readonly string[]
  readonly emptyInProgress: number
  readonly drainInProgress: number
  readonly maxScaleDownParallelism: number
  readonly maxDrainParallelism: number
}

/** Nodes of one group that go. */
export interface DeletionBatch {
  readonly group: string
  readonly nodes: readonly string[]
  /**
   * Of a group that goes whole its number of nodes, or its target where nodes of both kinds go; 0
   * where each node goes by itself.
   */
  readonly batchSize: number
}

/** What goes now. */
export interface Deletions {
  readonly empty: readonly DeletionBatch[]
  readonly drain: readonly DeletionBatch[]
}

/** Groups are in the order of their first nodes. */
export const deletionsNow = (groups: readonly DeletionGroup[], plan: DeletionPlan): Deletions => {
  const inProgress = plan.emptyInProgress + plan.drainInProgress
  const before: BudgetRoom = {
    all: plan.maxScaleDownParallelism - inProgress,
    drain: plan.maxDrainParallelism - plan.drainInProgress,
  }
  const { taken, room } = takeWhole(bucketsOf(groups, plan), before)
  const empty = crop(groups, plan.empty, room.all)
  const left = room.all - sizeOf(empty)
  const drain = crop(groups, plan.drain, Math.min(left, room.drain))
  return { empty: [...taken.empty, ...empty], drain: [...taken.drain, ...drain] }
}

/** How many nodes more, and how many of them may have pods that move. */
interface BudgetRoom {
  readonly all: number
  readonly drain: number
}

interface Bucket {
  readonly group: DeletionGroup
  readonly empty: readonly string[]
  readonly drain: readonly string[]
}

const bucketsOf = (
  groups: readonly DeletionGroup[],
  { empty, drain }: Pick<DeletionPlan, 'empty' | 'drain'>,
): readonly Bucket[] => {
  const groupOf = new Map(groups.flatMap((group) => group.nodes.map((node) => [node, group])))
  const buckets = new Map<DeletionGroup, { empty: string[]; drain: string[] }>()
  const put = (node: string, kind: 'empty' | 'drain'): void => {
    const group = groupOf.get(node)
    if (group === undefined) return
    const bucket = buckets.get(group) ?? { empty: [], drain: [] }
    bucket[kind].push(node)
    buckets.set(group, bucket)
  }
  for (const node of empty) put(node, 'empty')
  for (const node of drain) put(node, 'drain')
  return [...buckets].map(([group, bucket]) => ({ group, ...bucket }))
}

/** Whole groups: those with empty nodes first. The first that is too large goes nevertheless. */
const takeWhole = (
  buckets: readonly Bucket[],
  before: BudgetRoom,
): { readonly taken: Deletions; readonly room: BudgetRoom } => {
  const whole = buckets.filter(({ group }) => group.zeroOrMaxNodeScaling)
  const taken: { empty: DeletionBatch[]; drain: DeletionBatch[] } = { empty: [], drain: [] }
  let room = before
  let mayExceed = true
  const take = (all: readonly Bucket[]): void => {
    for (const { group, empty, drain } of all) {
      const size = empty.length + drain.length
      if (room.all < size || room.drain < drain.length) {
        const isSpent = room.all === 0 || (drain.length > 0 && room.drain === 0)
        if (isSpent || !mayExceed) break
      }
      if (size !== group.nodes.length) continue
      const isMixed = empty.length > 0 && drain.length > 0
      const ofGroup = { group: group.id, batchSize: isMixed ? group.target : size }
      if (empty.length > 0) taken.empty.push({ ...ofGroup, nodes: empty })
      if (drain.length > 0) taken.drain.push({ ...ofGroup, nodes: drain })
      room = { all: room.all - size, drain: room.drain - drain.length }
      mayExceed = false
    }
  }
  take(whole.filter(({ empty }) => empty.length > 0))
  room = { ...room, drain: Math.min(room.all, room.drain) }
  take(whole.filter(({ empty }) => empty.length === 0))
  return { taken, room }
}

/** Nodes by group, in the order of the groups' first nodes, as many as there is room for. */
const crop = (
  groups: readonly DeletionGroup[],
  nodes: readonly string[],
  room: number,
): readonly DeletionBatch[] => {
  let left = room
  const single = groups.filter(({ zeroOrMaxNodeScaling }) => !zeroOrMaxNodeScaling)
  return bucketsOf(single, { empty: nodes, drain: [] }).flatMap(({ group, empty }) => {
    const some = empty.slice(0, Math.max(0, left))
    left -= some.length
    return some.length === 0 ? [] : [{ group: group.id, nodes: some, batchSize: 0 }]
  })
}

const sizeOf = (batches: readonly DeletionBatch[]): number =>
  batches.reduce((sum, { nodes }) => sum + nodes.length, 0)
