/**
 * Reconciles a Deployment: finds or creates the ReplicaSet of its present template, and moves pods
 * from the old ReplicaSets to the new one. One sync does one of these things:
 * 1. If the Deployment is paused or resized, each ReplicaSet keeps its share of the pods.
 * 2. With `Recreate`, the old ReplicaSets shrink to nothing before the new one grows.
 * 3. With `RollingUpdate`, the new one grows, or else the old ones shrink.
 *
 * Then it counts the status and sets the condition `Progressing`.
 *
 * Source: Kubernetes documentation, "Deployments", and the recorded answers of Kubernetes 1.37.
 */
import { instant, later, type Instant } from '@stowage/kernel'
import { alsoAsking } from '../words/label-selector.js'
import { fencepostsOf } from '../workload/fenceposts.js'
import {
  deploymentIn,
  putDeployment,
  putSet,
  recountSet,
  removeSet,
  setIn,
  setsOfDeployment,
  titleOfDeployment,
  titleOfSet,
  type MemoryEdit,
} from '../memory/edit.js'
import {
  actualOf,
  availableOf,
  type DeploymentRecord,
  type ReplicaSetRecord,
} from '../memory/memory.js'
import {
  condition,
  deadlineOf,
  isComplete,
  progressAfter,
  type ProgressReason,
  type RolloutStatus,
} from '../memory/progress.js'
import { refusalIn } from '../memory/quota-use.js'
import { resizedSets } from '../deployment/proportional.js'
import {
  byAge,
  newSetSize,
  oldSetSizes,
  type RolloutBounds,
  type SetSizes,
  type SizedSet,
} from '../deployment/rolling.js'

/** Syncs a Deployment once; one that was deleted goes with all its ReplicaSets. */
export const syncDeployment = (edit: MemoryEdit, name: string): void => {
  const found = deploymentIn(edit, name)
  if (found === undefined) return
  if (found.isDeleted) {
    removeDeployment(edit, found)
    return
  }
  const deployment = withPause(edit, found)
  if (deployment.isPaused) {
    resize(edit, deployment)
    clearHistory(edit, deployment)
    setStatus(edit, name, false)
  } else if (isResized(edit, deployment)) {
    resize(edit, deployment)
    setStatus(edit, name, false)
  } else if (holdOf(deployment) > edit.now) setStatus(edit, name, false)
  else {
    if (recreatesPods(deployment)) recreate(edit, deployment)
    else roll(edit, deployment)
    setStatus(edit, name, true)
  }
  setDue(edit, name)
}

/**
 * How long after a resize that let an old ReplicaSet grow a Deployment goes on, in milliseconds:
 * its controller writes its status until its pods are ready, and refuses whoever has read an older
 * one. That is the sum of the first four back-offs of 5, 10, 20 and 40 ms.
 */
const conflictTime = 75

const holdOf = ({ grownAt }: DeploymentRecord): Instant =>
  grownAt === undefined ? instant(0) : later(grownAt, conflictTime)

const removeDeployment = (edit: MemoryEdit, { name, isOrphaning }: DeploymentRecord): void => {
  for (const set of setsIn(edit, name)) {
    putSet(edit, {
      ...set,
      ...(isOrphaning === true
        ? { deployment: undefined, isControlled: false }
        : { isDeleted: true }),
    })
    edit.dirtySets.add(set.name)
  }
  putDeployment(edit, name, undefined)
  edit.dues.set(titleOfDeployment(name), undefined)
  edit.gone.add(titleOfDeployment(name))
}

/** The ReplicaSets of a Deployment, the oldest first. */
export const setsIn = (edit: MemoryEdit, name: string): readonly ReplicaSetRecord[] =>
  setsOfDeployment(edit, name)
    .flatMap((one) => setIn(edit, one) ?? [])
    .filter(({ isDeleted }) => !isDeleted)
    .sort(byAge)

/** The ReplicaSet of the present template, the oldest one, and the others. */
const splitSets = (
  edit: MemoryEdit,
  { name, template }: DeploymentRecord,
): {
  readonly newSet: ReplicaSetRecord | undefined
  readonly old: readonly ReplicaSetRecord[]
} => {
  const all = setsIn(edit, name)
  const newSet = all.find((set) => set.template.text === template.text)
  return { newSet, old: all.filter((set) => set !== newSet) }
}

const recreatesPods = ({ strategy }: DeploymentRecord): boolean => strategy.type === 'Recreate'

const boundsOf = (deployment: DeploymentRecord): RolloutBounds => ({
  replicas: deployment.replicas,
  ...(recreatesPods(deployment)
    ? { surge: 0, unavailable: 0 }
    : fencepostsOf(deployment.strategy.rollingUpdate, deployment.replicas)),
})

const sizedSet = (set: ReplicaSetRecord): SizedSet => ({ ...set, available: availableOf(set) })

/** Says that a Deployment is paused, or resumed; a missed deadline stays said. */
const withPause = (edit: MemoryEdit, deployment: DeploymentRecord): DeploymentRecord => {
  const { isPaused, progress, deadline } = deployment
  const wasPaused = progress?.reason === 'DeploymentPaused'
  if (deadline === undefined || progress?.reason === 'ProgressDeadlineExceeded') return deployment
  if (isPaused === wasPaused) return deployment
  return withProgress(edit, deployment, isPaused ? 'DeploymentPaused' : 'DeploymentResumed')
}

const withProgress = (
  edit: MemoryEdit,
  deployment: DeploymentRecord,
  reason: ProgressReason,
): DeploymentRecord => {
  const next = { ...deployment, progress: condition(reason, edit.now) }
  putDeployment(edit, deployment.name, next)
  return next
}

/** A ReplicaSet with pods was scaled when the Deployment had another size. */
const isResized = (edit: MemoryEdit, { name, replicas }: DeploymentRecord): boolean =>
  setsIn(edit, name).some(
    (set) =>
      set.replicas > 0 && set.desiredReplicas !== undefined && set.desiredReplicas !== replicas,
  )

const resize = (edit: MemoryEdit, deployment: DeploymentRecord): void => {
  const found = splitSets(edit, deployment)
  const newSet = found.newSet === undefined ? undefined : followDeployment(edit, deployment, found)
  const sizes = resizedSets(
    {
      bounds: boundsOf(deployment),
      isRolling: !recreatesPods(deployment),
      counted: deployment.status.replicas,
    },
    found.old.map(sizedSet),
    newSet === undefined ? undefined : sizedSet(newSet),
  )
  const hasGrown = found.old.some((set) => (sizes.get(set.name) ?? 0) > set.replicas)
  scaleAll(edit, deployment, sizes)
  if (hasGrown)
    putDeployment(edit, deployment.name, {
      ...deploymentIn(edit, deployment.name)!,
      grownAt: edit.now,
    })
}

/** Gives ReplicaSets their sizes, and notes of each for which size of the Deployment. */
const scaleAll = (edit: MemoryEdit, deployment: DeploymentRecord, sizes: SetSizes): void => {
  const { replicas, surge } = boundsOf(deployment)
  for (const [name, size] of sizes) {
    const set = setIn(edit, name)!
    const isSame =
      set.replicas === size &&
      set.desiredReplicas === replicas &&
      set.maxReplicas === replicas + surge
    if (isSame) continue
    putSet(edit, {
      ...{ ...set, replicas: size },
      ...{ desiredReplicas: replicas, maxReplicas: replicas + surge },
    })
    edit.dirtySets.add(name)
  }
}

/** Brings the new ReplicaSet's revision and `minReadySeconds` up to date. */
const followDeployment = (
  edit: MemoryEdit,
  { name, minReady }: DeploymentRecord,
  { newSet, old }: ReturnType<typeof splitSets>,
): ReplicaSetRecord => {
  const set = newSet!
  const revision = Math.max(set.revision, nextRevision(old))
  if (set.revision !== revision || set.minReady !== minReady) {
    putSet(edit, { ...set, revision, minReady })
    if (set.minReady !== minReady) recountSet(edit, set.name)
    edit.dirtySets.add(set.name)
  }
  const deployment = deploymentIn(edit, name)!
  const hasNoProgress = deployment.deadline !== undefined && deployment.progress === undefined
  const next = hasNoProgress ? withProgress(edit, deployment, 'FoundNewReplicaSet') : deployment
  if (next.revision !== revision) putDeployment(edit, name, { ...next, revision })
  return setIn(edit, set.name)!
}

const nextRevision = (old: readonly ReplicaSetRecord[]): number =>
  old.reduce((last, { revision }) => Math.max(last, revision), 0) + 1

/** The ReplicaSet of the present template; made, where there is none. */
const presentSet = (
  edit: MemoryEdit,
  deployment: DeploymentRecord,
): ReplicaSetRecord | undefined => {
  const found = splitSets(edit, deployment)
  if (found.newSet !== undefined) return followDeployment(edit, deployment, found)
  const { template, selector } = deployment
  const name = `${deployment.name}-${template.hash}`
  // Another template has the same hash, or the ReplicaSet is another's.
  if (setIn(edit, name) !== undefined) return undefined
  const bounds = boundsOf(deployment)
  const revision = nextRevision(found.old)
  const made: ReplicaSetRecord = {
    ...{ name, namespace: deployment.namespace, deployment: deployment.name },
    ...{ isControlled: true, isDeleted: false, labels: template.labels, template, revision },
    selector:
      selector === undefined
        ? undefined
        : alsoAsking(selector, new Map([['pod-template-hash', template.hash]])),
    minReady: deployment.minReady,
    created: edit.now,
    replicas: recreatesPods(deployment) ? bounds.replicas : newSetSize(bounds, found.old, 0),
    desiredReplicas: bounds.replicas,
    maxReplicas: bounds.replicas + bounds.surge,
    ...{ members: new Map(), memberCount: 0, ready: 0, leaving: 0, waiting: [] },
    ...{ ripening: new Map(), ripeningCount: 0 },
  }
  putSet(edit, made)
  edit.dirtySets.add(name)
  const now = deploymentIn(edit, deployment.name)!
  const begun = now.deadline === undefined ? now : withProgress(edit, now, 'NewReplicaSetCreated')
  putDeployment(edit, now.name, { ...begun, revision })
  return made
}

const roll = (edit: MemoryEdit, deployment: DeploymentRecord): void => {
  const newSet = presentSet(edit, deployment)
  if (newSet === undefined) return
  const { old } = splitSets(edit, deployment)
  const bounds = boundsOf(deployment)
  const size = newSetSize(bounds, old, newSet.replicas)
  const sizes =
    size === newSet.replicas
      ? oldSetSizes(bounds, old.map(sizedSet), sizedSet(newSet))
      : new Map([[newSet.name, size]])
  scaleAll(edit, deployment, sizes)
  if (sizes.size === 0 && hasCompleted(deployment)) clearHistory(edit, deployment)
}

const recreate = (edit: MemoryEdit, deployment: DeploymentRecord): void => {
  const { newSet, old } = splitSets(edit, deployment)
  if (newSet !== undefined) followDeployment(edit, deployment, { newSet, old })
  const shrinking = old.filter(({ replicas }) => replicas > 0)
  if (shrinking.length > 0) {
    scaleAll(edit, deployment, new Map(shrinking.map(({ name }) => [name, 0])))
    return
  }
  if (old.some((set) => actualOf(set) > 0 || set.leaving > 0)) return
  const present = presentSet(edit, deployment)
  if (present === undefined) return
  if (present.replicas !== deployment.replicas)
    scaleAll(edit, deployment, new Map([[present.name, deployment.replicas]]))
  if (hasCompleted(deployment)) clearHistory(edit, deployment)
}

/** Whether the status that was counted last is that of a complete rollout of the present spec. */
const hasCompleted = ({ status, replicas, isObserved }: DeploymentRecord): boolean =>
  isObserved && isComplete(status, replicas)

/**
 * Removes old ReplicaSets without pods, those of the lowest revisions, beyond the revision history
 * limit, when a rollout is complete.
 */
const clearHistory = (edit: MemoryEdit, deployment: DeploymentRecord): void => {
  const { old } = splitSets(edit, deployment)
  const surplus = old.length - deployment.historyLimit
  if (surplus <= 0) return
  const oldest = [...old].sort((a, b) => a.revision - b.revision || byAge(a, b)).slice(0, surplus)
  for (const set of oldest) if (set.replicas === 0 && actualOf(set) === 0) removeSet(edit, set)
}

/** The status as the ReplicaSets of a Deployment give it. */
export const statusOfSets = (
  all: readonly ReplicaSetRecord[],
  newSet: ReplicaSetRecord | undefined,
): RolloutStatus => ({
  replicas: sumOver(all, actualOf),
  updated: newSet === undefined ? 0 : actualOf(newSet),
  ready: sumOver(all, ({ ready }) => ready),
  available: sumOver(all, availableOf),
})

/** The sum of a number of each ReplicaSet. */
export const sumOver = (
  sets: readonly ReplicaSetRecord[],
  numberOf: (set: ReplicaSetRecord) => number,
): number => sets.reduce((sum, set) => sum + numberOf(set), 0)

const setStatus = (edit: MemoryEdit, name: string, isEstimated: boolean): void => {
  const deployment = deploymentIn(edit, name)!
  const { newSet, old } = splitSets(edit, deployment)
  const status = statusOfSets([...old, ...(newSet === undefined ? [] : [newSet])], newSet)
  const { replicas: desired, deadline } = deployment
  const failing = newSet === undefined ? old : [newSet, ...old]
  const [found] = failing.flatMap((set) => refusalIn(edit, titleOfSet(set.name)) ?? [])
  const failure = isEstimated ? found?.message : deployment.failure
  const progress = isEstimated
    ? progressAfter(deployment.progress, deployment.status, status, {
        ...{ desired, deadline, now: edit.now },
      })
    : deployment.progress
  const isSame =
    deployment.isObserved &&
    deployment.progress === progress &&
    deployment.failure === failure &&
    isEqualStatus(deployment.status, status)
  if (isSame) return
  const { failure: _, ...rest } = deployment
  putDeployment(edit, name, {
    ...{ ...rest, status, progress, isObserved: true },
    ...(failure === undefined ? {} : { failure }),
  })
}

const isEqualStatus = (one: RolloutStatus, other: RolloutStatus): boolean =>
  one.replicas === other.replicas &&
  one.updated === other.updated &&
  one.ready === other.ready &&
  one.available === other.available

/** Wakes the Deployment when its deadline has passed. */
const setDue = (edit: MemoryEdit, name: string): void => {
  const deployment = deploymentIn(edit, name)!
  const { progress, status, replicas, deadline } = deployment
  const times = [holdOf(deployment), deadlineOf(progress, status, { desired: replicas, deadline })]
  const [due] = times
    .filter((at): at is Instant => at !== undefined && at > edit.now)
    .sort((one, other) => one - other)
  edit.dues.set(titleOfDeployment(name), due)
}
