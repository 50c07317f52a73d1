/**
 * Tests the reading of objects of a live cluster, where a workload appears together with its pods:
 * pods that exist already are not planned again.
 */
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { readKubernetes, type KubernetesInput } from '../read/input.js'

/** A planted bug is looked for longer, and found once. */

const read = (values: readonly unknown[]): KubernetesInput => {
  const input = readKubernetes(values.map((value, i) => ({ from: `${i}.yaml`, value })))
  if (E.isLeft(input)) throw new Error(JSON.stringify(input.left))
  return input.right
}
const spec = { containers: [{ name: 'main' }] }
const owned = (kind: string, name: string) => ({
  ownerReferences: [{ kind, name, controller: true }],
})
const workload = (kind: string, name: string, count: object, metadata: object = {}) => ({
  apiVersion: kind === 'Job' ? 'batch/v1' : 'apps/v1',
  kind,
  metadata: { name, ...metadata },
  spec: {
    ...count,
    ...(kind === 'Job' ? {} : { selector: { matchLabels: { app: 'a' } } }),
    template: {
      metadata: { labels: { app: 'a' } },
      spec: kind === 'Job' ? { ...spec, restartPolicy: 'Never' } : spec,
    },
  },
})
const pod = (name: string, metadata: object, more: object = {}, status: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, ...metadata },
  spec: { ...spec, ...more },
  status,
})
const wants = (values: readonly unknown[]) =>
  read(values).pending.map(({ kind, name, count }) => `${kind} ${name} ${count}`)
const runs = (values: readonly unknown[]) =>
  read(values).running.map(({ kind, name, nodeName, leaving }) => [kind, name, nodeName, leaving])

const web = workload('Deployment', 'web', { replicas: 3 })
const webSet = workload('ReplicaSet', 'web-1', { replicas: 3 }, owned('Deployment', 'web'))
const ofWeb = owned('ReplicaSet', 'web-1')
const onNode = { nodeName: 'n' }
const deleted = { deletionTimestamp: '2026-01-01T00:00:00Z' }

describe('a Deployment', () => {
  it('is not counted beside its ReplicaSets and its pods', () => {
    const old = workload('ReplicaSet', 'web-0', { replicas: 0 }, owned('Deployment', 'web'))
    const dump = [pod('a', ofWeb, onNode), old, webSet, pod('b', ofWeb), web]
    expect(wants(dump)).toEqual(['Deployment default/web 1', 'Deployment default/web 1'])
    expect(runs(dump)).toEqual([['Deployment', 'default/web', 'n', false]])
  })
  it('wants nothing when it has more pods than replicas', () => {
    const pods = ['a', 'b', 'c', 'd'].map((name) => pod(name, ofWeb, onNode))
    expect(wants([web, webSet, ...pods])).toEqual(['Deployment default/web 0'])
  })
  it('gets pods that have ended or are leaving replaced', () => {
    const ended = [
      pod('a', ofWeb, onNode, { phase: 'Succeeded' }),
      pod('b', ofWeb, onNode, { phase: 'Failed' }),
      pod('c', { ...ofWeb, ...deleted }),
    ]
    const dump = [web, webSet, ...ended, pod('d', { ...ofWeb, ...deleted }, onNode)]
    expect(wants(dump)).toEqual(['Deployment default/web 3'])
    expect(runs(dump)).toEqual([['Deployment', 'default/web', 'n', true]])
  })
})

describe('other pods', () => {
  it('of a StatefulSet and a Job are theirs too', () => {
    const db = workload('StatefulSet', 'db', { replicas: 2 })
    const job = workload('Job', 'job', { completions: 4, parallelism: 2 })
    const pods = [
      pod('db-0', owned('StatefulSet', 'db'), onNode),
      pod('job-a', owned('Job', 'job')),
    ]
    expect(wants([db, job, ...pods])).toEqual([
      'StatefulSet default/db 1',
      'Job default/job 1',
      'Job default/job 1',
    ])
  })
  it.each([
    ['a StatefulSet, whose name is taken', 'StatefulSet', {}, 0],
    ['a Job', 'Job', {}, 1],
    ['a Job that waits for its pods', 'Job', { podReplacementPolicy: 'Failed' }, 0],
    [
      'a Job with a failure policy',
      'Job',
      { podFailurePolicy: { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'x' }] }] } },
      0,
    ],
  ])('that leave are replaced at once or once they are gone: of %s', (_, kind, more, count) => {
    const size = kind === 'Job' ? { completions: 1, parallelism: 1 } : { replicas: 1 }
    const leaving = pod('o-0', { ...owned(kind, 'o'), ...deleted }, onNode)
    const rules = 'podFailurePolicy' in more ? { podReplacementPolicy: 'Failed' } : {}
    expect(wants([workload(kind, 'o', { ...size, ...rules, ...more }), leaving])).toEqual([
      `${kind} default/o ${count}`,
    ])
  })
  it('of a DaemonSet are asked for node by node, and not again because they wait', () => {
    const agent = workload('DaemonSet', 'agent', {})
    const pods = [
      pod('a', owned('DaemonSet', 'agent'), onNode),
      pod('b', owned('DaemonSet', 'agent')),
    ]
    expect(wants([agent, ...pods])).toEqual(['DaemonSet default/agent one per node'])
    expect(wants(pods)).toEqual(['Pod default/b 1'])
  })
  it('stand for themselves when their owner is not there', () => {
    const dump = [pod('a', ofWeb, onNode), pod('b', { ...ofWeb, namespace: 'shop' }), webSet]
    expect(wants(dump)).toEqual(['ReplicaSet default/web-1 2', 'Pod shop/b 1'])
    expect(runs(dump)).toEqual([['ReplicaSet', 'default/web-1', 'n', false]])
  })
  it('with an empty nodeName wait for a node', () => {
    expect(wants([pod('a', {}, { nodeName: '' })])).toEqual(['Pod default/a 1'])
  })
})

const states = {
  waiting: pod('', ofWeb),
  bound: pod('', ofWeb, onNode),
  leaving: pod('', { ...ofWeb, ...deleted }, onNode),
  ended: pod('', ofWeb, onNode, { phase: 'Failed' }),
}
const anyState = fc.constantFrom(...(Object.keys(states) as readonly (keyof typeof states)[]))

/** In the end there are as many pods as were asked for, or as many as there are already. */
const addsUp = (dumped: (values: readonly unknown[]) => readonly unknown[]) =>
  fc.property(fc.nat(5), fc.array(anyState, { maxLength: 8 }), (replicas, found) => {
    const pods = found.map((state, i) => ({
      ...states[state],
      metadata: { ...states[state].metadata, name: `pod-${i}` },
    }))
    const { pending, running } = read(
      dumped([workload('Deployment', 'web', { replicas }), webSet, ...pods]),
    )
    const wanted = pending.reduce((sum, { count }) => sum + Number(count), 0)
    const staying = running.filter(({ leaving }) => !leaving).length
    const alive = found.filter((state) => state === 'waiting' || state === 'bound').length
    return wanted + staying === Math.max(replicas, alive)
  })

it('adds up to the replicas that were asked for', () => {
  fc.assert(addsUp((values) => values))
})
it('is refuted when nobody is asked for his owner', () => {
  const unowned = (values: readonly unknown[]): readonly unknown[] =>
    JSON.parse(
      JSON.stringify(values).replaceAll('"controller":true', '"controller":false'),
    ) as readonly unknown[]
  expect(isRefuted(addsUp(unowned))).toBe(true)
})
