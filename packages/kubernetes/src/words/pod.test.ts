/**
 * Tests the errors for malformed pods: each states the path of the wrong value, the value, and what
 * was expected.
 */
import { decodeValue } from '@stowage/documents'
import { pathOf } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { expect, it } from 'vitest'
import { Pod } from './pod.js'

const wrongIn = (value: unknown): readonly string[] => {
  const read = decodeValue(Pod, value)
  return E.isLeft(read)
    ? read.left.map(({ at, found, expected }) => `${pathOf(at)}: ${found}, not ${expected}`)
    : []
}
const main = { name: 'main' }
const podOf = (spec: unknown): unknown => ({ metadata: { name: 'cart' }, spec })
const specOf = (rest: object): unknown => podOf({ containers: [main], ...rest })

it('needs no more than a name and a container', () => {
  expect(wrongIn(specOf({}))).toEqual([])
})

it.each([
  [podOf(undefined), 'spec: nothing, not an object'],
  [podOf({}), 'spec.containers: nothing, not a list of containers, at least one'],
  [
    podOf({ containers: [] }),
    'spec.containers: an empty list, not a list of containers, at least one',
  ],
  [
    podOf({ containers: { main } }),
    'spec.containers: an object, not a list of containers, at least one',
  ],
  [podOf({ containers: [main, null] }), 'spec.containers[1]: null, not an object'],
  [podOf({ containers: [main, {}] }), 'spec.containers[1].name: nothing, not a string'],
  [{ metadata: {}, spec: { containers: [main] } }, 'metadata.name: nothing, not a name'],
  [{ metadata: { name: '' }, spec: { containers: [main] } }, 'metadata.name: "", not a name'],
  [{ spec: { containers: [main] } }, 'metadata: nothing, not an object'],
  [specOf({ nodeSelector: { tier: 1 } }), 'spec.nodeSelector.tier: 1, not a string'],
  [specOf({ nodeSelector: ['a'] }), 'spec.nodeSelector: a list of 1, not an object'],
  [specOf({ hostNetwork: 'yes' }), 'spec.hostNetwork: "yes", not true or false'],
  [specOf({ tolerations: {} }), 'spec.tolerations: an object, not a list'],
  [specOf({ tolerations: ['all'] }), 'spec.tolerations[0]: "all", not an object'],
  [specOf({ priority: 1e10 }), 'spec.priority: 10000000000, not a whole number of 32 bits'],
  [specOf({ affinity: { nodeAffinity: 1 } }), 'spec.affinity.nodeAffinity: 1, not an object'],
])('%j is none', (value, said) => {
  expect(wrongIn(value)).toEqual([said])
})

it.each([
  [65_536, '65536'],
  [-1, '-1'],
  [80.5, '80.5'],
  ['80', '"80"'],
])('has no port %j', (port, found) => {
  const ports = [{ containerPort: 80 }, { containerPort: 80, hostPort: port }]
  expect(wrongIn(podOf({ containers: [{ ...main, ports }] }))).toEqual([
    `spec.containers[0].ports[1].hostPort: ${found}, not a port from 0 to 65535`,
  ])
})

it('has all that is wrong with it said at once', () => {
  const value = { metadata: {}, spec: { containers: [{ name: 1 }], nodeSelector: [] } }
  expect(wrongIn(value)).toEqual([
    'metadata.name: nothing, not a name',
    'spec.containers[0].name: 1, not a string',
    'spec.nodeSelector: an empty list, not an object',
  ])
})

it('does not look at what is nothing to scheduling', () => {
  const rest = {
    imagePullSecrets: 7,
    dnsPolicy: [],
    containers: [{ ...main, command: 5, env: 'x' }],
  }
  expect(wrongIn(specOf(rest))).toEqual([])
})
