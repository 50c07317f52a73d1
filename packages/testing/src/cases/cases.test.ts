/**
 * Tests our rules for workloads against recorded outputs of the workload controllers of Kubernetes
 * 1.37. The cases are read from the file `golden/workloads/vectors.jsonl.gz` in the folder that the
 * environment variable `STOWAGE_SHARED` names; without that file, these tests are skipped.
 */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { agrees } from '../conformance/conformance.js'
import { caseSets } from './cases.js'
import type { CaseFunction, CaseFunctions, CaseLine } from './line.js'

const file = resolve(
  process.env['STOWAGE_SHARED'] ?? '../shared',
  'golden/workloads/vectors.jsonl.gz',
)
const hasRecords = existsSync(file)
const recorded: readonly CaseLine[] = hasRecords
  ? gunzipSync(readFileSync(file))
      .toString()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as CaseLine)
  : []

const { workloads } = caseSets.functions

/** The functions with one of them changed: it sees another input, or returns another output. */
const changed = (kind: string, change: (rule: CaseFunction) => CaseFunction): CaseFunctions => ({
  ...workloads,
  [kind]: change(workloads[kind]!),
})

/** The same function on an input in which one field is replaced. */
const seeing =
  (field: string, value: unknown) =>
  (rule: CaseFunction): CaseFunction =>
  (input: object) =>
    rule({ ...input, [field]: value } as never)

describe.skipIf(!hasRecords)(`recorded cases (skipped without ${file}: set STOWAGE_SHARED)`, () => {
  it('agree in every kind', () => {
    const report = caseSets.compare(workloads, recorded, recorded)
    expect(report.differences).toEqual([])
    expect(agrees(report)).toBe(true)
    expect([...report.families.keys()].sort()).toEqual(Object.keys(workloads).sort())
    expect(report.compared).toBe(recorded.length)
  })

  it.each<readonly [string, string, unknown]>([
    ['daemonShouldRun', 'taints', []],
    ['deploymentProportionalScale', 'maxSurge', '0'],
    ['deploymentRollingStep', 'maxUnavailable', '0'],
    ['fenceposts', 'maxSurge', '0'],
    ['jobBackoff', 'failures', 1],
    ['jobPodFailurePolicy', 'conditions', []],
    ['minToleration', 'usedTolerationSeconds', [30]],
    ['pdbHealthy', 'pods', []],
    ['replicaSetDelete', 'deleteCount', 1],
    ['statefulSetMaxUnavailable', 'maxUnavailable', '1'],
    ['zoneState', 'unhealthyZoneThreshold', 0.5],
  ])('%s is refuted when it does not look at %s', (kind, field, value) => {
    const report = caseSets.compare(changed(kind, seeing(field, value)), recorded, recorded)
    expect(new Set(report.differences.map(({ family }) => family))).toEqual(new Set([kind]))
  })
})

it('says which cases have no function and which answers no case', () => {
  const [one, other] = [
    { id: 'a', kind: 'magic', input: {}, output: {} },
    { id: 'b', kind: 'zoneState', input: {}, output: {} },
  ]
  const report = caseSets.compare(workloads, [one], [one, other])
  expect(report).toMatchObject({ compared: 0, unanswered: ['a'], strays: ['b'] })
  expect(caseSets.answer(workloads, { id: 'c', kind: 'toString', input: {} })).toBeUndefined()
})
