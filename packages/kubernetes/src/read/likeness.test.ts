/**
 * Tests that fast decoding of similar pods changes nothing: each pod is decoded as if it were the
 * only one.
 */
import { isDeepStrictEqual } from 'node:util'
import { isObject, type SourceDocument } from '@stowage/documents'
import { getOrThrow } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { planOnNodes } from '../plan/plan.js'
import {
  decodeByKind,
  concatObjects,
  readObjects,
  type DecodeObject,
  type KubernetesObject,
} from '../words/object.js'
import { revisionsIn } from '../workload/revision.js'
import { admitObjects } from './admitted.js'
import { readKubernetes, type KubernetesInput } from './input.js'
import { sharingDecoder } from './likeness.js'
import { readWorkloads } from './workloads.js'

const oneOf = (isBad: boolean, right: readonly unknown[], wrong: readonly unknown[]) =>
  fc.constantFrom(...right, ...(isBad ? wrong : []))

const metadata = (isBad: boolean) =>
  fc.record(
    {
      name: oneOf(isBad, ['a-1', 'a-2', 'b-1', 'b-2'], ['NOT A NAME', 7]),
      generateName: fc.constantFrom('a-', undefined),
      namespace: fc.constantFrom('shop', 'default'),
      uid: oneOf(isBad, ['u1', 'u2'], [3]),
      creationTimestamp: fc.constantFrom('2026-01-01T00:00:00Z', null),
      deletionTimestamp: fc.constantFrom('2026-01-02T00:00:00Z', undefined),
      resourceVersion: oneOf(isBad, ['1', '2'], [5]),
      labels: oneOf(isBad, [{ app: 'a' }, { app: 'b' }], [{ app: 'not a value' }]),
      annotations: oneOf(isBad, [{ note: 'x' }], [{ 'not a key': 'x' }]),
      colour: fc.constant('red'),
    },
    { requiredKeys: ['name', 'labels'] },
  )
const token = (letters: string) => ({ name: `kube-api-access-${letters}`, projected: {} })
const hasToken = ({ volumes }: { readonly volumes?: readonly object[] }): boolean =>
  volumes?.some((volume) => 'projected' in volume) === true
const container = (cpu: unknown) => [{ name: 'c', resources: { requests: { cpu } } }]
const claimSpec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } }
const spec = (isBad: boolean) =>
  fc.record(
    {
      containers: oneOf(
        isBad,
        [container('1'), container('500m'), container('2')],
        [container(null), container(NaN), []],
      ),
      nodeName: oneOf(isBad, ['n1', 'n2', ''], [9]),
      priority: fc.constantFrom(0, 5),
      priorityClassName: fc.constantFrom('high', 'system-node-critical'),
      volumes: fc.constantFrom(
        [token('abcde')],
        [token('fghij')],
        [{ name: 'v', ephemeral: { volumeClaimTemplate: { spec: claimSpec } } }],
      ),
      tolerate: fc.constant([]),
    },
    { requiredKeys: ['containers'] },
  )
const status = (isBad: boolean) =>
  fc.record(
    {
      phase: oneOf(isBad, ['Running', 'Pending', 'Failed'], [4]),
      startTime: fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-03T00:00:00Z'),
      nominatedNodeName: fc.constantFrom('n1', 'n2'),
      containerStatuses: fc.constantFrom(
        [{ name: 'c', ready: true }],
        [{ name: 'c', ready: false }],
        [{ name: 'c', allocatedResources: { cpu: '2' } }],
        [{ name: 'c', ready: true, colour: 'red' }],
      ),
    },
    { requiredKeys: [] },
  )
const pod = (isBad: boolean) =>
  fc.record(
    {
      apiVersion: fc.constant('v1'),
      kind: fc.constant('Pod'),
      metadata: metadata(isBad),
      spec: spec(isBad),
      status: status(isBad),
    },
    { requiredKeys: ['apiVersion', 'kind', 'metadata', 'spec'] },
  )

/** Few kinds of pods, so that many are alike. */
const podsOf = (isBad: boolean): fc.Arbitrary<readonly object[]> =>
  fc.array(pod(isBad), { minLength: 1, maxLength: 3 }).chain((kinds) =>
    fc.array(
      fc
        .record({
          one: fc.constantFrom(...kinds),
          own: metadata(isBad),
          progress: fc.option(status(isBad)),
          node: fc.nat(9),
          letters: fc.constantFrom('abcde', 'fghij'),
        })
        .map(({ one, own: { name, uid, resourceVersion }, progress, node, letters }) => ({
          ...one,
          metadata: { ...one.metadata, name, uid, resourceVersion },
          spec: {
            ...one.spec,
            ...(node > 5 ? {} : { nodeName: `n${node % 3}` }),
            ...(hasToken(one.spec) ? { volumes: [token(letters)] } : {}),
          },
          ...(progress === null ? {} : { status: progress }),
        })),
      { minLength: 2, maxLength: 8 },
    ),
  )
const anyPods = podsOf(true)
/** Pods that can be read, with names of their own. */
const rightPods = podsOf(false).map((pods) =>
  pods.map((one, i) => {
    const { metadata: own } = one as { readonly metadata: object }
    return { ...one, metadata: { ...own, name: `p-${i}` } }
  }),
)

type Reading = (pods: readonly object[]) => unknown

const documentsOf = (pods: readonly object[]): readonly SourceDocument[] =>
  pods.map((value, i) => ({ from: `${i}.yaml`, value }))

const withoutLikeness = <Of extends object>(one: Of): Of => {
  const { likeness: _, ...rest } = one as Of & { readonly likeness?: unknown }
  return rest as unknown as Of
}

/** Where there is a quota, pods are kept as they are stored. */
const quota = {
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'few', namespace: 'shop' },
  spec: { hard: { pods: '3' } },
}

const readBy =
  (decoder: () => DecodeObject): Reading =>
  (pods) => {
    const decode = decoder()
    const documents = documentsOf([quota, ...pods])
    const { objects, bad } = concatObjects(documents.map((one) => readObjects(one, [], decode)))
    const { workloads, faults } = admitObjects(readWorkloads(objects, revisionsIn(objects)), [])
    return {
      objects: objects.map(withoutLikeness),
      bad,
      workloads: workloads.map(withoutLikeness),
      faults,
    }
  }

/** Every volume of a service account's token under one name, as its letters are drawn at random. */
const withOneTokenName = (value: unknown): unknown => {
  if (typeof value === 'string') return value.replace(/^kube-api-access-[a-z]{5}$/, 'token')
  if (Array.isArray(value)) return value.map(withOneTokenName)
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([name, of]) => [name, withOneTokenName(of)]))
    : value
}

const agrees = (reading: Reading) =>
  fc.property(anyPods, (pods) =>
    isDeepStrictEqual(
      withOneTokenName(reading(pods)),
      withOneTokenName(readBy(() => decodeByKind)(pods)),
    ),
  )

describe('the objects and what admission makes of them', () => {
  it('are as if each pod were decoded whole', () => {
    fc.assert(agrees(readBy(sharingDecoder)), { numRuns: 400 })
  })
  it.each([
    ['the node', (one: KubernetesObject, first: KubernetesObject) => withNode(one, first)],
    ['the faults of the own part', (one: KubernetesObject) => withName(one)],
  ])('is refuted when %s is that of the first pod', (_, change) => {
    const careless: Reading = (pods) =>
      readBy(() => {
        const decode = sharingDecoder()
        let first: KubernetesObject | undefined
        return (kind, raw) => {
          const decoded = decode(kind, raw)
          if (E.isLeft(decoded)) return decoded
          const found = { kind, from: '', at: [], raw, ...decoded.right } as KubernetesObject
          if (kind === 'Pod') first ??= found
          return E.right({ ...decoded.right, object: change(found, first ?? found).object })
        }
      })(pods)
    expect(isRefuted(agrees(careless))).toBe(true)
  })
})

const withNode = (one: KubernetesObject, first: KubernetesObject): KubernetesObject =>
  one.kind === 'Pod' && first.kind === 'Pod'
    ? {
        ...one,
        object: {
          ...one.object,
          spec: { ...one.object.spec, nodeName: first.object.spec.nodeName },
        },
      }
    : one

const withName = (one: KubernetesObject): KubernetesObject =>
  ({
    ...one,
    object: { ...one.object, metadata: { ...one.object.metadata, name: 'a-1' } },
  }) as KubernetesObject

const unknownIn = (pods: readonly object[]): readonly string[] => {
  const { warnings } = getOrThrow(readKubernetes(documentsOf(pods)))
  return warnings.filter(({ code }) => code === 'UnknownField').map(({ text }) => text)
}

it('warns of unknown fields as for each pod alone', () => {
  fc.assert(
    fc.property(rightPods, (pods) => {
      const alone = pods.flatMap((one) => unknownIn([one]))
      expect([...unknownIn(pods)].sort()).toEqual([...alone].sort())
    }),
  )
})

const node = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels: { 'kubernetes.io/hostname': name } },
  status: { allocatable: { cpu: '3', memory: '8Gi', pods: '5' } },
})

/** Rows of one workload with the same reasons are one row. */
const planWith = (change: (input: KubernetesInput) => KubernetesInput, pods: readonly object[]) => {
  const nodes = ['n0', 'n1', 'n2'].map(node)
  const input = getOrThrow(readKubernetes(documentsOf([...nodes, ...pods])))
  const { plan, held, preemptions } = planOnNodes(change(input))
  const rows = new Map<string, number>()
  for (const { count, ...row } of [...plan.unplaced, ...held]) {
    const key = JSON.stringify(row)
    rows.set(key, (rows.get(key) ?? 0) + count)
  }
  return {
    nodes: plan.nodes,
    rows: [...rows].sort(),
    preemptions: [...new Set(preemptions.map((one) => JSON.stringify(one)))],
  }
}

const unlike = (input: KubernetesInput): KubernetesInput => ({
  ...input,
  pending: input.pending.map(withoutLikeness),
  running: input.running.map(withoutLikeness),
})

describe('a plan of pods that are alike', () => {
  const plansAlike = (change: (input: KubernetesInput) => KubernetesInput) =>
    fc.property(rightPods, (pods) =>
      isDeepStrictEqual(planWith(change, pods), planWith(unlike, pods)),
    )

  it('is that of pods that are told apart', () => {
    fc.assert(plansAlike((input) => input))
  })
  it('is refuted when pods of different requests count as alike', () => {
    const likeness = {}
    const careless = (input: KubernetesInput): KubernetesInput => ({
      ...input,
      running: input.running.map((pod) => ({ ...pod, likeness })),
    })
    expect(isRefuted(plansAlike(careless))).toBe(true)
  })
})
