/**
 * Performs the requests in one step of a history (a list of steps done to a cluster), such as
 * deletes, applies and evictions, and returns what the API server answers.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pathOf, type StepFault } from '@stowage/kernel'
import { readObjects, workloadRules } from '@stowage/kubernetes'
import type { SettleRequest, SettleTarget } from './line.js'
import { applyManifest, headOf, surroundingKinds, type AppliedObject } from './manifests.js'
import { applyNode, deleteNode } from './nodes.js'
import {
  advanceOver,
  happen,
  namespace,
  noteTemplate,
  objectReport,
  shownIn,
  type NodeManifest,
  type HistoryWorld,
} from './world.js'

/** The kinds that the controllers take reports of. */
const reportedKinds = [
  ...['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Pod'],
  'PersistentVolumeClaim',
]

/** Applies a manifest. */
export const applyRequest = (world: HistoryWorld, manifest: unknown): SettleRequest => {
  const { kind, name } = headOf(manifest)
  const request = { verb: 'apply', kind, name }
  if (kind === 'Node') {
    applyNode(world, manifest as NodeManifest)
    return request
  }
  const applied = applyManifest(world.objects, manifest)
  if (E.isLeft(applied)) {
    const { code, reason, message } = applied.left
    return { ...request, refused: { code, reason, message } }
  }
  const fault = storeObject(world, applied.right)
  return fault === undefined ? request : { ...request, refused: unreadable(fault) }
}

/** What the controllers cannot read, although admission could. */
const unreadable = (fault: StepFault): NonNullable<SettleRequest['refused']> => ({
  ...{ code: 400, reason: 'BadRequest' },
  message: `${pathOf(fault.at)}: found ${fault.found}, expected ${fault.expected}`,
})

const storeObject = (world: HistoryWorld, object: AppliedObject): StepFault | undefined => {
  const { kind, name, stored, manifest } = object
  world.objects = new Map([...world.objects, [`${kind} ${name}`, object]])
  if (surroundingKinds.includes(kind)) {
    world.advance = advanceOver(world.objects)
    happen(world, { _tag: 'ClockAdvanced' })
  }
  if (kind === 'PodDisruptionBudget') readBudgets(world)
  if (!reportedKinds.includes(kind)) return undefined
  const known = shownIn(world).pods.find((pod) => pod.name === `${namespace}/${name}`)
  const source = kind === 'Job' ? manifest : stored
  const spec = source['spec'] as object
  const fault = happen(
    world,
    objectReport(kind, name, {
      ...{ ...source, metadata: { ...(source['metadata'] as object), namespace } },
      spec: kind === 'Pod' && known?.node !== undefined ? { ...spec, nodeName: known.node } : spec,
    }),
  )
  noteTemplate(world, stored, `${namespace}/${name}`)
  return fault
}

const readBudgets = (world: HistoryWorld): void => {
  const manifests = [...world.objects.values()].filter((one) => one.kind === 'PodDisruptionBudget')
  const before = new Map(world.budgets.map((budget) => [budget.name, budget.disrupted]))
  world.budgets = workloadRules.api
    .budgets(
      manifests.flatMap(({ stored }) => {
        const metadata = { ...(stored['metadata'] as object), namespace }
        return readObjects({ from: 'history', value: { ...stored, metadata } }).objects
      }),
    )
    .map((budget) => ({ ...budget, disrupted: before.get(budget.name) ?? budget.disrupted }))
}

/** Deletes what a target means. */
export const deleteRequests = (
  world: HistoryWorld,
  target: SettleTarget,
): readonly SettleRequest[] => {
  const { kind = 'Pod', name } = target
  if (kind === 'Pod')
    return podsOf(world, target).map((pod) => {
      const isKnown = deletePod(world, pod)
      return requestOf('delete', target, isKnown ? undefined : notFound('pods', pod.name))
    })
  const isKnown =
    kind === 'Node' ? deleteNode(world, name ?? '') : deleteObject(world, kind, target)
  const resource = kind === 'Node' ? 'nodes' : `${kind.toLowerCase()}s`
  return [requestOf('delete', target, isKnown ? undefined : notFound(resource, name ?? ''))]
}

const requestOf = (
  verb: string,
  { kind = 'Pod', name }: SettleTarget,
  refused?: SettleRequest['refused'],
): SettleRequest => ({
  ...{ verb, kind },
  ...(name === undefined ? {} : { name }),
  ...(refused === undefined ? {} : { refused }),
})

const notFound = (resource: string, name: string): NonNullable<SettleRequest['refused']> => ({
  ...{ code: 404, reason: 'NotFound', message: `${resource} "${name}" not found` },
})

const deleteObject = (
  world: HistoryWorld,
  kind: string,
  { name = '', propagation = 'Background' }: SettleTarget,
): boolean => {
  const key = `${kind} ${name}`
  const isShown = shownIn(world).objects.some((one) => one.kind === kind && one.name === name)
  if (!world.objects.has(key) && !isShown) return false
  const remaining = new Map(world.objects)
  remaining.delete(key)
  world.objects = remaining
  if (kind === 'PodDisruptionBudget') readBudgets(world)
  if (!reportedKinds.includes(kind)) return true
  const owned = (owner: string | undefined): boolean => owner === `${kind} ${name}`
  if (propagation === 'Orphan')
    world.ended = world.ended.map((pod) => (owned(pod.owner) ? { ...pod, owner: undefined } : pod))
  else world.ended = world.ended.filter((pod) => !owned(pod.owner))
  const options = { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: propagation }
  happen(world, objectReport(kind, name, propagation === 'Background' ? null : options))
  return true
}

/** What is meant of a pod. */
interface FoundPod {
  /** Namespace and name; of one that waits for a node, a stand-in. */
  readonly name: string
  readonly isReady: boolean
  readonly isWaiting: boolean
}

/** The pods that a target means: those that are not ready first, then by name. */
const podsOf = (world: HistoryWorld, target: SettleTarget): readonly FoundPod[] => {
  const { name, labels = {}, node, count = 0 } = target
  if (name !== undefined) return [{ name, isReady: false, isWaiting: false }]
  const found = [
    ...shownIn(world).pods.flatMap((pod) =>
      Array.from({ length: pod.count }, () => ({
        ...{ name: pod.name ?? '', isReady: pod.isReady, isWaiting: pod.replica === undefined },
        ...{ labels: pod.labels, node: pod.replica === undefined ? undefined : pod.node },
      })),
    ),
    ...world.ended.map((pod) => ({ ...pod, isReady: false, isWaiting: false })),
  ].filter(
    (pod) =>
      Object.entries(labels).every(([key, value]) => pod.labels.get(key) === value) &&
      (node ?? pod.node) === pod.node,
  )
  const sorted = found.sort(
    (one, other) => Number(one.isReady) - Number(other.isReady) || (one.name < other.name ? -1 : 1),
  )
  return count === 0 ? sorted : sorted.slice(0, count)
}

const fullName = (name: string): string => (name.includes('/') ? name : `${namespace}/${name}`)

/** Deletes a pod; its controller makes another for one that waits, so nothing changes. */
const deletePod = (world: HistoryWorld, { name, isWaiting }: FoundPod): boolean => {
  if (isWaiting) return true
  const full = fullName(name)
  const isEnded = world.ended.some((pod) => pod.name === full)
  if (isEnded) {
    world.ended = world.ended.filter((pod) => pod.name !== full)
    return true
  }
  if (!shownIn(world).pods.some((pod) => pod.name === full)) return false
  forgetApplied(world, name)
  happen(world, objectReport('Pod', full, null))
  return true
}

const forgetApplied = (world: HistoryWorld, name: string): void => {
  const remaining = new Map(world.objects)
  remaining.delete(`Pod ${name.slice(name.indexOf('/') + 1)}`)
  world.objects = remaining
}

/** Evicts what a target means, one pod after the other. */
export const evictRequests = (
  world: HistoryWorld,
  target: SettleTarget,
): readonly SettleRequest[] =>
  podsOf(world, target).map((pod) => requestOf('evict', target, evictPod(world, pod)))

const evictedCondition = {
  ...{ type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI' },
  message: 'Eviction API: evicting',
}

const evictPod = (world: HistoryWorld, pod: FoundPod): SettleRequest['refused'] => {
  const full = fullName(pod.name)
  const { replica } = shownIn(world).pods.find((one) => one.name === full) ?? {}
  const answer = workloadRules.api.evict(world.state, world.budgets, full)
  if (replica === undefined || answer === undefined)
    return deletePod(world, pod) ? undefined : notFound('pods', pod.name)
  switch (answer._tag) {
    case 'TooManyRequests':
      return {
        ...{ code: 429, reason: 'TooManyRequests' },
        message: "Cannot evict pod as it would violate the pod's disruption budget.",
      }
    case 'TwoBudgets':
      return {
        ...{ code: 500, reason: 'InternalError' },
        message:
          'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
      }
    default: {
      happen(world, objectReport('Pod', full, { conditions: [evictedCondition] }))
      forgetApplied(world, full)
      happen(world, objectReport('Pod', full, null))
      return undefined
    }
  }
}
