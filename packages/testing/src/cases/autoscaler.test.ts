/**
 * Tests our Horizontal Pod Autoscaler against recorded outputs of Kubernetes 1.37. A few cases of
 * each kind are in the repository. A larger file is read from the folder that the environment
 * variable `STOWAGE_SHARED` names, if it is there.
 */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { caseConformance } from './compare.js'
import type { CaseLine } from './line.js'
import { agrees } from '../conformance/conformance.js'
import { caseSets } from './cases.js'

const autoscalerFunctions = caseSets.functions.hpa
const autoscalerFaults = caseSets.faults.hpa

const linesIn = (path: string): readonly CaseLine[] =>
  gunzipSync(readFileSync(path))
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as CaseLine)

const few = resolve('test/golden/hpa/vectors.jsonl.gz')
const many = resolve(process.env['STOWAGE_SHARED'] ?? '../shared', 'golden/hpa/vectors.jsonl.gz')
const whereMissing = existsSync(many) ? '' : ` (skipped without ${many}: set STOWAGE_SHARED)`

describe('recorded answers', () => {
  it('are ours, of every kind', () => {
    const lines = linesIn(few)
    const report = caseConformance(autoscalerFunctions, lines, lines)
    expect(report.differences).toEqual([])
    expect([report.compared, report.families.size]).toEqual([150, 10])
    expect(agrees(report)).toBe(true)
  })
  it.skipIf(!existsSync(many))(`are ours, all of them${whereMissing}`, () => {
    const lines = linesIn(many)
    const report = caseConformance(autoscalerFunctions, lines, lines)
    expect(report.differences).toEqual([])
    expect(report.compared).toBe(lines.length)
  })
  it('differ from those without a tolerance', () => {
    const intolerant = {
      ...autoscalerFunctions,
      podsMetric: (input: unknown) =>
        autoscalerFunctions['podsMetric']!({
          ...(input as object),
          tolerance: { scaleDown: 0, scaleUp: 0 },
        }),
    }
    const lines = linesIn(few)
    const { differences } = caseConformance(intolerant, lines, lines)
    expect(new Set(differences.map(({ family }) => family))).toEqual(new Set(['podsMetric']))
  })
})

describe('a case that cannot be read', () => {
  const [first] = linesIn(few)
  const input = first!.input as object
  it.each([
    [{ ...input, pods: [{ name: 'p' }] }, ['input', 'pods', 0, 'phase']],
    [{ ...input, currentReplicas: 'two' }, ['input', 'currentReplicas']],
    [3, ['input']],
  ])('is refused with its path, as %#', (bad, at) => {
    expect(autoscalerFaults({ ...first!, input: bad })[0]!.at).toEqual(at)
  })
})
