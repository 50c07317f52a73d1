/**
 * Implements the plugin VolumeBinding as kernel filters and a score:
 * 1. A node must reach each volume to which the pod's claims are bound. The filter reads node
 *    labels.
 * 2. For each unbound claim, a node must have an existing volume or room for a new one. The nodes
 *    are searched once, when the filters of the pod are built.
 *
 * Source: Kubernetes documentation, "Persistent Volumes" (node affinity), "Storage Classes" (volume
 * binding mode).
 */
import {
  getOrThrow,
  internColumn,
  giveColumn,
  giveMask,
  internMask,
  nodeIds,
  type Draft,
  type Expr,
  type Filter,
} from '@stowage/kernel'
import type { FiltersOf, ScoreOf } from '../plugin/input.js'
import { fixedReason, type ReasonText } from '../plugin/reason.js'
import type { Surroundings } from '../surroundings/surroundings.js'
import type { PersistentVolumeClaim } from '../words/persistent-volume.js'
import { sortedClaims } from '../surroundings/claim.js'
import { reachExpr } from './reach.js'
import { volumeSearch, type SearchFailure } from './search.js'
import { classNameOf, volumeNameOf } from '../surroundings/storage.js'
import { scoreOf } from './utilization.js'

/** The filters for bound claims and for claims that wait for their pod. */
export const bindingFilters: FiltersOf = ({ draft, pod, around }) => {
  const { bound, waiting } = sortedClaims(pod, around.storage)
  return [...boundFilters(draft, bound, around), ...waitingFilters(draft, waiting, around)]
}

const requirementFilter = (reason: ReasonText, expr: Expr): Filter => ({
  _tag: 'Require',
  ...fixedReason(reason),
  removable: false,
  expr,
})

/**
 * The first volume that is out of reach or missing decides. A missing volume refuses the nodes that
 * reach every volume before it.
 */
const boundFilters = (
  draft: Draft,
  claims: readonly PersistentVolumeClaim[],
  { storage }: Surroundings,
): readonly Filter[] => {
  if (claims.length === 0) return []
  const volumes = claims.map((claim) => storage.volumes.get(volumeNameOf(claim)))
  const gone = volumes.indexOf(undefined)
  const before = gone < 0 ? volumes : volumes.slice(0, gone)
  const reached: Expr = {
    _tag: 'All',
    of: before.flatMap((volume) =>
      volume === undefined ? [] : [reachExpr(draft, volume, storage)],
    ),
  }
  const within = requirementFilter("node(s) didn't match PersistentVolume's node affinity", reached)
  if (gone < 0) return [within]
  return [
    within,
    requirementFilter('node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)', {
      _tag: 'Not',
      of: reached,
    }),
  ]
}

const lackingTexts = {
  volumes: "node(s) didn't find available persistent volumes to bind",
  room: 'node(s) did not have enough free storage',
} as const satisfies Readonly<Record<SearchFailure, ReasonText>>

/**
 * The search for unbound claims yields (1) the set of nodes with volumes, (2) the set of nodes with
 * capacity, and (3) a score per node. The sets are not updated by later placements: volumes to be
 * provisioned never run out, but an existing volume may be promised to two pods. To avoid this,
 * place pods one at a time, and reserve the volumes of each (`reservationOf`, `withReservation`).
 */
const waitingFilters = (
  draft: Draft,
  claims: readonly PersistentVolumeClaim[],
  around: Surroundings,
): readonly Filter[] => {
  if (claims.length === 0) return []
  const search = volumeSearch(draft, claims, around)
  const found = nodeIds(draft).map((node) => [node, search(node)] as const)
  return (['volumes', 'room'] as const).map((lacking) => {
    const having = internMask(draft, `${lacking} for ${claimsText(claims)}`)
    const fitting = found.filter(([, outcome]) => outcome !== lacking).map(([node]) => node)
    getOrThrow(giveMask(draft, having, fitting))
    return requirementFilter(lackingTexts[lacking], { _tag: 'InMask', mask: having })
  })
}

/** Identifies the claims: by name, or by class and specification when they have no name yet. */
const claimsText = (claims: readonly PersistentVolumeClaim[]): string =>
  JSON.stringify(
    claims.map((claim) => {
      const { metadata, spec } = claim
      return metadata.name === '' ? [classNameOf(claim), spec] : [metadata.namespace, metadata.name]
    }),
    (_, value: unknown) =>
      value instanceof Map ? [...value] : typeof value === 'bigint' ? String(value) : value,
  )

/** Scores nodes by storage utilization; `undefined` when all of the pod's claims are bound. */
export const bindingScore: ScoreOf = ({ draft, pod, around, args }) => {
  const { waiting } = sortedClaims(pod, around.storage)
  if (waiting.length === 0) return undefined
  const search = volumeSearch(draft, waiting, around)
  const scores = internColumn(draft, `storage for ${claimsText(waiting)}`)
  const given = nodeIds(draft).flatMap((node) => {
    const found = search(node)
    return typeof found === 'string'
      ? []
      : [[node, scoreOf(found, args.volumeBinding.shape)] as const]
  })
  getOrThrow(giveColumn(draft, scores, given))
  return { raw: { _tag: 'Column', column: scores }, normaliser: 'none' }
}
