/**
 * Tests the format of a pod's total amounts: that of the first amount that is not 0, in the order
 * in which the API server adds containers and sidecars. For example, `128Mi` plus `400M` is
 * `521697Ki`. The expected texts are those that kube-apiserver 1.37.2 stores.
 */
import { describe, expect, it } from 'vitest'
import type { WireContainer } from './objects.js'
import { withPodResources } from './pod-level.js'
import { togetherOf } from './together.js'

const container = (requests?: string, limits?: string): WireContainer => ({
  name: 'c',
  resources: {
    ...(requests === undefined ? {} : { requests: { memory: requests } }),
    ...(limits === undefined ? {} : { limits: { memory: limits } }),
  },
})
const sidecar = (requests?: string, limits?: string): WireContainer => ({
  ...container(requests, limits),
  restartPolicy: 'Always',
})
type Row = readonly [string, readonly WireContainer[], readonly WireContainer[], string]

const rows: readonly Row[] = [
  ['of a container', [container('128Mi')], [sidecar('400M')], '521697Ki'],
  ['or tens where it has no such text', [container('1500Mi'), container('200M')], [], '1772864k'],
  ['of a container before a sidecar', [container('400M')], [sidecar('128Mi')], '534217728'],
  ['that is not 0', [container('0'), container('128Mi'), container('400M')], [], '521697Ki'],
  ['before a 0', [container('400M'), container('0'), container('128Mi')], [], '534217728'],
  ['as an exponent', [container('1e9'), container('128Mi')], [], '1134217728'],
  ['of the first sidecar', [], [sidecar('128Mi'), sidecar('400M')], '521697Ki'],
  ['of the first sidecar, in tens', [], [sidecar('400M'), sidecar('128Mi')], '534217728'],
  ['of an equal container', [container('1Gi')], [container('1073741824')], '1Gi'],
  ['of an equal container, in tens', [container('1073741824')], [container('1Gi')], '1073741824'],
  [
    'also where a part of the sum has no such text',
    [container('512Mi'), container('200M')],
    [sidecar('200M')],
    '914913Ki',
  ],
]
it.each(rows)('a sum has the format of the first amount, %s', (_, containers, inits, memory) => {
  expect(togetherOf({ containers, initContainers: inits }, 'requests')).toEqual({ memory })
})

describe("the limit of a pod is the containers' where its request is not more", () => {
  it.each([
    ['1Gi', '1073741824', '1073741824'],
    ['1073741824', '1Gi', '1Gi'],
    ['2Gi', '1Gi', '2Gi'],
  ])('with a request of %s and a limit of %s', (memory, limit, stored) => {
    const spec = {
      containers: [container(limit, limit)],
      resources: { requests: { memory } },
    }
    expect(withPodResources(spec).resources!.limits).toEqual({
      memory: stored,
    })
  })
})
