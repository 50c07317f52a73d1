/**
 * Applies reports about Deployments and ReplicaSets to the controllers' memory (their state). A
 * reported spec replaces the known spec; what the controllers have recorded about the object is
 * kept.
 */
import { int32Max, own, valueAt } from '@stowage/documents'
import { withChanges, type Draft, type Instant } from '@stowage/kernel'
import { annotatedCount } from '../deployment/set-size.js'
import { isSidecar } from '../words/container.js'
import type { AdmittedWorkload } from '../read/admitted.js'
import { templateText } from '../template/template.js'
import { momentOr } from '../wire/moment.js'
import { deletionCostOf } from './pod-life.js'
import { controllerRefOf } from '../words/metadata.js'
import { templatePath } from '../workload/kind.js'
import { controllerNameOf, fullName, namespaceOf } from '../workload/workload.js'
import { withClass, type ClassSetting } from './lowered-class.js'
import {
  withNote,
  type DeploymentRecord,
  type KubernetesMemory,
  type ReplicaSetRecord,
  type TemplateRecord,
} from './memory.js'
import type { FoundObject, ReportedKind, ReportedObject } from './read-report.js'

/** The memory with a Deployment. */
export const withDeployment = (
  draft: Draft,
  setting: ClassSetting,
  memory: KubernetesMemory,
  reported: ReportedObject<'Deployment'>,
): KubernetesMemory => {
  const { metadata, spec } = reported.found.object
  const name = fullName(metadata)
  const known = memory.deployments.get(name)
  const { memory: next, template } = recordTemplate(draft, setting, memory, reported)
  const deadline = spec.progressDeadlineSeconds ?? 600
  const record: DeploymentRecord = {
    ...{ name, namespace: namespaceOf(metadata), isDeleted: false },
    isPaused: spec.paused === true,
    replicas: spec.replicas ?? 1,
    strategy: spec.strategy ?? { type: undefined, rollingUpdate: undefined },
    minReady: (spec.minReadySeconds ?? 0) * 1000,
    deadline: deadline === int32Max ? undefined : deadline * 1000,
    historyLimit: spec.revisionHistoryLimit ?? 10,
    selector: spec.selector,
    template,
    revision: known?.revision ?? 0,
    status: known?.status ?? { replicas: 0, updated: 0, ready: 0, available: 0 },
    isObserved: false,
    progress: known?.progress,
    ...(known?.failure === undefined ? {} : { failure: known.failure }),
    ...(known?.grownAt === undefined ? {} : { grownAt: known.grownAt }),
  }
  return withNote(
    { ...next, deployments: withChanges(next.deployments, [[name, record]]) },
    { _tag: 'DeploymentNote', name },
  )
}

/** The memory with a ReplicaSet. */
export const withReplicaSet = (
  draft: Draft,
  setting: ClassSetting,
  memory: KubernetesMemory,
  reported: ReportedObject<'ReplicaSet'>,
  now: Instant,
): KubernetesMemory => {
  const { metadata, spec } = reported.found.object
  const name = fullName(metadata)
  const known = memory.replicaSets.get(name)
  const { memory: next, template } = recordTemplate(draft, setting, memory, reported)
  const owner = controllerRefOf(metadata)
  const deployment = controllerNameOf(metadata, 'Deployment') ?? known?.deployment
  const isControlled = owner !== undefined || known?.isControlled === true
  const record: ReplicaSetRecord = {
    ...{ name, namespace: namespaceOf(metadata), deployment, isControlled, isDeleted: false },
    ...{ labels: metadata.labels, selector: spec.selector, template },
    replicas: spec.replicas ?? 1,
    minReady: (spec.minReadySeconds ?? 0) * 1000,
    created: momentOr(metadata.creationTimestamp, known?.created ?? now),
    revision: annotatedCount(metadata, 'revision') ?? known?.revision ?? 0,
    desiredReplicas: annotatedCount(metadata, 'desired-replicas') ?? known?.desiredReplicas,
    maxReplicas: annotatedCount(metadata, 'max-replicas') ?? known?.maxReplicas,
    members: known?.members ?? new Map(),
    memberCount: known?.memberCount ?? 0,
    ready: known?.ready ?? 0,
    ripening: known?.ripening ?? new Map(),
    ripeningCount: known?.ripeningCount ?? 0,
    leaving: known?.leaving ?? 0,
    waiting: known?.waiting ?? [],
  }
  return withNote(linkReplicaSet(next, known, record), { _tag: 'SetNote', name })
}

/** The memory with a ReplicaSet, which its Deployment lists. */
const linkReplicaSet = (
  memory: KubernetesMemory,
  known: ReplicaSetRecord | undefined,
  record: ReplicaSetRecord,
): KubernetesMemory => {
  const { name, deployment, isControlled } = record
  const without = withoutSet(memory.setsOf, known)
  const own = deployment === undefined ? [] : (without.get(deployment) ?? [])
  return {
    ...memory,
    replicaSets: withChanges(memory.replicaSets, [[name, record]]),
    setsOf:
      deployment === undefined ? without : withChanges(without, [[deployment, [...own, name]]]),
    bareSets: withChanges(memory.bareSets, [[name, isControlled ? undefined : true]]),
  }
}

const withoutSet = (
  setsOf: KubernetesMemory['setsOf'],
  known: ReplicaSetRecord | undefined,
): KubernetesMemory['setsOf'] => {
  const { name, deployment } = known ?? {}
  if (deployment === undefined) return setsOf
  const others = (setsOf.get(deployment) ?? []).filter((one) => one !== name)
  return withChanges(setsOf, [[deployment, others]])
}

/** An object with a template. */
interface TemplateSource {
  readonly found: FoundObject<Exclude<ReportedKind, 'Pod'>>
  readonly workload: AdmittedWorkload
}

/** The record of a template, whose class is defined. */
export const recordTemplate = (
  draft: Draft,
  setting: ClassSetting,
  memory: KubernetesMemory,
  { found, workload }: TemplateSource,
): { readonly memory: KubernetesMemory; readonly template: TemplateRecord } => {
  const raw = valueAt(found.raw, templatePath(found))
  const { memory: next, classKey } = withClass(draft, setting, memory, workload)
  const annotations = valueAt(raw, ['metadata', 'annotations'])
  const cost = typeof annotations === 'object' ? costIn(annotations) : undefined
  return {
    memory: next,
    template: {
      ...{ text: templateText(raw), classKey, labels: workload.labels },
      hash: workload.revision?.[1] ?? workload.labels.get('pod-template-hash') ?? '',
      isProbed: isProbed(found, workload),
      isGated: workload.spec.schedulingGates.length > 0,
      deletionCost: deletionCostOf(cost),
      refusal: workload.refusal,
      ...(workload.stored === undefined ? {} : { stored: workload.stored }),
    },
  }
}

/** The annotation with which a pod says how much its deletion costs. */
export const deletionCostKey = 'controller.kubernetes.io/pod-deletion-cost'

const costIn = (annotations: object | null): string | undefined => {
  const cost = annotations === null ? undefined : own(annotations, deletionCostKey)
  return typeof cost === 'string' ? cost : undefined
}

/**
 * Whether a pod is ready only when its probes, or others for its readiness gates, say so. Sidecars
 * count, other init containers do not.
 */
export const isProbed = (
  found: FoundObject,
  { spec: { initContainers } }: AdmittedWorkload,
): boolean => {
  const spec = valueAt(found.raw, [...templatePath(found), 'spec'])
  const hasProbe = (container: unknown): boolean =>
    (valueAt(container, ['readinessProbe']) ?? undefined) !== undefined
  const gates = valueAt(spec, ['readinessGates'])
  const sidecars = listAt(spec, 'initContainers').filter(
    (_, i) => initContainers[i] !== undefined && isSidecar(initContainers[i]),
  )
  return (
    [...listAt(spec, 'containers'), ...sidecars].some(hasProbe) ||
    (Array.isArray(gates) && gates.length > 0)
  )
}

const listAt = (value: unknown, key: string): readonly unknown[] => {
  const list = valueAt(value, [key])
  return Array.isArray(list) ? list : []
}
