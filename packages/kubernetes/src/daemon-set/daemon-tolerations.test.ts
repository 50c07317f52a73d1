/**
 * Tests that daemon pods stay on nodes that are lost: the tolerations of the controller hold for
 * ever, also beside those that the API server gives to all pods.
 *
 * Source: Kubernetes documentation, "DaemonSet" (taints and tolerations).
 */
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { evictionDelay } from '../node-lifecycle/eviction-delay.js'
import type { Toleration } from '../words/taint.js'
import { daemonTolerations } from './daemon-tolerations.js'

const lossKeys = ['not-ready', 'unreachable'].map((name) => `node.kubernetes.io/${name}`)

/** As the API server adds it, or as a user may write it. */
const anyToleration: fc.Arbitrary<Toleration> = fc.record({
  key: fc.constantFrom(...lossKeys),
  operator: fc.constant('Exists' as const),
  value: fc.constantFrom(undefined, ''),
  effect: fc.constant('NoExecute'),
  tolerationSeconds: fc.constantFrom(undefined, 0, 60, 300),
})

const staysOnLostNodes = (tolerationsOf: typeof daemonTolerations) =>
  fc.property(
    fc.array(anyToleration, { maxLength: 3 }),
    fc.boolean(),
    fc.subarray(lossKeys, { minLength: 1 }),
    (tolerations, hostNetwork, keys) => {
      const taints = keys.map((key) => ({ key, value: undefined, effect: 'NoExecute' }))
      expect(evictionDelay(tolerationsOf({ tolerations, hostNetwork }), taints)).toBeUndefined()
    },
  )

it('lets daemon pods stay on lost nodes, whatever time their templates state', () => {
  fc.assert(staysOnLostNodes(daemonTolerations), { numRuns: 500, seed: 1 })
})
it('is refuted when the tolerations of the template stay beside those of the controller', () => {
  const adding: typeof daemonTolerations = ({ tolerations, hostNetwork }) => [
    ...tolerations,
    ...daemonTolerations({ tolerations: [], hostNetwork }),
  ]
  expect(isRefuted(staysOnLostNodes(adding))).toBe(true)
})
