/**
 * Tests the adoption of orphans against a slow twin that compares every pod with every selector.
 */
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { readKubernetes } from '../read/input.js'

type Labels = Readonly<Record<string, string>>

const spec = { containers: [{ name: 'main', image: 'app:1' }] }
const pod = (name: string, labels: Labels, metadata: object = {}, nodeName = 'a') => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels, ...metadata },
  spec: { ...spec, nodeName },
})
const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'a' } }
const controller = (kind: string, name: string, labels: Labels, more: object = {}) => ({
  apiVersion: kind === 'ReplicationController' ? 'v1' : 'apps/v1',
  kind,
  metadata: { name },
  spec: {
    ...(kind === 'DaemonSet' ? {} : { replicas: 3 }),
    selector: kind === 'ReplicationController' ? labels : { matchLabels: labels },
    template: { metadata: { labels }, spec },
    ...more,
  },
})
/** The pods that each workload lacks, and the workload of each pod that runs. */
const seen = (...values: readonly object[]) => {
  const input = readKubernetes([node, ...values].map((value, i) => ({ from: `${i}.yaml`, value })))
  if (E.isLeft(input)) throw new Error(JSON.stringify(input.left))
  const { pending, running } = input.right
  return {
    lacks: Object.fromEntries(pending.map(({ name, count }) => [name, count])),
    runs: Object.fromEntries(
      running.map(({ metadata, kind, name }) => [metadata.name, `${kind} ${name}`]),
    ),
  }
}

describe('an orphan', () => {
  const app = { app: 'web' }
  it.each(['ReplicaSet', 'ReplicationController'])('counts as a replica of a %s', (kind) => {
    expect(seen(controller(kind, 'web', app), pod('p', app), pod('q', { app: 'db' }))).toEqual({
      lacks: { 'default/web': 2 },
      runs: { p: `${kind} default/web`, q: 'Pod default/q' },
    })
  })
  it('is adopted by a Deployment only with the hash of its template', () => {
    const web = controller('Deployment', 'web', app)
    expect(seen(web, pod('p', app)).lacks).toEqual({ 'default/web': 3 })
    const hashed = { ...app, 'pod-template-hash': '1' }
    const owner = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', controller: true }
    const older = {
      ...controller('ReplicaSet', 'web-1', hashed),
      metadata: { name: 'web-1', labels: hashed, ownerReferences: [owner] },
    }
    expect(seen(web, older, pod('p', hashed))).toEqual({
      lacks: { 'default/web': 2 },
      runs: { p: 'Deployment default/web' },
    })
  })
  it('is adopted by a StatefulSet only with a name of its pods', () => {
    const set = controller('StatefulSet', 'web', app)
    expect(seen(set, pod('web-1', app), pod('web-x', app), pod('other-1', app)).runs).toEqual({
      'other-1': 'Pod default/other-1',
      'web-1': 'StatefulSet default/web',
      'web-x': 'Pod default/web-x',
    })
  })
  it('is like no other pod then, which may have another name', () => {
    const set = controller('StatefulSet', 'web', app)
    const documents = [node, set, pod('web-1', app), pod('web-x', app)]
    const input = readKubernetes(documents.map((value) => ({ from: '', value })))
    if (E.isLeft(input)) throw new Error(JSON.stringify(input.left))
    const shared = input.right.running.map(({ likeness }) => likeness !== undefined)
    expect(shared.sort()).toEqual([false, true])
  })
  it('is adopted by a DaemonSet, and wants no place on its node again', () => {
    expect(seen(controller('DaemonSet', 'web', app), pod('p', app)).runs).toEqual({
      p: 'DaemonSet default/web',
    })
  })
  it.each<[string, object]>([
    ['another namespace', { namespace: 'shop' }],
    ['a controller', { ownerReferences: [{ kind: 'Job', name: 'j', controller: true }] }],
    ['its end before it', { deletionTimestamp: '2026-01-01T00:00:00Z' }],
  ])('is none with %s', (_, metadata) => {
    expect(seen(controller('ReplicaSet', 'web', app), pod('p', app, metadata)).lacks).toEqual({
      'default/web': 3,
    })
  })
})

const anyLabels = fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('1', '2'), {
  maxKeys: 2,
})
const counts = (
  read: (sets: readonly Labels[], pods: readonly Labels[]) => readonly number[],
): fc.IProperty<[Labels[], Labels[]]> =>
  fc.property(
    fc.array(
      anyLabels.filter((labels) => Object.keys(labels).length > 0),
      { minLength: 1, maxLength: 3 },
    ),
    fc.array(anyLabels, { maxLength: 5 }),
    (sets, pods) => {
      const left = sets.map(() => 3)
      for (const labels of pods) {
        const at = sets.findIndex((set) =>
          Object.entries(set).every(([key, value]) => labels[key] === value),
        )
        if (at >= 0) left[at] = Math.max(0, left[at]! - 1)
      }
      return JSON.stringify(read(sets, pods)) === JSON.stringify(left)
    },
  )
const lacking = (sets: readonly Labels[], pods: readonly Labels[]): readonly number[] => {
  const { lacks } = seen(
    ...sets.map((labels, i) => controller('ReplicaSet', `set-${i}`, labels)),
    ...pods.map((labels, i) => pod(`p${i}`, labels)),
  )
  return sets.map((_, i) => Number(lacks[`default/set-${i}`]))
}

describe('many orphans', () => {
  it('go to the first ReplicaSet that selects them', () => {
    fc.assert(counts(lacking), { numRuns: 200 })
  })
  it('is refuted when each stays alone', () => {
    expect(
      isRefuted(
        counts((sets) => lacking(sets, [])),
        { runsMax: 200 },
      ),
    ).toBe(true)
  })
})
