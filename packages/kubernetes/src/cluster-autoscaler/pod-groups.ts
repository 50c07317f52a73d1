/**
 * Computes, for each node template, which groups of equal pods fit on an empty new node of the
 * template. The existing nodes and their pods are taken into account.
 */
import { allowIndexes, batch, empty, trial } from '@stowage/kernel'
import type { ObjectSurroundings } from '../surroundings/surroundings.js'
import type { PodCopies } from './expansion.js'
import { addNode, podClass, newNode, openSnapshot, placeOn } from './snapshot.js'
import type { OccupiedNode } from './words.js'

/** By template and by group of pods, whether one pod finds a place. */
export const takersOf = (
  templates: readonly OccupiedNode[],
  nodes: readonly OccupiedNode[],
  groups: readonly PodCopies[],
  objects?: ObjectSurroundings,
): readonly (readonly boolean[])[] =>
  batch(allowIndexes(empty), (draft) => {
    const pods = [...templates, ...nodes].flatMap((node) => node.pods)
    const snapshot = openSnapshot(draft, [...pods, ...groups.map(({ pod }) => pod)], objects)
    for (const node of nodes) addNode(snapshot, node)
    for (const pod of [...pods, ...groups.map((group) => group.pod)]) podClass(snapshot, pod)
    return templates.map((template) =>
      trial(draft, (own) => {
        const inside = { ...snapshot, draft: own, replicas: new Map(snapshot.replicas) }
        const node = addNode(inside, newNode(inside, template, 0))
        const takes = groups.map(({ pod }) =>
          trial(own, (inner) => [
            false,
            placeOn({ ...inside, draft: inner }, pod, [node]) !== undefined,
          ]),
        )
        return [false, takes]
      }),
    )
  })[1]
