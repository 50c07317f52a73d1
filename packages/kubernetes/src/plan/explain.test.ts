/**
 * Tests explanations of pods:
 * 1. A pod is found by every form of a name, such as `web` or `deploy/shop/web`.
 * 2. The explanation agrees with the plan about the node of the pod.
 * 3. The first refusal of each node is that of the scheduler's verdict.
 */
import { isRefuted } from '@stowage/testing'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planOnNodes } from './plan.js'
import { readKubernetes, type KubernetesInput } from '../read/input.js'
import { explainOnNodes, type KubernetesExplanation, type PodExplanation } from './explain.js'
import { namesNear, planNameOf, subjectsOf } from './subject.js'
import { planPodsOnFargate } from '../fargate/plan.js'

const read = (...values: readonly unknown[]): KubernetesInput => {
  const input = readKubernetes(values.map((value, i) => ({ from: `${i}.yaml`, value })))
  if (E.isLeft(input)) throw new Error(JSON.stringify(input.left))
  return input.right
}
const node = (name: string, cpu: string, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name },
  spec,
  status: { allocatable: { cpu, memory: '8Gi', pods: '4' } },
})
const pod = (name: string, cpu: string, spec: object = {}, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop' },
  spec: { containers: [{ name: 'c', resources: { requests: { cpu } } }], ...spec },
  ...more,
})
const replicated = (kind: string, name: string, replicas: number, cpu: string) => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name, namespace: 'shop' },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: pod('', cpu).spec },
  },
})
const owned = (kind: string, name: string) => ({
  metadata: {
    name: `${name}-x`,
    namespace: 'shop',
    ownerReferences: [{ apiVersion: 'apps/v1', kind, name, controller: true }],
  },
})

const explained = (input: KubernetesInput, text: string): KubernetesExplanation => {
  const [subject] = subjectsOf(input, text)
  const found = O.toUndefined(explainOnNodes(input, subject?.title ?? ''))
  if (found === undefined) throw new Error(`nothing is called ${text}`)
  return found
}
const inFull = (input: KubernetesInput, text: string): PodExplanation => {
  const found = explained(input, text)
  if (found._tag !== 'Explained') throw new Error(found._tag)
  return found
}

describe('a name', () => {
  const input = read(
    node('n', '8'),
    replicated('Deployment', 'web', 2, '1'),
    replicated('StatefulSet', 'web', 2, '1'),
    pod('web-x', '1', {}, owned('StatefulSet', 'web')),
    pod('lone', '1'),
    pod('here', '1', { nodeName: 'n' }),
    pod('done', '1', { nodeName: 'n' }, { status: { phase: 'Failed' } }),
  )
  it.each([
    ['web', ['shop/web']],
    ['shop/web', ['shop/web']],
    ['deploy/web', ['deployment/shop/web']],
    ['Deployments/shop/web', ['deployment/shop/web']],
    ['deployment.apps/web', ['deployment/shop/web']],
    ['deployments.apps/web', ['deployment/shop/web']],
    ['deployments.v1.apps/shop/web', ['deployment/shop/web']],
    ['sts/web', ['statefulset/shop/web']],
    ['po/web-x', ['pod/shop/web-x']],
    ['web-x', ['pod/shop/web-x']],
    ['pod/web', []],
    ['lone', ['shop/lone']],
    ['here', ['pod/shop/here']],
    ['done', ['pod/shop/done']],
    ['job/web', []],
    ['other/web', []],
  ])('%s means %j', (text, titles) => {
    expect(subjectsOf(input, text).map(({ title }) => title)).toEqual(titles)
  })
  it('may be that of a controller that is not among the objects', () => {
    const dump = read(
      node('n', '8'),
      pod('db-x', '1', { nodeName: 'n' }, owned('StatefulSet', 'db')),
    )
    expect(subjectsOf(dump, 'db').map(({ title }) => title)).toEqual(['statefulset/shop/db'])
    expect(namesNear(dump, 'nope')).toEqual(['shop/db'])
    const lone = read(node('n', '8'), pod('lone', '1', { nodeName: 'n' }))
    expect(namesNear(lone, 'nope')).toEqual(['shop/lone'])
  })
  it('that means nothing is answered with those that do, written alike', () => {
    expect(namesNear(input, 'po/x')).toEqual([
      ...['po/lone', 'po/web-x', 'po/here', 'po/done'],
      ...['po/web-0', 'po/web-1'],
    ])
    expect(namesNear(input, 'sts/shop/x')).toEqual(['sts/shop/web'])
    expect(namesNear(input, 'job/x')).toEqual(['lone', 'web'])
  })
})

describe('a workload all of whose pods run', () => {
  const replicaSet = {
    ...replicated('ReplicaSet', 'web-1', 2, '1'),
    metadata: { ...owned('Deployment', 'web').metadata, name: 'web-1' },
  }
  const running = (name: string, nodeName: string, metadata: object = {}) => ({
    ...pod(name, '1', { nodeName }),
    metadata: { ...owned('ReplicaSet', 'web-1').metadata, name, ...metadata },
  })
  const daemon = replicated('DaemonSet', 'agent', 0, '1')
  const input = read(
    ...[node('m', '9'), node('n', '9'), replicated('Deployment', 'web', 2, '1'), replicaSet],
    ...[running('web-1-b', 'n'), running('web-1-c', 'n'), daemon],
    running('web-1-a', 'm', { deletionTimestamp: '2026-01-01T00:00:00Z' }),
    ...['m', 'n'].map((name) => ({
      ...pod(`agent-${name}`, '1', { nodeName: name }),
      metadata: { ...owned('DaemonSet', 'agent').metadata, name: `agent-${name}` },
    })),
  )
  const onNodes = [
    { name: 'm', count: 1 },
    { name: 'n', count: 2 },
  ]
  it.each(['web', 'shop/web', 'deploy/web', 'deploy/shop/web', 'rs/web-1', 'rs/shop/web-1'])(
    'is explained by its first pod that stays, as %s',
    (text) => {
      const { runs, on } = inFull(input, text)
      expect(runs).toEqual({ pod: 'shop/web-1-b', nodes: onNodes })
      expect(on?.node).toBe('n')
    },
  )
  it('may be a DaemonSet, which wants a pod on each node for ever', () => {
    expect(inFull(input, 'ds/agent').runs?.nodes).toHaveLength(2)
  })
  it('wants none where it has a size of 0', () => {
    const none = read(node('n', '1'), replicated('Deployment', 'none', 0, '1'))
    expect(explained(none, 'none')._tag).toBe('Idle')
    expect(explained(none, 'deploy/none')._tag).toBe('Idle')
  })
  it('is listed under the name of its Deployment', () => {
    expect(planNameOf(input, 'replicaset/shop/web-1')).toBe('shop/web')
    expect(planNameOf(input, 'pod/shop/web-1-a')).toBe('shop/web')
  })
  it('is sized on Fargate with all its pods', () => {
    expect(planPodsOnFargate(input).vended).toEqual([])
    expect(planPodsOnFargate(input, 'shop/web').vended.map(({ count }) => count)).toEqual([3])
    expect(planPodsOnFargate(input, 'pod/shop/web-1-b').vended[0]?.count).toBe(1)
  })
})

describe('a pod', () => {
  it('that waits is explained at its own turn, not at that of its workload', () => {
    const input = read(
      node('n', '2'),
      replicated('StatefulSet', 'web', 3, '1'),
      pod('web-x', '1', {}, owned('StatefulSet', 'web')),
    )
    expect(inFull(input, 'sts/web').explanation.chosen).toBeUndefined()
    expect(inFull(input, 'pod/web-x').subject.name).toBe('shop/web-x')
  })
  it('that is on a node says so, and where it would go were it not', () => {
    const input = read(node('m', '4'), node('n', '1'), pod('here', '1', { nodeName: 'n' }))
    const { on, explanation } = inFull(input, 'pod/here')
    expect(on).toEqual({ node: 'n', isKnown: true, leaving: false })
    expect(explanation.nodes.map(({ first }) => first)).toEqual([undefined, undefined])
    expect(explanation.chosen).toBe('m')
  })
  it('that is on a node which is not there says that', () => {
    expect(inFull(read(pod('a', '1', { nodeName: 'x' })), 'a').on).toMatchObject({
      isKnown: false,
    })
  })
  it('that is on another node than those that are there is explained as one that waits', () => {
    const stored = pod('a', '1', { nodeName: 'x' })
    const displaced = { ...stored, metadata: { ...stored.metadata, uid: 'u' } }
    const { on, explanation } = inFull(read(node('n', '1'), displaced), 'a')
    expect([on, explanation.chosen]).toEqual([undefined, 'n'])
  })
  it('that waits at a gate says at which', () => {
    const gated = pod('a', '1', { schedulingGates: [{ name: 'x/y' }] })
    expect(explained(read(node('n', '1'), gated), 'pod/a')).toMatchObject({
      _tag: 'Held',
      why: { plugin: 'SchedulingGates', reasons: ['waiting for scheduling gates: [x/y]'] },
    })
  })
  it('that has ended takes no room', () => {
    const done = pod('done', '1', { nodeName: 'n' }, { status: { phase: 'Succeeded' } })
    const input = read(node('n', '1'), done, pod('a', '1'))
    expect(explained(input, 'pod/done')).toMatchObject({ _tag: 'Ended', phase: 'Succeeded' })
    expect(inFull(input, 'pod/a').explanation.chosen).toBe('n')
  })
  it('of a DaemonSet is about its own node', () => {
    const daemon = {
      ...replicated('DaemonSet', 'agent', 0, '2'),
      spec: {
        selector: { matchLabels: { app: 'a' } },
        template: { metadata: { labels: { app: 'a' } }, spec: pod('', '2').spec },
      },
    }
    const { message, explanation } = inFull(
      read(node('m', '4'), node('n', '1'), daemon),
      'ds/agent',
    )
    expect(message).toBe(
      "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) didn't satisfy plugin(s) [NodeAffinity]. preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.",
    )
    expect(explanation.nodes.map(({ first }) => first?.plugin)).toEqual(['', 'NodeResourcesFit'])
  })
  it('that preemption would help says where, and whom it would move by their own names', () => {
    const low = pod('web-x', '1', { nodeName: 'n' }, owned('Deployment', 'web'))
    const input = read(
      node('n', '1'),
      replicated('Deployment', 'web', 1, '1'),
      low,
      pod('high', '1', { priority: 5 }),
    )
    expect(inFull(input, 'pod/high').nominations).toEqual([{ node: 'n', victims: ['shop/web-x'] }])
    expect(planOnNodes(input).preemptions).toEqual([
      { name: 'shop/high', node: 'n', victims: ['shop/web-x'] },
    ])
  })
})

const anyWorld = fc.record({
  nodes: fc.array(fc.record({ cpu: fc.integer({ min: 1, max: 4 }), cordoned: fc.boolean() }), {
    minLength: 1,
    maxLength: 4,
  }),
  running: fc.array(fc.nat(3), { maxLength: 3 }),
  pending: fc.array(
    fc.record({ cpu: fc.integer({ min: 1, max: 3 }), priority: fc.nat(2), zone: fc.boolean() }),
    { minLength: 1, maxLength: 5 },
  ),
})
type World = typeof anyWorld extends fc.Arbitrary<infer W> ? W : never

const inputOf = ({ nodes, running, pending }: World): KubernetesInput =>
  read(
    ...nodes.map(({ cpu, cordoned }, i) => node(`n${i}`, `${cpu}`, { unschedulable: cordoned })),
    ...running.map((on, i) => pod(`r${i}`, '1', { nodeName: `n${on % nodes.length}` })),
    ...pending.map(({ cpu, priority, zone }, i) =>
      pod(`p${i}`, `${cpu}`, { priority, ...(zone ? { nodeSelector: { zone: 'a' } } : {}) }),
    ),
  )

type Explain = (input: KubernetesInput, text: string) => PodExplanation

const agreesWithPlan = (explain: Explain) =>
  fc.property(anyWorld, (world) => {
    const input = inputOf(world)
    const { nodes } = planOnNodes(input).plan
    return world.pending.every((_, i) => {
      const there = nodes.find(({ holds }) => holds.some(({ name }) => name === `shop/p${i}`))
      const { explanation, verdict, message } = explain(input, `pod/p${i}`)
      return (
        explanation.chosen === there?.name &&
        verdict.node === there?.name &&
        (message === undefined) === (there !== undefined)
      )
    })
  })

it('never disagrees with the plan about the node', () => {
  fc.assert(agreesWithPlan(inFull))
})
it('is refuted when those that come before are forgotten', () => {
  const alone: Explain = (input, text) => {
    const { name } = subjectsOf(input, text)[0]!
    const wanting = input.pending.filter((one) => one.name === name)
    return inFull({ ...input, pending: wanting }, text)
  }
  expect(isRefuted(agreesWithPlan(alone))).toBe(true)
})

const firstIsVerdict = (explain: Explain) =>
  fc.property(anyWorld, (world) => {
    const { explanation, verdict } = explain(inputOf(world), 'pod/p0')
    return explanation.nodes.every(({ name, first }) => {
      const said = verdict.rejected?.[name]
      const reasons = first === undefined ? undefined : [...first.reasons].sort().join()
      return first?.plugin === said?.plugin && reasons === said?.reasons.join()
    })
  })

it('has as the first refusal of a node what the verdict says of it', () => {
  fc.assert(firstIsVerdict(inFull))
})
it('is refuted when the last refusal is taken for the first', () => {
  const last: Explain = (input, text) => {
    const found = inFull(input, text)
    const nodes = found.explanation.nodes.map((one) => {
      const first = one.all[one.all.length - 1]
      return first === undefined ? one : { ...one, first }
    })
    return { ...found, explanation: { ...found.explanation, nodes } }
  }
  expect(isRefuted(firstIsVerdict(last))).toBe(true)
})
