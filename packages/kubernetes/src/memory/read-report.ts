/**
 * Reads the object of a report as the API server would accept it: decodes the object, fills in
 * defaults and runs admission. An invalid object is an error with the path of its first mistake.
 */
import { valueAt } from '@stowage/documents'
import { renderValue, type MalformedValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { admitObjects, type AdmittedWorkload } from '../read/admitted.js'
import { notHonoured, unknownFieldWarnings } from '../read/input.js'
import { readWorkloads } from '../read/workloads.js'
import { readObjects, type KubernetesObject } from '../words/object.js'
import type { KubernetesWarning } from '../words/warning.js'
import { priorityWarnings } from '../workload/priority.js'
import { revisionsIn } from '../workload/revision.js'
import { fullName, titleOf } from '../workload/workload.js'

/** The kinds of objects that are reported. */
export const reportedKinds = [
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'Pod',
] as const

/** The kind of a reported object. */
export type ReportedKind = (typeof reportedKinds)[number]

/** What a report is about. */
export interface ReportSubject {
  readonly kind: ReportedKind | 'PersistentVolumeClaim'
  /** Namespace and name. */
  readonly name: string
  /** The text that names it. */
  readonly title: string
}

/** A decoded object of a kind. */
export type FoundObject<Kind extends ReportedKind = ReportedKind> = Extract<
  KubernetesObject,
  { readonly kind: Kind }
>

/** An object with its pods as admission leaves them. */
export interface ReportedObject<Kind extends ReportedKind = ReportedKind> {
  readonly found: FoundObject<Kind>
  readonly workload: AdmittedWorkload
  readonly warnings: readonly KubernetesWarning[]
}

/** Reads what a report is about: `Kind namespace/name`. */
export const reportSubject = (about: string): E.Either<MalformedValue, ReportSubject> => {
  const [, kindText = '', name = ''] = /^(\w+) ([^/ ]+\/[^/ ]+)$/.exec(about) ?? []
  const kind = [...reportedKinds, 'PersistentVolumeClaim' as const].find((one) => one === kindText)
  return kind === undefined
    ? E.left({
        ...{ at: [], found: `a report about ${renderValue(about)}` },
        expected: `one about ${reportedKinds.join(', ')}, with namespace and name: "Deployment shop/web"`,
      })
    : E.right({ kind, name, title: about })
}

/** What reading a report needs beside it. */
export interface ReadingSetting {
  /** What admission looks at. */
  readonly objects: readonly KubernetesObject[]
  /** Whether pods are placed with preemption. */
  readonly isPreempting: boolean
}

/** Reads the object that a report is. */
export const readReport = <Kind extends ReportedKind>(
  { kind, name, title }: ReportSubject & { readonly kind: Kind },
  report: unknown,
  { objects, isPreempting }: ReadingSetting,
): E.Either<MalformedValue, ReportedObject<Kind>> => {
  const read = readObjects({ from: title, value: report })
  const [bad] = read.bad
  if (bad !== undefined) return E.left(withoutOrigin(bad))
  const [found] = read.objects
  if (found === undefined || found.kind !== kind || read.objects.length > 1)
    return E.left({ at: ['kind'], found: renderValue(valueAt(report, ['kind'])), expected: kind })
  if (fullName(found.object.metadata) !== name)
    return E.left({
      ...{ at: ['metadata', 'name'], found: renderValue(fullName(found.object.metadata)) },
      expected: `${name}, which the report is about`,
    })
  const together = [...objects, found]
  const workloads = readWorkloads(together, revisionsIn([found]))
  const { workloads: admitted, faults, cluster } = admitObjects(workloads, [])
  const fault = faults.find(({ from }) => from === title)
  if (fault !== undefined) return E.left(withoutOrigin(fault))
  const workload = admitted.find(({ from }) => from === title)
  const before = workloads.flatMap((one) => (one.found === found ? one.workloads : []))
  if (workload === undefined)
    return E.left({ at: ['status', 'phase'], found: 'a pod that has ended', expected: kind })
  return E.right({
    found: found as FoundObject<Kind>,
    workload,
    warnings: [
      ...notHonoured(workload),
      ...unknownFieldWarnings([found]),
      ...priorityWarnings(before, cluster),
      ...(kind === 'Pod' ? [] : unplaceable(workload, isPreempting)),
    ],
  })
}

const withoutOrigin = ({ at, found, expected }: MalformedValue): MalformedValue => ({
  at,
  found,
  expected,
})

/** What takes more than rules to place, and what keeps pods from being placed or made. */
const unplaceable = (
  workload: AdmittedWorkload,
  isPreempting: boolean,
): readonly KubernetesWarning[] => {
  const { spec, refusal, from } = workload
  const claims =
    workload.claimTemplates.length > 0 ||
    spec.volumes.some(({ source }) => source === 'persistentVolumeClaim' || source === 'ephemeral')
  const isIdle = !isPreempting && (spec.priority ?? 0) > 0 && spec.preemptionPolicy !== 'Never'
  const warning = (code: 'PodNeedIgnored' | 'PodsHeld', text: string): KubernetesWarning => ({
    ...{ code, from, subject: titleOf(workload), text },
  })
  return [
    ...(claims
      ? [warning('PodNeedIgnored', 'its pods claim volumes, and go where these may not be')]
      : []),
    ...(spec.resourceClaims.length > 0
      ? [warning('PodNeedIgnored', 'its pods claim devices, and go where there may be none')]
      : []),
    ...(isIdle
      ? [warning('PodNeedIgnored', 'its pods go first by their priority, but preempt no others')]
      : []),
    ...(spec.schedulingGates.length > 0
      ? [warning('PodsHeld', 'scheduling gates hold its pods: none gets a node')]
      : []),
    ...(refusal === undefined ? [] : [warning('PodsHeld', `no pods are made: ${refusal}`)]),
  ]
}
