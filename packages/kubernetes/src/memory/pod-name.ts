/**
 * Names the pods of ReplicaSets: the name of the ReplicaSet, `-0`, and the number of the pod in at
 * least four digits. For example, pod 12 of `web-5d8f` is `web-5d8f-00012`. No two pods share a
 * name.
 */
import type { ReplicaId } from '@stowage/kernel'
import { titleOfSet } from './edit.js'

/**
 * The `namespace/name` of the pod of a ReplicaSet that a replica is.
 *
 * The number has at least four digits. Kubernetes appends five random letters and digits instead,
 * of which `0` is none, so that no name here is one that Kubernetes gives.
 */
export const podNameOf = (set: string, replica: ReplicaId): string =>
  `${set}-0${String(replica).padStart(4, '0')}`

/**
 * What a report on a replica is about: `Pod shop/web-5d8f-00012`. `owner` is the name in the order
 * that started it, `ReplicaSet shop/web-5d8f`.
 */
export const podSubject = (owner: string, replica: ReplicaId): string =>
  `Pod ${podNameOf(owner.slice(titleOfSet('').length), replica)}`

/** The replica that a name of a pod says; `undefined` for a name of another form. */
export const replicaNamed = (name: string): ReplicaId | undefined => {
  const [, digits] = /-0(\d{4,})$/.exec(name) ?? []
  return digits === undefined ? undefined : (Number(digits) as ReplicaId)
}
