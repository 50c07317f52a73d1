/**
 * Tests the warnings for rules that select pods by their zone or region label, against a plain
 * search of the documents for such rules.
 */
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { readKubernetes } from './input.js'

const keys = ['app', 'topology.kubernetes.io/zone', 'topology.kubernetes.io/region'] as const
type Key = (typeof keys)[number]

interface Rules {
  readonly affinity: Key | undefined
  readonly spread: Key | undefined
}
const selecting = (key: Key) => ({ labelSelector: { matchLabels: { [key]: 'a' } } })
const pod = ({ affinity, spread }: Rules, i: number) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: `p${i}` },
  spec: {
    containers: [{ name: 'main' }],
    ...(affinity === undefined
      ? {}
      : {
          affinity: {
            podAntiAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: [
                { ...selecting(affinity), topologyKey: 'kubernetes.io/hostname' },
              ],
            },
          },
        }),
    ...(spread === undefined
      ? {}
      : {
          topologySpreadConstraints: [
            {
              ...selecting(spread),
              ...{ maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone' },
              whenUnsatisfiable: 'DoNotSchedule',
            },
          ],
        }),
  },
})
const warned = (pods: readonly Rules[]): readonly string[] => {
  const input = readKubernetes(pods.map((rules, i) => ({ from: '', value: pod(rules, i) })))
  if (E.isLeft(input)) throw new Error(JSON.stringify(input.left))
  return input.right.warnings
    .filter(({ code }) => code === 'TopologyLabelSelected')
    .map(({ subject, detail }) => `${subject}: ${detail}`)
}

const anyKey = fc.option(fc.constantFrom(...keys), { nil: undefined })
const anyRules = fc.record<Rules>({ affinity: anyKey, spread: anyKey })
const says = (find: typeof warned) =>
  fc.property(fc.array(anyRules, { maxLength: 4 }), (pods) => {
    const expected = pods.flatMap(({ affinity, spread }, i) => {
      const read = keys.slice(1).filter((key) => key === affinity || key === spread)
      return read.length === 0 ? [] : [`Pod default/p${i}: ${read.join(', ')}`]
    })
    return JSON.stringify(find(pods)) === JSON.stringify(expected)
  })

it('is said of each workload with such a rule, and of no other', () => {
  fc.assert(says(warned))
})
it('is refuted when spreading is not looked at', () => {
  expect(
    isRefuted(says((pods) => warned(pods.map((rules) => ({ ...rules, spread: undefined }))))),
  ).toBe(true)
})
