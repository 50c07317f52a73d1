/** What pods depend on beside themselves, gathered from all objects that were read. */
import { surroundingsOf, type PodLike, type Surroundings } from '../lower/surroundings.js'
import type { KubernetesObject } from '../words/object.js'
import { namespaceOf } from './workload.js'

/** `pods` are all that are planned together, those that run included. */
export const around = (
  objects: readonly KubernetesObject[],
  pods: readonly PodLike[],
): Surroundings =>
  surroundingsOf(
    pods,
    new Map(
      objects.flatMap((found) =>
        found.kind === 'Namespace'
          ? [[found.object.metadata.name, found.object.metadata.labels] as const]
          : [],
      ),
    ),
    objects.flatMap((found) => {
      const selector = found.kind === 'Service' ? found.object.spec?.selector : undefined
      if (found.kind !== 'Service' || selector === undefined) return []
      return [{ namespace: namespaceOf(found.object.metadata), selector }]
    }),
  )
