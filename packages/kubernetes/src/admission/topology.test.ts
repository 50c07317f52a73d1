/**
 * Tests admission of topology spread and affinity between pods: what is refused, with its path, and
 * what is filled in.
 */
import { pathOf } from '@stowage/kernel'
import { describe, expect, it } from 'vitest'
import { wrongPodAffinity, wrongSpreads } from '../validation/topology.js'
import type { WirePod, WirePodSpec } from '../wire/objects.js'
import { withLabelKeys } from './label-keys.js'

const podOf = (spec: object, labels: Readonly<Record<string, string>>): WirePod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { labels },
  spec: { containers: [{ name: 'main' }], ...spec },
})
const completed = (pod: WirePod): WirePodSpec => withLabelKeys(pod).spec!
const wrongIn = (spec: object): readonly string[] => {
  const { affinity, topologySpreadConstraints } = completed(podOf(spec, { tier: 'front' }))
  return [
    ...wrongSpreads(topologySpreadConstraints, ['spec', 'topologySpreadConstraints']),
    ...wrongPodAffinity(affinity, ['spec', 'affinity']),
  ].map(({ at, found, expected }) => `${pathOf(at)}: ${found}, not ${expected}`)
}

const zone = 'topology.kubernetes.io/zone'
const constraint = {
  maxSkew: 1,
  topologyKey: zone,
  whenUnsatisfiable: 'DoNotSchedule',
  labelSelector: { matchLabels: { app: 'web' } },
}
const spreading = (...more: readonly object[]) => ({
  topologySpreadConstraints: more.map((one) => ({ ...constraint, ...one })),
})
const apart = (term: object) => ({
  affinity: {
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: term }],
    },
  },
})

describe('constraints', () => {
  it.each<[string, object, string]>([
    ['whenUnsatisfiable', { whenUnsatisfiable: 'Never' }, '"Never"'],
    ['topologyKey', { topologyKey: '' }, '""'],
    ['nodeTaintsPolicy', { nodeTaintsPolicy: 'honor' }, '"honor"'],
    ['nodeAffinityPolicy', { nodeAffinityPolicy: '' }, '""'],
    ['minDomains', { minDomains: 2, whenUnsatisfiable: 'ScheduleAnyway' }, '2'],
    ['matchLabelKeys', { matchLabelKeys: ['a'], labelSelector: undefined }, 'a list of 1'],
    ['matchLabelKeys[1]', { matchLabelKeys: ['a', 'b c'] }, '"b c"'],
    [
      'matchLabelKeys[0]',
      { matchLabelKeys: ['tier'], labelSelector: { matchLabels: { tier: 'x' } } },
      '"tier"',
    ],
    [
      'labelSelector.matchLabels["a b"]',
      { labelSelector: { matchLabels: { 'a b': 'c' } } },
      '"a b"',
    ],
    ['labelSelector.matchLabels.a', { labelSelector: { matchLabels: { a: 'b c' } } }, '"b c"'],
    [
      'labelSelector.matchExpressions[0].values',
      { labelSelector: { matchExpressions: [{ key: 'a', operator: 'In' }] } },
      'an empty list',
    ],
    [
      'labelSelector.matchExpressions[0].operator',
      { labelSelector: { matchExpressions: [{ key: 'a', operator: 'Gt', values: ['1'] }] } },
      '"Gt"',
    ],
  ])('are refused by their %s', (path, change, found) => {
    const [said, ...others] = wrongIn(spreading(change))
    expect(said).toContain(`spec.topologySpreadConstraints[0].${path}: ${found}, not `)
    expect(others).toEqual([])
  })

  it('may ask by a key that the selector asks for where the pod has no such label, or was asked for already', () => {
    const asking = (labelSelector: object, key: string) =>
      wrongIn(spreading({ labelSelector, matchLabelKeys: [key] }))
    expect(asking({ matchLabels: { app: 'x' } }, 'app')).toEqual([])
    const own = { key: 'tier', operator: 'In', values: ['front'] }
    expect(asking({ matchExpressions: [own] }, 'tier')).toEqual([])
  })

  it('may have a key that no label can have', () => {
    expect(wrongIn(spreading({ topologyKey: 'a b' }))).toEqual([])
  })

  it('are refused when two are of one key and kind', () => {
    const soft = { whenUnsatisfiable: 'ScheduleAnyway' }
    expect(wrongIn(spreading({}, soft))).toEqual([])
    expect(wrongIn(spreading({}, soft, {}))).toEqual([
      `spec.topologySpreadConstraints[2]: "${zone} and DoNotSchedule", not a pair that no other constraint has`,
    ])
  })

  it('need a skew of 1 or more, and as many domains', () => {
    for (const [field, change] of [
      ['maxSkew', { maxSkew: 0 }],
      ['minDomains', { minDomains: 0 }],
    ] as const)
      expect(wrongIn(spreading(change))).toEqual([
        `spec.topologySpreadConstraints[0].${field}: 0, not a whole number of 1 or more`,
      ])
  })
})

describe('terms', () => {
  const at =
    'spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm'

  it('need a key of a label', () => {
    expect(wrongIn(apart({ topologyKey: '' }))).toEqual([
      `${at}.topologyKey: "", not a label's key`,
    ])
    expect(wrongIn(apart({}))).toEqual([`${at}.topologyKey: "", not a label's key`])
  })

  it.each<[string, object, string]>([
    ['matchLabelKeys', { labelSelector: undefined, matchLabelKeys: ['a'] }, 'a list of 1'],
    ['mismatchLabelKeys', { labelSelector: undefined, mismatchLabelKeys: ['a'] }, 'a list of 1'],
    ['matchLabelKeys[1]', { matchLabelKeys: ['b', 'a'], mismatchLabelKeys: ['a'] }, '"a"'],
    ['mismatchLabelKeys[0]', { mismatchLabelKeys: ['b c'] }, '"b c"'],
    [
      'matchLabelKeys[0]',
      {
        labelSelector: {
          matchLabels: { a: 'b' },
          matchExpressions: [{ key: 'a', operator: 'In', values: ['c'] }],
        },
        matchLabelKeys: ['a'],
      },
      '"a"',
    ],
  ])('are refused by their %s: %j', (path, change, found) => {
    const [said, ...others] = wrongIn(apart({ topologyKey: zone, labelSelector: {}, ...change }))
    expect(said).toContain(`${at}.${path}: ${found}, not `)
    expect(others).toEqual([])
  })

  it('are refused by both of their selectors', () => {
    const selector = { matchExpressions: [{ key: 'a', operator: 'Exists', values: ['x'] }] }
    const term = { topologyKey: zone, labelSelector: selector, namespaceSelector: selector }
    expect(wrongIn(apart(term)).map((said) => said.split(':')[0])).toEqual([
      `${at}.labelSelector.matchExpressions[0].values`,
      `${at}.namespaceSelector.matchExpressions[0].values`,
    ])
  })

  it("ask for the pod's own labels, once, however often they are admitted", () => {
    const term = {
      topologyKey: zone,
      labelSelector: {},
      matchLabelKeys: ['app', 'absent'],
      mismatchLabelKeys: ['tenant'],
    }
    const labels = { app: 'web', tenant: 'one' }
    const once = completed(podOf(apart(term), labels))
    const [preferred] =
      once.affinity!.podAntiAffinity!.preferredDuringSchedulingIgnoredDuringExecution!
    expect(preferred!.podAffinityTerm!.labelSelector!.matchExpressions).toEqual([
      { key: 'app', operator: 'In', values: ['web'] },
      { key: 'tenant', operator: 'NotIn', values: ['one'] },
    ])
    expect(completed(podOf(once, labels))).toEqual(once)
  })
})
