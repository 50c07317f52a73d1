/** Defines the objects of a small Kubernetes cluster, whose scheduler is fuzzed. */
import { readObjects, type KubernetesObject } from '@stowage/kubernetes'

/** A pod that waits. */
export const pod = (name: string) => ({
  ...{
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', labels: { a: 'b' } },
  },
  spec: {
    containers: [{ name: 'c', image: 'i', resources: { requests: { cpu: '100m' } } }],
    tolerations: [{ key: 'k', operator: 'Exists' }],
  },
})
/** A node with a taint that the pods tolerate. */
export const node = {
  ...{ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n', labels: { zone: 'a' } } },
  spec: { taints: [{ key: 'k', value: 'v', effect: 'NoSchedule' }] },
  status: { allocatable: { cpu: '2', memory: '4Gi', pods: '10' } },
}
/** A node and two pods that wait. */
export const schedulerObjects = (): readonly KubernetesObject[] =>
  readObjects({ from: 'f', value: [node, pod('p'), pod('q')] }).objects
