/**
 * Gathers from all objects the surroundings of pods, that is, what their rules depend on beside the
 * pod: namespaces, services, images, resource claims and storage.
 */
import { imagesOn } from '../surroundings/images.js'
import {
  surroundingsOf,
  type ServiceLike,
  type Surroundings,
} from '../surroundings/surroundings.js'
import type { PodLike } from '../surroundings/pod-like.js'
import type { Storage } from '../surroundings/storage.js'
import type { Node } from '../words/node.js'
import type { KubernetesObject } from '../words/object.js'
import { storageIn } from './storage-around.js'
import { fullName, namespaceOf } from '../workload/workload.js'

/**
 * The surroundings of `pods`: all pods that are planned together and those that run. Storage is as
 * the objects have it unless it is given.
 */
export const around = (
  objects: readonly KubernetesObject[],
  nodes: readonly Node[],
  pods: readonly PodLike[],
  storage: Storage = storageIn(objects),
): Surroundings =>
  surroundingsOf(pods, {
    namespaces: new Map(
      objects.flatMap((found) =>
        found.kind === 'Namespace'
          ? [[found.object.metadata.name, found.object.metadata.labels] as const]
          : [],
      ),
    ),
    services: objects.flatMap(serviceIn),
    images: imagesOn(nodes),
    resourceClaims: new Set(
      objects.flatMap((found) =>
        found.kind === 'ResourceClaim' ? [fullName(found.object.metadata)] : [],
      ),
    ),
    storage,
  })

const serviceIn = (found: KubernetesObject): readonly ServiceLike[] => {
  if (found.kind !== 'Service') return []
  const { metadata, spec } = found.object
  if (spec?.selector === undefined) return []
  return [{ namespace: namespaceOf(metadata), selector: spec.selector }]
}
