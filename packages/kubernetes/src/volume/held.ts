/**
 * Counts the distinct volumes on a node, for CSI drivers that limit the volumes of a node. A pod
 * has one fact (a text that kernel rules count) per volume. Pods that share a volume have the same
 * fact for it, so the volume counts once.
 */
import {
  findClass,
  replicasOn,
  internWord,
  wordText,
  type Draft,
  type NodeId,
  type WordId,
} from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import type { Surroundings } from '../surroundings/surroundings.js'
import type { PodLike } from '../surroundings/pod-like.js'
import { attachedBy, volumeText } from '../surroundings/driver.js'

const sharedMark = 'volume '
const ownMark = 'own volume '

/** One fact per volume of a limited driver. Volumes that only this pod has are numbered. */
export const volumeFacts = (
  draft: Draft,
  pod: PodLike,
  { storage, volumeUse: { limited } }: Surroundings,
): readonly WordId[] =>
  attachedBy(pod, storage)
    .filter(({ driver }) => limited.includes(driver))
    .map((one, i) =>
      one.handle === undefined
        ? ownMark + JSON.stringify([one.driver, i])
        : sharedMark + volumeText(one),
    )
    .map((text) => internWord(draft, text))

/**
 * The volumes of a driver on a node: the shareable ones, each once, in the form of `volumeText`,
 * and the number of those that belong to one pod.
 */
export const volumesOn = (
  draft: Draft,
  node: NodeId,
  driver: string,
): { readonly shared: ReadonlySet<string>; readonly own: number } => {
  const texts = replicasOn(draft, node)
    .flatMap((replica) => O.toUndefined(findClass(draft, replica.class))?.facts ?? [])
    .flatMap((fact) => O.toUndefined(wordText(draft, fact)) ?? [])
  const after = (mark: string): readonly string[] =>
    texts.flatMap((text) => (text.startsWith(mark) ? [text.slice(mark.length)] : []))
  const isOf = (text: string): boolean => (JSON.parse(text) as readonly unknown[])[0] === driver
  return {
    shared: new Set(after(sharedMark).filter(isOf)),
    own: after(ownMark).filter(isOf).length,
  }
}
