/**
 * Tests why an explanation says that a node is refused: missing labels, node affinity expressions
 * that do not hold, and taints that the pod does not tolerate.
 */
import { getOrThrow } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, it } from 'vitest'
import { readKubernetes } from '../read/input.js'
import { explainOnNodes } from './explain.js'

const node = (name: string, labels: object, taints: readonly object[] = []) => ({
  ...{ apiVersion: 'v1', kind: 'Node', metadata: { name, labels }, spec: { taints } },
  status: { allocatable: { cpu: '4', pods: '9' } },
})
const pod = (spec: object) => ({
  ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' } },
  spec: { containers: [{ name: 'main' }], ...spec },
})
const requiring = (...nodeSelectorTerms: readonly object[]) => ({
  affinity: {
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } },
  },
})
const term = (...matchExpressions: readonly object[]) => ({ matchExpressions })

/** For each node its reasons and their details, and those of what would have to change. */
const refusals = (...values: readonly unknown[]) => {
  const input = getOrThrow(readKubernetes(values.map((value) => ({ from: 'all', value }))))
  const found = O.toUndefined(explainOnNodes(input, 'pod/default/p'))
  if (found?._tag !== 'Explained') throw new Error('no explanation')
  return {
    nodes: found.explanation.nodes.map(({ all }) =>
      all.flatMap(({ reasons, details = [] }) => [...reasons, ...details]),
    ),
    rules: found.remedies?.drop?.rules.flatMap(({ details = [] }) => details),
  }
}
const reason = "node(s) didn't match Pod's node affinity/selector"

describe('a label', () => {
  it('that a selector asks for is named, with what the node has', () => {
    const spec = { nodeSelector: { disk: 'ssd', zone: 'a' } }
    expect(refusals(node('n', { disk: 'hdd' }), pod(spec))).toEqual({
      nodes: [[reason, 'disk is hdd, not ssd', 'zone is missing, not a']],
      rules: ['disk is hdd, not ssd', 'zone is missing, not a'],
    })
  })
  it('of a term is named by its expression', () => {
    const spec = requiring(
      term(
        { key: 'disk', operator: 'In', values: ['ssd', 'nvme'] },
        { key: 'cores', operator: 'Gt', values: ['4'] },
        { key: 'old', operator: 'DoesNotExist' },
      ),
    )
    expect(refusals(node('n', { disk: 'hdd', cores: '8', old: '' }), pod(spec)).nodes).toEqual([
      [reason, 'disk In ssd, nvme (it is hdd)', 'old DoesNotExist (it is empty)'],
    ])
  })
  it('of one of several terms is named with its term', () => {
    const spec = requiring(
      term({ key: 'a', operator: 'Exists' }, { key: 'b', operator: 'NotIn', values: ['1'] }),
      { matchFields: [{ key: 'metadata.name', operator: 'NotIn', values: ['n'] }] },
    )
    expect(refusals(node('n', { b: '1' }), pod(spec)).nodes).toEqual([
      [
        reason,
        'term 1 of 2: a Exists (it has none) and b NotIn 1 (it is 1)',
        'term 2 of 2: metadata.name NotIn n (it is n)',
      ],
    ])
  })
})

it('names the taints that a pod does not tolerate', () => {
  const taints = [
    { key: 'gpu', value: 'yes', effect: 'NoSchedule' },
    { key: 'old', effect: 'NoExecute' },
    { key: 'slow', effect: 'PreferNoSchedule' },
  ]
  const spec = { tolerations: [{ key: 'old', operator: 'Exists' }] }
  expect(refusals(node('n', {}, taints), pod(spec)).nodes).toEqual([
    ['node(s) had untolerated taint(s)', 'gpu=yes:NoSchedule'],
  ])
})

it('names what of the node affinity of a bound volume does not hold', () => {
  const zone = { key: 'topology.gke.io/zone', operator: 'In', values: ['b'] }
  const volume = {
    ...{ apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'v' } },
    spec: {
      ...{ capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'] },
      csi: { driver: 'pd.csi.storage.gke.io', volumeHandle: 'v' },
      claimRef: { namespace: 'default', name: 'c' },
      nodeAffinity: { required: { nodeSelectorTerms: [term(zone)] } },
    },
  }
  const claim = {
    ...{ apiVersion: 'v1', kind: 'PersistentVolumeClaim' },
    metadata: { name: 'c', annotations: { 'pv.kubernetes.io/bind-completed': 'yes' } },
    spec: {
      ...{ accessModes: ['ReadWriteOnce'], storageClassName: '', volumeName: 'v' },
      resources: { requests: { storage: '1Gi' } },
    },
  }
  const spec = { volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'c' } }] }
  expect(refusals(node('n', {}), pod(spec), volume, claim).nodes).toEqual([
    [
      "node(s) didn't match PersistentVolume's node affinity",
      'volume v: topology.gke.io/zone In b (it has none)',
    ],
  ])
})

it('counts what is missing of a disk in bytes', () => {
  const input = getOrThrow(
    readKubernetes(
      [
        node('n', {}),
        pod({
          containers: [{ name: 'main', resources: { requests: { 'ephemeral-storage': '1Gi' } } }],
        }),
      ].map((value) => ({ from: 'all', value })),
    ),
  )
  const found = O.toUndefined(explainOnNodes(input, 'pod/default/p'))
  expect(found).toMatchObject({
    remedies: { add: { amounts: [{ resource: 'ephemeral-storage', unit: 'B' }] } },
  })
})

const keys = fc.constantFrom('a', 'b')
const anyLabels = fc.dictionary(keys, fc.constantFrom('1', '2', ''))
const anyRequirement = fc
  .tuple(
    keys,
    fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt'),
    fc.constantFrom('1', '2'),
  )
  .map(([key, operator, value]) => ({
    ...{
      key,
      operator,
      values: operator.endsWith('Exist') || operator === 'Exists' ? [] : [value],
    },
  }))
const anySpec = fc
  .tuple(
    anyLabels,
    fc.array(
      fc.array(anyRequirement, { maxLength: 3 }).map((all) => term(...all)),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([nodeSelector, terms]) => ({ nodeSelector, ...requiring(...terms) }))
const areThere = (minimum: number) =>
  fc.property(anyLabels, anySpec, (labels, spec) => {
    const [found = []] = refusals(node('n', labels), pod(spec)).nodes
    expect(found.includes(reason) ? found.length > minimum : found.length === 0).toBe(true)
  })

it('gives a detail of every refusal by labels', () => {
  fc.assert(areThere(1))
})
it('is refuted when one is asked of none', () => {
  expect(isRefuted(areThere(4), { runsMax: 1_000 })).toBe(true)
})
