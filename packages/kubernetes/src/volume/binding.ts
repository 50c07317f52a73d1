/**
 * VolumeBinding: a pod goes where its bound volumes can be reached and where volumes for its other
 * claims can be found or made.
 *
 * Bound volumes are expressions, exact at any time. What can be found for the others is searched
 * node by node: two masks, of the nodes where there are volumes and of those where there is room,
 * and a column of how well they would be used. They hold for the storage as it is when the class is
 * made. Volumes that are made on demand are never used up; those that are there to bind are, so a
 * plan of many pods that want the same ones may promise a volume twice. `reserved` is for those who
 * place one pod after the other.
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
import { said, type ReasonText } from '../plugin/reason.js'
import type { Surroundings } from '../surroundings/surroundings.js'
import type { PersistentVolumeClaim } from '../words/persistent-volume.js'
import { sortedClaims } from '../surroundings/claim.js'
import { reachExpr } from './reach.js'
import { searching, type Lacking } from './search.js'
import { classNameOf, volumeNameOf } from '../surroundings/storage.js'
import { scoreOf } from './utilization.js'

export const bindingFilters: FiltersOf = ({ draft, pod, around }) => {
  const { bound, waiting } = sortedClaims(pod, around.storage)
  return [...boundFilters(draft, bound, around), ...waitingFilters(draft, waiting, around)]
}

const requiring = (reason: ReasonText, expr: Expr): Filter => ({
  _tag: 'Require',
  ...said(reason),
  removable: false,
  expr,
})

/**
 * The first volume that is out of reach or gone decides: one that is gone refuses the nodes that
 * can reach all before it.
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
  const within = requiring("node(s) didn't match PersistentVolume's node affinity", reached)
  if (gone < 0) return [within]
  return [
    within,
    requiring('node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)', {
      _tag: 'Not',
      of: reached,
    }),
  ]
}

const lackingTexts = {
  volumes: "node(s) didn't find available persistent volumes to bind",
  room: 'node(s) did not have enough free storage',
} as const satisfies Readonly<Record<Lacking, ReasonText>>

const waitingFilters = (
  draft: Draft,
  claims: readonly PersistentVolumeClaim[],
  around: Surroundings,
): readonly Filter[] => {
  if (claims.length === 0) return []
  const search = searching(draft, claims, around)
  const found = nodeIds(draft).map((node) => [node, search(node)] as const)
  return (['volumes', 'room'] as const).map((lacking) => {
    const having = internMask(draft, `${lacking} for ${textOf(claims)}`)
    const fitting = found.filter(([, outcome]) => outcome !== lacking).map(([node]) => node)
    getOrThrow(giveMask(draft, having, fitting))
    return requiring(lackingTexts[lacking], { _tag: 'InMask', mask: having })
  })
}

/** Claims by name; those that have none yet by what they ask for. */
const textOf = (claims: readonly PersistentVolumeClaim[]): string =>
  JSON.stringify(
    claims.map((claim) => {
      const { metadata, spec } = claim
      return metadata.name === '' ? [classNameOf(claim), spec] : [metadata.namespace, metadata.name]
    }),
    (_, value: unknown) =>
      value instanceof Map ? [...value] : typeof value === 'bigint' ? String(value) : value,
  )

/** A pod all of whose claims are bound has no such score. */
export const bindingScore: ScoreOf = ({ draft, pod, around, args }) => {
  const { waiting } = sortedClaims(pod, around.storage)
  if (waiting.length === 0) return undefined
  const search = searching(draft, waiting, around)
  const scores = internColumn(draft, `storage for ${textOf(waiting)}`)
  const given = nodeIds(draft).flatMap((node) => {
    const found = search(node)
    return typeof found === 'string'
      ? []
      : [[node, scoreOf(found, args.volumeBinding.shape)] as const]
  })
  getOrThrow(giveColumn(draft, scores, given))
  return { raw: { _tag: 'Column', column: scores }, normaliser: 'none' }
}
