/** Container images that lie on nodes already: for each image the nodes that have it, and its size. */
import type { Node } from '../words/node.js'

/** What is known of the images that lie on nodes: by image the nodes that have it, and its size. */
export interface ImageCensus {
  readonly nodes: number
  readonly images: ReadonlyMap<string, ImageThere>
}

export interface ImageThere {
  readonly on: ReadonlySet<string>
  /** In bytes, as the first node says that has it, whatever the others say. */
  readonly size: number
}

/** The nodes in the order in which they came to be known. */
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
