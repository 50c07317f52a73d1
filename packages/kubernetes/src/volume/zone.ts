/**
 * Implements the plugin VolumeZone as a kernel filter: a bound volume that is labelled with zones
 * or regions restricts its pod to nodes there. A node with no zone or region label at all is
 * accepted, as in a cluster of one zone.
 *
 * Source: Kubernetes documentation, "Well-Known Labels, Annotations and Taints"
 * (topology.kubernetes.io/zone on volumes).
 */
import { internWord, type Draft, type Expr } from '@stowage/kernel'
import type { FiltersOf } from '../plugin/input.js'
import { fixedReason } from '../plugin/reason.js'
import type { PersistentVolume } from '../words/persistent-volume.js'
import { claimsOf } from '../surroundings/claim.js'
import { volumeNameOf } from '../surroundings/storage.js'

const zoneKey = 'topology.kubernetes.io/zone'
const regionKey = 'topology.kubernetes.io/region'
/** Each key of a volume's label, with the key that a node may have instead. */
const zoneKeys = [
  ['failure-domain.beta.kubernetes.io/zone', zoneKey],
  ['failure-domain.beta.kubernetes.io/region', regionKey],
  [zoneKey, zoneKey],
  [regionKey, regionKey],
] as const

/** The filter for the zones of the pod's bound volumes; none when no volume is labelled. */
export const zoneFilters: FiltersOf = ({ draft, pod, around: { storage } }) => {
  const zones = claimsOf(pod, storage)
    .filter(({ isEphemeral }) => !isEphemeral)
    .flatMap(({ claim }) => claim ?? [])
    .flatMap((claim) => storage.volumes.get(volumeNameOf(claim)) ?? [])
    .flatMap((volume) => inZones(draft, volume))
  if (zones.length === 0) return []
  const hasKey = zoneKeys.map(([key]): Expr => ({ _tag: 'Has', key: internWord(draft, key) }))
  return [
    {
      _tag: 'Require',
      ...fixedReason('node(s) had no available volume zone'),
      removable: false,
      expr: {
        _tag: 'Any',
        of: [
          { _tag: 'Not', of: { _tag: 'Any', of: hasKey } },
          { _tag: 'All', of: zones },
        ],
      },
    },
  ]
}

const inZones = (draft: Draft, { metadata }: PersistentVolume): readonly Expr[] =>
  zoneKeys.flatMap(([older, newer]) => {
    const values = nonEmptyZones(metadata.labels.get(older) ?? '').map((value) =>
      internWord(draft, value),
    )
    if (values.length === 0) return []
    const among = (key: string): Expr => ({ _tag: 'In', key: internWord(draft, key), values })
    const lacks: Expr = { _tag: 'Not', of: { _tag: 'Has', key: internWord(draft, older) } }
    return [{ _tag: 'Any', of: [among(older), { _tag: 'All', of: [lacks, among(newer)] }] }]
  })

/** Splits a zone label: `__` separates zones, and a list with an empty zone is ignored. */
const nonEmptyZones = (label: string): readonly string[] => {
  const zones = label.split('__').map((one) => one.trim())
  return zones.includes('') ? [] : zones
}
