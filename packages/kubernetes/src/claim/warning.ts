/**
 * Formats the warnings about claims:
 * 1. A claim is unbound although its pods wait for it.
 * 2. A volume is provisioned before its pods are scheduled, so that its location is assumed.
 */
import { claimsOf } from '../surroundings/claim.js'
import { classNameOf, volumeNameOf } from '../surroundings/storage.js'
import type { PersistentVolume, PersistentVolumeClaim } from '../words/persistent-volume.js'
import type { KubernetesWarning } from '../words/warning.js'
import { titleOf } from '../workload/workload.js'
import { assumedDefault, isAssumed } from './assumed-class.js'
import type { UnboundReason } from './bind.js'
import type { SettledClaims } from './settle.js'
import { segmentText } from './topology.js'

type Wording = Pick<KubernetesWarning, 'code' | 'text' | 'detail'>

/**
 * The warnings about the claims that pending pods use. `origins` are the documents of claims, by
 * `namespace/name`; a claim that is made for a pod is from the document of the pod.
 */
export const claimWarnings = (
  { workloads, unbound, unboundTemplates, ...settled }: SettledClaims,
  origins: ReadonlyMap<string, string>,
): readonly KubernetesWarning[] => {
  const own = new Map<string, KubernetesWarning>()
  for (const workload of workloads)
    for (const { key, claim } of claimsOf(workload, settled.storage)) {
      if (claim === undefined) continue
      const why = unbound.get(key)
      const wording = why === undefined ? assumptionWording(claim, settled) : wordingOf(why)
      const subject = key === '' ? titleOf(workload) : `PersistentVolumeClaim ${key}`
      if (wording !== undefined)
        own.set(JSON.stringify([subject, wording]), {
          ...wording,
          from: origins.get(key) ?? workload.from,
          subject,
        })
    }
  const ofTemplates = unboundTemplates.map(({ workload, volume, why }) => ({
    ...wordingOf(why),
    from: workload.from,
    subject: `volume ${volume} of ${titleOf(workload)}`,
  }))
  return [...own.values(), ...ofTemplates]
}

/** What is assumed of a claim: its class, or the place of its volume. */
const assumptionWording = (claim: PersistentVolumeClaim, settled: Places): Wording | undefined => {
  const { storage } = settled
  const known = storage.classes.get(classNameOf(claim))
  return known !== undefined && isAssumed(known) && !storage.volumes.has(volumeNameOf(claim))
    ? {
        code: 'StorageClassAssumed',
        text: 'no storage class is among the documents, so one is assumed that provisions the volume where the pod goes: add what kubectl get storageclass -o yaml prints',
        detail:
          known.metadata.name === assumedDefault ? assumedDefault : `class ${known.metadata.name}`,
      }
    : placeWording(claim, settled)
}

/** Volumes and how much of their places is known. */
type Places = Pick<SettledClaims, 'storage' | 'chosen'>

/** That a volume is not made yet, unless its class leaves it one place. */
const placeWording = (
  claim: PersistentVolumeClaim,
  { storage: { unmade, volumes, classes }, chosen }: Places,
): Wording | undefined => {
  const volume = volumes.get(volumeNameOf(claim))
  if (volume === undefined || !unmade.has(volume.metadata.name)) return undefined
  const known = classes.get(volume.spec.storageClassName ?? '')
  if (known === undefined) return undefined
  const place = placeText(volume)
  if (chosen.has(volume.metadata.name))
    return {
      code: 'VolumePlaceAssumed',
      text: 'its class provisions the volume before the pod has a node, in a place that its provisioner chooses, and no pod that uses it can go elsewhere: by the name of the claim and the nodes among the documents it is assumed to be there',
      detail: `class ${known.metadata.name}, ${place}`,
    }
  if (place !== '') return undefined
  return {
    code: 'VolumePlaceAssumed',
    text: 'its class provisions the volume before the pod has a node, so where it will be is not known: every node that the class allows is assumed to reach it',
    detail: `class ${known.metadata.name}`,
  }
}

/** The segments of topology in which a volume is; empty when it is not known to be in few. */
const placeText = ({ spec: { nodeAffinity } }: PersistentVolume): string => {
  const terms = nodeAffinity?.required?.nodeSelectorTerms ?? []
  return terms.every(({ matchExpressions }) =>
    matchExpressions.every(({ values }) => new Set(values).size === 1),
  )
    ? terms
        .map(({ matchExpressions }) =>
          segmentText(matchExpressions.map(({ key, values }) => [key, values[0] ?? ''])),
        )
        .join(' and ')
    : ''
}

const wordingOf = (why: UnboundReason): Wording => {
  const unbound = (text: string, detail: string): Wording => ({
    code: 'ClaimUnbound',
    text,
    detail,
  })
  switch (why._tag) {
    case 'NoClass':
      return why.isExplicit
        ? unbound('no volume fits it, and its empty storage class provisions none', 'class ""')
        : {
            code: 'StorageClassMissing',
            text: 'it names no storage class, no volume fits it, and no class is the default: add a StorageClass with the annotation storageclass.kubernetes.io/is-default-class: "true"',
          }
    case 'UnknownClass':
      return {
        code: 'StorageClassUnknown',
        text: 'its storage class is not among the documents, and no volume fits it: add what kubectl get storageclass -o yaml prints',
        detail: `class ${why.className}`,
      }
    case 'NoProvisioner':
      return unbound('no volume fits it, and its class provisions none', `class ${why.className}`)
    case 'SelectorNotProvisioned':
      return unbound(
        'no volume fits it, and none is provisioned for a claim with a selector',
        `class ${why.className}`,
      )
    case 'VolumeMissing':
      return unbound(
        'the volume that it names is not among the documents: add what kubectl get pv -o yaml prints',
        `volume ${why.volume}`,
      )
    case 'VolumeTaken':
      return unbound(
        'the volume that it names is reserved for another claim',
        `volume ${why.volume} for ${why.by}`,
      )
    case 'VolumeMisfit':
      return unbound(
        'the volume that it names does not fit it',
        `volume ${why.volume}: ${why.misfit}`,
      )
  }
}
