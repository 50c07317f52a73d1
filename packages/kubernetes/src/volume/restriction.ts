/**
 * Implements the plugin VolumeRestrictions as kernel filters:
 * 1. Two pods on one node must not share a disk of certain kinds, such as `gcePersistentDisk`,
 *    unless both only read it. An `awsElasticBlockStore` is never shared.
 * 2. Only one pod of the cluster may use a ReadWriteOncePod claim.
 *
 * Source: Kubernetes documentation, "Volumes" (gcePersistentDisk, awsElasticBlockStore, iscsi, rbd)
 * and "Persistent Volumes" (access modes, ReadWriteOncePod).
 */
import {
  internWord,
  type Draft,
  type Filter,
  type Match,
  type Tally,
  type WordId,
} from '@stowage/kernel'
import type { FiltersOf } from '../plugin/input.js'
import { fixedReason } from '../plugin/reason.js'
import type { PodLike } from '../surroundings/pod-like.js'
import type { Volume } from '../words/volume.js'
import { claimsOf } from '../surroundings/claim.js'
import type { Storage } from '../surroundings/storage.js'

/**
 * A use of a disk, under one of its names. Read-only uses may share a disk; a writer excludes all
 * others.
 */
interface DiskUse {
  readonly disk: string
  readonly readsOnly: boolean
}

const usesOf = ({
  gcePersistentDisk,
  awsElasticBlockStore,
  iscsi,
  rbd,
}: Volume): readonly DiskUse[] => {
  const use = (of: readonly string[], readOnly: boolean | undefined): DiskUse => ({
    disk: `disk ${JSON.stringify(of)}`,
    readsOnly: readOnly === true,
  })
  return [
    ...(gcePersistentDisk === undefined
      ? []
      : [use(['gce', gcePersistentDisk.pdName], gcePersistentDisk.readOnly)]),
    ...(awsElasticBlockStore === undefined
      ? []
      : [use(['aws', awsElasticBlockStore.volumeID], false)]),
    ...(iscsi === undefined ? [] : [use(['iscsi', iscsi.iqn], iscsi.readOnly)]),
    ...(rbd === undefined
      ? []
      : rbd.monitors.map((monitor) =>
          use(['rbd', monitor, rbd.pool ?? 'rbd', rbd.image], rbd.readOnly),
        )),
  ]
}

const writtenFact = ({ disk }: DiskUse): string => `${disk} written`

/** The pod's ReadWriteOncePod claims. Ephemeral claims are left out: no other pod uses them. */
const exclusiveClaims = (pod: PodLike, storage: Storage): readonly string[] =>
  claimsOf(pod, storage)
    .filter(({ claim }) => claim?.spec.accessModes.includes('ReadWriteOncePod') === true)
    .filter(({ isEphemeral }) => !isEphemeral)
    .map(({ key }) => `claim ${key}`)

/**
 * The facts that state a pod's disks and exclusive claims.
 *
 * These are texts by which rules count pods: one for each disk and claim.
 */
export const restrictionFacts = (draft: Draft, pod: PodLike, storage: Storage): readonly WordId[] =>
  [
    ...pod.spec.volumes
      .flatMap(usesOf)
      .flatMap((use) => (use.readsOnly ? [use.disk] : [use.disk, writtenFact(use)])),
    ...exclusiveClaims(pod, storage),
  ].map((text) => internWord(draft, text))

/**
 * The limits that keep a pod away from conflicting disks on a node and claims in the cluster.
 *
 * Filter 1 refuses a node on which a pod has a conflicting disk. Filter 2 refuses all nodes while
 * another pod has the claim.
 */
export const restrictionFilters: FiltersOf = ({ draft, pod, around }) => [
  ...keptFrom(
    draft,
    fixedReason('node(s) had no available disk'),
    pod.spec.volumes.flatMap(usesOf).map((use) => (use.readsOnly ? writtenFact(use) : use.disk)),
    'node',
  ),
  ...keptFrom(
    draft,
    fixedReason(
      'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod',
    ),
    exclusiveClaims(pod, around.storage),
    'cluster',
  ),
]

/**
 * A limit that refuses a domain with any of these facts. It is removable: evicting the pod that has
 * the fact helps.
 */
const keptFrom = (
  draft: Draft,
  why: ReturnType<typeof fixedReason>,
  texts: readonly string[],
  domain: Tally['domain'],
): readonly Filter[] => {
  if (texts.length === 0) return []
  const facts: Match = {
    _tag: 'Some',
    of: [...new Set(texts)].map((text) => ({ _tag: 'Fact', word: internWord(draft, text) })),
  }
  const tally: Tally = { facts, domain, absent: 'own' }
  return [{ _tag: 'Limit', ...why, removable: true, tally, self: 0, max: 0 }]
}
