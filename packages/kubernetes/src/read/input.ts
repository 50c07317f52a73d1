/**
 * Reads Kubernetes documents into the input of a plan: nodes, workloads with pending pods, running
 * pods, and what the rules of pods depend on beside the pod (such as services and storage).
 */
import {
  collectAll,
  duplicates,
  ignoredOrder,
  warningOrder,
  type DocumentFault,
  type Ignored,
  type SourceDocument,
} from '@stowage/documents'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import { byCodeUnit, shown } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { contradictions, withPodDefaults } from '../admission/admit.js'
import type { Profile } from '../plugin/profile.js'
import type { Surroundings } from '../surroundings/surroundings.js'
import type { Budget } from '../preempt/budget.js'
import type { Node } from '../words/node.js'
import { joined, readObjects, type Kind, type KubernetesObject } from '../words/object.js'
import type { Pod } from '../words/pod.js'
import { prioritiesOf } from '../workload/priority.js'
import { isPlaced, shared, type RunningPod, type PendingWorkload } from '../workload/share.js'
import { around } from './around.js'
import { budgetsIn } from './budgets.js'
import { configured, isConfigurationDocument, type ConfiguredProfiles } from './configured.js'
import { withOwners } from '../workload/owner-selector.js'
import {
  fullName,
  isWorkload,
  titleOf,
  workloadOf,
  type KubernetesWorkload,
} from '../workload/workload.js'
import type { KubernetesWarning } from '../words/warning.js'

/** A pod that schedulers ignore: it has ended, or was deleted before it had a node. */
export interface EndedPod {
  readonly name: string
  readonly phase: string
}

/**
 * The input of a plan. Nodes, workloads with pending pods and running pods are sorted by name in
 * code-unit order, whatever the order of the documents.
 */
export interface KubernetesInput {
  readonly nodes: readonly Node[]
  readonly pending: readonly PendingWorkload[]
  readonly running: readonly RunningPod[]
  /**
   * Pending pods of a DaemonSet that is an object too, and already requests a pod for each node.
   */
  readonly repeated: readonly PendingWorkload[]
  readonly ended: readonly EndedPod[]
  readonly around: Surroundings
  readonly budgets: readonly Budget[]
  /** By schedulerName. */
  readonly profiles: ReadonlyMap<string, Profile>
  readonly warnings: readonly KubernetesWarning[]
  readonly ignored: readonly Ignored[]
}

/**
 * Reads objects and at most one KubeSchedulerConfiguration. A `Left` lists every error with its
 * document and path, and nothing is read then.
 */
export const readKubernetes = (
  documents: readonly SourceDocument[],
): E.Either<readonly DocumentFault[], KubernetesInput> => {
  const configuration = configured(documents.filter(isConfigurationDocument))
  const others = documents.filter((document) => !isConfigurationDocument(document))
  const { objects, ignored, bad } = joined(others.map((document) => readObjects(document)))
  const workloads = objects.flatMap(wantsPods).map(admitted)
  const wrong = [...bad, ...duplicateObjects(objects), ...workloads.flatMap(contradicting)]
  const faultless: E.Either<readonly DocumentFault[], readonly KubernetesWorkload[]> =
    wrong.length > 0 ? E.left(wrong) : E.right(workloads)
  return pipe(
    collectAll([configuration, faultless]),
    E.map(([profiles, pods]) => ({
      ...inputOf(objects, pods, profiles),
      ignored: RA.sort(ignoredOrder)(ignored),
    })),
  )
}

/** The input of admitted workloads, among objects that are free of faults. */
const inputOf = (
  objects: readonly KubernetesObject[],
  workloads: readonly KubernetesWorkload[],
  { profiles, warnings }: ConfiguredProfiles,
): Omit<KubernetesInput, 'ignored'> => {
  const priorities = prioritiesOf(objects)
  const known = workloads.map(priorities.admit)
  const shares = shared(withOwners(known, objects))
  const nodes = nodesByName(objects)
  return {
    nodes,
    ...shares,
    ended: objects.flatMap(endedIn),
    around: around(objects, nodes, [...shares.pending, ...shares.repeated, ...shares.running]),
    budgets: budgetsIn(objects),
    profiles,
    warnings: RA.sort(warningOrder)([
      ...warnings,
      ...known.flatMap(notHonoured),
      ...priorities.unknown(workloads),
    ]),
  }
}

const nodesByName = (objects: readonly KubernetesObject[]): readonly Node[] =>
  objects
    .flatMap((found) => (found.kind === 'Node' ? [found.object] : []))
    .sort((a, b) => byCodeUnit(a.metadata.name, b.metadata.name))

const wantsPods = (found: KubernetesObject): readonly KubernetesWorkload[] => {
  if (!isWorkload(found)) return []
  return found.kind === 'Pod' && !isAlive(found.object) ? [] : [workloadOf(found)]
}

/**
 * Whether the scheduler counts the pod: it has not ended, and was not deleted before it had a node.
 */
const isAlive = ({ metadata, spec, status }: Pod): boolean =>
  status?.phase !== 'Succeeded' &&
  status?.phase !== 'Failed' &&
  (metadata.deletionTimestamp === undefined || isPlaced(spec.nodeName))

const endedIn = (found: KubernetesObject): readonly EndedPod[] =>
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

const admitted = (workload: KubernetesWorkload): KubernetesWorkload => ({
  ...workload,
  spec: withPodDefaults(workload.spec, workload.labels),
})

const contradicting = (workload: KubernetesWorkload): readonly DocumentFault[] => {
  const { from, at, labels } = workload
  return contradictions(workload, at, labels).map((malformed) => ({ ...malformed, from }))
}

/** Cluster-scoped kinds. */
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

/** Reports objects of one kind that share a name, because references to them are ambiguous. */
const duplicateObjects = (objects: readonly KubernetesObject[]): readonly DocumentFault[] =>
  duplicates(objects, objectTitle).map(({ item, first }) => ({
    from: item.from,
    at: [...item.at, 'metadata', 'name'],
    found: shown(item.object.metadata.name),
    expected: `a name of its own: ${objectTitle(item)} is also in ${first.from}`,
  }))

const objectTitle = ({ kind, object: { metadata } }: KubernetesObject): string =>
  `${kind} ${(global as readonly Kind[]).includes(kind) ? metadata.name : fullName(metadata)}`

const notHonoured = (workload: KubernetesWorkload): readonly KubernetesWarning[] =>
  workload.notHonoured.map((path) => ({
    code: 'FieldNotHonoured',
    from: workload.from,
    subject: titleOf(workload),
    text: `${path} is read but not honoured yet`,
  }))
