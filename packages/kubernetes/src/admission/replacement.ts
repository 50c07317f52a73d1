/**
 * Checks whether an object may replace the stored object of the same kind and name, and lists the
 * errors, such as a changed immutable field. Fields that the API server or a controller wrote may
 * be left out, as with `kubectl apply`.
 *
 * Source: Kubernetes API reference of each field ("immutable", "cannot be updated"); validation of
 * updates of Services, PersistentVolumes, PersistentVolumeClaims and Nodes.
 */
import { isObject } from '@stowage/documents'
import type { MalformedValue } from '@stowage/kernel'
import { jobLabels } from '../object-rule/validate.js'
import { unless, type Cause } from '../validation/cause.js'
import { decodeShape } from '../wire/decode.js'
import { withDefaults } from '../wire/defaults.js'
import { isEqualJson } from '../wire/json.js'
import type { WireJobSpec, WireObject, WirePodSpec } from '../wire/objects.js'
import { admittedVersions, isAdmittedKind } from './kind.js'
import { sameToleration } from './tolerations.js'
import { wrongUpdate } from './update.js'

/**
 * What is wrong with an object that replaces another, as JSON parses both. Nothing is said of an
 * object that is malformed: reading it says that.
 */
export const wrongReplacement = (value: unknown, before: unknown): readonly MalformedValue[] => {
  const [object, stored] = [defaultedObject(value), defaultedObject(before)]
  if (object?.kind === undefined || object.kind !== stored?.kind) return []
  return [
    ...wrongUpdate(withWritten(object, stored), stored),
    ...changedOnceSet(object, stored, fixedOnceSet[object.kind] ?? []),
  ]
}

/** An object as it is stored: its shape by the types of the API, and its defaults. */
const defaultedObject = (value: unknown): WireObject | undefined => {
  const { kind = '', apiVersion } = (isObject(value) ? value : {}) as Partial<WireObject>
  if (!isAdmittedKind(kind) || admittedVersions[kind] !== apiVersion) return undefined
  const { value: object, malformed } = decodeShape(value)
  return malformed.length > 0 ? undefined : withBareClaims(withDefaults(object as WireObject))
}

/** Claim templates of a dump have a status, which nothing reads. */
const withBareClaims = (object: WireObject): WireObject => {
  const spec = object.spec as { readonly volumeClaimTemplates?: readonly WireObject[] } | undefined
  if (spec?.volumeClaimTemplates === undefined) return object
  const claims = spec.volumeClaimTemplates.map(({ metadata, spec: claim }) => ({
    metadata: { ...metadata, creationTimestamp: undefined },
    spec: { volumeMode: 'Filesystem', ...(claim as object) },
  }))
  return { ...object, spec: { ...spec, volumeClaimTemplates: claims } }
}

/** The object with what the API server wrote into the stored one. */
const withWritten = (object: WireObject, stored: WireObject): WireObject => {
  const [spec, before] = [object.spec ?? {}, stored.spec ?? {}]
  switch (object.kind) {
    case 'Job':
      return { ...object, spec: withWrittenJob(spec, before) }
    case 'Pod':
      return { ...object, spec: withWrittenPod(spec, before) }
    default:
      return object
  }
}

/** A Job has a count, and a selector and labels of its pods that name it. */
const withWrittenJob = (job: WireJobSpec, before: WireJobSpec): WireJobSpec => {
  const { template = {}, selector = before.selector, completions = before.completions } = job
  const own = Object.entries(before.template?.metadata?.labels ?? {}).filter(([key]) =>
    Object.hasOwn(jobLabels('', ''), key),
  )
  const labels = { ...Object.fromEntries(own), ...template.metadata?.labels }
  const written = { ...template, metadata: { ...template.metadata, labels } }
  return {
    ...{ ...job, template: written },
    ...(selector === undefined ? {} : { selector }),
    ...(completions === undefined ? {} : { completions }),
  }
}

/** A pod has a node, a token of its service account and tolerations that it was not sent with. */
const withWrittenPod = (pod: WirePodSpec, before: WirePodSpec): WirePodSpec => {
  const volumes = [...(pod.volumes ?? []), ...tokensAmong(before.volumes, pod.volumes)]
  const tolerations = (before.tolerations ?? []).filter(
    (one) => !(pod.tolerations ?? []).some((other) => sameToleration(one, other)),
  )
  const mounted = (list: WirePodSpec['containers'], others: WirePodSpec['containers']) =>
    list?.map((container) => {
      const mounts = others?.find(({ name }) => name === container.name)?.volumeMounts
      const own = container.volumeMounts ?? []
      return { ...container, volumeMounts: [...own, ...tokensAmong(mounts, own)] }
    })
  return {
    ...before,
    ...pod,
    volumes,
    tolerations: [...(pod.tolerations ?? []), ...tolerations.filter(isWrittenToleration)],
    ...definedLists({
      containers: mounted(pod.containers, before.containers),
      initContainers: mounted(pod.initContainers, before.initContainers),
    }),
  }
}

type Lists = Pick<WirePodSpec, 'containers' | 'initContainers'>

const definedLists = (
  lists: Readonly<Record<keyof Lists, Lists[keyof Lists] | undefined>>,
): Lists => Object.fromEntries(Object.entries(lists).filter(([, list]) => list !== undefined))

interface NamedItem {
  readonly name?: string
}

const tokensAmong = <Of extends NamedItem>(
  before: readonly Of[] = [],
  own: readonly Of[] = [],
): readonly Of[] =>
  before.filter(
    ({ name = '' }) =>
      name.startsWith('kube-api-access-') && !own.some((other) => other.name === name),
  )

const isWrittenToleration = ({ key = '' }: { readonly key?: string }): boolean =>
  ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'].includes(key)

/** Fields of a spec that keep the value that they have; without one they may get one. */
const fixedOnceSet: Readonly<Record<string, readonly string[] | undefined>> = {
  Service: ['clusterIP'],
  Node: ['providerID', 'podCIDR'],
  PersistentVolume: [
    ...['volumeMode', 'awsElasticBlockStore', 'csi', 'fc', 'hostPath', 'iscsi', 'local', 'nfs'],
  ],
  PersistentVolumeClaim: [
    ...['accessModes', 'selector', 'storageClassName', 'volumeMode', 'volumeName'],
    ...['dataSource', 'dataSourceRef'],
  ],
}

/** A Service that becomes a name of a host gives its address up. */
const changedOnceSet = (
  object: WireObject,
  stored: WireObject,
  fields: readonly string[],
): readonly Cause[] => {
  const [spec, before] = [object.spec, stored.spec].map(
    (one) => (one ?? {}) as Readonly<Record<string, unknown>>,
  ) as [Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>]
  if (object.kind === 'Service' && spec['type'] === 'ExternalName') return []
  return fields.flatMap((field) =>
    unless(
      isEqualJson(before[field], undefined) ||
        isEqualJson(spec[field], undefined) ||
        isEqualJson(spec[field], before[field]),
      ['spec', field],
      spec[field],
      'no change, as the field is immutable once it is set',
    ),
  )
}
