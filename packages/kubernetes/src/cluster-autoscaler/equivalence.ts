/**
 * Groups pending pods that the Cluster Autoscaler treats as equivalent: pods of one controller with
 * equal labels and equal specs. A pod of a DaemonSet, or without a controller, is a group by
 * itself.
 */
import { byCodeUnit } from '@stowage/kernel'
import { isObject, own } from '@stowage/documents'
import { controllerRefOf, type AnnotatedMetadata } from '../words/metadata.js'

/** A pod with its whole spec, whose fields are in one order. */
export interface EquivalentPod {
  readonly metadata: Pick<AnnotatedMetadata, 'name' | 'labels' | 'ownerReferences'>
  readonly spec: object
}

const groupsOfController = 10

/**
 * Names of pods by group; groups are in the order of their first pods.
 *
 * The volume of the service account and the hostname are ignored when specs are compared. Each
 * further pod of a controller that has ten groups already is a group by itself.
 */
export const equivalenceGroups = (
  pods: readonly EquivalentPod[],
): readonly (readonly string[])[] => {
  const groups: string[][] = []
  const byController = new Map<string, Map<string, string[]>>()
  for (const pod of pods) {
    const { name } = pod.metadata
    const controller = controllerUid(pod)
    const kinds = byController.get(controller ?? '') ?? new Map<string, string[]>()
    const likeness = likenessOf(pod)
    const known = controller === undefined ? undefined : kinds.get(likeness)
    if (known !== undefined) {
      known.push(name)
      continue
    }
    const group = [name]
    groups.push(group)
    if (controller === undefined || kinds.size >= groupsOfController) continue
    byController.set(controller, kinds.set(likeness, group))
  }
  return groups
}

/** The UID of the controller; `undefined` when there is none, or it is a DaemonSet. */
const controllerUid = ({ metadata }: EquivalentPod): string | undefined => {
  const found = controllerRefOf(metadata)
  return found?.kind === 'DaemonSet' ? undefined : found?.uid
}

const likenessOf = ({ metadata, spec }: EquivalentPod): string => {
  const labels = [...metadata.labels].sort(([a], [b]) => byCodeUnit(a, b))
  return JSON.stringify([labels, withoutAccount(spec)])
}

const isOfAccount = (value: unknown): boolean =>
  isObject(value) && String(own(value, 'name')).startsWith('kube-api-access-')

/** Without what admission adds under a name of its own, and without an empty list. */
const withoutAccount = (value: object): object =>
  Object.fromEntries(
    Object.entries(value).flatMap(([key, field]: [string, unknown]) => {
      if (key === 'hostname') return []
      if (!Array.isArray(field)) return [[key, field]]
      const items = field
        .filter((item) => (key === 'volumes' || key === 'volumeMounts' ? !isOfAccount(item) : true))
        .map((item: unknown) =>
          key.endsWith('ontainers') && isObject(item) ? withoutAccount(item) : item,
        )
      return items.length === 0 ? [] : [[key, items]]
    }),
  )
