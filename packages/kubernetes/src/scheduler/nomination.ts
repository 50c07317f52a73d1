/**
 * Pods that are nominated to a node: room is being made there for them, and a pod that matters no
 * more than they do must find its place beside them. It must find it without them as well, since
 * they may end up elsewhere.
 *
 * Source: Kubernetes documentation, "Pod Priority and Preemption" (nominatedNodeName).
 */
import {
  bind,
  getOrThrow,
  explain,
  findNode,
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
 * A pod, as nodes are judged for it: `unasked` are the plugins that are left out, guests or not.
 */
export interface PodAmongGuests {
  readonly class: ClassId
  readonly guests: Guests
  readonly isUnasked: (refusal: Refusal) => boolean
}

/** The nominated pods that a pod has to reckon with, by node. */
export type Guests = ReadonlyMap<NodeId, readonly LoweredPod[]>

/** Those of the pod's priority or a higher one, itself left out. */
export const guestsBeside = (session: Session, pod: KnownPod): Guests => {
  const guests = new Map<NodeId, LoweredPod[]>()
  for (const [name, nodeName] of session.nominated) {
    const guest = session.pods.get(name)
    const node = findNode(session.draft, nodeName)
    if (guest === undefined || O.isNone(node) || guest.name === pod.name) continue
    if (priorityOf(guest) >= priorityOf(pod))
      guests.set(node.value, [...(guests.get(node.value) ?? []), lower(session, guest)])
  }
  return guests
}

export const priorityOf = ({ spec }: KnownPod): number => spec.priority ?? 0

/** Nominates the pod to the node, or, without one, to none. */
export const nominate = (
  { nominated }: Session,
  { name }: KnownPod,
  node: string | undefined,
): void => {
  if (node === undefined) nominated.delete(name)
  else nominated.set(name, node)
}

/**
 * The pods of lower priority that are nominated to a node lose that when another pod preempts
 * there, as they may find no place beside it. Those that did are given.
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
 * All that refuses the pod on the node: while its guests are there if that is anything, and else
 * while they are not.
 */
export const refusalsOn = (
  session: Session,
  { class: asked, guests, isUnasked }: PodAmongGuests,
  node: NodeId,
): readonly Refusal[] => {
  const { draft } = session
  const now = () => explain(draft, { class: asked, only: [node] }).nodes.flatMap(({ all }) => all)
  const there = guests.get(node) ?? []
  const beside =
    there.length === 0
      ? []
      : trial(draft, () => {
          for (const guest of there) getOrThrow(bind(draft, guest.class, node, 'running'))
          return [false, now().filter((refusal) => !isUnasked(refusal))]
        })
  return beside.length > 0 ? beside : now()
}

/** What was found of the nodes without any guest, with what is refused for their sake. */
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
 * The plugins that find nothing to ask before any node is looked at are not asked for the sake of
 * guests either: pod affinity of a pod that has no required terms and that nobody on a node keeps
 * away, and restrictions of volumes in like manner.
 */
export const unaskedOf = (
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
