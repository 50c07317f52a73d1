/**
 * Collects from all objects what the rules of a pod depend on besides the pod (its surroundings):
 * namespaces, services, images, devices and storage.
 */
import { imagesOn } from '../surroundings/images.js'
import {
  surroundingsOf,
  type ObjectSurroundings,
  type ServiceLike,
  type Surroundings,
} from '../surroundings/surroundings.js'
import type { PodLike } from '../surroundings/pod-like.js'
import type { Node } from '../words/node.js'
import type { KubernetesObject } from '../words/object.js'
import { devicesIn } from './devices-around.js'
import { storageIn } from './storage-around.js'
import { namespaceOf } from '../workload/workload.js'
import { labelsOfNamespaces } from './namespaces.js'

/**
 * The surroundings of `pods`: all pods that are planned together and those that run. They are as
 * the objects have them, but for those that are named.
 */
export const around = (
  objects: readonly KubernetesObject[],
  nodes: readonly Node[],
  pods: readonly PodLike[],
  {
    storage = storageIn(objects),
    namespaces = labelsOfNamespaces(objects),
  }: Partial<Pick<ObjectSurroundings, 'storage' | 'namespaces'>> = {},
): Surroundings =>
  surroundingsOf(pods, {
    ...{ namespaces, storage },
    services: servicesIn(objects),
    images: imagesOn(nodes),
    devices: devicesIn(objects),
  })

/** The selectors of the services. */
export const servicesIn = (objects: readonly KubernetesObject[]): readonly ServiceLike[] =>
  objects.flatMap(serviceIn)

const serviceIn = (found: KubernetesObject): readonly ServiceLike[] => {
  if (found.kind !== 'Service') return []
  const { metadata, spec } = found.object
  if (spec?.selector === undefined) return []
  return [{ namespace: namespaceOf(metadata), selector: spec.selector }]
}
