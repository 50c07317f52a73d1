/**
 * Simulates the kubelets in a history (a list of steps done to a cluster). Gives each pod that has
 * a node the status that the history prescribes, and ends deleted pods. The kubelet of a node that
 * is not ready only ends pods; a silent kubelet does nothing.
 */
import { byCodeUnit } from '@stowage/kernel'
import type { ReplicaId } from '@stowage/kernel'
import type { KubeletRule } from './line.js'
import {
  happen,
  objectReport,
  shownIn,
  templateOf,
  type UntimedEvent,
  type HistoryWorld,
  type ShownPod,
} from './world.js'

type LivePod = ShownPod & { readonly replica: ReplicaId; readonly name: string }

/** Replaces the rules; pods that run follow the new ones. */
export const followRules = (world: HistoryWorld, rules: readonly KubeletRule[]): void => {
  world.rules = rules
  world.matched = new Map()
  world.lookAt ??= world.now
}

/** Looks at all pods once. */
export const lookAtPods = (world: HistoryWorld): void => {
  world.lookAt = undefined
  const live = shownIn(world).pods.filter(
    (pod): pod is LivePod => pod.replica !== undefined && pod.node !== undefined,
  )
  const names = [...live].sort((one, other) => byCodeUnit(one.name, other.name))
  const events = names.flatMap((pod) => eventsOf(world, pod))
  if (events.length > 0) happen(world, ...events)
}

const eventsOf = (world: HistoryWorld, pod: LivePod): readonly UntimedEvent[] => {
  const node = world.nodes.get(pod.node!)
  if (node === undefined || node.silentSince !== undefined) return []
  if (pod.isLeaving) return endOf(pod)
  if (node.ready !== 'True') return []
  const { then = 'Ready', exitCode = 1 } = ruleOf(world, pod) ?? {}
  const about = (report: object): UntimedEvent => objectReport('Pod', pod.name, report)
  switch (then) {
    case 'Ready':
    case 'Unready': {
      const ready = then === 'Ready'
      if (pod.phase === 'Running' && pod.isReady === ready) return []
      const report = about({ phase: 'Running', ready })
      if (world.started.has(pod.replica)) return [report]
      world.started.add(pod.replica)
      return [report, { _tag: 'ReplicaRunning', replica: pod.replica }]
    }
    case 'Waiting':
      return pod.phase === 'Pending' ? [] : [about({ phase: 'Pending', ready: false })]
    default: {
      const code = then === 'Failed' ? exitCode : 0
      const { name, owner, revision, index, labels } = pod
      world.ended.push({ name, owner, revision, index, labels, phase: then, node: pod.node! })
      const containers = containersOf(world, pod).map((one) => ({ name: one.name, exitCode: code }))
      return [about({ phase: then, containers })]
    }
  }
}

/** A deleted pod ends; one that had ended by itself stays stored unless its owner deletes it. */
const endOf = (pod: LivePod): readonly UntimedEvent[] => [
  { _tag: 'ReplicaStopped', replica: pod.replica },
]

const ruleOf = (world: HistoryWorld, pod: LivePod): KubeletRule | undefined => {
  const labels = new Map(pod.labels)
  if (pod.index !== undefined)
    labels.set('batch.kubernetes.io/job-completion-index', String(pod.index))
  return world.rules.find((rule) => {
    const { name, image, node, times = 0 } = rule
    const isLabelled = Object.entries(rule.labels ?? {}).every(
      ([key, value]) => labels.get(key) === value,
    )
    if (!isLabelled || !(name === undefined || pod.name.endsWith(`/${name}`))) return false
    const containers = containersOf(world, pod)
    if (image !== undefined && containers.every((one) => one.image !== image)) return false
    if ((node ?? pod.node) !== pod.node) return false
    const known = world.matched.get(rule) ?? new Set<number>()
    world.matched.set(rule, known)
    if (times === 0 || known.has(pod.replica)) return true
    return known.size < times && known.add(pod.replica).size > 0
  })
}

const containersOf = (world: HistoryWorld, pod: LivePod) =>
  templateOf(world, pod).spec?.containers ?? []
