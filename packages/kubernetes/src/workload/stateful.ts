/**
 * Makes the pods of a StatefulSet one by one, as its controller does: each has a name with a
 * number, and its own claim for every claim template, which replaces a volume of the same name.
 * Such pods differ in their volumes, so that they are placed one by one.
 *
 * Source: Kubernetes documentation, "StatefulSets" (pod identity, ordinal index, stable storage).
 */
import type { PersistentVolumeClaim } from '../words/persistent-volume.js'
import type { Volume } from '../words/volume.js'
import { claimOfTemplate } from '../surroundings/claim.js'
import { podNameOf, type PendingWorkload } from './share.js'

/** The pods that a workload plans: of a StatefulSet with claims each by itself, others together. */
export const pendingPods = (workload: PendingWorkload): readonly PendingWorkload[] => {
  const { ordinals = [], stateful } = workload
  if (stateful === undefined || stateful.claimTemplates.length === 0) return [workload]
  const names = new Set(stateful.claimTemplates.map(({ metadata }) => metadata.name))
  const others = workload.spec.volumes.filter(({ name }) => !names.has(name ?? ''))
  return ordinals.map((ordinal) => ({
    ...workload,
    count: 1,
    ordinals: [ordinal],
    named: { name: podNameOf(workload, ordinal), uid: undefined },
    spec: {
      ...workload.spec,
      volumes: [
        ...[...names].map((name) => volumeOfClaim(name, claimNameOf(workload, name, ordinal))),
        ...others,
      ],
    },
  }))
}

/** The claims of a StatefulSet's pending pods, as they are made where they do not exist. */
export const statefulClaims = (workload: PendingWorkload): readonly PersistentVolumeClaim[] => {
  const { ordinals = [], stateful, namespace } = workload
  return ordinals.flatMap((ordinal) =>
    (stateful?.claimTemplates ?? []).map((template) =>
      claimOfTemplate(namespace, claimNameOf(workload, template.metadata.name, ordinal), template),
    ),
  )
}

/** As in `data-pg-0`: the template, the StatefulSet, the number of the pod. */
const claimNameOf = (workload: PendingWorkload, template: string, ordinal: number): string =>
  `${template}-${podNameOf(workload, ordinal)}`

const volumeOfClaim = (name: string, claimName: string): Volume => ({
  ...{ name, source: 'persistentVolumeClaim', persistentVolumeClaim: { claimName } },
  ...{ image: undefined, ephemeral: undefined, iscsi: undefined, rbd: undefined },
  ...{ gcePersistentDisk: undefined, awsElasticBlockStore: undefined, azureDisk: undefined },
  ...{ cinder: undefined, portworxVolume: undefined },
})
