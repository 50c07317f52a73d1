/**
 * Completes the namespaces as an API server would: adds those that have pods but are not in the
 * input, and labels each namespace with its name.
 */
import type { PodLike } from '../surroundings/pod-like.js'
import type { Surroundings } from '../surroundings/surroundings.js'
import type { Labels } from '../words/label-selector.js'
import type { KubernetesObject } from '../words/object.js'

/** The labels of the namespaces that are objects, as they have them. */
export const labelsOfNamespaces = (
  objects: readonly KubernetesObject[],
): Surroundings['namespaces'] =>
  new Map(
    objects.flatMap((found) =>
      found.kind === 'Namespace'
        ? [[found.object.metadata.name, found.object.metadata.labels] as const]
        : [],
    ),
  )

/** The labels of the namespaces that are objects, and of those in which there are pods. */
export const namespacesIn = (
  objects: readonly KubernetesObject[],
  pods: readonly PodLike[],
): Surroundings['namespaces'] => {
  const ofPods = pods.map(({ namespace }): readonly [string, Labels] => [namespace, new Map()])
  const labels = new Map([...ofPods, ...labelsOfNamespaces(objects)])
  return new Map(
    [...labels].map(([name, own]) => [
      name,
      new Map([...own, ['kubernetes.io/metadata.name', name]]),
    ]),
  )
}
