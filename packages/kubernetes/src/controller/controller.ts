/**
 * Implements the workload controllers of Kubernetes as one controller of the kernel: those of
 * Deployments, ReplicaSets, StatefulSets, DaemonSets, Jobs and CronJobs. Reports about objects
 * change its memory (its state). From the memory it decides which pods to start and which to end.
 */
import {
  withChanges,
  type Controller,
  type Draft,
  type Instant,
  type ReportOutcome,
  type MalformedValue,
  type Supply,
} from '@stowage/kernel'
import type { TimeZone } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { admissionCluster } from '../admission/cluster.js'
import { wireOf } from '../read/admitted.js'
import { around } from '../read/around.js'
import { namespacesIn } from '../read/namespaces.js'
import { worldOf } from '../scheduler/world.js'
import type { Configuration } from '../config/configuration.js'
import type { KubernetesObject } from '../words/object.js'
import { decidePass } from './decide.js'
import type { QuotaLimits } from '../memory/edit.js'
import { propagationIn, type Propagation } from '../memory/delete-options.js'
import { withClaimReport, withoutClaim } from '../memory/learn-claim.js'
import { learnPod, withoutPod, type PodSetting } from '../memory/learn-pod.js'
import { withCronJob, withJob } from '../memory/learn-job.js'
import { withDaemonSet, withStatefulSet } from '../memory/learn-slotted.js'
import { withDeployment, withReplicaSet } from '../memory/learn-workload.js'
import {
  controllerName,
  emptyMemory,
  memoryData,
  withNote,
  withWarnings,
  type KubernetesMemory,
} from '../memory/memory.js'
import { readReport, reportSubject, type ReportSubject } from '../memory/read-report.js'

/** What the controllers know beside what is reported to them. */
export interface KubernetesControllerOptions {
  /**
   * Objects that never change: Namespaces, Services, LimitRanges, ResourceQuotas, PriorityClasses,
   * RuntimeClasses and StorageClasses; for the placer also PodDisruptionBudgets. Objects of other
   * kinds are not looked at.
   */
  readonly objects?: readonly KubernetesObject[]
  /** The scheduler's configuration; without one, the only profile is kube-scheduler's default. */
  readonly configuration?: Configuration
  /** The time zones that CronJobs may name, by name; UTC is always known. */
  readonly zones?: ReadonlyMap<string, TimeZone>
  /** From which pools nodes come for pods that have no room; none by default. */
  readonly supply?: Supply
  /**
   * Whether the pods of a deleted node stay until the collector of pods finds them, 40 to 60
   * seconds later, as in a cluster. By default they are gone with their node.
   */
  readonly hasPodCollector?: boolean
  /** Whether `placer` places the pods. By default a priority preempts no pods. */
  readonly isPreempting?: boolean
}

/** The kinds of objects that never change. */
const constantKinds = [
  ...['Namespace', 'Service', 'LimitRange', 'ResourceQuota', 'PriorityClass', 'RuntimeClass'],
  'StorageClass',
]

/** The controllers of workloads, for `step`; its name is `kubernetes`. */
export const kubernetesController = ({
  objects: given = [],
  configuration,
  zones = new Map(),
  supply,
  hasPodCollector = false,
  isPreempting = false,
}: KubernetesControllerOptions = {}): Controller<KubernetesMemory> => {
  const objects = given.filter(({ kind }) => constantKinds.includes(kind))
  const { profiles, tie } = worldOf([], { configuration })
  const surroundings = around(objects, [], [], { namespaces: namespacesIn(objects, []) })
  const setting: ReportSetting = { objects, profiles, tie, surroundings, zones, isPreempting }
  const quotas = quotasIn(objects)
  return {
    name: controllerName,
    start: emptyMemory,
    learn: (draft, memory, { about, report, now }) => {
      const subject = reportSubject(about)
      return E.isLeft(subject)
        ? subject
        : learnReport(draft, setting, memory, subject.right, { report, now })
    },
    decide: (view, memory) => decidePass(view, memory, { supply, hasPodCollector, quotas }),
    toData: memoryData,
  }
}

/** The ResourceQuotas among objects. */
const quotasIn = (objects: readonly KubernetesObject[]): QuotaLimits => {
  const wire = objects.flatMap((found) => wireOf(found).object ?? [])
  const cluster = admissionCluster(wire)
  return { cluster, limits: JSON.stringify(cluster.quotas) }
}

interface ReportSetting extends PodSetting {
  readonly zones: ReadonlyMap<string, TimeZone>
}

/**
 * Applies a report about an object, which is named `Kind namespace/name`. The report is one of:
 * - a manifest of a workload, which adds the object or replaces the known one;
 * - a manifest of a Pod that runs on a node, which binds the pod there;
 * - a short report `{ ready, restarts, phase, containers, conditions }`, which changes a known pod;
 * - `null`, which deletes the object and all that it controls;
 * - DeleteOptions, which delete the object and say what happens to what it controls.
 */
const learnReport = (
  draft: Draft,
  setting: ReportSetting,
  memory: KubernetesMemory,
  subject: ReportSubject,
  fact: { readonly report: unknown; readonly now: Instant },
): E.Either<MalformedValue, ReportOutcome<KubernetesMemory>> => {
  const { kind, title } = subject
  const propagation = propagationIn(fact.report)
  if (E.isLeft(propagation)) return propagation
  if (propagation.right !== undefined)
    return E.right({ memory: withoutObject(memory, subject, propagation.right) })
  switch (kind) {
    case 'Deployment':
      return pipe(
        readReport({ ...subject, kind }, fact.report, setting),
        E.map((read) => ({
          memory: withDeployment(draft, setting, withWarnings(memory, title, read.warnings), read),
        })),
      )
    case 'ReplicaSet':
      return pipe(
        readReport({ ...subject, kind }, fact.report, setting),
        E.map((read) => ({
          memory: withReplicaSet(
            draft,
            setting,
            withWarnings(memory, title, read.warnings),
            read,
            fact.now,
          ),
        })),
      )
    case 'StatefulSet':
      return pipe(
        readReport({ ...subject, kind }, fact.report, setting),
        E.map((read) => ({
          memory: withStatefulSet(draft, setting, withWarnings(memory, title, read.warnings), read),
        })),
      )
    case 'DaemonSet':
      return pipe(
        readReport({ ...subject, kind }, fact.report, setting),
        E.map((read) => ({
          memory: withDaemonSet(draft, setting, withWarnings(memory, title, read.warnings), read),
        })),
      )
    case 'Job':
      return pipe(
        readReport({ ...subject, kind }, fact.report, setting),
        E.map((read) => ({
          memory: withJob(draft, setting, withWarnings(memory, title, read.warnings), read),
        })),
      )
    case 'CronJob':
      return pipe(
        readReport({ ...subject, kind }, fact.report, setting),
        E.chain((read) =>
          withCronJob(draft, setting, withWarnings(memory, title, read.warnings), read, fact.now),
        ),
        E.map((next) => ({ memory: next })),
      )
    case 'PersistentVolumeClaim':
      return pipe(
        withClaimReport(memory, subject, fact.report),
        E.map((next) => ({ memory: next })),
      )
    case 'Pod':
      return learnPod(draft, setting, memory, { ...subject, kind }, fact)
  }
}

/** The memory in which an object was deleted; one that is not known is gone already. */
const withoutObject = (
  memory: KubernetesMemory,
  subject: ReportSubject,
  propagation: Propagation,
): KubernetesMemory => {
  const { kind, name, title } = subject
  const deletion = {
    ...{ isDeleted: true, ...(propagation === 'Orphan' ? { isOrphaning: true } : {}) },
  }
  if (kind === 'PersistentVolumeClaim') return withoutClaim(memory, name)
  if (kind === 'Pod') return withoutPod(memory, { ...subject, kind })
  if (kind === 'StatefulSet' || kind === 'DaemonSet' || kind === 'Job') {
    const record = memory.slotted.get(title)
    if (record === undefined) return memory
    const slotted = withChanges(memory.slotted, [[title, { ...record, ...deletion }]])
    return withNote({ ...memory, slotted }, { _tag: 'SlottedNote', title })
  }
  if (kind === 'Deployment') {
    const record = memory.deployments.get(name)
    if (record === undefined) return memory
    const deployments = withChanges(memory.deployments, [[name, { ...record, ...deletion }]])
    return withNote({ ...memory, deployments }, { _tag: 'DeploymentNote', name })
  }
  if (kind === 'CronJob') {
    const record = memory.cronJobs.get(name)
    if (record === undefined) return memory
    const cronJobs = withChanges(memory.cronJobs, [[name, { ...record, ...deletion }]])
    return withNote({ ...memory, cronJobs }, { _tag: 'CronJobNote', name })
  }
  const record = memory.replicaSets.get(name)
  if (record === undefined) return memory
  const replicaSets = withChanges(memory.replicaSets, [[name, { ...record, ...deletion }]])
  return withNote({ ...memory, replicaSets }, { _tag: 'SetNote', name })
}
