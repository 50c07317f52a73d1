/**
 * Reads Kubernetes documents into the input of a plan: nodes, workloads with pending pods, running
 * pods, and objects that rules read, such as services and storage.
 */
import {
  collectAll,
  ignoredOrder,
  nearestNames,
  warningOrder,
  type DocumentFault,
  type IgnoredDocument,
  type SourceDocument,
} from '@stowage/documents'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import { byCodeUnit, renderValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { unknownPlugins } from '../admission/plugin-name.js'
import type { Profile } from '../plugin/profile.js'
import { keysSelected, type Surroundings } from '../surroundings/surroundings.js'
import type { DisruptionBudget } from '../disruption/budget-status.js'
import type { Budget } from '../preempt/budget.js'
import type { Node } from '../words/node.js'
import {
  concatObjects,
  readObjects,
  type KubernetesObject,
  type Likeness,
} from '../words/object.js'
import { unknownFields, type UnknownField } from '../schema/unknown-fields.js'
import { priorityWarnings } from '../workload/priority.js'
import {
  indexOf,
  separateWorkloads,
  type RunningPod,
  type PendingWorkload,
} from '../workload/share.js'
import { admitObjects, type AdmittedObjects, type AdmittedWorkload } from './admitted.js'
import { settleClaims } from '../claim/settle.js'
import { claimWarnings } from '../claim/warning.js'
import { around, servicesIn } from './around.js'
import { assumedNodeWarnings, withAssumedNodes, type TypeNamed } from './csi-node.js'
import { storageIn } from './storage-around.js'
import { budgetsIn, disruptionBudgetsIn } from './budgets.js'
import { permittedObjects, type PermittedObjects } from './permitted.js'
import { withinQuota, withUnseenPods, type QuotaAccount } from './quotas.js'
import {
  configuredProfiles,
  isConfigurationDocument,
  type ConfiguredProfiles,
} from './configured.js'
import { withoutHooks } from './helm-hook.js'
import {
  ignoredKustomizations,
  isKustomization,
  kustomizationFaults,
  kustomizationWarnings,
} from './kustomization.js'
import { ownPartOf, sharingDecoder } from './likeness.js'
import { missingImages } from './images-missing.js'
import { scaledBounds } from './scaled-object.js'
import { distinctObjects, objectTitle } from './repeated.js'
import { topologyWarnings } from './topology-labels.js'
import { unappliedRules } from './unapplied-rules.js'
import { unknownWorkloads } from './unknown-workloads.js'
import { namespacesIn } from './namespaces.js'
import { endedIn, readWorkloads, type EndedPod } from './workloads.js'
import { withPausedSets } from '../deployment/paused.js'
import { withAdoption } from '../workload/adoption.js'
import { withOwners } from '../workload/owner-selector.js'
import { withAutoscaling } from '../workload/autoscaling.js'
import { displacePods } from '../workload/displaced.js'
import { countFaults } from '../workload/pod-count.js'
import { podAt, splitByIndex } from '../workload/replica.js'
import { revisionsIn, type Revisions } from '../workload/revision.js'
import {
  isAutomatic,
  rolloutWarning,
  rolloutsIn,
  withoutOutdatedPending,
  type Rollout,
} from '../workload/rollout.js'
import { suspendedIn, suspendedWarning } from '../workload/suspended.js'
import { fullName, titleOf, type KubernetesWorkload } from '../workload/workload.js'
import type { KubernetesWarning } from '../words/warning.js'

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
  /** Replacements of pods of an older template, which are to be planned. */
  readonly rollouts: readonly Rollout[]
  readonly budgets: readonly Budget[]
  /** The same by their spec, as their controller reads them. */
  readonly disruptionBudgets: readonly DisruptionBudget[]
  /** By schedulerName. */
  readonly profiles: ReadonlyMap<string, Profile>
  /** The quotas, with what all pods but those of DaemonSets use of them. */
  readonly quotas: QuotaAccount
  readonly warnings: readonly KubernetesWarning[]
  readonly ignored: readonly IgnoredDocument[]
}

/** What a reader changes about the cluster that the documents describe. */
export interface ReadingOptions {
  /** Names of nodes that are taken away. */
  readonly withoutNodes?: readonly string[]
  /** Whether pods of an older template are replaced, as their controllers are about to do. */
  readonly rollouts?: boolean
  /** Names of admission plugins that the cluster has on beside those that are on by default. */
  readonly plugins?: readonly string[]
  /** EC2 instance types by name, for what the documents do not say of nodes. */
  readonly typeNamed?: TypeNamed
}

/**
 * Reads objects and at most one KubeSchedulerConfiguration. A `Left` lists every error with its
 * document and path, and nothing is read then.
 *
 * @example
 * ```ts
 * import { readKubernetes } from '@stowage/kubernetes'
 *
 * const value = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 7 } }
 * const read = readKubernetes([{ from: 'pod.yaml', value }])
 * if (read._tag === 'Left') console.log(read.left[0]?.from, read.left[0]?.at)
 * ```
 * ```text
 * pod.yaml [ 'metadata', 'name' ]
 * ```
 */
export const readKubernetes = (
  documents: readonly SourceDocument[],
  options: ReadingOptions = {},
): E.Either<readonly DocumentFault[], KubernetesInput> => {
  const configuration = configuredProfiles(documents.filter(isConfigurationDocument))
  const kustomizations = documents.filter(isKustomization)
  const others = documents.filter(
    (document) => !isConfigurationDocument(document) && !isKustomization(document),
  )
  const decode = sharingDecoder()
  const decoded = others.map((one) => readObjects(one, [], decode))
  const { objects: allObjects, ignored, bad } = concatObjects(decoded)
  const hooked = withoutHooks(allObjects)
  const distinct = distinctObjects(hooked.objects, decode)
  const remaining = distinct.objects.filter((found) => !isWithout(found, options))
  const permitted = permittedObjects(remaining)
  const { objects, warnings: autoscaling } = withAutoscaling(
    permitted.objects,
    scaledBounds(others),
  )
  const revisions = revisionsIn(objects)
  const read = readWorkloads(objects, revisions)
  const admitted = admitObjects(read, options.plugins ?? [])
  const inObjects = [...bad, ...distinct.contradictions, ...admitted.faults]
  const wrong = [
    ...kustomizationFaults(kustomizations, inObjects),
    ...inObjects,
    ...unknownNodes(allObjects, options),
    ...unknownPlugins(options.plugins ?? []),
    ...countFaults(objects),
  ]
  const faultless: E.Either<readonly DocumentFault[], AdmittedObjects> =
    wrong.length > 0 ? E.left(wrong) : E.right(admitted)
  return pipe(
    collectAll([configuration, faultless]),
    E.map(([profiles, pods]) => ({
      ...inputOf(objects, pods, profiles, {
        ...options,
        revisions,
        permitted,
        read: read.flatMap(({ workloads }) => workloads),
        more: [
          ...hooked.warnings,
          ...distinct.warnings,
          ...permitted.warnings,
          ...autoscaling,
          ...unknownWorkloads(others, allObjects),
          ...unappliedRules(others),
          ...missingImages(read.flatMap(({ workloads }) => workloads)),
          ...kustomizationWarnings(kustomizations),
        ],
      }),
      ignored: RA.sort(ignoredOrder)([...ignored, ...ignoredKustomizations(kustomizations)]),
    })),
  )
}

interface InputOptions extends ReadingOptions {
  readonly revisions: Revisions
  readonly permitted: PermittedObjects
  /** The workloads before admission. */
  readonly read: readonly KubernetesWorkload[]
  /** Warnings about what became no workload. */
  readonly more: readonly KubernetesWarning[]
}

const isWithout = (found: KubernetesObject, { withoutNodes = [] }: ReadingOptions): boolean =>
  found.kind === 'Node' && withoutNodes.includes(found.object.metadata.name)

const unknownNodes = (
  objects: readonly KubernetesObject[],
  { withoutNodes = [] }: ReadingOptions,
): readonly DocumentFault[] => {
  const names = nodesByName(objects).map(({ metadata }) => metadata.name)
  return withoutNodes
    .filter((name) => !names.includes(name))
    .map((name) => {
      const near = nearestNames(name, names, name.length)
      const suggestion = near.length === 0 ? '' : `, such as ${near.join(', ')}`
      const expected = `the name of a node among the documents${suggestion}`
      return { from: '--without-node', at: [], found: renderValue(name), expected }
    })
}

/** The input of admitted workloads, among objects that are free of faults. */
const inputOf = (
  objects: readonly KubernetesObject[],
  { workloads, cluster }: AdmittedObjects,
  { profiles, warnings }: ConfiguredProfiles,
  {
    withoutNodes = [],
    rollouts: isPlanned = false,
    typeNamed = () => undefined,
    revisions,
    permitted,
    read,
    more,
  }: InputOptions,
): Omit<KubernetesInput, 'ignored'> => {
  const known = workloads.map((one) => withRefusal(one, permitted))
  const nodes = nodesByName(objects)
  const displaced = displacePods(
    withOwners(withAdoption(known, objects), objects),
    new Set(nodes.map(({ metadata }) => metadata.name)),
    new Set(withoutNodes),
  )
  const paused = withPausedSets(
    separateWorkloads(displaced.workloads),
    displaced.workloads,
    objects,
  )
  const all = isPlanned ? withoutOutdatedPending(paused, revisions) : paused
  const { shares, account } = withinQuota(all, {
    ...{ cluster, used: withUnseenPods(permitted.used, known, cluster) },
    claims: new Set(claimOrigins(objects).keys()),
    deviceTemplates: new Map(
      objects.flatMap((found) =>
        found.kind === 'ResourceClaimTemplate'
          ? [[fullName(found.object.metadata), found.object] as const]
          : [],
      ),
    ),
  })
  // Quotas divide a workload; its rollout is of the whole.
  const rollouts = rolloutsIn(all, revisions)
  const automatic = isPlanned ? rollouts.filter(isAutomatic) : []
  const together = [...shares.repeated, ...shares.running]
  const keys = keysSelected([...shares.pending, ...together], servicesIn(objects))
  const assumed = withAssumedNodes(storageIn(objects), objects, typeNamed)
  const claims = settleClaims(
    { ...shares, pending: splitByIndex(shares.pending, keys) },
    assumed.storage,
    nodes,
    automatic.flatMap(replacedPods),
  )
  const pending = claims.workloads
  const pods = [...pending, ...together]
  return {
    nodes,
    ...shares,
    pending,
    ended: endedIn(objects),
    around: around(objects, nodes, pods, {
      storage: claims.storage,
      namespaces: namespacesIn(objects, pods),
    }),
    rollouts: automatic.map((one) => withSettledClaims(one, pending)),
    budgets: budgetsIn(objects),
    disruptionBudgets: disruptionBudgetsIn(objects),
    profiles,
    quotas: account,
    warnings: RA.sort(warningOrder)([
      ...warnings,
      ...more,
      ...displaced.warnings,
      ...rollouts.filter((one) => !automatic.includes(one)).map(rolloutWarning),
      ...known.flatMap(notHonoured),
      ...unknownFieldWarnings(objects),
      ...[...suspendedIn(objects)].map(suspendedWarning),
      ...priorityWarnings(read, cluster),
      ...topologyWarnings([...shares.pending, ...together], keys),
      ...claimWarnings(claims, claimOrigins(objects)),
      ...assumedNodeWarnings(assumed, pods, claims.storage),
    ]),
  }
}

/**
 * The workload by its priority. One that does not come into being has no pods, whatever admission
 * says of these.
 */
const withRefusal = (
  workload: AdmittedWorkload,
  { refusals }: PermittedObjects,
): PendingWorkload => {
  const refusal = refusals.get(titleOf(workload))
  const priority = workload.spec.priority ?? 0
  return { priority, ...(refusal === undefined ? {} : { refusal }), ...workload }
}

/** The rollout with the volumes of the workload's new pods, where these are not told apart. */
const withSettledClaims = (rollout: Rollout, pending: readonly PendingWorkload[]): Rollout => {
  const title = titleOf(rollout.workload)
  const settled = pending.find((one) => one.named === undefined && titleOf(one) === title)
  if (settled === undefined) return rollout
  const { refusal: _, ...workload } = settled
  const { refusal } = rollout.workload
  return { ...rollout, workload: refusal === undefined ? workload : { ...workload, refusal } }
}

/** The pods with claims of their own that a rollout puts in the place of running ones. */
const replacedPods = ({ workload, outdated }: Rollout): readonly PendingWorkload[] =>
  workload.claimTemplates.length === 0
    ? []
    : outdated
        .map(indexOf)
        .filter((index) => !Number.isNaN(index))
        .map((index) => podAt(workload, index))

const claimOrigins = (objects: readonly KubernetesObject[]): ReadonlyMap<string, string> =>
  new Map(
    objects.flatMap(({ kind, from, object: { metadata } }) =>
      kind === 'PersistentVolumeClaim' ? [[fullName(metadata), from] as const] : [],
    ),
  )

const nodesByName = (objects: readonly KubernetesObject[]): readonly Node[] =>
  objects
    .flatMap((found) => (found.kind === 'Node' ? [found.object] : []))
    .sort((a, b) => byCodeUnit(a.metadata.name, b.metadata.name))

/**
 * A warning for each field that an object does not have. Of pods that are alike and have only known
 * fields, all but the first are checked in part.
 */
export const unknownFieldWarnings = (
  objects: readonly KubernetesObject[],
): readonly KubernetesWarning[] => {
  const clean = new Set<Likeness>()
  return objects.flatMap((found) => {
    const { likeness, raw } = found
    const isClean = likeness !== undefined && clean.has(likeness)
    if (isClean && unknownFields(ownPartOf(raw)).length === 0) return []
    const unknown = unknownFields(raw)
    if (likeness !== undefined && unknown.length === 0) clean.add(likeness)
    return unknown.map((field) => unknownFieldWarning(found, field))
  })
}

const unknownFieldWarning = (
  found: KubernetesObject,
  { path, nearest }: UnknownField,
): KubernetesWarning => ({
  code: 'UnknownField',
  from: found.from,
  subject: objectTitle(found),
  text:
    `unknown field ${JSON.stringify(path)}, which kubectl refuses, is ignored` +
    (nearest === undefined ? '' : `; perhaps ${nearest} is meant`),
})

/** A warning for each field that is set and not honoured. */
export const notHonoured = (
  workload: Pick<KubernetesWorkload, 'notHonoured' | 'from' | 'kind' | 'name'>,
): readonly KubernetesWarning[] =>
  workload.notHonoured.map((path) => ({
    code: 'FieldNotHonoured',
    from: workload.from,
    subject: titleOf(workload),
    text: `${path} is read but not honoured yet`,
  }))
