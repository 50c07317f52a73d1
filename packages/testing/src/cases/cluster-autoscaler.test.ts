/**
 * Tests our rules against recorded outputs of the Cluster Autoscaler's core. The cases are read
 * from `golden/cluster-autoscaler` in the folder that the environment variable `STOWAGE_SHARED`
 * names, one file per kind of case; without these files, the tests are skipped.
 */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { caseSets } from './cases.js'
import type { CaseFunctions, CaseLine } from './line.js'

const folder = resolve(process.env['STOWAGE_SHARED'] ?? '../shared', 'golden/cluster-autoscaler')
const functions = caseSets.functions['cluster-autoscaler']
const casesOf = (kind: string): readonly CaseLine[] =>
  gunzipSync(readFileSync(resolve(folder, `${kind}.jsonl.gz`)))
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as CaseLine)

/** The function of a kind on an input in which fields are replaced. */
const seeing = (kind: string, change: (input: object) => object): CaseFunctions => ({
  ...functions,
  [kind]: (input: object) => functions[kind]!(change(input)),
})

const without =
  (field: string, value: unknown) =>
  (input: object): object => ({ ...input, [field]: value })

describe.skipIf(!existsSync(folder))(
  `recorded cases (skipped without ${folder}: set STOWAGE_SHARED)`,
  () => {
    it.each([
      ['balance', 250],
      ['budget', 200],
      ['drain', 300],
      ['eligible', 250],
      ['equivalence', 150],
      ['estimateUnstable', 27],
      ['expander', 300],
      ['removal', 250],
      ['scaleUp', 250],
      ['similar', 250],
      ['unneeded', 200],
      ['utilization', 300],
    ])('agree in all of %s', (kind, count) => {
      const cases = casesOf(kind)
      const report = caseSets.compare(functions, cases, cases)
      expect(report.differences).toEqual([])
      expect(report.compared).toBe(count)
      for (const one of cases) expect(caseSets.faults['cluster-autoscaler'](one)).toEqual([])
    })

    it('agree in all of estimate but one, in which the fast path takes another group', () => {
      const cases = casesOf('estimate')
      const { differences, compared } = caseSets.compare(functions, cases, cases)
      expect(differences.map(({ id }) => id)).toEqual(['estimate-0259'])
      expect(compared).toBe(300)
    })

    it.each<readonly [string, string, unknown]>([
      ['balance', 'newNodes', 1],
      ['budget', 'drainInProgress', 0],
      ['budget', 'maxDrainParallelism', 100],
      ['budget', 'maxScaleDownParallelism', 100],
      ['drain', 'controllers', []],
      ['drain', 'pdbs', []],
      ['drain', 'now', '2000-01-01T00:00:00Z'],
      ['eligible', 'groups', []],
      ['eligible', 'recentlyUnremovable', []],
      ['eligible', 'scaleDownUnreadyEnabled', true],
      ['eligible', 'utilizationThreshold', 1],
      ['eligible', 'gpuUtilizationThreshold', 1],
      ['equivalence', 'pods', []],
      ['estimate', 'existing', []],
      ['estimate', 'fastpath', false],
      ['estimate', 'maxNodesPerScaleUp', 0],
      ['estimate', 'maxNodesTotal', 0],
      ['estimate', 'similarNodeGroups', []],
      ['expander', 'priorities', null],
      ['expander', 'chain', ['least-waste']],
      ['removal', 'pdbs', []],
      ['removal', 'controllers', []],
      ['scaleUp', 'pending', []],
      ['similar', 'ignoredLabels', ['pool', 'extra']],
      ['similar', 'ratios', { allocatable: 1, free: 1, capacityMemory: 1 }],
      ['unneeded', 'minCoresTotal', 0],
      ['unneeded', 'unneededSeconds', 0],
      ['utilization', 'ignoreDaemonSets', false],
      ['utilization', 'gpuResource', ''],
      ['utilization', 'now', '2000-01-01T00:00:00Z'],
    ])('%s is refuted when it does not look at %s', (kind, field, value) => {
      const cases = casesOf(kind)
      const broken = seeing(kind, without(field, value))
      expect(caseSets.compare(broken, cases, cases).differences.length).toBeGreaterThan(0)
    })
  },
)

it('says what is wrong with the node of a case', () => {
  const input = {
    node: { metadata: { name: 'n' }, status: { allocatable: { cpu: 'much' } } },
    ...{ pods: [], ignoreDaemonSets: false, ignoreMirrorPods: false },
    ...{ gpuResource: '', now: '2026-01-01T00:00:00Z' },
  }
  const [fault] = caseSets.faults['cluster-autoscaler']({
    ...{ id: 'a', kind: 'utilization', input },
  })
  expect(fault!.at).toEqual(['input', 'node', 'status', 'allocatable', 'cpu'])
})

it('says which option is of no node group, and which node of no group', () => {
  const faults = (kind: string, input: object) =>
    caseSets.faults['cluster-autoscaler']({ id: 'a', kind, input }).map(({ at }) => at)
  const none = { nodeGroups: [], chain: [], priorities: null, prices: null }
  const options = [{ nodeGroup: 'a', nodes: 1, pods: [] }]
  expect(faults('expander', { ...none, options })).toEqual([['input', 'options', 0, 'nodeGroup']])
  expect(faults('expander', { ...none, options: [], chain: ['random'] })).toEqual([
    ['input', 'chain', 0],
  ])
  const parallel = { maxScaleDownParallelism: 1, maxDrainParallelism: 1 }
  const progress = { emptyInProgress: 0, drainInProgress: 0 }
  expect(
    faults('budget', { groups: [], empty: ['n'], drain: [], ...progress, ...parallel }),
  ).toEqual([['input', 'empty', 0]])
})
