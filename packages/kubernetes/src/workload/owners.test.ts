/**
 * Tests the search for the topmost owner of a workload: in chains of up to ten thousand owners, in
 * chains with an unknown owner, and in cycles.
 */
import { describe, expect, it } from 'vitest'
import { readObjects } from '../words/object.js'
import { isWorkload } from './kind.js'
import { topOwners } from './owners.js'
import { titleOf, workloadOf, type KubernetesWorkload } from './workload.js'

const replicaSet = (name: string, owner?: string): KubernetesWorkload => {
  const controller = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: owner, controller: true }
  const value = {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name, ...(owner === undefined ? {} : { ownerReferences: [controller] }) },
    spec: {
      selector: { matchLabels: { app: 'a' } },
      template: { metadata: { labels: { app: 'a' } }, spec: { containers: [{ name: 'c' }] } },
    },
  }
  const { objects } = readObjects({ from: 'f', value })
  return workloadOf(objects.find(isWorkload)!)
}
const topsOf = (...workloads: readonly KubernetesWorkload[]): readonly string[] => {
  const topOf = topOwners(workloads)
  return workloads.map((one) => titleOf(topOf(one)).replace('ReplicaSet default/', ''))
}

describe('the top of a chain of owners', () => {
  it('is the last that is known', () => {
    expect(topsOf(replicaSet('a', 'b'), replicaSet('b', 'c'), replicaSet('d', 'x'))).toEqual([
      'b',
      'b',
      'd',
    ])
  })
  it('is found over ten thousand owners', () => {
    const chain = Array.from({ length: 10_000 }, (_, i) => replicaSet(`r${i}`, `r${i + 1}`))
    expect(new Set(topsOf(...chain))).toEqual(new Set(['r9999']))
  })
  it('is each itself where they own each other, or themselves', () => {
    expect(topsOf(replicaSet('a', 'b'), replicaSet('b', 'a'), replicaSet('c', 'c'))).toEqual([
      'a',
      'b',
      'c',
    ])
  })
})
