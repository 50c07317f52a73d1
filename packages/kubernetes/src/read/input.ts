/**
 * All that was read, made ready for planning: nodes by name, what wants pods, and the pods that are
 * placed already.
 */
import {
  byCodeUnit,
  inOrderOfKind,
  inOrderOfText,
  shown,
  type BadDocument,
  type Document,
  type Ignored,
  type Warning,
} from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { contradictions, withDefaults } from '../admission/admit.js'
import type { Profile } from '../plugin/profile.js'
import type { Surroundings } from '../surroundings/surroundings.js'
import type { Budget } from '../preempt/budget.js'
import type { Node } from '../words/node.js'
import { joined, readObjects, type Kind, type KubernetesObject } from '../words/object.js'
import type { Pod } from '../words/pod.js'
import { prioritiesOf } from '../workload/priority.js'
import { isPlaced, shared, type Running, type Wanting } from '../workload/share.js'
import { around } from './around.js'
import { budgetsIn } from './budgets.js'
import { configured, isConfigurationDocument } from './configured.js'
import { withOwners } from '../workload/owner-selector.js'
import { fullName, isWanting, titleOf, workloadOf, type Workload } from '../workload/workload.js'

/**
 * A pod to which no scheduler pays heed any more: it has ended, or was deleted before it had a
 * node.
 */
export interface Ended {
  readonly name: string
  readonly phase: string
}

/**
 * Nodes, what wants pods and running pods are by name, in code-unit order, whatever the order of
 * the documents.
 */
export interface KubernetesInput {
  readonly nodes: readonly Node[]
  readonly wanting: readonly Wanting[]
  readonly running: readonly Running[]
  /** Pods that wait for a node for which their DaemonSet, which is there, asks anyway. */
  readonly repeated: readonly Wanting[]
  readonly ended: readonly Ended[]
  readonly around: Surroundings
  readonly budgets: readonly Budget[]
  /** By the name that pods call a scheduler by. */
  readonly profiles: ReadonlyMap<string, Profile>
  readonly warnings: readonly Warning[]
  readonly ignored: readonly Ignored[]
}

/** Reads documents; all that is wrong with them comes back together, and then nothing else does. */
export const readKubernetes = (
  documents: readonly Document[],
): E.Either<readonly BadDocument[], KubernetesInput> => {
  const configuration = configured(documents.filter(isConfigurationDocument))
  const others = documents.filter((document) => !isConfigurationDocument(document))
  const { objects, ignored, bad } = joined(others.map((document) => readObjects(document)))
  const workloads = objects.flatMap(wantsPods).map(admitted)
  const wrong = [
    ...(E.isLeft(configuration) ? configuration.left : []),
    ...bad,
    ...repeated(objects),
    ...workloads.flatMap(contradicting),
  ]
  if (wrong.length > 0 || E.isLeft(configuration)) return E.left(wrong)
  const priorities = prioritiesOf(objects)
  const known = workloads.map(priorities.admit)
  const shares = shared(withOwners(known, objects))
  const nodes = nodesByName(objects)
  return E.right({
    nodes,
    ...shares,
    ended: objects.flatMap(endedIn),
    around: around(objects, nodes, [...shares.wanting, ...shares.repeated, ...shares.running]),
    budgets: budgetsIn(objects),
    profiles: configuration.right.profiles,
    warnings: inOrderOfText([
      ...configuration.right.warnings,
      ...known.flatMap(notHonoured),
      ...priorities.unknown(workloads),
    ]),
    ignored: inOrderOfKind(ignored),
  })
}

const nodesByName = (objects: readonly KubernetesObject[]): readonly Node[] =>
  objects
    .flatMap((found) => (found.kind === 'Node' ? [found.object] : []))
    .sort((a, b) => byCodeUnit(a.metadata.name, b.metadata.name))

const wantsPods = (found: KubernetesObject): readonly Workload[] => {
  if (!isWanting(found)) return []
  return found.kind === 'Pod' && !isAlive(found.object) ? [] : [workloadOf(found)]
}

/**
 * Pods that have ended are nothing to the scheduler, nor are those that were deleted before they
 * had a node.
 */
const isAlive = ({ metadata, spec, status }: Pod): boolean =>
  status?.phase !== 'Succeeded' &&
  status?.phase !== 'Failed' &&
  (metadata.deletionTimestamp === undefined || isPlaced(spec.nodeName))

const endedIn = (found: KubernetesObject): readonly Ended[] =>
  found.kind !== 'Pod' || isAlive(found.object)
    ? []
    : [
        {
          name: fullName(found.object.metadata),
          phase:
            found.object.metadata.deletionTimestamp === undefined
              ? (found.object.status?.phase ?? '')
              : 'deleted',
        },
      ]

const admitted = (workload: Workload): Workload => ({
  ...workload,
  spec: withDefaults(workload.spec, workload.labels),
})

const contradicting = (workload: Workload): readonly BadDocument[] => {
  const { from, at, labels } = workload
  return contradictions(workload, at, labels).map((malformed) => ({ ...malformed, from }))
}

/** Kinds whose objects are in no namespace. */
const global = [
  'Node',
  'PriorityClass',
  'Namespace',
  'PersistentVolume',
  'StorageClass',
  'CSINode',
  'CSIDriver',
  'VolumeAttachment',
] as const satisfies readonly Kind[]

/** Objects of one kind that share a name: which of them was meant can not be known. */
const repeated = (objects: readonly KubernetesObject[]): readonly BadDocument[] => {
  const first = new Map<string, string>()
  return objects.flatMap(({ kind, from, at, object }) => {
    const name = (global as readonly Kind[]).includes(kind)
      ? object.metadata.name
      : fullName(object.metadata)
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

const notHonoured = (workload: Workload): readonly Warning[] =>
  workload.notHonoured.map((path) => ({
    from: workload.from,
    subject: titleOf(workload),
    text: `${path} is read but not honoured yet`,
  }))
