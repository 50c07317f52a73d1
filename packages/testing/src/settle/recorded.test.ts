/**
 * Tests that histories (lists of steps done to a cluster) settle in the same states as on a
 * recorded control plane of Kubernetes 1.37. Some histories of each family are in the repository.
 * All others are read from the folder that the environment variable `STOWAGE_SHARED` names, if they
 * are there.
 */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { settleConformance } from './compare.js'
import type { SettledLine, SettledStep, SettleLine } from './line.js'
import { settle } from './play.js'
import { settleFormat } from './settling.js'

const linesOf = <Line>(folder: string, name: string): readonly Line[] =>
  gunzipSync(readFileSync(resolve(folder, `settle.${name}.jsonl.gz`)))
    .toString('utf8')
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text) as Line)

const samples = 'test/golden/control-plane'
const histories = linesOf<SettleLine>(samples, 'histories')
const settled = linesOf<SettledLine>(samples, 'settled')

it('comes to rest where a control plane does', () => {
  const report = settleConformance(histories, settled, settle)
  expect(report.differences).toEqual([])
  expect([report.compared, report.families.size]).toEqual([30, 28])
})

it('comes to rest there also with lost nodes, old versions, adopted pods and quotas of claims', () => {
  const report = settleConformance(
    linesOf(samples, 'more-histories'),
    linesOf(samples, 'more-settled'),
    settle,
  )
  expect(report.differences).toEqual([])
  expect([...report.families.keys()].sort()).toEqual([
    ...['daemonset-adoption', 'daemonset-history', 'job-manual', 'nodes-lost'],
    ...['statefulset-history', 'statefulset-quota'],
  ])
})

const collection = resolve(process.env['STOWAGE_SHARED'] ?? '../shared', 'golden/control-plane')

describe.skipIf(!existsSync(resolve(collection, 'settle.histories.jsonl.gz')))('recorded', () => {
  it('histories do not differ', () => {
    const all = linesOf<SettleLine>(collection, 'histories')
    const report = settleConformance(all, linesOf(collection, 'settled'), settle)
    expect(report.differences).toEqual([])
    expect(report.compared).toBe(41)
  })
})

describe('a history that was recorded several times', () => {
  const [{ id, steps }] = settled as [SettledLine]
  const other: SettledLine = { id, steps: steps.map((step) => ({ ...step, pods: [] })) }
  const compare = (runs: readonly SettledLine[], ours: SettledLine) =>
    settleConformance(
      histories.filter((line) => line.id === id),
      runs,
      () => ours,
    )

  it('is the same as one of its runs', () => {
    const answering = settled.find((one) => one.id === id)!
    const report = compare([other, answering], answering)
    expect([report.differences, report.indeterminate]).toEqual([[], [id]])
    expect(compare([answering, answering], answering).indeterminate).toEqual([])
  })
  it('differs when it is the first half of one and the second half of another', () => {
    const mixed: SettledLine = {
      id,
      steps: steps.map((step, i) => (i === 0 ? step : other.steps[i]!)),
    }
    expect(compare([other, { id, steps }], mixed).differences).not.toEqual([])
  })
})

const spoilt = (change: (step: SettledStep) => SettledStep) =>
  settleConformance(histories, settled, (line) => {
    const { id, steps } = settled.find((one) => one.id === line.id)!
    return { id, steps: steps.map(change) }
  }).differences.map(({ what }) => what)

describe('a difference is found', () => {
  it.each<[string, (step: SettledStep) => SettledStep]>([
    ['requests', ({ requests: _, ...step }) => step],
    ['objects', (step) => ({ ...step, objects: step.objects.slice(1) })],
    ['pods', (step) => ({ ...step, pods: step.pods.slice(1) })],
    ['nodes', ({ nodes: _, ...step }) => step],
    ['restless', (step) => ({ ...step, restless: true })],
  ])('in the %s', (what, change) => {
    expect(new Set(spoilt(change))).toEqual(new Set([what]))
  })
})

it('checks the nodes of a history', () => {
  const faults = settleFormat.faults({ id: 'a', nodes: [{ kind: 'Pod' }, 7], steps: [] })
  expect(faults.map(({ at }) => at[1])).toEqual([0, 1])
})

it('answers a manifest that is refused, and an object that is not there', () => {
  const wrong = {
    ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } },
    spec: { selector: { matchLabels: { app: 'web' } }, template: {} },
  }
  const [step] = settle({
    ...{ id: 'a', nodes: [] },
    steps: [{ apply: [wrong], delete: [{ kind: 'Deployment', name: 'none' }] }],
  }).steps
  expect(step!.requests!.map(({ verb, refused }) => [verb, refused?.code])).toEqual([
    ['delete', 404],
    ['apply', 422],
  ])
})
