/**
 * Tests the comparison of answers: equal answers conform, and every changed part of an answer is
 * reported, under the plugin that is responsible for it.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pathsIn, replaceAt, valueAt } from '../damage/damage.js'
import { isRefuted } from '../agreement/refuted.js'
import { answerOf } from './answer.js'
import { agrees, conformance, type Conformance } from './conformance.js'
import type { SchedulerAnswer, AnswerLine, ScenarioLine, Verdict } from './line.js'

const node = (name: string, cpu: string, taints: readonly object[] = []) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name },
  spec: { taints },
  status: { allocatable: { cpu, memory: '4Gi', pods: '9' } },
})
const pod = (name: string, cpu: string, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels: { app: name } },
  spec: { containers: [{ name: 'c', resources: { requests: { cpu } } }], ...spec },
})
const scenario: ScenarioLine = {
  id: 'one',
  family: 'example',
  objects: [
    node('a', '2'),
    node('b', '4'),
    node('c', '4', [{ key: 'gpu', effect: 'NoSchedule' }]),
    pod('low', '1500m', { nodeName: 'a' }),
    pod('web', '1'),
    pod('large', '4', { priority: 9 }),
    pod('gated', '1', { schedulingGates: [{ name: 'x/y' }, { name: 'z' }] }),
  ],
  pending: ['default/web', 'default/large', 'default/gated'],
}
const recorded = answerOf(scenario)
const verdicts = recorded.verdicts!

it('says what became of each pod', () => {
  expect(
    verdicts.map(({ result, node: chosen, preemption }) => [result, chosen, preemption]),
  ).toEqual([
    ['scheduled', 'b', undefined],
    ['unschedulable', undefined, { node: 'b', victims: ['default/web'] }],
    ['gated', undefined, undefined],
  ])
  expect(verdicts[2]!.preFilter).toEqual({
    plugin: 'SchedulingGates',
    code: 'UnschedulableAndUnresolvable',
    reasons: ['waiting for scheduling gates: [x/y z]'],
  })
})

it('says what is wrong with a scenario', () => {
  expect(answerOf({ ...scenario, pending: ['default/none'] }).error).toContain('"default/none"')
  expect(answerOf({ ...scenario, objects: [{ kind: 'Pod' }] }).error).toContain('object 0')
  const sentence = (broken: object) => answerOf({ ...scenario, ...broken }).error
  expect(sentence({ config: 7 })).toMatch(/^config: 7, not /)
  expect(sentence({ objects: [null] })).toMatch(/^object 0: null, not /)
  expect(sentence({ objects: [{ ...(scenario.objects[0] as object), spec: 7 }] })).toMatch(
    /^object 0 spec: 7, not /,
  )
})

/** The paths to everything in the verdicts that is no object or list. */
const leaves = pathsIn(verdicts).filter((steps) => typeof valueAt(verdicts, steps) !== 'object')

const other = (leaf: unknown): unknown => (typeof leaf === 'number' ? leaf + 1 : `${String(leaf)}?`)

type Held = (answer: SchedulerAnswer, theirs: AnswerLine) => number
const differences: Held = (answer, theirs) =>
  conformance([scenario], [theirs], () => answer).differences.length

/** Whatever is changed in what was recorded is a difference. */
const findsEveryChange = (held: Held) =>
  fc.property(fc.nat(), (position) => {
    const place = leaves[position % leaves.length]!
    const changed = replaceAt(verdicts, place, other(valueAt(verdicts, place)))
    const theirs = { ...recorded, verdicts: changed as readonly Verdict[] }
    return held(recorded, theirs) > 0
  })

describe('a comparison', () => {
  it('finds nothing where nothing differs', () => {
    const { families, plugins, differences: found } = conformance([scenario], [recorded], answerOf)
    expect(found).toEqual([])
    expect(families).toEqual(new Map([['example', { same: 3, compared: 3 }]]))
    expect(plugins.get('NodeResourcesFit')!.compared).toBeGreaterThan(2)
  })

  it('finds whatever is changed', () => fc.assert(findsEveryChange(differences)))

  it('is refuted when scores are not looked at', () => {
    const blind: Held = (answer, theirs) =>
      conformance([scenario], [theirs], () => answer).differences.filter(
        ({ what }) => !what.startsWith('score of'),
      ).length
    expect(isRefuted(findsEveryChange(blind))).toBe(true)
  })

  it('takes every nomination that is equally good', () => {
    const other = { node: 'z', victims: [] }
    const theirs = {
      ...recorded,
      verdicts: verdicts.map((one, i) => (i === 1 ? { ...one, preemption: other } : one)),
    }
    expect(differences(recorded, theirs)).toBe(1)
    expect(differences({ ...recorded, nominations: [[], [other], []] }, theirs)).toBe(0)
  })

  it('says of which scenarios there is no answer, and of which answers no scenario', () => {
    const other = { ...scenario, id: 'two' }
    const { compared, unanswered, strays } = conformance(
      [scenario, other],
      [recorded, { id: 'three', verdicts: [] }],
      answerOf,
    )
    expect({ compared, unanswered, strays }).toEqual({
      compared: 1,
      unanswered: ['two'],
      strays: ['three'],
    })
  })

  it('says which scenarios nobody has answered, and counts an error', () => {
    expect(conformance([scenario], [], answerOf).unanswered).toEqual(['one'])
    const failed = { id: 'one', verdicts: [], error: 'it broke' }
    expect(conformance([scenario], [failed], answerOf).differences[0]).toMatchObject({
      what: 'error',
      theirs: 'it broke',
    })
  })
})

type Agreement = (result: Conformance) => boolean

/** To agree is to have answered everything that was recorded, and something at all. */
const isWhole = (holds: Agreement) =>
  fc.property(
    fc.subarray(['one', 'two']),
    fc.subarray(['one', 'two']),
    (scenarioIds, answerIds) => {
      const result = conformance(
        scenarioIds.map((id) => ({ ...scenario, id })),
        answerIds.map((id) => ({ ...recorded, id })),
        answerOf,
      )
      return holds(result) === (scenarioIds.length > 0 && scenarioIds.join() === answerIds.join())
    },
  )

describe('agreement', () => {
  it('is on everything, and not on nothing', () => fc.assert(isWhole(agrees)))

  it.each<[string, Agreement]>([
    ['nothing compared is enough', (result) => agrees({ ...result, compared: 1 })],
    ['answers without a scenario are passed over', (result) => agrees({ ...result, strays: [] })],
    [
      'scenarios without an answer are passed over',
      (result) => agrees({ ...result, unanswered: [] }),
    ],
  ])('is refuted when %s', (_, broken) => {
    expect(isRefuted(isWhole(broken))).toBe(true)
  })
})
