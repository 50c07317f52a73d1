/**
 * Tests the first scale-up of node groups that `provision` computes from documents. It equals the
 * scale-up that `scaleUp`, which other tests compare with the Cluster Autoscaler itself, computes
 * from the same pods and groups.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '../agreement/refuted.js'
import { caseSets } from '../cases/cases.js'
import { objects, scenarioTypes, sizes, suppliesFor, zones } from './documents.fixture.js'

const chains = [['least-waste'], ['most-pods'], ['least-nodes', 'least-waste']] as const
type Chain = readonly ('least-waste' | 'most-pods' | 'least-nodes')[]

const group = fc.record({
  size: fc.integer({ min: 0, max: sizes.length - 1 }),
  zone: fc.integer({ min: 0, max: zones.length - 1 }),
  max: fc.integer({ min: 1, max: 4 }),
  use: fc.constantFrom('web', 'batch'),
})
type Group = typeof group extends fc.Arbitrary<infer Value> ? Value : never

const idOf = (i: number): string => `group-${i}`
const types = scenarioTypes()

const byDocuments = (groups: readonly Group[], pods: readonly object[], expander: Chain) => {
  const written = groups.map(({ size, zone, max, use }, i) => ({
    ...{ name: idOf(i), type: sizes[size]!.type, zones: [zones[zone]!], min: 0, max },
    ...{ capacityType: 'on-demand' as const, labels: new Map([['use', use]]), taints: [] },
  }))
  const [supply] = suppliesFor(
    pods.map((value) => ({ from: 'random', value })),
    ['cluster-autoscaler'],
    {
      groups: written,
      flags: { expander, tiers: undefined, balanceSimilarNodeGroups: false },
    },
  )
  return supply!.nodes.map(({ offer }) => supply!.offers[offer]!.owner!.name)
}

interface ScaleUpAnswer {
  readonly resized: readonly { readonly id: string; readonly from: number; readonly to: number }[]
}

const byCase = (groups: readonly Group[], pods: readonly object[], expander: Chain) => {
  const { resized } = caseSets.functions['cluster-autoscaler']['scaleUp']!({
    groups: groups.map(({ size, zone, max, use }, i) => {
      const { type } = sizes[size]!
      const { capacity, overhead } = types.find(({ name }) => name === type.name)!
      const memory = Number.parseInt(capacity.memory) - Number.parseInt(overhead.memory)
      const cpu = 1000 * Number(capacity.cpu) - Number.parseInt(overhead.cpu)
      return {
        ...{ id: idOf(i), min: 0, max, zeroOrMaxNodeScaling: false, nodes: [] },
        template: {
          node: {
            metadata: {
              name: `template-${i}`,
              labels: {
                'kubernetes.io/arch': type.architecture === 'arm64' ? 'arm64' : 'amd64',
                'topology.kubernetes.io/zone': zones[zone],
                use,
              },
            },
            status: {
              capacity,
              allocatable: { cpu: `${cpu}m`, memory: `${memory}Mi`, pods: capacity.pods },
            },
          },
          pods: [],
        },
      }
    }),
    pending: pods.map((pod) => ({ pod, count: 1 })),
    options: {
      ...{ expander, balanceSimilarNodeGroups: false, allOrNothing: false },
      ...{ maxNodesTotal: 0, maxNodesPerScaleUp: 1000 },
      ...{ maxCoresTotal: 1_000_000, maxMemoryTotalBytes: 1_000_000_000_000_000 },
    },
  }) as ScaleUpAnswer
  return resized.flatMap(({ id, from, to }) => Array.from({ length: to - from }, () => id))
}

const input = fc.record({
  groups: fc.array(group, { minLength: 1, maxLength: 3 }),
  all: objects,
  expander: fc.constantFrom<Chain>(...chains),
})

describe('node groups and documents', () => {
  it('are scaled up first as the case that is written from them', () => {
    fc.assert(
      fc.property(input, ({ groups, all: { pods }, expander }) => {
        const expected = byCase(groups, pods, expander)
        expect(byDocuments(groups, pods, expander).slice(0, expected.length)).toEqual(expected)
      }),
      { numRuns: 100 },
    )
  })
  it('are not, where the expander is another one', () => {
    const isSame = fc.property(input, ({ groups, all: { pods }, expander }) => {
      const expected = byCase(groups, pods, expander)
      const found = byDocuments(groups, pods, ['most-pods']).slice(0, expected.length)
      return JSON.stringify(found) === JSON.stringify(expected)
    })
    expect(isRefuted(isSame, { runsMax: 200 })).toBe(true)
  })
})
