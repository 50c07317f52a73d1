/**
 * Tests our API server against all recorded answers of a real one: the stored objects, field by
 * field, and the code and fields of refusals. Also checks that a planted bug in each part is found.
 */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { agrees } from '../conformance/conformance.js'
import { admissionAnswer } from './answer.js'
import { admissionConformance } from './compare.js'
import type { AdmissionAnswerLine, AdmissionLine, AdmissionResult } from './line.js'

const linesOf = (name: string): readonly string[] =>
  gunzipSync(readFileSync(resolve(`test/golden/control-plane/${name}.jsonl.gz`)))
    .toString('utf8')
    .trim()
    .split('\n')
const texts = linesOf('admission.objects')
const lines = texts.map((text) => JSON.parse(text) as AdmissionLine)
const recorded = linesOf('admission.stored').map((text) => JSON.parse(text) as AdmissionAnswerLine)
const textOf = new Map(lines.map((line, i) => [line, texts[i]!]))
const answers = new Map(lines.map((line) => [line, admissionAnswer(line, textOf.get(line))]))

const comparedWith = (change: (result: AdmissionResult) => AdmissionResult) =>
  admissionConformance(lines, recorded, (line) => {
    // A comparison may also ask about a line with its LimitRanges in another order.
    const { id, results } = answers.get(line) ?? admissionAnswer(line)
    return { id, results: results.map(change) }
  })

it('agrees with every recorded line', () => {
  const report = comparedWith((result) => result)
  expect(report.differences).toEqual([])
  expect([report.compared, agrees(report)]).toEqual([lines.length, true])
  expect([...report.families.values()].reduce((sum, one) => sum + one.compared, 0)).toBe(893)
})

/**
 * What a line of broken rules shows otherwise in ours: the API server looks at a Service's cluster
 * IPs before its name, has a class that ours has not, and names a deeper field.
 */
const otherwise = new Set(['name-0154', 'name-0159', 'class-0425', 'quota-0492'])

it('agrees about objects that each break one rule, but for four', () => {
  const broken = linesOf('rules.objects').map((text) => JSON.parse(text) as AdmissionLine)
  const answered = linesOf('rules.stored').map((text) => JSON.parse(text) as AdmissionAnswerLine)
  const report = admissionConformance(broken, answered, (line) => admissionAnswer(line))
  expect(report.compared).toBe(506)
  expect(new Set(report.differences.map(({ id }) => id))).toEqual(otherwise)
})

interface Stored {
  readonly kind: string
  readonly spec?: object
}
const spoilt = (field: string, value: unknown) => (result: AdmissionResult) => {
  const { spec, ...rest } = (result.object ?? {}) as Stored
  return spec === undefined || result.kind !== 'Pod'
    ? result
    : { ...result, object: { ...rest, spec: { ...spec, [field]: value } } }
}

describe('a difference is found', () => {
  it.each([
    ['tolerations', []],
    ['priority', 1],
    ['overhead', { cpu: '1' }],
    ['resources', { requests: { cpu: '7' } }],
    ['nodeSelector', { runtime: 'other' }],
  ])('in the %s of pods', (field, value) => {
    const { differences } = comparedWith(spoilt(field, value))
    expect(differences.length).toBeGreaterThan(0)
    expect(differences.every(({ what }) => what.startsWith(`stored spec.${field}`))).toBe(true)
  })
  it('where an object is stored that was refused, and the other way round', () => {
    const refuse = ({ kind, name }: AdmissionResult) => ({ kind, name, error: { message: 'no' } })
    const store = ({ kind, name }: AdmissionResult) => ({ kind, name, object: {} })
    for (const change of [refuse, store])
      expect(comparedWith(change).differences.length).toBeGreaterThan(100)
  })
  it('in the field of a cause', () => {
    const shifted = (result: AdmissionResult): AdmissionResult =>
      result.error?.causes === undefined
        ? result
        : { ...result, error: { ...result.error, causes: ['spec.other: found a, expected b'] } }
    expect(comparedWith(shifted).differences.length).toBeGreaterThan(100)
  })
})
