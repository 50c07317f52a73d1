/**
 * Collects the container images on all nodes: for each image its size and the nodes that have it.
 */
import type { Node } from '../words/node.js'

/** All images by name, and the number of nodes. */
export interface ImageCensus {
  readonly nodes: number
  readonly images: ReadonlyMap<string, ImageThere>
}

/** One image and the names of the nodes that have it. */
export interface ImageThere {
  readonly on: ReadonlySet<string>
  /** In bytes, as reported by the first node that has the image. */
  readonly size: number
}

/** Collects the images of all nodes; the first node that has an image determines its size. */
export const imagesOn = (nodes: readonly Node[]): ImageCensus => {
  const images = new Map<string, { readonly on: Set<string>; readonly size: number }>()
  for (const { metadata, status } of nodes)
    for (const { names, sizeBytes = 0 } of status?.images ?? [])
      for (const name of names) {
        const there = images.get(name) ?? { on: new Set(), size: sizeBytes }
        there.on.add(metadata.name)
        images.set(name, there)
      }
  return { nodes: nodes.length, images }
}
