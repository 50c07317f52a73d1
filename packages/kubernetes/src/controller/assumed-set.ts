/**
 * Creates ReplicaSets that the input lacks although pods name them as their owners, so that a
 * simulation counts these pods for their Deployment. For example, a dump of a cluster may have only
 * Deployments and pods. A created ReplicaSet has as many replicas as it has pods.
 *
 * Source: Kubernetes documentation, "Deployments" (pod-template-hash label).
 */
import { isObject, valueAt, type SourceDocument } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { isMadeFrom } from '../template/made-from.js'
import { controllerRefOf } from '../words/metadata.js'
import {
  decodeByKind,
  readObjects,
  type DecodeObject,
  type Kind,
  type ReadObjects,
} from '../words/object.js'
import type { FoundObject } from '../memory/read-report.js'
import type { KubernetesWarning } from '../words/warning.js'
import { fullName } from '../workload/workload.js'

/** ReplicaSets as documents, and a warning for each. */
export interface AssumedReplicaSets {
  readonly documents: readonly SourceDocument[]
  readonly warnings: readonly KubernetesWarning[]
}

const podHashLabel = 'pod-template-hash'

/**
 * The ReplicaSets that pods of the documents name and that are not among them, for each Deployment
 * that is. A set has as many replicas as it has pods, and the template of the Deployment where its
 * pods were made from it, otherwise what its first pod is.
 *
 * Documents that cannot be read give none. Only pods without their ReplicaSet are decoded, and
 * Deployments where there are such pods: a whole dump has none.
 */
export const assumedReplicaSets = (documents: readonly SourceDocument[]): AssumedReplicaSets => {
  const known = new Set<string>()
  readSome(documents, (kind, raw) => {
    if (kind === 'ReplicaSet') known.add(rawFullName(raw, valueAt(raw, ['metadata', 'name'])))
    return false
  })
  const lacksSet = (kind: Kind, raw: unknown): boolean =>
    kind === 'Pod' && ownerNamesOf(raw).some((name) => !known.has(name))
  const podsOf = new Map<string, FoundObject<'Pod'>[]>()
  for (const found of readSome(documents, lacksSet)) {
    if (found.kind !== 'Pod') continue
    const name = setNameOf(found)
    if (name === undefined || known.has(name)) continue
    const alike = podsOf.get(name)
    if (alike === undefined) podsOf.set(name, [found])
    else alike.push(found)
  }
  if (podsOf.size === 0) return { documents: [], warnings: [] }
  const deployments = new Map(
    readSome(documents, (kind) => kind === 'Deployment').flatMap((found) =>
      found.kind === 'Deployment' ? [[fullName(found.object.metadata), found] as const] : [],
    ),
  )
  const sets = [...podsOf].flatMap(([name, pods]) => {
    const deployment = deployments.get(deploymentNameOf(name, pods[0]!))
    return deployment === undefined ? [] : [{ name, pods, deployment }]
  })
  return { documents: sets.map(setDocument), warnings: sets.map(assumption) }
}

/** The objects of which a test says so, decoded. */
const readSome = (
  documents: readonly SourceDocument[],
  isRead: (kind: Kind, raw: unknown) => boolean,
): ReadObjects['objects'] => {
  const decode: DecodeObject = (kind, raw) =>
    isRead(kind, raw) ? decodeByKind(kind, raw) : E.left([])
  return documents.flatMap((one) => readObjects(one, [], decode).objects)
}

/** `namespace/name` of an object as it is written, or of its owner. */
const rawFullName = (raw: unknown, name: unknown): string => {
  const namespace = valueAt(raw, ['metadata', 'namespace'])
  return fullName({
    namespace: typeof namespace === 'string' ? namespace : undefined,
    name: String(name),
  })
}

/** The ReplicaSets that a pod names as owners. */
const ownerNamesOf = (raw: unknown): readonly string[] => {
  const owners = valueAt(raw, ['metadata', 'ownerReferences'])
  return (Array.isArray(owners) ? owners : []).flatMap((one: unknown) =>
    valueAt(one, ['kind']) === 'ReplicaSet' ? [rawFullName(raw, valueAt(one, ['name']))] : [],
  )
}

/** `namespace/name` of the ReplicaSet of a pod that lives and has a node. */
const setNameOf = ({
  object: { metadata, spec, status },
}: FoundObject<'Pod'>): string | undefined => {
  const owner = controllerRefOf(metadata)
  const hash = metadata.labels.get(podHashLabel)
  const hasEnded = ['Succeeded', 'Failed'].includes(status?.phase ?? '')
  const isLeaving = metadata.deletionTimestamp !== undefined
  return owner?.kind !== 'ReplicaSet' ||
    hash === undefined ||
    !owner.name.endsWith(`-${hash}`) ||
    (spec.nodeName ?? '') === '' ||
    hasEnded ||
    isLeaving
    ? undefined
    : fullName({ namespace: metadata.namespace, name: owner.name })
}

const deploymentNameOf = (set: string, { object }: FoundObject<'Pod'>): string =>
  set.slice(0, -1 - (object.metadata.labels.get(podHashLabel) ?? '').length)

interface SetOfPods {
  /** `namespace/name`. */
  readonly name: string
  readonly pods: readonly FoundObject<'Pod'>[]
  readonly deployment: FoundObject<'Deployment'>
}

const setDocument = ({ name, pods, deployment }: SetOfPods): SourceDocument => {
  const pod = pods[0]!
  const { metadata } = deployment.object
  const hash = pod.object.metadata.labels.get(podHashLabel)
  const selector = fieldsOf(valueAt(deployment.raw, ['spec', 'selector']))
  const template = setTemplate(pod.raw, valueAt(deployment.raw, ['spec', 'template']))
  const labels = { ...fieldsOf(valueAt(template, ['metadata', 'labels'])), [podHashLabel]: hash }
  const uid = controllerRefOf(pod.object.metadata)?.uid
  return {
    from: pod.from,
    value: {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name: name.slice(name.indexOf('/') + 1),
        namespace: name.slice(0, name.indexOf('/')),
        ...(uid === undefined ? {} : { uid }),
        labels,
        ownerReferences: [
          {
            ...{ apiVersion: 'apps/v1', kind: 'Deployment', name: metadata.name, controller: true },
            ...(metadata.uid === undefined ? {} : { uid: metadata.uid }),
          },
        ],
      },
      spec: {
        replicas: pods.length,
        selector: {
          ...selector,
          matchLabels: { ...fieldsOf(valueAt(selector, ['matchLabels'])), [podHashLabel]: hash },
        },
        template: {
          ...template,
          metadata: { ...fieldsOf(valueAt(template, ['metadata'])), labels },
        },
      },
    },
  }
}

const fieldsOf = (value: unknown): object => (isObject(value) ? value : {})

/** The template of the Deployment, or else the pod without its node and its own metadata. */
const setTemplate = (pod: unknown, template: unknown): object => {
  if (isMadeFrom(pod, template)) return fieldsOf(template)
  const { nodeName: _, ...spec } = fieldsOf(valueAt(pod, ['spec'])) as {
    readonly nodeName?: string
  }
  return { metadata: { labels: valueAt(pod, ['metadata', 'labels']) }, spec }
}

const assumption = ({ name, pods, deployment }: SetOfPods): KubernetesWarning => ({
  code: 'ReplicaSetAssumed',
  from: pods[0]!.from,
  subject: `ReplicaSet ${name}`,
  text: 'it is not among the documents, so it is assumed from its pods: add what kubectl get replicasets -o yaml prints',
  detail: `${pods.length} of Deployment ${fullName(deployment.object.metadata)}`,
})
