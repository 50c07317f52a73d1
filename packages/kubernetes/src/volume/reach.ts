/**
 * Computes which nodes reach a bound volume, from the volume's node affinity. On a node where the
 * volume's in-tree plugin was migrated to a CSI driver, the zone label in the affinity is read as
 * the driver's topology key.
 *
 * Source: Kubernetes documentation, "Volumes" (migrating to CSI drivers from in-tree plugins), and
 * the drivers' topology keys.
 */
import {
  getOrThrow,
  giveMask,
  internMask,
  nodeName,
  nodeIds,
  type Draft,
  type Expr,
  type MaskId,
} from '@stowage/kernel'
import type { NodeSelectorRequirement, NodeSelectorTerm } from '../words/node-selector.js'
import type { PersistentVolume } from '../words/persistent-volume.js'
import type { Storage } from '../surroundings/storage.js'
import { volumeExpr } from './within.js'

/** In-tree kinds of disk, with the name of the plugin and the zone key of its CSI driver. */
const takenOver = [
  ['gcePersistentDisk', 'kubernetes.io/gce-pd', 'topology.gke.io/zone'],
  ['awsElasticBlockStore', 'kubernetes.io/aws-ebs', 'topology.ebs.csi.aws.com/zone'],
  ['cinder', 'kubernetes.io/cinder', 'topology.cinder.csi.openstack.org/zone'],
] as const

const migratedPlugins = 'storage.alpha.kubernetes.io/migrated-plugins'
const zone = 'topology.kubernetes.io/zone'
const region = 'topology.kubernetes.io/region'
const betaZone = 'failure-domain.beta.kubernetes.io/zone'
const betaRegion = 'failure-domain.beta.kubernetes.io/region'

/** The expression for the nodes that reach a volume. */
export const reachExpr = (draft: Draft, volume: PersistentVolume, storage: Storage): Expr => {
  const found = takenOver.find(([kind]) => volume.spec[kind] !== undefined)
  if (found === undefined) return volumeExpr(draft, volume)
  const [, plugin, zoneKey] = found
  const isMigrated: Expr = { _tag: 'InMask', mask: migratedTo(draft, plugin, storage) }
  const there = volumeExpr(draft, translateZones(volume, zoneKey))
  return {
    _tag: 'Any',
    of: [
      { _tag: 'All', of: [isMigrated, there] },
      { _tag: 'All', of: [{ _tag: 'Not', of: isMigrated }, volumeExpr(draft, volume)] },
    ],
  }
}

const migratedTo = (draft: Draft, plugin: string, storage: Storage): MaskId => {
  const migrated = internMask(draft, `migrated ${plugin}`)
  const on = nodeIds(draft).filter((node) => {
    const plugins = storage.nodes
      .get(nodeName(draft, node))
      ?.metadata.annotations.get(migratedPlugins)
    return plugins?.split(',').includes(plugin) === true
  })
  getOrThrow(giveMask(draft, migrated, on))
  return migrated
}

/**
 * The volume with the zones of its affinity under the driver's key; without such zones, those of
 * its labels are added.
 */
const translateZones = (volume: PersistentVolume, zoneKey: string): PersistentVolume => {
  const terms = volume.spec.nodeAffinity?.required?.nodeSelectorTerms ?? []
  const { labels } = volume.metadata
  const isBeta = isLabelledBeta(terms, labels)
  const from = isBeta ? betaZone : zone
  const named = valuesOf(terms, from).length > 0
  const renamed = named
    ? renameKey(terms, from, zoneKey)
    : addZones(terms, zoneKey, zonesOfLabel(labels, from))
  const inRegion = isBeta ? renameKey(renamed, betaRegion, region) : renamed
  if (inRegion.length === 0) return volume
  return {
    ...volume,
    spec: { ...volume.spec, nodeAffinity: { required: { nodeSelectorTerms: inRegion } } },
  }
}

/**
 * Whether the volume uses the older zone labels: in its affinity, or, if that names no zone, on
 * itself.
 */
const isLabelledBeta = (
  terms: readonly NodeSelectorTerm[],
  labels: ReadonlyMap<string, string>,
): boolean => {
  const asks = (key: string): boolean =>
    terms.some(({ matchExpressions }) => matchExpressions.some((one) => one.key === key))
  const found = [asks(zone), asks(betaZone), labels.has(zone), labels.has(betaZone)].indexOf(true)
  return found === 1 || found === 3
}

const valuesOf = (terms: readonly NodeSelectorTerm[], key: string): readonly string[] =>
  terms
    .flatMap(({ matchExpressions }) => matchExpressions)
    .filter((one) => one.key === key)
    .flatMap(({ values }) => values)

const renameKey = (
  terms: readonly NodeSelectorTerm[],
  from: string,
  to: string,
): readonly NodeSelectorTerm[] =>
  terms.map((term) => ({
    ...term,
    matchExpressions: term.matchExpressions.map((one) =>
      one.key === from ? { ...one, key: to } : one,
    ),
  }))

const addZones = (
  terms: readonly NodeSelectorTerm[],
  key: string,
  zones: readonly string[],
): readonly NodeSelectorTerm[] => {
  if (zones.length === 0) return terms
  const within: NodeSelectorRequirement = { key, operator: 'In', values: zones }
  const before = terms.length === 0 ? [{ matchExpressions: [], matchFields: [] }] : terms
  return before.map((term) => ({ ...term, matchExpressions: [...term.matchExpressions, within] }))
}

const zonesOfLabel = (labels: ReadonlyMap<string, string>, key: string): readonly string[] =>
  (labels.get(key) ?? '')
    .split('__')
    .map((one) => one.trim())
    .filter((one) => one !== '')
