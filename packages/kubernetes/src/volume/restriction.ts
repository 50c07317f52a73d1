/**
 * VolumeRestrictions: disks that two pods of one node must not share, and claims that one pod in
 * the whole cluster may use. What a pod uses are facts of it, and a pod keeps away from the facts
 * that its own volumes clash with.
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
import { said } from '../plugin/reason.js'
import type { PodLike } from '../surroundings/pod-like.js'
import type { Volume } from '../words/volume.js'
import { claimsOf } from '../surroundings/claim.js'
import type { Storage } from '../surroundings/storage.js'

/**
 * A disk under one of its names. Readers of some kinds may share one; a writer shares with nobody.
 */
interface Use {
  readonly disk: string
  readonly readsOnly: boolean
}

const usesOf = ({
  gcePersistentDisk,
  awsElasticBlockStore,
  iscsi,
  rbd,
}: Volume): readonly Use[] => {
  const use = (of: readonly string[], readOnly: boolean | undefined): Use => ({
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

const written = ({ disk }: Use): string => `${disk} written`

/** Claims of one pod at a time; the claim of a template's own is used by nobody else anyway. */
const exclusiveClaims = (pod: PodLike, storage: Storage): readonly string[] =>
  claimsOf(pod, storage)
    .filter(({ claim }) => claim?.spec.accessModes.includes('ReadWriteOncePod') === true)
    .filter(({ isEphemeral }) => !isEphemeral)
    .map(({ key }) => `claim ${key}`)

export const restrictionFacts = (draft: Draft, pod: PodLike, storage: Storage): readonly WordId[] =>
  [
    ...pod.spec.volumes
      .flatMap(usesOf)
      .flatMap((use) => (use.readsOnly ? [use.disk] : [use.disk, written(use)])),
    ...exclusiveClaims(pod, storage),
  ].map((text) => internWord(draft, text))

export const restrictionFilters: FiltersOf = ({ draft, pod, around }) => [
  ...keptFrom(
    draft,
    said('node(s) had no available disk'),
    pod.spec.volumes.flatMap(usesOf).map((use) => (use.readsOnly ? written(use) : use.disk)),
    'node',
  ),
  ...keptFrom(
    draft,
    said(
      'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod',
    ),
    exclusiveClaims(pod, around.storage),
    'cluster',
  ),
]

/**
 * Away from pods that have one of these facts. To remove the pod that uses a claim helps, on the
 * node where it is.
 */
const keptFrom = (
  draft: Draft,
  why: ReturnType<typeof said>,
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
