/**
 * Lists the availability zones that objects of the cluster name: the labels of nodes, the labels
 * and node affinity of volumes, and the allowed topologies of StorageClasses. The rules of pods are
 * left out, because they may name zones that do not exist.
 */
import type { SourceDocument } from '@stowage/documents'
import { byCodeUnit } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import {
  decodeByKind,
  concatObjects,
  readObjects,
  type DecodeObject,
  type Kind,
  type KubernetesObject,
} from '../words/object.js'

/** The label keys of a zone: those of both generations, and that of the EBS CSI driver. */
const zoneLabels: readonly string[] = [
  'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/zone',
  'topology.ebs.csi.aws.com/zone',
]

/** The zones that the documents name, each once, in code-unit order. Faults are ignored here. */
export const zonesIn = (documents: readonly SourceDocument[]): readonly string[] => {
  const { objects } = concatObjects(
    documents.map((document) => readObjects(document, [], decodeZoned)),
  )
  const zones = objects.flatMap(zonesOfObject).filter((zone) => zone !== '')
  return [...new Set(zones)].sort(byCodeUnit)
}

/** The kinds that name zones. */
const zonedKinds: readonly Kind[] = ['Node', 'PersistentVolume', 'StorageClass']

/** Objects of other kinds are left unread. */
const decodeZoned: DecodeObject = (kind, raw) =>
  zonedKinds.includes(kind) ? decodeByKind(kind, raw) : E.left([])

const zonesOfObject = (found: KubernetesObject): readonly string[] => {
  switch (found.kind) {
    case 'Node':
      return labelledZones(found.object.metadata.labels)
    case 'PersistentVolume': {
      const { metadata, spec } = found.object
      const terms = spec.nodeAffinity?.required?.nodeSelectorTerms ?? []
      const requirements = terms.flatMap(({ matchExpressions }) => matchExpressions)
      return [
        ...labelledZones(metadata.labels),
        ...requirements
          .filter(({ key, operator }) => operator === 'In' && zoneLabels.includes(key))
          .flatMap(({ values }) => values),
      ]
    }
    case 'StorageClass':
      return found.object.allowedTopologies
        .flatMap(({ matchLabelExpressions }) => matchLabelExpressions)
        .filter(({ key }) => zoneLabels.includes(key))
        .flatMap(({ values }) => values)
    default:
      return []
  }
}

/** A volume of several zones has them in one label, with `__` between them. */
const labelledZones = (labels: ReadonlyMap<string, string>): readonly string[] =>
  zoneLabels.flatMap((key) => labels.get(key)?.split('__') ?? [])
