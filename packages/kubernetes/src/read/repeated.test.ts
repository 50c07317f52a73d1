/**
 * Tests objects that are there twice: a stored object with its manifest is one object, and two
 * manifests or two stored objects that differ are faults.
 */
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { planOnNodes } from '../plan/plan.js'
import { readKubernetes } from './input.js'

const labels = { app: 'web' }
const template = (image: string, pods: object = labels) => ({
  metadata: { labels: pods },
  spec: { containers: [{ name: 'main', image, resources: { requests: { cpu: '500m' } } }] },
})
const controller = (kind: string, name: string, uid: string) => ({
  ownerReferences: [{ apiVersion: 'apps/v1', kind, name, uid, controller: true }],
})
const deployment = (image: string, spec: object, metadata: object = {}): object => ({
  ...{ apiVersion: 'apps/v1', kind: 'Deployment' },
  metadata: { name: 'web', ...metadata },
  spec: { selector: { matchLabels: labels }, template: template(image), ...spec },
})
const hashed = { ...labels, 'pod-template-hash': 'h' }
const live = (replicas: number, image = 'web:1', uid = 'u'): object =>
  deployment(image, { replicas }, { uid, namespace: 'default' })
const cluster = (count: number): readonly object[] => [
  {
    ...{ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n', uid: 'n' } },
    status: { allocatable: { cpu: '4', memory: '8Gi', pods: '20' } },
  },
  {
    ...{ apiVersion: 'apps/v1', kind: 'ReplicaSet' },
    metadata: { name: 'web-h', uid: 'r', labels: hashed, ...controller('Deployment', 'web', 'u') },
    spec: {
      ...{ replicas: count, selector: { matchLabels: hashed } },
      template: template('web:1', hashed),
    },
  },
  ...Array.from({ length: count }, (_, i) => ({
    ...{ apiVersion: 'v1', kind: 'Pod' },
    metadata: { name: `web-h-${i}`, labels: hashed, ...controller('ReplicaSet', 'web-h', 'r') },
    spec: { ...template('web:1').spec, nodeName: 'n' },
    status: { phase: 'Running' },
  })),
]
const read = (values: readonly object[], rollouts = false) =>
  readKubernetes(
    values.map((value, i) => ({ from: `${i}.yaml`, value })),
    { rollouts },
  )
const readRight = (values: readonly object[], rollouts = false) => {
  const input = read(values, rollouts)
  if (E.isLeft(input)) throw new Error(JSON.stringify(input.left))
  return input.right
}
const codesOf = (values: readonly object[]): readonly string[] =>
  readRight(values).warnings.map(({ code }) => code)

describe('an object of the cluster and a manifest of it', () => {
  it('are one object, whose replicas stay where the manifest has none', () => {
    const input = readRight([...cluster(3), live(3), deployment('web:1', {})])
    expect(input.pending.map(({ name, count }) => [name, count])).toEqual([['default/web', 0]])
    expect(input.warnings.map(({ code, from, subject }) => [code, from, subject])).toEqual([
      ['ManifestApplied', '6.yaml', 'Deployment default/web'],
    ])
  })
  it('say which pods a pull request replaces and adds', () => {
    const changed = [...cluster(2), live(2), deployment('web:2', { replicas: 3 })]
    const [workload] = readRight(changed).pending
    expect(workload?.count).toBe(1)
    expect(codesOf(changed)).toEqual(['RolloutPending', 'ManifestApplied'])
    const planned = planOnNodes(readRight(changed, true)).plan
    expect(planned.nodes.map(({ holds }) => holds)).toMatchObject([
      [{ name: 'default/web', count: 3 }],
    ])
  })
  it('are one in the order of documents, too, in which the manifest comes first', () => {
    const all = [...cluster(2), live(2), deployment('web:2', { replicas: 4 })]
    expect(readRight([...all].reverse()).pending.map(({ count }) => count)).toEqual([2])
  })
  it('are told apart by the namespace, which is default where none is written', () => {
    const other = deployment('web:1', { replicas: 1 }, { namespace: 'other' })
    expect(codesOf([...cluster(1), live(1), other])).toEqual([])
  })
  it('are judged after the manifest was applied, at the place of the manifest', () => {
    const input = read([live(1), deployment('web:1', { replicas: 'many' })])
    expect(E.isLeft(input) ? input.left.map(({ from, at }) => [from, at.join('.')]) : []).toEqual([
      ['1.yaml', 'spec.replicas'],
    ])
  })
})

/** Objects of one name: `s` stored, `m` a manifest, each in two forms. */
const forms = {
  s1: live(1),
  s2: live(2),
  m1: deployment('web:1', { replicas: 3 }),
  m2: deployment('web:1', { replicas: 4 }),
}
type Form = keyof typeof forms
const isFault = (names: readonly Form[]): boolean =>
  E.isLeft(read(names.map((name) => forms[name])))
const contradicts = (judge: typeof isFault): fc.IProperty<[Form[]]> =>
  fc.property(
    fc.array(fc.constantFrom<Form>('s1', 's2', 'm1', 'm2'), { minLength: 1, maxLength: 5 }),
    (names) => {
      const has = (name: Form): boolean => names.includes(name)
      expect(judge(names)).toBe((has('s1') && has('s2')) || (has('m1') && has('m2')))
    },
  )

describe('two objects of one name', () => {
  it('are a fault when both are stored or both are manifests, and differ', () =>
    fc.assert(contradicts(isFault)))
  it('are refuted when only neighbours are compared', () => {
    const neighbours: typeof isFault = (names) =>
      names.some((name, i) => i > 0 && isFault([names[i - 1]!, name]))
    expect(isRefuted(contradicts(neighbours))).toBe(true)
  })
})
