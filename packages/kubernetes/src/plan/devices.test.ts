/**
 * Tests plans and explanations of pods with claims on devices: each placed pod holds its devices, a
 * shared claim keeps its pods together, an extended resource is met by devices or by the node
 * itself.
 */
import { instant } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, it } from 'vitest'
import {
  claim,
  deployment,
  gpuClass,
  gpus,
  gpusOn,
  node,
  pod,
  template,
} from '../device/devices.fixture.js'
import { readKubernetes, type KubernetesInput } from '../read/input.js'
import { decodeScheduler } from '../state/decode.js'
import { encodeScheduler } from '../state/encode.js'
import { openScheduler } from '../state/open.js'
import { removePod, schedulePod } from '../state/transition.js'
import { readObjects } from '../words/object.js'
import { explainOnNodes } from './explain.js'
import { planOnNodes } from './plan.js'

const inputOf = (objects: readonly object[]): KubernetesInput => {
  const read = readKubernetes(objects.map((value) => ({ from: 'x', value })))
  if (E.isLeft(read)) throw new Error(JSON.stringify(read.left))
  return read.right
}

/** What each node holds, what is held back, and why the others have no place. */
const planned = (...objects: readonly object[]) => {
  const { plan, held } = planOnNodes(inputOf(objects))
  return {
    nodes: Object.fromEntries(
      plan.nodes.map(({ name, holds }) => [name, holds.map(({ name: of, count }) => [of, count])]),
    ),
    held: held.flatMap(({ why }) => why.reasons),
    unplaced: plan.unplaced.map(({ name, count }) => [name, count]),
  }
}

const explained = (title: string, ...objects: readonly object[]) => {
  const found = O.toUndefined(explainOnNodes(inputOf(objects), title))
  return found?._tag === 'Explained' ? found : undefined
}

describe('a plan', () => {
  it('gives each pod of a template its own devices', () => {
    const world = [node('n1'), node('n2'), gpusOn('n1', 'a', 'a'), gpusOn('n2', 'a'), gpuClass()]
    expect(planned(...world, template(gpus(1)), deployment('web', 4))).toEqual({
      nodes: { n1: [['default/web', 2]], n2: [['default/web', 1]] },
      held: [],
      unplaced: [['default/web', 1]],
    })
  })
  it('keeps the pods of a shared claim where its devices are', () => {
    const world = [node('n1'), node('n2'), gpusOn('n2', 'a'), gpuClass(), claim('one', gpus(1))]
    const { nodes } = planned(...world, pod('p', 'one'), pod('q', 'one'))
    expect(nodes['n2']).toEqual([
      ['default/p', 1],
      ['default/q', 1],
    ])
  })
  it('leaves a device that an allocated claim has', () => {
    const results = [{ request: 'gpu', driver: 'gpu.example.com', pool: 'n1', device: 'gpu-0' }]
    const taken = claim('one', gpus(1), { allocation: { devices: { results } } })
    const world = [node('n1'), gpusOn('n1', 'a'), gpuClass(), template(gpus(1)), taken]
    expect(planned(...world, pod('p')).unplaced).toEqual([['default/p', 1]])
  })
  it('holds back a pod whose template is missing, and says so', () => {
    expect(planned(node('n1'), deployment('web', 1)).held).toEqual([
      'ResourceClaim not created yet: there is no ResourceClaimTemplate "default/gpus"',
    ])
  })
  it('gives admin access only in a namespace that allows it', () => {
    const admin = { ...gpus(1), adminAccess: true }
    const namespace = (labels: object) => ({
      ...{ apiVersion: 'v1', kind: 'Namespace' },
      metadata: { name: 'default', labels },
    })
    const world = [node('n1'), gpusOn('n1', 'a'), gpuClass(), claim('one', admin), pod('p', 'one')]
    const allowed = namespace({ 'resource.kubernetes.io/admin-access': 'true' })
    expect(planned(...world, allowed).held).toEqual([])
    for (const more of [[namespace({})], []]) {
      const objects = [...world, ...more]
      expect(planned(...objects).held).toEqual(['could not find ResourceClaim "default/one"'])
      const [warning] = inputOf(objects).warnings
      expect(warning).toMatchObject({
        ...{ code: 'ObjectForbidden', subject: 'ResourceClaim default/one' },
        detail: expect.stringMatching(
          /^ResourceClaim.resource.k8s.io "one" is invalid: spec.devices.requests\[0\].exactly.adminAccess: found true, expected the label resource.kubernetes.io\/admin-access: "true" on namespace default/,
        ) as string,
      })
    }
    expect(
      planned(node('n1'), gpusOn('n1', 'a'), gpuClass(), template(admin), deployment('web', 1)),
    ).toMatchObject({
      nodes: { n1: [] },
      held: ['ResourceClaim not created yet: there is no ResourceClaimTemplate "default/gpus"'],
    })
  })
  it('gives the claims of a template that is stored no admin access either', () => {
    const stored = template({ ...gpus(1), adminAccess: true })
    const existing = { ...stored, metadata: { ...stored.metadata, uid: '1' } }
    expect(
      planned(node('n1'), gpusOn('n1', 'a'), gpuClass(), existing, deployment('web', 1), pod('p')),
    ).toMatchObject({
      held: [
        expect.stringMatching(/^FailedResourceClaimCreation: .* ResourceClaim p-gpu-: /),
        expect.stringMatching(/^FailedResourceClaimCreation: .* ResourceClaim web--gpu-: /),
      ],
    })
  })
  it('takes a count of 0 for one device', () => {
    const world = [node('n1'), gpusOn('n1', 'a'), gpuClass(), template(gpus(0))]
    expect(planned(...world, deployment('web', 2)).unplaced).toEqual([['default/web', 1]])
  })
  it('is refused with the path of what is wrong in a claim that no pod uses', () => {
    const bad = claim('one', gpus(1, 'device.drivr == "a"'))
    expect(readKubernetes([{ from: 'x', value: bad }])).toMatchObject(
      E.left([
        {
          from: 'x',
          at: ['spec', 'devices', 'requests', 0, 'exactly', 'selectors', 0, 'cel', 'expression'],
          expected: "an expression in CEL (undefined field 'drivr')",
        },
      ]),
    )
  })
  it('meets an extended resource by devices, or by the node itself', () => {
    const requesting = (name: string) => ({
      ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name } },
      spec: { containers: [{ name: 'c', resources: { limits: { 'example.com/gpu': '1' } } }] },
    })
    const world = [node('n1'), gpusOn('n1', 'a'), node('n2', { 'example.com/gpu': '1' })]
    const pods = ['p', 'q', 'r'].map(requesting)
    const { nodes, unplaced } = planned(...world, gpuClass('example.com/gpu'), ...pods)
    expect(Object.values(nodes).map((holds) => holds.length)).toEqual([1, 1])
    expect(unplaced).toEqual([['default/r', 1]])
  })
})

describe('an explanation', () => {
  const world = [node('n1'), node('n2'), gpusOn('n1', 'a'), gpuClass()]
  it('says why no node does', () => {
    const of = explained('default/p', ...world, template(gpus(2)), pod('p'))
    expect(of?.message).toContain('2 cannot allocate all claims')
  })
  it('says which class is missing', () => {
    const of = explained('default/p', node('n1'), template(gpus(1)), pod('p'))
    expect(of?.verdict.preFilter).toEqual({
      plugin: 'DynamicResources',
      code: 'UnschedulableAndUnresolvable',
      reasons: ['request gpu: device class gpu does not exist'],
    })
  })
  it('fails the pod when a selector fails on a device', () => {
    const picky = template(gpus(1, 'device.attributes["gpu.example.com"].model == "b"'))
    const of = explained('default/p', ...world, gpusOn('n2', ''), picky, pod('p'))
    expect(of?.verdict.preFilter?.code).toBe('Error')
    expect(of?.verdict.preFilter?.reasons[0]).toContain(
      'selector #0 on device gpu.example.com/n2/gpu-0: CEL runtime error: no such key: model',
    )
  })
  it('names a function that is outside of the subset of CEL', () => {
    const picky = template(gpus(1, 'device.driver.format([])'))
    const of = explained('default/p', ...world, picky, pod('p'))
    expect(of?.verdict.preFilter?.reasons[0]).toContain('format() is not supported')
  })
})

describe('a quota of devices by class', () => {
  const quota = (devices: string) => ({
    ...{ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'few' } },
    spec: { hard: { 'gpu.deviceclass.resource.k8s.io/devices': devices } },
  })
  const world = [node('n1'), gpusOn('n1', 'a', 'a', 'a', 'a'), gpuClass()]
  it('counts the claims that templates make, and holds back the pods of the others', () => {
    const { nodes, held } = planned(...world, quota('3'), template(gpus(2)), deployment('web', 2))
    expect(nodes).toEqual({ n1: [['default/web', 1]] })
    expect(held).toEqual([
      expect.stringContaining(
        'FailedResourceClaimCreation: PodResourceClaim gpu: create ResourceClaim web--gpu-: resourceclaims.resource.k8s.io "web--gpu-" is forbidden: exceeded quota: few, requested: gpu.deviceclass.resource.k8s.io/devices=2, used: gpu.deviceclass.resource.k8s.io/devices=2, limited: gpu.deviceclass.resource.k8s.io/devices=3',
      ),
    ])
  })
  it('counts claims that are objects, and leaves out those over it', () => {
    const claims = ['one', 'two'].map((name) => claim(name, gpus(2)))
    const { warnings } = planOnNodes(inputOf([...world, quota('3'), ...claims]))
    expect(warnings.map(({ code, subject }) => [code, subject])).toEqual([
      ['ObjectForbidden', 'ResourceClaim default/two'],
    ])
  })
})

describe('a scheduler', () => {
  const value = [node('n1'), gpusOn('n1', 'a'), gpuClass(), template(gpus(1)), pod('p'), pod('q')]
  const { objects } = readObjects({ from: 'x', value })
  const at = instant(0)
  const right = <Value>(either: E.Either<unknown, Value>): Value => {
    if (E.isLeft(either)) throw new Error(JSON.stringify(either.left))
    return either.right
  }
  const [after, first] = right(schedulePod(openScheduler(objects, at), { at, pod: 'default/p' }))

  it('keeps the devices of a placed pod, also in its encoding', () => {
    expect(first.verdict.node).toBe('n1')
    for (const state of [after, right(decodeScheduler(structuredClone(encodeScheduler(after))))])
      expect(right(schedulePod(state, { at, pod: 'default/q' }))[1].verdict.node).toBeUndefined()
  })
  it('frees the devices of a pod that is gone, also in its encoding', () => {
    const [freed] = right(removePod(after, { at, pod: 'default/p' }))
    for (const state of [freed, right(decodeScheduler(structuredClone(encodeScheduler(freed))))])
      expect(right(schedulePod(state, { at, pod: 'default/q' }))[1].verdict.node).toBe('n1')
  })
})
