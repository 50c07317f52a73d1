/**
 * VolumeZone: a bound volume that is labelled with zones or regions is for nodes of these; a node
 * that has no such label at all is taken to be of a cluster with one zone only.
 *
 * Source: Kubernetes documentation, "Well-Known Labels, Annotations and Taints"
 * (topology.kubernetes.io/zone on volumes).
 */
import { internWord, type Draft, type Expr } from '@stowage/kernel'
import type { FiltersOf } from '../plugin/input.js'
import { said } from '../plugin/reason.js'
import type { PersistentVolume } from '../words/persistent-volume.js'
import { claimsOf } from '../surroundings/claim.js'
import { volumeNameOf } from '../surroundings/storage.js'

const zone = 'topology.kubernetes.io/zone'
const region = 'topology.kubernetes.io/region'
/** The older keys, each with the one that a node may have in its stead. */
const keys = [
  ['failure-domain.beta.kubernetes.io/zone', zone],
  ['failure-domain.beta.kubernetes.io/region', region],
  [zone, zone],
  [region, region],
] as const

export const zoneFilters: FiltersOf = ({ draft, pod, around: { storage } }) => {
  const asked = claimsOf(pod, storage)
    .filter(({ isEphemeral }) => !isEphemeral)
    .flatMap(({ claim }) => claim ?? [])
    .flatMap((claim) => storage.volumes.get(volumeNameOf(claim)) ?? [])
    .flatMap((volume) => inZones(draft, volume))
  if (asked.length === 0) return []
  const hasKey = keys.map(([key]): Expr => ({ _tag: 'Has', key: internWord(draft, key) }))
  return [
    {
      _tag: 'Require',
      ...said('node(s) had no available volume zone'),
      removable: false,
      expr: {
        _tag: 'Any',
        of: [
          { _tag: 'Not', of: { _tag: 'Any', of: hasKey } },
          { _tag: 'All', of: asked },
        ],
      },
    },
  ]
}

const inZones = (draft: Draft, { metadata }: PersistentVolume): readonly Expr[] =>
  keys.flatMap(([older, newer]) => {
    const values = zonesIn(metadata.labels.get(older) ?? '').map((value) =>
      internWord(draft, value),
    )
    if (values.length === 0) return []
    const among = (key: string): Expr => ({ _tag: 'In', key: internWord(draft, key), values })
    const lacks: Expr = { _tag: 'Not', of: { _tag: 'Has', key: internWord(draft, older) } }
    return [{ _tag: 'Any', of: [among(older), { _tag: 'All', of: [lacks, among(newer)] }] }]
  })

/** Several zones have two underscores between them; a list with a gap in it says nothing. */
const zonesIn = (label: string): readonly string[] => {
  const zones = label.split('__').map((one) => one.trim())
  return zones.includes('') ? [] : zones
}
