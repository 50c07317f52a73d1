/**
 * Creates the claims that controllers create for pods: from the claim templates of a StatefulSet,
 * and from ephemeral volumes.
 *
 * Pods that do not exist yet, such as those of a Deployment, have no names, so their ephemeral
 * volumes get no claims of their own. For each StorageClass that binds immediately, one volume
 * stands for the volumes of all these pods.
 *
 * Source: Kubernetes documentation, "Ephemeral Volumes" (generic ephemeral volumes) and
 * "StatefulSets" (stable storage).
 */
import * as E from 'fp-ts/lib/Either.js'
import { claimNameAt, claimOfTemplate, ephemeralClaimName } from '../surroundings/claim.js'
import {
  bindCompleted,
  classNameOf,
  waitsForConsumer,
  type Storage,
} from '../surroundings/storage.js'
import type { ClaimTemplate, PersistentVolumeClaim } from '../words/persistent-volume.js'
import type { Volume } from '../words/volume.js'
import type { PendingWorkload } from '../workload/share.js'
import { fullName } from '../workload/workload.js'
import { withDefaultClass } from './default-class.js'
import { provisionFor, type WhyNotProvisioned } from './provision.js'

/** The storage with the claims of these pods, in the default class if they name none. */
export const withMadeClaims = (storage: Storage, pods: readonly PendingWorkload[]): Storage => {
  const made = pods.flatMap((pod) => [...indexedClaims(pod), ...ephemeralClaims(pod)])
  if (made.length === 0) return storage
  const claims = new Map(storage.claims)
  for (const claim of made) {
    const key = fullName(claim.metadata)
    if (!claims.has(key)) claims.set(key, withDefaultClass(claim, storage))
  }
  return { ...storage, claims }
}

/** The claims of a StatefulSet's pod; the pods of a StatefulSet with claim templates have names. */
const indexedClaims = ({
  named,
  namespace,
  claimTemplates,
}: PendingWorkload): readonly PersistentVolumeClaim[] =>
  named === undefined
    ? []
    : claimTemplates.map((template) =>
        claimOfTemplate(namespace, claimNameAt(template.metadata.name, named.name), template),
      )

const ephemeralClaims = ({
  named,
  namespace,
  spec,
}: PendingWorkload): readonly PersistentVolumeClaim[] => {
  if (named === undefined) return []
  const { name, uid } = named
  const owner = { apiVersion: 'v1', kind: 'Pod', name, uid, controller: true }
  return spec.volumes.flatMap((volume) => {
    const template = volume.ephemeral?.volumeClaimTemplate
    return template === undefined
      ? []
      : [claimOfTemplate(namespace, ephemeralClaimName(name, volume), template, [owner])]
  })
}

/** Why the volume of a template is not provisioned. */
export interface UnboundVolume {
  readonly workload: PendingWorkload
  readonly volume: string
  readonly why: WhyNotProvisioned
}

/** Workloads with bound templates, and the storage with the volumes that stand for theirs. */
export interface BoundTemplates {
  readonly workloads: readonly PendingWorkload[]
  readonly storage: Storage
  readonly unbound: readonly UnboundVolume[]
}

/**
 * Binds the ephemeral volumes of pods without names, where their class binds immediately.
 *
 * Pods of a template have no names yet, so the claims of their ephemeral volumes cannot be objects.
 * The template is bound to one volume per StorageClass that stands for the volumes of all such
 * pods.
 */
export const bindTemplates = (
  workloads: readonly PendingWorkload[],
  before: Storage,
): BoundTemplates => {
  const volumes = new Map(before.volumes)
  const unmade = new Set(before.unmade)
  const unbound: UnboundVolume[] = []
  const bound = (workload: PendingWorkload, volume: Volume): Volume => {
    const template = volume.ephemeral?.volumeClaimTemplate
    if (template === undefined) return volume
    const claim = withDefaultClass(claimOfTemplate(workload.namespace, '', template), before)
    const known = before.classes.get(classNameOf(claim))
    if (known !== undefined && waitsForConsumer(known)) return withTemplate(volume, claim)
    const name = `volume of class ${classNameOf(claim)}`
    const made = provisionFor(claim, before, name, noClaim)
    if (E.isLeft(made)) {
      unbound.push({ workload, volume: volume.name ?? '', why: made.left })
      return withTemplate(volume, claim)
    }
    volumes.set(name, { ...made.right, status: { phase: 'Bound' } })
    unmade.add(name)
    return withTemplate(volume, claim, name)
  }
  const all = workloads.map((workload) =>
    workload.named !== undefined || workload.spec.volumes.every(({ ephemeral }) => !ephemeral)
      ? workload
      : {
          ...workload,
          spec: {
            ...workload.spec,
            volumes: workload.spec.volumes.map((volume) => bound(workload, volume)),
          },
        },
  )
  return { workloads: all, storage: { ...before, volumes, unmade }, unbound }
}

/** The reference of a volume that stands for the volumes of many claims: it is no claim's own. */
const noClaim = { namespace: undefined, name: undefined, uid: undefined }

const withTemplate = (
  volume: Volume,
  { metadata, spec }: PersistentVolumeClaim,
  volumeName?: string,
): Volume => {
  const annotations =
    volumeName === undefined
      ? metadata.annotations
      : new Map([...metadata.annotations, [bindCompleted, 'yes']])
  const template: ClaimTemplate = {
    metadata: { annotations },
    spec: volumeName === undefined ? spec : { ...spec, volumeName },
  }
  return { ...volume, ephemeral: { volumeClaimTemplate: template } }
}
