/**
 * All that was read, made ready for planning: nodes by name, what wants pods, and the pods that are placed already.
 */
import {
  byCodeUnit,
  shown,
  type BadDocument,
  type Document,
  type Ignored,
  type Warning,
} from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { contradictions, withDefaults } from '../admission/admit.js'
import type { Node } from '../words/node.js'
import { joined, readObjects, type KubernetesObject } from '../words/object.js'
import { topOwners } from './owners.js'
import { prioritiesOf } from './priority.js'
import { fullName, titleOf, workloadOf, type Workload } from './workload.js'

/** So many pods of a workload that still need a node. */
export interface Wanting extends Workload {
  readonly priority: number
}

/** A pod on a node; `name` is that of the workload at the top of its owners. */
export interface Running extends Wanting {
  readonly nodeName: string
  readonly leaving: boolean
}

export interface KubernetesInput {
  readonly nodes: readonly Node[]
  /** By name, in code-unit order. */
  readonly wanting: readonly Wanting[]
  readonly running: readonly Running[]
  readonly warnings: readonly Warning[]
  readonly ignored: readonly Ignored[]
}

/** Reads documents; all that is wrong with them comes back together, and then nothing else does. */
export const readKubernetes = (
  documents: readonly Document[],
): E.Either<readonly BadDocument[], KubernetesInput> => {
  const { objects, ignored, bad } = joined(documents.map((document) => readObjects(document)))
  const workloads = objects.flatMap(alive).map(admitted)
  const wrong = [...bad, ...repeated(objects), ...workloads.flatMap(contradicting)]
  if (wrong.length > 0) return E.left(wrong)
  const priorities = prioritiesOf(objects)
  const known = workloads.map((workload) => ({ ...workload, ...priorities.of(workload) }))
  return E.right({
    nodes: objects.flatMap((found) => (found.kind === 'Node' ? [found.object] : [])),
    ...shared(known),
    warnings: [...known.flatMap(notHonoured), ...priorities.unknown(workloads)],
    ignored,
  })
}

/** Pods that have ended are nothing to the scheduler. */
const alive = (found: KubernetesObject): readonly Workload[] => {
  if (found.kind === 'Node' || found.kind === 'PriorityClass') return []
  const phase = found.kind === 'Pod' ? found.object.status?.phase : undefined
  return phase === 'Succeeded' || phase === 'Failed' ? [] : [workloadOf(found)]
}

const admitted = (workload: Workload): Workload => ({
  ...workload,
  spec: withDefaults(workload.spec),
})

const contradicting = ({ from, spec, at }: Workload): readonly BadDocument[] =>
  contradictions(spec, at).map((malformed) => ({ ...malformed, from }))

/** Objects of one kind that share a name: which of them was meant can not be known. */
const repeated = (objects: readonly KubernetesObject[]): readonly BadDocument[] => {
  const first = new Map<string, string>()
  return objects.flatMap(({ kind, from, at, object }) => {
    const name = kind === 'Node' ? object.metadata.name : fullName(object.metadata)
    const title = `${kind} ${name}`
    const before = first.get(title)
    if (before === undefined) {
      first.set(title, from)
      return []
    }
    return [
      {
        from,
        at: [...at, 'metadata', 'name'],
        found: shown(object.metadata.name),
        expected: `a name of its own: ${title} is also in ${before}`,
      },
    ]
  })
}

/** Pods on nodes, and what is still wanted: replicas that exist are taken off their owner's number. */
const shared = (workloads: readonly Wanting[]): Pick<KubernetesInput, 'wanting' | 'running'> => {
  const topOf = topOwners(workloads)
  const named = (pod: Wanting): Wanting => {
    const top = topOf(pod)
    return { ...pod, kind: top.kind, name: top.name }
  }
  const pods = workloads.filter(({ kind }) => kind === 'Pod')
  const existing = new Map<string, number>()
  for (const pod of pods)
    if (topOf(pod) !== pod)
      existing.set(titleOf(topOf(pod)), (existing.get(titleOf(topOf(pod))) ?? 0) + 1)
  const tops = workloads
    .filter((workload) => workload.kind !== 'Pod' && topOf(workload) === workload)
    .map((top) => ({ ...top, count: without(top.count, existing.get(titleOf(top)) ?? 0) }))
  const pending = pods
    .filter((pod) => !isPlaced(pod.spec.nodeName) && !isOfDaemonSet(pod, topOf))
    .map(named)
  return {
    wanting: [...tops, ...pending].sort((a, b) => byCodeUnit(sortKey(a), sortKey(b))),
    running: pods.flatMap((pod) => {
      const { nodeName } = pod.spec
      if (nodeName === undefined || !isPlaced(nodeName)) return []
      const leaving = pod.metadata.deletionTimestamp !== undefined
      return [{ ...named(pod), nodeName, leaving }]
    }),
  }
}

/** A DaemonSet asks for its pods node by node, so those that wait for a node are not counted again. */
const isOfDaemonSet = (pod: Wanting, topOf: (pod: Workload) => Workload): boolean =>
  topOf(pod) !== pod && topOf(pod).kind === 'DaemonSet'

const isPlaced = (nodeName: string | undefined): boolean =>
  nodeName !== undefined && nodeName !== ''

const without = (count: Workload['count'], existing: number): Workload['count'] =>
  count === 'one per node' ? count : Math.max(0, count - existing)

const sortKey = (workload: Workload): string =>
  [workload.name, workload.kind, fullName(workload.metadata)].join(' ')

const notHonoured = (workload: Workload): readonly Warning[] =>
  workload.notHonoured.map((path) => ({
    from: workload.from,
    subject: titleOf(workload),
    text: `${path} is read but not honoured yet`,
  }))
