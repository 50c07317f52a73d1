/**
 * Runs the objects of an input through the validation and admission of an API server. Every pod,
 * also one that a controller would create, is replaced by the pod that admission returns. A pod
 * that admission forbids is kept with the reason.
 */
import { decodeValue, valueAt, type DocumentFault } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { admitPod, causesOf, type AdmissionOptions } from '../admission/admit.js'
import {
  admissionCluster,
  hasBounds,
  namespaceIn,
  type AdmissionCluster,
} from '../admission/cluster.js'
import { withLabelKeys } from '../admission/label-keys.js'
import { rangesInvolved } from '../admission/limit-range.js'
import { withSpec } from '../admission/plugin.js'
import { hasPriorityClass, withAssumedPriority } from '../admission/priority.js'
import { refusalText, type AdmissionRefusal } from '../admission/refusal.js'
import { withStorageClass } from '../admission/storage-class.js'
import type { Cause } from '../validation/cause.js'
import { wrongMetadata } from '../validation/metadata.js'
import { withClaimVolumes } from '../object-rule/workload.js'
import { decodeShape } from '../wire/decode.js'
import { withDefaults } from '../wire/defaults.js'
import type {
  WireObject,
  WirePod,
  WirePodSpec,
  WireTemplate,
  WireWorkloadSpec,
} from '../wire/objects.js'
import { withPodResources } from '../wire/pod-level.js'
import { isAdmittedKind } from '../admission/kind.js'
import { uncountableSums } from '../demand/uncountable.js'
import type { KubernetesObject, Likeness } from '../words/object.js'
import { PodSpec } from '../words/pod.js'
import { isPlaced } from '../workload/share.js'
import { isStored } from '../workload/stored.js'
import { templatePath } from '../workload/kind.js'
import { assumedName } from '../workload/written-labels.js'
import type { KubernetesWorkload } from '../workload/workload.js'
import { ownPartOf, sharedMetadataOf } from './likeness.js'
import type { ReadObject } from './workloads.js'

/** The workloads as admission leaves them, and the errors in all objects. */
export interface AdmittedObjects {
  readonly workloads: readonly AdmittedWorkload[]
  readonly faults: readonly DocumentFault[]
  readonly cluster: AdmissionCluster
}

/** A workload with one of its pods as the API server stores it. */
export interface AdmittedWorkload extends KubernetesWorkload {
  /** The message of the API server when it refuses the pods. */
  readonly refusal?: string
  readonly stored?: WirePod
  /** The claims that a StatefulSet makes for each pod, by the names of their templates. */
  readonly storedClaims?: readonly WireObject[]
}

/**
 * Admits all objects of an input. Of pods that are alike the first is admitted; what is right for
 * it is right for all of them. An invalid object is an error of the input.
 */
export const admitObjects = (
  objects: readonly ReadObject[],
  plugins: readonly string[],
): AdmittedObjects => {
  const options: AdmissionOptions = { plugins, gates: { comparison: true }, isLenient: true }
  const firsts = new Set<Likeness>()
  const sent = objects.map((read): ReadObject & DeduplicatedObject => {
    const { likeness, raw } = read.found
    const isLike = likeness !== undefined && firsts.has(likeness) && wireOwnPart(raw) !== undefined
    if (isLike) return { ...read, faults: [], isLike }
    const one = wireOf(read.found)
    if (likeness !== undefined && one.faults.length === 0) firsts.add(likeness)
    return { ...read, ...one }
  })
  const cluster = admissionCluster(sent.flatMap(({ object }: DeduplicatedObject) => object ?? []))
  const judgedFirst = new Map<Likeness, JudgedWorkload>()
  const workloads = sent.flatMap(({ found, object, isLike = false, workloads: own }) =>
    own.flatMap((one): readonly JudgedWorkload[] => {
      const first = isLike ? judgedFirst.get(one.likeness ?? one) : undefined
      if (first !== undefined && isAdmitted(first) && isAsStored(one, first.workload))
        return [likeFirst(one, found.raw, first.workload)]
      const whole = object ?? (one.likeness === undefined ? undefined : wireOf(found).object)
      if (whole === undefined) return []
      const outcome = admittedWorkload(one, whole, cluster, options)
      if (one.likeness !== undefined) judgedFirst.set(one.likeness, outcome)
      return [outcome]
    }),
  )
  return {
    cluster,
    workloads: workloads.map(({ workload }) => workload),
    faults: [
      ...sent.flatMap(({ found, faults, object }) => [
        ...faults,
        ...(object === undefined || found.kind === 'Pod'
          ? []
          : causesOf(object, options).map(faultIn(found))),
      ]),
      ...workloads.flatMap(({ faults }) => faults),
    ],
  }
}

/** What is a pod's own, as it is sent; `undefined` when anything is wrong with it. */
const wireOwnPart = (raw: unknown): WirePod | undefined => {
  const { value, malformed } = decodeShape(ownPartOf(raw))
  if (malformed.length > 0 || value === undefined) return undefined
  const part = value as WirePod
  return wrongMetadata('Pod', part.metadata ?? {}).length === 0 ? part : undefined
}

/** Pods that are alike are admitted alike only if all of them were stored before, or none was. */
const isAsStored = (one: KubernetesWorkload, other: KubernetesWorkload): boolean =>
  isStored(one.template) === isStored(other.template)

const isAdmitted = ({ workload, faults }: JudgedWorkload): boolean =>
  faults.length === 0 && workload.refusal === undefined

/** The pod as admission leaves it, by what it made of one that is alike. */
const likeFirst = (
  pod: KubernetesWorkload,
  raw: unknown,
  { spec, labels, notHonoured, stored }: AdmittedWorkload,
): JudgedWorkload => {
  const { nodeName } = pod.spec
  const workload = { ...pod, spec: { ...spec, nodeName }, labels, notHonoured }
  const part = stored === undefined ? undefined : wireOwnPart(raw)
  if (stored === undefined || part === undefined) return { workload, faults: [] }
  const { metadata = {}, spec: storedSpec = {}, status: _, ...rest } = stored
  const own = {
    ...part,
    metadata: { ...sharedMetadataOf(metadata), ...part.metadata },
    spec: { ...unboundSpec(storedSpec), ...part.spec },
  }
  return { workload: { ...workload, stored: { ...rest, ...own } }, faults: [] }
}

const unboundSpec = ({ nodeName: _, ...spec }: WirePodSpec): WirePodSpec => spec

/** An object as it is sent, and what is malformed in it. */
export interface SentObject {
  readonly object?: WireObject
  readonly faults: readonly DocumentFault[]
}

interface DeduplicatedObject extends SentObject {
  /** In place of the object, of a pod that is like one before it. */
  readonly isLike?: boolean
}

/** The object as it is sent to the API server, with its defaults. */
export const wireOf = ({ kind, from, at, raw }: KubernetesObject): SentObject => {
  if (!isAdmittedKind(kind)) return { faults: [] }
  const { value, malformed } = decodeShape(raw)
  return {
    object: withDefaults(value as WireObject),
    faults: malformed.map((one) => ({ ...one, at: [...at, ...one.at], from })),
  }
}

const faultIn =
  ({ from, at }: Pick<KubernetesObject, 'from' | 'at'>) =>
  ({ at: inside, found, expected }: Cause): DocumentFault => ({
    from,
    at: [...at, ...inside],
    found,
    expected,
  })

interface JudgedWorkload {
  readonly workload: AdmittedWorkload
  readonly faults: readonly DocumentFault[]
}

const admittedWorkload = (
  workload: KubernetesWorkload,
  object: WireObject,
  cluster: AdmissionCluster,
  options: AdmissionOptions,
): JudgedWorkload => {
  const pod = podOf(workload, object)
  const wasStored = workload.kind === 'Pod' && isStored(workload.template)
  const dropped = wasStored ? [] : unknownClasses(pod, cluster)
  const answer = wasStored
    ? storedPod(pod, options)
    : admitPod(without(pod, dropped), cluster, options)
  const isInDropped = ({ at }: Cause): boolean => dropped.includes(String(at[1]))
  const mayBeWrong = workload.kind === 'Pod' && (E.isLeft(answer) || dropped.length > 0)
  const causes = mayBeWrong
    ? causesOf(completedPod(pod), options).filter((one) => E.isLeft(answer) || isInDropped(one))
    : []
  if (causes.length > 0) {
    const { from, at } = workload
    return { workload, faults: causes.map(faultIn({ from, at: at.slice(0, -1) })) }
  }
  if (E.isRight(answer))
    return judgeWorkload(workload, withOwnClass(answer.right, pod), object, cluster)
  // A pod that runs is not refused again.
  const unchanged = judgeWorkload(workload, completedPod(pod), object, cluster)
  if (wasStored && isPlaced(workload.spec.nodeName)) return unchanged
  const refusalIn = (some: AdmissionCluster): string | undefined => {
    const refused = admitPod(without(pod, unknownClasses(pod, some)), some, options)
    return E.isLeft(refused) ? podRefusal(workload, refused.left) : undefined
  }
  const ranges = rangesInvolved(pod, refusalIn, cluster)
  const refusal = podRefusal(workload, answer.left) + rangesText(ranges)
  const notHonoured = unchanged.workload.notHonoured.filter((path) => !isRuntimeClass(path))
  return { ...unchanged, workload: { ...unchanged.workload, refusal, notHonoured } }
}

const rangesText = (names: readonly string[]): string =>
  names.length === 0 ? '' : ` (LimitRange ${names.join(', ')})`

const isRuntimeClass = (path: string): boolean => path.endsWith('.runtimeClassName')

const podRefusal = ({ kind }: KubernetesWorkload, refusal: AdmissionRefusal): string =>
  kind === 'Pod' ? refusalText(refusal) : `FailedCreate: ${refusalText(refusal)}`

/** The pod itself, or the first that the controller makes of its template. */
const podOf = (workload: KubernetesWorkload, object: WireObject): WirePod => {
  if (workload.kind === 'Pod') return { ...object, spec: object.spec ?? {} }
  const { metadata = {}, spec = {} } = wireTemplate(workload, object)
  return withDefaults({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...metadata,
      labels: Object.fromEntries(workload.labels),
      generateName: `${assumedName(workload.metadata.name)}-`,
      namespace: workload.namespace,
    },
    spec,
  })
}

const wireTemplate = (workload: KubernetesWorkload, object: WireObject): WireTemplate =>
  workload.kind === 'StatefulSet'
    ? withClaimVolumes(object.spec ?? {})
    : ((valueAt(object, templatePath(workload)) as WireTemplate | undefined) ?? {})

const storedPod = (
  pod: WirePod,
  options: AdmissionOptions,
): E.Either<AdmissionRefusal, WirePod> => {
  const complete = completedPod(pod)
  const causes = causesOf(complete, options)
  return causes.length === 0
    ? E.right(complete)
    : E.left({ code: 422, reason: 'Invalid', message: 'the pod is invalid', causes })
}

const completedPod = (pod: WirePod): WirePod => withSpec(withLabelKeys(pod), withPodResources)

/**
 * The fields with the classes that nothing is known of: when the input has no class of a kind at
 * all, a missing one is a warning and no refusal. A number may be that of a default class then.
 */
const unknownClasses = (pod: WirePod, cluster: AdmissionCluster): readonly string[] => {
  const { priorityClasses, runtimeClasses } = cluster
  const { priorityClassName = '', runtimeClassName, priority = 0 } = pod.spec ?? {}
  const isOpen = priorityClassName === '' && priority !== 0
  const dropsPriority =
    priorityClasses.length === 0 && (isOpen || !hasPriorityClass(cluster, priorityClassName))
  const dropsRuntime =
    runtimeClassName !== undefined &&
    !runtimeClasses.some(({ metadata }) => metadata?.name === runtimeClassName) &&
    runtimeClasses.length === 0
  return [...(dropsPriority ? priorityFields : []), ...(dropsRuntime ? ['runtimeClassName'] : [])]
}

const without = (pod: WirePod, fields: readonly string[]): WirePod =>
  withSpec(pod, (spec) =>
    Object.fromEntries(Object.entries(spec).filter(([field]) => !fields.includes(field))),
  )

const priorityFields = ['priorityClassName', 'priority', 'preemptionPolicy'] as const

/** The admitted pod with the classes, and the priority, that it named itself. */
const withOwnClass = (admitted: WirePod, { spec: own = {} }: WirePod): WirePod =>
  withSpec(admitted, (spec) => ({
    ...spec,
    ...Object.fromEntries(
      Object.entries(own).filter(([field]) => ownFields.includes(field as keyof WirePodSpec)),
    ),
  }))

const ownFields: readonly (keyof WirePodSpec)[] = [...priorityFields, 'runtimeClassName']

/** The workload with the spec of the pod as it is stored, and with labels that admission added. */
const judgeWorkload = (
  workload: KubernetesWorkload,
  admittedPod: WirePod,
  object: WireObject,
  cluster: AdmissionCluster,
): JudgedWorkload => {
  const stored = withAssumedPriority(admittedPod, cluster)
  const { runtimeClasses } = cluster
  const { from, at } = workload
  // A RuntimeClass of the input was applied.
  const isApplied = runtimeClasses.some(
    ({ metadata }) => metadata?.name === stored.spec?.runtimeClassName,
  )
  const notHonoured = workload.notHonoured.filter((path) => !isApplied || !isRuntimeClass(path))
  const spec = decodeValue(PodSpec, stored.spec)
  if (E.isLeft(spec)) {
    const faults = spec.left.map((one) => ({ ...one, from, at: [...at, ...one.at] }))
    return { workload, faults }
  }
  const claims = claimsOfTemplates(object, cluster)
  const labels = new Map([...workload.labels, ...Object.entries(stored.metadata?.labels ?? {})])
  // Of a pod that is an object, more than its spec is read only where claims may be refused.
  const isBound = hasBounds(cluster) || spec.right.resourceClaims.length > 0
  const forQuotas = workload.kind === 'Pod' && !isBound ? {} : { stored }
  const admitted = { ...workload, spec: spec.right, labels, ...forQuotas, notHonoured, ...claims }
  return {
    workload: admitted,
    faults: uncountableSums(admitted, at).map((one) => ({ ...one, from })),
  }
}

/** The claims of a StatefulSet's templates with their default class. */
const claimsOfTemplates = (
  object: WireObject,
  cluster: AdmissionCluster,
): Pick<AdmittedWorkload, 'storedClaims'> => {
  const { volumeClaimTemplates = [] } = (object.spec ?? {}) as WireWorkloadSpec
  if (object.kind !== 'StatefulSet' || volumeClaimTemplates.length === 0) return {}
  return {
    storedClaims: volumeClaimTemplates.map(({ metadata = {}, ...claim }) =>
      withStorageClass(
        {
          ...claim,
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { ...metadata, namespace: namespaceIn(object) },
        },
        cluster,
      ),
    ),
  }
}
