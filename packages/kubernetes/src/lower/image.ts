/**
 * Translates the plugin ImageLocality to kernel rules: a node scores higher, the more bytes of the
 * pod's images it already has. The size of an image is multiplied by the share of nodes that have
 * the image.
 *
 * Source: Kubernetes documentation, "Scheduler Configuration" (ImageLocality).
 */
import { getOrThrow, internColumn, findNode, giveColumn } from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import type { PodSpec } from '../words/pod.js'
import type { ImageCensus, ImageThere } from '../surroundings/images.js'
import type { ScoreOf } from '../plugin/input.js'

const mebibyte = 1_048_576
const least = 23 * mebibyte
const mostPerImage = 1_000 * mebibyte

/** `undefined` when no node has any of the pod's images. */
export const imageScore: ScoreOf = ({ draft, pod, around: { images: census } }) => {
  const wanted = imagesOf(pod.spec)
  const there = wanted.flatMap((name) => census.images.get(name) ?? [])
  if (there.length === 0) return undefined
  const scores = internColumn(draft, `images ${JSON.stringify([...wanted].sort())}`)
  const names = [...new Set(there.flatMap(({ on }) => [...on]))]
  getOrThrow(
    giveColumn(
      draft,
      scores,
      names.flatMap((name) => {
        const node = findNode(draft, name)
        return O.isSome(node) ? [[node.value, scoreOn(name, there, wanted.length, census)]] : []
      }),
    ),
  )
  return { raw: { _tag: 'Column', column: scores }, normaliser: 'none' }
}

const scoreOn = (
  node: string,
  there: readonly ImageThere[],
  wanted: number,
  { nodes }: ImageCensus,
): number => {
  const bytes = there
    .filter(({ on }) => on.has(node))
    .reduce((sum, { on, size }) => sum + Math.trunc(size * (on.size / nodes)), 0)
  const most = mostPerImage * wanted
  const within = Math.min(Math.max(bytes, least), most)
  return Math.trunc((100 * (within - least)) / (most - least))
}

/** An image that is named twice counts twice. */
const imagesOf = ({ initContainers, containers, volumes }: PodSpec): readonly string[] =>
  [
    ...[...initContainers, ...containers].map(({ image }) => image ?? ''),
    ...volumes.flatMap(({ image }) => (image === undefined ? [] : [image.reference ?? ''])),
  ].map(withTag)

/** An image name without a tag means `latest`. */
const withTag = (name: string): string =>
  name.lastIndexOf(':') <= name.lastIndexOf('/') ? `${name}:latest` : name
