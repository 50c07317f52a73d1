/**
 * The volumes of limited drivers that a pod holds, as facts of it, and read back from the pods of a
 * node: which different ones there are.
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
import { attachedBy, textOf } from '../surroundings/driver.js'

const sharedMark = 'volume '
const ownMark = 'own volume '

/** A volume of the pod's own is told from its others by where it stands among them. */
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
        : sharedMark + textOf(one),
    )
    .map((text) => internWord(draft, text))

/**
 * A driver's different volumes on a node, as `textOf` writes them, and the number of those that one
 * pod each has for itself.
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
