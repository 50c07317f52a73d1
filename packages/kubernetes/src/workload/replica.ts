/**
 * Splits the pending pods of a StatefulSet or an Indexed Job into single pods in these cases:
 * 1. A selector reads a label that contains the pod's index, so that the pods are not alike.
 * 2. Each pod has its own PersistentVolumeClaims.
 *
 * Otherwise the pods stay together, because one decision for all of them is faster.
 *
 * Source: Kubernetes documentation, "StatefulSets" (pod identity, ordinal index, stable storage).
 */
import { decodeValue } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { withLabelKeys } from '../admission/label-keys.js'
import { claimNameAt } from '../surroundings/claim.js'
import type { Labels } from '../words/label-selector.js'
import { PodSpec } from '../words/pod.js'
import type { NamedClaimTemplate } from '../words/workload.js'
import type { Volume } from '../words/volume.js'
import type { PendingWorkload } from './share.js'
import { indexKeys, indexLabels, nameAt } from './written-labels.js'

/** The workloads, with one for each pod that is told apart by its index. */
export const splitByIndex = (
  workloads: readonly PendingWorkload[],
  selectedKeys: ReadonlySet<string>,
): readonly PendingWorkload[] => {
  const isSelected = indexKeys.some((key) => selectedKeys.has(key))
  return workloads.flatMap((workload) =>
    isSelected || workload.claimTemplates.length > 0 ? split(workload) : [workload],
  )
}

/** A workload that lacks no pods stays as it is. */
const split = (workload: PendingWorkload): readonly PendingWorkload[] => {
  const { count, indices } = workload
  if (count === 'one per node' || count === 0 || indices === undefined) return [workload]
  const byIndex = readsIndex(workload)
  return indices.slice(0, count).map((index) => podAt(workload, index, byIndex))
}

/** One pod of a workload, the one with this index. */
export const podAt = (
  workload: PendingWorkload,
  index: number,
  byIndex = readsIndex(workload),
): PendingWorkload => {
  const { kind, metadata, claimTemplates } = workload
  const labels = new Map([...workload.labels, ...indexLabels(kind, metadata.name, index)])
  const name = nameAt(kind, metadata.name, index)
  const completed = byIndex ? withIndexKeys(workload, labels) : workload.spec
  return {
    ...{ ...workload, count: 1, indices: [index], labels },
    ...(name === undefined ? {} : { named: { name, uid: undefined } }),
    spec: name === undefined ? completed : withClaims(completed, claimTemplates, name),
  }
}

/** Whether some rule of the pods reads a label with the index. */
const readsIndex = ({ stored }: PendingWorkload): boolean => {
  const { affinity, topologySpreadConstraints } = stored?.spec ?? {}
  const rules = JSON.stringify([affinity, topologySpreadConstraints])
  return indexKeys.some((key) => rules.includes(key))
}

/**
 * The spec with `matchLabelKeys` that name a label with the index, which admission resolves for
 * each pod anew.
 */
const withIndexKeys = ({ spec, stored }: PendingWorkload, labels: Labels): PodSpec => {
  if (stored === undefined) return spec
  const metadata = { ...stored.metadata, labels: Object.fromEntries(labels) }
  const decoded = decodeValue(PodSpec, withLabelKeys({ ...stored, metadata }).spec)
  return E.isLeft(decoded) ? spec : decoded.right
}

/** A claim replaces a volume of the same name. */
const withClaims = (
  spec: PodSpec,
  claimTemplates: readonly NamedClaimTemplate[],
  pod: string,
): PodSpec => {
  const names = [...new Set(claimTemplates.map(({ metadata }) => metadata.name))]
  const others = spec.volumes.filter(({ name }) => name === undefined || !names.includes(name))
  return {
    ...spec,
    volumes: [...names.map((name) => volumeOfClaim(name, claimNameAt(name, pod))), ...others],
  }
}

const volumeOfClaim = (name: string, claimName: string): Volume => ({
  ...{ name, source: 'persistentVolumeClaim', persistentVolumeClaim: { claimName } },
  ...{ image: undefined, ephemeral: undefined, iscsi: undefined, rbd: undefined },
  ...{ gcePersistentDisk: undefined, awsElasticBlockStore: undefined, azureDisk: undefined },
  ...{ cinder: undefined, portworxVolume: undefined, emptyDir: undefined },
})

/** Pods that were split, together again: the item of the first, and all of them. */
export type JoinedPods<Item> = Item & { readonly pods: readonly PendingWorkload[] }

/**
 * Joins split pods whose items have the same key, where it does not matter which is which. Any
 * other workload stays alone. The order is that of the first ones.
 */
export const joinSplit = <Item extends { readonly workload: PendingWorkload }>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): readonly JoinedPods<Item>[] => {
  const groups = new Map<string, { readonly first: Item; readonly pods: PendingWorkload[] }>()
  for (const [i, item] of items.entries()) {
    const key = item.workload.indices === undefined ? `${i}` : `split ${keyOf(item)}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { first: item, pods: [item.workload] })
    else group.pods.push(item.workload)
  }
  return [...groups.values()].map(({ first, pods }) => ({ ...first, pods }))
}
