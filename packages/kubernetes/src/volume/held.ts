/**
 * The volumes of limited drivers that a pod holds, as facts of it, and read back from the pods of a node: which different ones there
 * are.
 */
import {
  classOf,
  replicasOn,
  word,
  wordText,
  type Draft,
  type NodeId,
  type Word,
} from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import type { PodLike, Surroundings } from '../lower/surroundings.js'
import { attachedBy, textOf } from './driver.js'

const sharedMark = 'volume '
const ownMark = 'volumes of its own '

export const volumeFacts = (
  draft: Draft,
  pod: PodLike,
  { storage, volumeUse: { limited } }: Surroundings,
): readonly Word[] => {
  if (limited.length === 0) return []
  const all = attachedBy(pod, storage).filter(({ driver }) => limited.includes(driver))
  const own = limited.map(
    (driver) =>
      [
        driver,
        all.filter((one) => one.driver === driver && one.handle === undefined).length,
      ] as const,
  )
  return [
    ...all.filter(({ handle }) => handle !== undefined).map((one) => sharedMark + textOf(one)),
    ...own.filter(([, count]) => count > 0).map((one) => ownMark + JSON.stringify(one)),
  ].map((text) => word(draft, text))
}

/** A driver's different volumes on a node, as `textOf` writes them, and the number of those that one pod each has for itself. */
export const volumesOn = (
  draft: Draft,
  node: NodeId,
  driver: string,
): { readonly shared: ReadonlySet<string>; readonly own: number } => {
  const texts = replicasOn(draft, node)
    .flatMap((replica) => O.toUndefined(classOf(draft, replica.class))?.facts ?? [])
    .flatMap((fact) => O.toUndefined(wordText(draft, fact)) ?? [])
  const after = (mark: string): readonly string[] =>
    texts.flatMap((text) => (text.startsWith(mark) ? [text.slice(mark.length)] : []))
  const isOf = (text: string): boolean => (JSON.parse(text) as readonly unknown[])[0] === driver
  return {
    shared: new Set(after(sharedMark).filter(isOf)),
    own: after(ownMark)
      .filter(isOf)
      .reduce((sum, text) => sum + Number((JSON.parse(text) as readonly unknown[])[1]), 0),
  }
}
