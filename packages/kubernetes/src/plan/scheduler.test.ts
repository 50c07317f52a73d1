/**
 * Tests how a plan follows the scheduler beyond its rules: it reads the configuration, ignores pods
 * with gates or an unknown scheduler name, gives a volume to one pod only, and reports preemption.
 */
import * as E from 'fp-ts/lib/Either.js'
import { isRefuted } from '@stowage/testing'
import { pathOf } from '@stowage/kernel'
import fc from 'fast-check'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, it } from 'vitest'
import { readKubernetes, type KubernetesInput } from '../read/input.js'
import { planPodsOnFargate } from '../fargate/plan.js'
import { explainOnNodes } from './explain.js'
import { planOnNodes, type NodesPlan } from './plan.js'

const reading = (values: readonly unknown[]) =>
  readKubernetes(values.map((value, i) => ({ from: `${i}.yaml`, value })))
const read = (...values: readonly unknown[]): KubernetesInput => {
  const input = reading(values)
  if (E.isLeft(input)) throw new Error(JSON.stringify(input.left))
  return input.right
}
const object = (apiVersion: string, kind: string, name: string, more: object = {}) => ({
  ...{ apiVersion, kind, metadata: { name } },
  ...more,
})
const node = (name: string, cpu = '4') =>
  object('v1', 'Node', name, {
    metadata: { name, labels: { host: name } },
    status: { allocatable: { cpu, memory: '8Gi', pods: '10' } },
  })
const container = { name: 'c', resources: { requests: { cpu: '1', memory: '1Gi' } } }
const pod = (name: string, spec: object = {}) =>
  object('v1', 'Pod', name, { spec: { containers: [container], ...spec } })
const deployment = (name: string, replicas: number, spec: object = {}) =>
  object('apps/v1', 'Deployment', name, {
    spec: {
      replicas,
      selector: { matchLabels: { app: 'a' } },
      template: {
        metadata: { labels: { app: 'a' } },
        spec: { containers: [container], ...spec },
      },
    },
  })
const configuration = (...profiles: readonly object[]) => ({
  apiVersion: 'kubescheduler.config.k8s.io/v1',
  kind: 'KubeSchedulerConfiguration',
  profiles,
})
const held = ({ plan }: NodesPlan): readonly string[] =>
  plan.nodes.map(({ name, holds }) =>
    [name, ...holds.map((one) => `${one.count} ${one.name}`)].join(': '),
  )

describe('a priority class that is not there', () => {
  const high = object('scheduling.k8s.io/v1', 'PriorityClass', 'high', { value: 9 })
  const named = (priorityClassName: string) => [
    node('a'),
    high,
    deployment('web', 2, { priorityClassName }),
  ]
  const reason = 'FailedCreate: pods "web-" is forbidden: no PriorityClass with name hihg was found'
  it('keeps the pods from being placed, by machine and on Fargate, and is told', () => {
    const input = read(...named('hihg'))
    const planned = planOnNodes(input)
    expect(held(planned)).toEqual(['a'])
    expect(planned.held).toMatchObject([
      { name: 'default/web', count: 2, why: { reasons: [reason] } },
    ])
    expect(planPodsOnFargate(input)).toMatchObject({
      vended: [],
      refused: [{ name: 'default/web', count: 2, reason }],
    })
    expect(explainOnNodes(input, 'default/web')).toMatchObject(
      O.some({ _tag: 'Held', why: { reasons: [reason] } }),
    )
  })
  it('is no matter where it is there', () => {
    expect(held(planOnNodes(read(...named('high'))))).toEqual(['a: 2 default/web'])
  })
})

describe('a configuration among the documents', () => {
  const packing = {
    pluginConfig: [
      {
        name: 'NodeResourcesFit',
        args: {
          scoringStrategy: {
            type: 'MostAllocated',
            resources: [
              { name: 'cpu', weight: 1 },
              { name: 'memory', weight: 1 },
            ],
          },
        },
      },
    ],
  }
  it('is honoured', () => {
    const documents = [node('a'), node('b'), deployment('web', 2)]
    expect(held(planOnNodes(read(...documents)))).toEqual(['a: 1 default/web', 'b: 1 default/web'])
    expect(held(planOnNodes(read(configuration(packing), ...documents)))).toEqual([
      'a: 2 default/web',
      'b',
    ])
  })
  it('has a profile for each name that pods call a scheduler by', () => {
    const profiles = [{ schedulerName: 'default-scheduler' }, { schedulerName: 'pack', ...packing }]
    const documents = [node('a'), node('b'), deployment('web', 2, { schedulerName: 'pack' })]
    const { plan, warnings } = planOnNodes(read(configuration(...profiles), ...documents))
    expect(plan.nodes.map(({ holds }) => holds.length)).toEqual([1, 0])
    expect(warnings).toEqual([])
  })
  it('says with its path what is wrong with it', () => {
    const wrong = reading([node('a'), configuration({ percentageOfNodesToScore: 101 })])
    const said = E.isLeft(wrong) ? wrong.left : []
    expect(said.map(({ from, at, found }) => [from, pathOf(at), found])).toEqual([
      ['1.yaml', 'profiles[0].percentageOfNodesToScore', '101'],
    ])
  })
  it('is one in all', () => {
    expect(reading([configuration(), configuration()])).toMatchObject({
      left: [
        { from: '1.yaml', at: ['kind'], expected: expect.stringContaining('0.yaml') as string },
      ],
    })
  })
  it('may name extenders, which are not asked: a warning', () => {
    const extenders = [{ urlPrefix: 'http://example.com', filterVerb: 'filter' }]
    const { warnings } = read({ ...configuration(), extenders }, pod('a'))
    expect(warnings).toMatchObject([{ from: '0.yaml', subject: 'KubeSchedulerConfiguration' }])
  })
})

describe('no scheduler looks at', () => {
  const why = (...values: readonly unknown[]) => {
    const planned = planOnNodes(read(node('a'), ...values))
    expect(held(planned)).toEqual(['a'])
    return planned.held.map(({ name, count, why: { plugin, reasons } }) =>
      [count, name, plugin, ...reasons].join(' '),
    )
  }
  it('a pod that waits at gates', () => {
    const gates = { schedulingGates: [{ name: 'x' }, { name: 'y/z' }] }
    expect(why(pod('p', gates), deployment('web', 3, gates))).toEqual([
      '1 default/p SchedulingGates waiting for scheduling gates: [x y/z]',
      '3 default/web SchedulingGates waiting for scheduling gates: [x y/z]',
    ])
  })
  it('a pod with claims to devices', () => {
    const template = { resourceClaims: [{ name: 'gpu', resourceClaimTemplateName: 'gpu' }] }
    const claimed = { resourceClaims: [{ name: 'gpu', resourceClaimName: 'one' }] }
    expect(why(pod('p', claimed), pod('q', template))).toEqual([
      '1 default/p DynamicResources could not find ResourceClaim "default/one"',
      '1 default/q DynamicResources pod "default/q": ResourceClaim not created yet',
    ])
  })
  it('a pod that asks for a scheduler which is not there', () => {
    const said = 'no profile has the schedulerName'
    expect(why(pod('p', { schedulerName: 'mine' }))).toEqual([`1 default/p  ${said} "mine"`])
    expect(why(configuration({ schedulerName: 'mine' }), pod('p'))).toEqual([
      `1 default/p  ${said} "default-scheduler"`,
    ])
  })
})

const lazy = object('storage.k8s.io/v1', 'StorageClass', 'lazy', {
  provisioner: 'kubernetes.io/no-provisioner',
  volumeBindingMode: 'WaitForFirstConsumer',
})
const asking = {
  storageClassName: 'lazy',
  accessModes: ['ReadWriteOnce'],
  resources: { requests: { storage: '1Gi' } },
}
const volume = (name: string, on: string) =>
  object('v1', 'PersistentVolume', name, {
    spec: {
      ...{ storageClassName: 'lazy', accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' } },
      local: { path: '/data' },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: 'host', operator: 'In', values: [on] }] },
          ],
        },
      },
    },
    status: { phase: 'Available' },
  })
const claim = (name: string) => object('v1', 'PersistentVolumeClaim', name, { spec: asking })
const using = (claimName: string) => ({
  volumes: [{ name: 'v', persistentVolumeClaim: { claimName } }],
})
const ephemeral = { volumes: [{ name: 'v', ephemeral: { volumeClaimTemplate: { spec: asking } } }] }

/** As many find a place as there are volumes, each where its own is. */
const eachItsOwn = (plan: typeof planOnNodes) =>
  fc.property(fc.array(fc.nat(2), { maxLength: 4 }), fc.integer({ min: 1, max: 5 }), (on, pods) => {
    const planned = plan(
      read(
        ...['n0', 'n1', 'n2'].map((name) => node(name, '9')),
        ...on.map((i, number) => volume(`v${number}`, `n${i}`)),
        lazy,
        deployment('web', pods, ephemeral),
      ),
    )
    const placed = planned.plan.nodes.map(({ holds }) => holds[0]?.count ?? 0)
    const total = placed.reduce((sum, count) => sum + count, 0)
    return (
      total === Math.min(pods, on.length) &&
      placed.every((count, i) => count <= on.filter((one) => one === i).length)
    )
  })

describe('a volume', () => {
  it('is promised to one pod, and the next finds none', () => {
    const documents = [node('a'), node('b'), lazy, volume('v', 'b'), claim('x'), claim('y')]
    const { plan } = planOnNodes(read(...documents, pod('p', using('x')), pod('q', using('y'))))
    expect(plan.nodes.map(({ holds }) => holds)).toEqual([[], [{ name: 'default/p', count: 1 }]])
    expect(plan.unplaced).toMatchObject([
      {
        name: 'default/q',
        reasons: [{ reason: "node(s) didn't find available persistent volumes to bind", nodes: 2 }],
      },
    ])
  })
  it('is that of one replica', () => {
    fc.assert(eachItsOwn(planOnNodes))
  })
  it('is refuted when each replica is planned by itself', () => {
    const apart: typeof planOnNodes = (input) => {
      const [one] = input.pending
      const count = typeof one?.count === 'number' ? one.count : 0
      const planned = planOnNodes({
        ...input,
        pending: input.pending.map((w) => ({ ...w, count: 1 })),
      })
      const nodes = planned.plan.nodes.map((each) => ({
        ...each,
        holds: each.holds.map((holding) => ({ ...holding, count })),
      }))
      return { ...planned, plan: { ...planned.plan, nodes } }
    }
    expect(isRefuted(eachItsOwn(apart))).toBe(true)
  })
})

describe('preemption', () => {
  const low = {
    ...pod('low', { nodeName: 'a', priority: 1 }),
    status: { phase: 'Running' },
  }
  const late = (spec: object) => deployment('web', 4, { priority: 9, ...spec })
  it('is told for the first pod that found no place, and not done', () => {
    const planned = planOnNodes(read(node('a'), low, late({})))
    expect(held(planned)).toEqual(['a: 1 default/low: 3 default/web'])
    expect(planned.preemptions).toEqual([
      { name: 'default/web', node: 'a', victims: ['default/low'] },
    ])
  })
  it('is not for pods that never preempt, by themselves or by their class', () => {
    const meek = {
      ...object('scheduling.k8s.io/v1', 'PriorityClass', 'meek', { value: 9 }),
      preemptionPolicy: 'Never',
    }
    const never = planOnNodes(read(node('a'), low, late({ preemptionPolicy: 'Never' })))
    const named = { priority: undefined, priorityClassName: 'meek' }
    const byClass = planOnNodes(read(node('a'), low, meek, late(named)))
    expect([never.preemptions, byClass.preemptions]).toEqual([[], []])
    expect(byClass.plan.unplaced).toMatchObject([{ count: 1 }])
  })
  it('is not where the profile does without', () => {
    const without = { plugins: { postFilter: { disabled: [{ name: 'DefaultPreemption' }] } } }
    const planned = planOnNodes(read(configuration(without), node('a'), low, late({})))
    expect(planned.preemptions).toEqual([])
  })
})
