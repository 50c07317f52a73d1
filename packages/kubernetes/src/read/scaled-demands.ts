/**
 * Computes the resource requests of the pods of each workload, to which a HorizontalPodAutoscaler
 * compares their usage. The requests are those after admission, with the defaults of the API server
 * and of LimitRanges.
 */
import { scaledDemand } from '../autoscale/request.js'
import type { ScaledDemand } from '../autoscale/sample.js'
import type { KubernetesObject } from '../words/object.js'
import { revisionsIn } from '../workload/revision.js'
import { titleOf } from '../workload/workload.js'
import { admitObjects } from './admitted.js'
import { readWorkloads } from './workloads.js'

/** The requests of a pod of each workload, by kind and name, such as `Deployment shop/web`. */
export const scaledDemands = (
  objects: readonly KubernetesObject[],
): ReadonlyMap<string, ScaledDemand> =>
  new Map(
    admitObjects(readWorkloads(objects, revisionsIn(objects)), []).workloads.map((workload) => [
      titleOf(workload),
      scaledDemand(workload.spec),
    ]),
  )
