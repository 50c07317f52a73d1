/** Tests scores by preferences for nodes: preferred node affinity, and PreferNoSchedule taints. */
import { expect, it } from 'vitest'
import { explainOnNodes } from '../plan/explain.js'
import { readKubernetes } from '../read/input.js'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'

const node = (name: string, labels: object, taints: readonly object[] = []) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels },
  spec: { taints },
  status: { allocatable: { cpu: '4', memory: '8Gi', pods: '10' } },
})
const pod = (spec: object) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p' },
  spec: { containers: [{ name: 'c' }], ...spec },
})

const explained = (...values: readonly unknown[]) => {
  const read = readKubernetes(values.map((value, i) => ({ from: `${i}`, value })))
  if (E.isLeft(read)) throw new Error(JSON.stringify(read.left))
  const found = explainOnNodes(read.right, 'default/p')
  if (O.isNone(found) || found.value._tag !== 'Explained') throw new Error('nothing to explain')
  return found.value.explanation
}

const preferring = (weight: number, key: string) => ({
  weight,
  preference: { matchExpressions: [{ key, operator: 'Exists' }] },
})
const preferences = (...terms: readonly object[]) => ({
  affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: terms } },
})

it('prefers the node with the highest weight of matching terms, as a share of the best', () => {
  const { best, nodes } = explained(
    node('a', { ssd: 'yes' }),
    node('b', { ssd: 'yes', near: 'yes' }),
    node('c', {}),
    pod(preferences(preferring(30, 'ssd'), preferring(60, 'near'))),
  )
  const weighted = nodes.map(
    ({ scores }) => scores.find(({ plugin }) => plugin === 'NodeAffinity')?.weighted,
  )
  expect(weighted).toEqual([66, 200, 0])
  expect(best).toEqual(['b'])
})

it('keeps away from taints that only discourage, unless it tolerates them', () => {
  const taint = { key: 'spot', effect: 'PreferNoSchedule' }
  const discouraging = node('a', {}, [taint])
  expect(explained(discouraging, node('b', {}), pod({})).best).toEqual(['b'])
  const tolerations = [{ key: 'spot', operator: 'Exists' }]
  expect(explained(discouraging, node('b', {}), pod({ tolerations })).best).toEqual(['a', 'b'])
})

it('has no score of balance when it requests nothing', () => {
  const plugins = explained(node('a', {}), pod({})).nodes[0]?.scores.map(({ plugin }) => plugin)
  expect(plugins).toEqual(['TaintToleration', 'NodeResourcesFit'])
})
