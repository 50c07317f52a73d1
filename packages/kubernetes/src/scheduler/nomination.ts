/**
 * Records nominated pods, and respects them when a node is judged. A nominated pod, called a guest
 * here, has a node on which other pods are being evicted for it. A pod of equal or lower priority
 * must fit on that node both with and without the guest.
 *
 * Source: Kubernetes documentation, "Pod Priority and Preemption" (nominatedNodeName).
 */
import {
  bind,
  findNode,
  getOrThrow,
  openNodeJudge,
  trial,
  type ClassId,
  type Explanation,
  type NodeExplanation,
  type NodeId,
  type Refusal,
} from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import { carriedBy } from '../surroundings/carried.js'
import { pluginOf } from '../plugin/reason.js'
import type { Volume } from '../words/volume.js'
import { lower, type LoweredPod } from './lowered.js'
import type { KnownPod, Session } from './session.js'

/**
 * A pod's class with the nominated pods that count beside it. Refusals by an idle plugin, one that
 * had nothing to check for the pod, are ignored while guests are present.
 */
export interface PodAmongGuests {
  readonly class: ClassId
  readonly guests: Guests
  readonly isIdle: (refusal: Refusal) => boolean
}

/** The nominated pods that count against a pod, by node. */
export type Guests = ReadonlyMap<NodeId, readonly Pick<LoweredPod, 'class'>[]>

/** The nominated pods of the pod's priority or a higher one, except the pod itself. */
export const guestsBeside = (
  session: Session,
  pod: KnownPod,
): ReadonlyMap<NodeId, readonly LoweredPod[]> => {
  const guests = new Map<NodeId, LoweredPod[]>()
  for (const [name, nodeName] of session.nominated) {
    const guest = session.pods.get(name)
    const node = findNode(session.draft, nodeName)
    if (guest === undefined || O.isNone(node) || guest.name === pod.name) continue
    if (priorityOf(guest) >= priorityOf(pod)) addGuest(guests, node.value, lower(session, guest))
  }
  return guests
}

const addGuest = (guests: Map<NodeId, LoweredPod[]>, node: NodeId, guest: LoweredPod): void => {
  const others = guests.get(node)
  if (others === undefined) guests.set(node, [guest])
  else others.push(guest)
}

/** The pod's priority; 0 when it has none. */
export const priorityOf = ({ spec }: KnownPod): number => spec.priority ?? 0

/** Nominates the pod to the node; without a node, removes its nomination. */
export const nominate = (
  { nominated }: Session,
  { name }: KnownPod,
  node: string | undefined,
): void => {
  if (node === undefined) nominated.delete(name)
  else nominated.set(name, node)
}

/**
 * Removes the nominations of lower-priority pods to a node where `pod` preempts: they may not fit
 * beside it. Returns the pods that lost theirs.
 */
export const voidBelow = (
  { nominated, pods }: Session,
  pod: KnownPod,
  node: string,
): readonly KnownPod[] => {
  const voided = [...nominated].flatMap(([name, to]) => {
    const other = pods.get(name)
    return to === node && other !== undefined && priorityOf(other) < priorityOf(pod) ? [other] : []
  })
  for (const { name } of voided) nominated.delete(name)
  return voided
}

/**
 * The refusals of the pod on the node with its guests present; if there are none, the refusals
 * without guests. A caller that asks often passes a judge of the pod's class.
 */
export const refusalsOn = (
  { draft }: Pick<Session, 'draft'>,
  { class: classId, guests, isIdle }: PodAmongGuests,
  node: NodeId,
  judgeClass: (one: NodeId) => readonly Refusal[] = openNodeJudge(draft, classId),
): readonly Refusal[] => {
  const now = () => judgeClass(node)
  const there = guests.get(node) ?? []
  const beside =
    there.length === 0
      ? []
      : trial(draft, () => {
          for (const guest of there) getOrThrow(bind(draft, guest.class, node, 'running'))
          return [false, now().filter((refusal) => !isIdle(refusal))]
        })
  return beside.length > 0 ? beside : now()
}

/**
 * Adds to an explanation without guests the refusals that the guests cause. The node must pass both
 * with and without the guests, because they may end up elsewhere.
 */
export const besideGuests = (
  session: Session,
  asking: PodAmongGuests,
  { nodes }: Explanation,
): readonly NodeExplanation[] =>
  nodes.map((one) => {
    if (one.first !== undefined && !asking.guests.has(one.node)) return one
    const all = asking.guests.has(one.node) ? refusalsOn(session, asking, one.node) : one.all
    const [first] = all
    return first === undefined ? one : { ...one, all, first, scores: [] }
  })

/**
 * Tells whether a refusal comes from an idle plugin, one that skips this pod. InterPodAffinity
 * skips a pod that has no required terms and that no other pod's anti-affinity refuses;
 * VolumeRestrictions skips a pod without such disks.
 */
export const idlePluginsOf = (
  pod: KnownPod,
  { nodes }: Explanation,
): ((refusal: Refusal) => boolean) => {
  const hasTerms = carriedBy(pod).some(({ kind }) => kind.startsWith('required'))
  const idle = [
    ...(hasTerms ? [] : [pluginOf('InterPodAffinity')]),
    ...(pod.spec.volumes.some(isDisk) ? [] : [pluginOf('VolumeRestrictions')]),
  ].filter((plugin) => !nodes.some(({ all }) => all.some((one) => one.plugin === plugin)))
  return (refusal) => idle.includes(refusal.plugin)
}

const isDisk = ({ gcePersistentDisk, awsElasticBlockStore, iscsi, rbd }: Volume): boolean =>
  [gcePersistentDisk, awsElasticBlockStore, iscsi, rbd].some((disk) => disk !== undefined)
