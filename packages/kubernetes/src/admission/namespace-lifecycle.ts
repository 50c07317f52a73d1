/**
 * Implements the admission plugin NamespaceLifecycle: refuses new pods in a namespace that is being
 * terminated. A namespace that is not among the objects is assumed to exist.
 *
 * Source: Kubernetes documentation, "Admission Control in Kubernetes".
 */
import * as E from 'fp-ts/lib/Either.js'
import { namespaceIn } from './cluster.js'
import type { PodPlugin } from './plugin.js'

/** Forbids a pod in a namespace that is being terminated. */
export const inLivingNamespace: PodPlugin = (pod, { namespaces }) => {
  const namespace = namespaceIn(pod)
  return namespaces.get(namespace)?.isTerminating === true
    ? E.left(
        `unable to create new content in namespace ${namespace} because it is being terminated`,
      )
    : E.right(pod)
}
