/**
 * Binds the unbound claims of pods on Fargate to existing volumes, one volume per claim. Fargate
 * provisions no volumes, so a claim without a matching volume stays unbound.
 */
import { withChanges } from '@stowage/kernel'
import { boundClaim, boundVolume } from '../claim/bind.js'
import { claimsOf } from '../surroundings/claim.js'
import { volumeNameOf, type Storage } from '../surroundings/storage.js'
import { matchesFor } from '../volume/match.js'
import type { PendingWorkload } from '../workload/share.js'

/** The storage in which each waiting claim of the pods, in their order, has its volume. */
export const withStaticVolumes = (before: Storage, pods: readonly PendingWorkload[]): Storage =>
  pods.reduce(
    (storage, pod) =>
      claimsOf(pod, storage).reduce((known, { key, isEphemeral }) => {
        const claim = known.claims.get(key)
        if (claim === undefined || isEphemeral || volumeNameOf(claim) !== '') return known
        const [volume] = matchesFor(claim, [...known.volumes.values()])
        if (volume === undefined) return known
        const { name } = volume.metadata
        return {
          ...known,
          claims: withChanges(known.claims, [[key, boundClaim(claim, volume)]]),
          volumes: withChanges(known.volumes, [[name, boundVolume(volume, claim)]]),
        }
      }, storage),
    before,
  )
