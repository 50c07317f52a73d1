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
const bytesMin = 23 * mebibyte
const perImageMax = 1_000 * mebibyte

/** `undefined` when no node has any of the pod's images. */
export const imageScore: ScoreOf = ({ draft, pod, around: { images: census } }) => {
  const names = imagesOf(pod.spec)
  const there = names.flatMap((name) => census.images.get(name) ?? [])
  if (there.length === 0) return undefined
  const scores = internColumn(draft, `images ${JSON.stringify([...names].sort())}`)
  const nodes = [...new Set(there.flatMap(({ on }) => [...on]))]
  getOrThrow(
    giveColumn(
      draft,
      scores,
      nodes.flatMap((name) => {
        const node = findNode(draft, name)
        return O.isSome(node) ? [[node.value, scoreOn(name, there, names.length, census)]] : []
      }),
    ),
  )
  return { raw: { _tag: 'Column', column: scores }, normaliser: 'none' }
}

const scoreOn = (
  node: string,
  there: readonly ImageThere[],
  imageCount: number,
  { nodes }: ImageCensus,
): number => {
  const bytes = there
    .filter(({ on }) => on.has(node))
    .reduce((sum, { on, size }) => sum + Math.trunc(size * (on.size / nodes)), 0)
  const bytesMax = perImageMax * imageCount
  const within = Math.min(Math.max(bytes, bytesMin), bytesMax)
  return Math.trunc((100 * (within - bytesMin)) / (bytesMax - bytesMin))
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
