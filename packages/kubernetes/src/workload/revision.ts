/**
 * Finds the label by which a controller marks the pods of its current template, such as
 * `pod-template-hash`. The value of the label comes from the first of these sources that exists:
 * 1. the ReplicaSet or ControllerRevision whose template equals the current one;
 * 2. the status, for a StatefulSet (`updateRevision`);
 * 3. a hash of the template, which is computed.
 */
import { valueAt } from '@stowage/documents'
import { hashOfStatefulTemplate } from '../template/stateful-hash.js'
import { hashOfTemplate, isSameTemplate } from '../template/template.js'
import { decodeShape } from '../wire/decode.js'
import { withDefaults } from '../wire/defaults.js'
import type { WireObject, WireWorkloadSpec } from '../wire/objects.js'
import type { Metadata } from '../words/metadata.js'
import type { KubernetesObject } from '../words/object.js'
import { templatePath, type WorkloadObject } from './kind.js'
import { fullName, titleOf } from './workload.js'
import { assumedName, type RevisionLabel } from './written-labels.js'

/** The versions of the templates among some objects. */
export interface Revisions {
  /** The label of the pods of the present template; `undefined` for kinds without versions. */
  readonly labelOf: (found: WorkloadObject) => RevisionLabel | undefined
  /** Whether the owner with this title has, or had, a template with this label. */
  readonly isKnown: (title: string, [key, value]: RevisionLabel) => boolean
}

interface Version {
  readonly value: string
  readonly template: unknown
}

const hashKey = 'pod-template-hash'
const revisionKey = 'controller-revision-hash'

/** The versions of templates among the objects. */
export const revisionsIn = (objects: readonly KubernetesObject[]): Revisions => {
  const byOwner = new Map<string, Version[]>()
  for (const found of objects) {
    const version = versionIn(found)
    if (version === undefined) continue
    const before = byOwner.get(version.owner)
    if (before === undefined) byOwner.set(version.owner, [version])
    else before.push(version)
  }
  const versionsOf = (title: string): readonly Version[] => byOwner.get(title) ?? []
  return {
    labelOf: (found) => {
      const key = labelKeyOf(found)
      if (key === undefined) return undefined
      const template = valueAt(found.raw, templatePath(found))
      const title = titleOf({ kind: found.kind, name: fullName(found.object.metadata) })
      const same = versionsOf(title).find((version) => isSameTemplate(version.template, template))
      return [key, same?.value ?? updateRevisionOf(found) ?? computedValue(found, template)]
    },
    isKnown: (title, [, value]) => versionsOf(title).some((version) => version.value === value),
  }
}

const labelKeyOf = ({ kind }: WorkloadObject): string | undefined => {
  switch (kind) {
    case 'Deployment':
      return hashKey
    case 'StatefulSet':
    case 'DaemonSet':
      return revisionKey
    default:
      return undefined
  }
}

/** The version of the present template by the status of a StatefulSet that is up to date. */
const updateRevisionOf = ({ kind, raw }: WorkloadObject): string | undefined => {
  if (kind !== 'StatefulSet') return undefined
  const [generation, observed, revision] = [
    ['metadata', 'generation'],
    ['status', 'observedGeneration'],
    ['status', 'updateRevision'],
  ].map((path) => valueAt(raw, path))
  const isCurrent = typeof generation === 'number' && generation === observed
  return isCurrent && typeof revision === 'string' ? revision : undefined
}

/** The label as the controller of the kind computes it, while no hash has had a collision. */
const computedValue = (found: WorkloadObject, template: unknown): string =>
  found.kind === 'StatefulSet'
    ? `${assumedName(found.object.metadata.name)}-${hashOfStatefulTemplate(storedTemplate(found.raw))}`
    : hashOfTemplate(template)

/** The template as the API server stores it. */
const storedTemplate = (raw: unknown): object => {
  const { template } = (withDefaults(decodeShape(raw).value as WireObject).spec ??
    {}) as WireWorkloadSpec
  return template ?? {}
}

const versionIn = (found: KubernetesObject): (Version & { readonly owner: string }) | undefined => {
  if (found.kind !== 'ReplicaSet' && found.kind !== 'ControllerRevision') return undefined
  const { metadata } = found.object
  const controller = metadata.ownerReferences.find((one) => one.controller === true)
  if (controller === undefined) return undefined
  const { kind, name } = controller
  const owner = titleOf({ kind, name: fullName({ namespace: metadata.namespace, name }) })
  const value = valueOf(metadata, kind) ?? templateLabel(found)
  if (value === undefined) return undefined
  const data = found.kind === 'ReplicaSet' ? found.raw : valueAt(found.raw, ['data'])
  return { owner, value, template: valueAt(data, ['spec', 'template']) }
}

/** The pods of a StatefulSet are labelled with the name of the version, others with its hash. */
const valueOf = ({ name, labels }: Metadata, ownerKind: string): string | undefined => {
  switch (ownerKind) {
    case 'Deployment':
      return labels.get(hashKey)
    case 'StatefulSet':
      return name
    default:
      return labels.get(revisionKey)
  }
}

/** A ReplicaSet has the label of its pods in its template too. */
const templateLabel = (found: KubernetesObject): string | undefined =>
  found.kind === 'ReplicaSet' ? found.object.spec.template.metadata?.labels.get(hashKey) : undefined
