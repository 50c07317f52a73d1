/**
 * Tests plans with objects that admission applies to pods: LimitRanges, ResourceQuotas,
 * PriorityClasses and RuntimeClasses. A pod that the API server would refuse is not placed, and the
 * plan says why.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, it } from 'vitest'
import { readKubernetes, type KubernetesInput } from '../read/input.js'
import { explainOnNodes } from './explain.js'
import { planOnNodes } from './plan.js'

const object = (apiVersion: string, kind: string, name: string, rest: object) => ({
  apiVersion,
  kind,
  metadata: { name },
  ...rest,
})
const node = (name: string) =>
  object('v1', 'Node', name, { status: { allocatable: { cpu: '4', memory: '8Gi', pods: '20' } } })
const container = (requests: object) => ({ name: 'main', resources: { requests } })
const pod = (name: string, requests: object, spec: object = {}) =>
  object('v1', 'Pod', name, { spec: { containers: [container(requests)], ...spec } })
const owning = (kind: string, name: string, rest: object, requests: object = { cpu: '1' }) =>
  object('apps/v1', kind, name, {
    spec: {
      ...rest,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [container(requests)] },
      },
    },
  })
const quota = (hard: object) => object('v1', 'ResourceQuota', 'small', { spec: { hard } })
const limits = (limit: object) =>
  object('v1', 'LimitRange', 'limits', { spec: { limits: [{ type: 'Container', ...limit }] } })

const read = (...values: readonly unknown[]): KubernetesInput => {
  const input = readKubernetes(values.map((value, i) => ({ from: `${i}.yaml`, value })))
  if (E.isLeft(input)) throw new Error(JSON.stringify(input.left))
  return input.right
}
const placed = (input: KubernetesInput): number =>
  planOnNodes(input)
    .plan.nodes.flatMap(({ holds }) => holds)
    .reduce((sum, { count }) => sum + count, 0)
const heldIn = (input: KubernetesInput): readonly string[] =>
  planOnNodes(input).held.map(
    ({ name, count, why }) => `${name} x${count}: ${why.reasons.join(', ')}`,
  )

describe('a claim template', () => {
  const template = (mount: string, volumes: readonly object[]) => ({
    metadata: { labels: { app: 'db' } },
    spec: {
      containers: [{ name: 'main', volumeMounts: [{ name: mount, mountPath: '/data' }] }],
      volumes,
    },
  })
  const set = (mount: string, volumes: readonly object[] = []) =>
    object('apps/v1', 'StatefulSet', 'db', {
      spec: {
        replicas: 2,
        selector: { matchLabels: { app: 'db' } },
        template: template(mount, volumes),
        volumeClaimTemplates: [
          {
            metadata: { name: 'data' },
            spec: {
              accessModes: ['ReadWriteOnce'],
              resources: { requests: { storage: '1Gi' } },
            },
          },
        ],
      },
    })

  it('is a volume that containers mount, also in place of another', () => {
    expect(placed(read(node('a'), set('data')))).toBe(2)
    expect(placed(read(node('a'), set('data', [{ name: 'data', emptyDir: {} }])))).toBe(2)
  })
  it('is no volume of another name', () => {
    const values = [node('a'), set('logs')]
    expect(readKubernetes(values.map((value) => ({ from: 'all.yaml', value })))).toMatchObject({
      left: [{ at: ['spec', 'template', 'spec', 'containers', 0, 'volumeMounts', 0, 'name'] }],
    })
  })
})

describe('a quota', () => {
  it('lets some replicas exist, and refuses the others', () => {
    const input = read(
      node('a'),
      quota({ pods: '2' }),
      owning('Deployment', 'web', { replicas: 3 }),
    )
    expect(placed(input)).toBe(2)
    expect(heldIn(input)).toEqual([
      'default/web x1: FailedCreate: pods "web-" is forbidden: exceeded quota: small, requested: pods=1, used: pods=2, limited: pods=2',
    ])
    expect(explainOnNodes(input, 'default/web')).toMatchObject(O.some({ _tag: 'Held' }))
  })
  it('counts what runs already', () => {
    const running = pod('old', { cpu: '1500m' }, { nodeName: 'a' })
    const hard = { 'requests.cpu': '2' }
    const input = read(
      node('a'),
      quota(hard),
      running,
      owning('Deployment', 'web', { replicas: 1 }),
    )
    expect(heldIn(input)[0]).toContain('used: requests.cpu=1500m, limited: requests.cpu=2')
  })
  it('counts the pods of a DaemonSet node by node, after those of all others', () => {
    const input = read(
      ...['a', 'b', 'c'].map(node),
      quota({ pods: '3' }),
      owning('DaemonSet', 'agent', {}),
      owning('Deployment', 'web', { replicas: 1 }),
    )
    expect(placed(input)).toBe(3)
    expect(heldIn(input)).toHaveLength(1)
    expect(heldIn(input)[0]).toContain('default/agent x1: FailedCreate')
  })
  it('of another namespace refuses nothing', () => {
    const elsewhere = { ...quota({ pods: '0' }), metadata: { name: 'small', namespace: 'other' } }
    const input = read(node('a'), elsewhere, owning('Deployment', 'web', { replicas: 3 }))
    expect([placed(input), heldIn(input)]).toEqual([3, []])
  })
})

describe('a LimitRange', () => {
  it('gives requests to containers without', () => {
    const input = read(
      node('a'),
      limits({ defaultRequest: { cpu: '2' } }),
      owning('Deployment', 'web', { replicas: 3 }, {}),
    )
    expect(placed(input)).toBe(2)
  })
  it('refuses what is above its maximum, as a reason of the pods of a controller', () => {
    const input = read(
      node('a'),
      limits({ max: { cpu: '1' } }),
      owning('StatefulSet', 'db', { replicas: 2 }, { cpu: '3' }),
    )
    expect(heldIn(input)[0]).toContain('default/db x2: FailedCreate: Pod "db-" is invalid')
  })
  it('refuses a pod of the input itself alone, and is named', () => {
    const small = pod('small', { cpu: '1' })
    const low = limits({ default: { cpu: '2' } })
    const input = read(node('a'), low, pod('big', { cpu: '3' }), small)
    expect([placed(input), heldIn(input)]).toEqual([
      1,
      [
        'default/big x1: Pod "big" is invalid: spec.containers[0].resources.requests.cpu: found "3", expected at most its limit, 2 (LimitRange limits)',
      ],
    ])
  })
  it('is named, and no other of its namespace is', () => {
    const second = { ...limits({ max: { memory: '1Gi' } }), metadata: { name: 'second' } }
    const held = heldIn(
      read(node('a'), limits({ max: { cpu: '2' } }), second, pod('p', { cpu: '3' })),
    )
    expect(held[0]).toMatch(/expected at most 2 .*\(LimitRange limits\)$|\(LimitRange limits\)$/)
  })
  it('is not named where the pod is refused for another reason', () => {
    const values = [
      limits({ defaultRequest: { memory: '1' } }),
      pod('p', {}, { runtimeClassName: 'x' }),
    ]
    const other = object('node.k8s.io/v1', 'RuntimeClass', 'y', { handler: 'y' })
    const input = read(node('a'), other, ...values)
    expect(heldIn(input)).toEqual([
      'default/p x1: pods "p" is forbidden: pod rejected: RuntimeClass "x" not found',
    ])
    expect(input.warnings).toEqual([])
  })
  it('does not hide what is wrong in the pod itself', () => {
    const wrong = { ...pod('big', { cpu: '3' }), spec: { containers: [] } }
    const values = [limits({ default: { cpu: '1' } }), wrong]
    expect(readKubernetes(values.map((value) => ({ from: 'all.yaml', value })))).toMatchObject({
      left: [{ at: ['spec', 'containers'] }],
    })
  })
  it('leaves alone a pod that an API server has admitted before', () => {
    const stored = pod('old', { cpu: '3' })
    const metadata = { ...stored.metadata, uid: '1' }
    const input = read(node('a'), limits({ max: { cpu: '1' } }), { ...stored, metadata })
    expect([placed(input), heldIn(input)]).toEqual([1, []])
  })
})

describe('a class', () => {
  const sandboxed = pod('p', { cpu: '1' }, { runtimeClassName: 'sandbox' })
  const sandbox = (name: string) =>
    object('node.k8s.io/v1', 'RuntimeClass', name, {
      handler: 'sandbox',
      overhead: { podFixed: { cpu: '500m' } },
    })
  it('adds its overhead', () => {
    const three = ['p', 'q', 'r'].map((name) => ({ ...sandboxed, metadata: { name } }))
    expect(placed(read(node('a'), sandbox('sandbox'), ...three))).toBe(2)
  })
  it('of priority that would be a second default is left out, with a warning', () => {
    const priority = (name: string, more: object = {}) => ({
      ...object('scheduling.k8s.io/v1', 'PriorityClass', name, { value: 1, globalDefault: true }),
      metadata: { name, ...more },
    })
    const input = read(node('a'), priority('b'), priority('a'), pod('p', {}))
    expect(input.warnings).toMatchObject([
      {
        ...{ code: 'ObjectForbidden', subject: 'PriorityClass b' },
        detail:
          'priorityclasses.scheduling.k8s.io "b" is forbidden: PriorityClass a is already marked as default. Only one default can exist',
      },
    ])
    // One that is stored is there before those that are new.
    expect(
      read(priority('b', { uid: '1' }), priority('a')).warnings.map(({ subject }) => subject),
    ).toEqual(['PriorityClass a'])
    const user = pod('p', {}, { priorityClassName: 'b' })
    expect(heldIn(read(node('a'), priority('a'), priority('b'), user))).toEqual([
      'default/p x1: pods "p" is forbidden: no PriorityClass with name b was found',
    ])
  })
  it.each([
    [{ runtimeClassName: '' }, 'runtimeClassName'],
    [{ runtimeClassName: 'a b' }, 'runtimeClassName'],
    [{ priorityClassName: 'a b' }, 'priorityClassName'],
    [{ priorityClassName: 'high', preemptionPolicy: 'Some' }, 'preemptionPolicy'],
  ])('whose name is malformed is a fault of a pod, with classes or without: %j', (spec, field) => {
    const high = object('scheduling.k8s.io/v1', 'PriorityClass', 'high', { value: 1 })
    for (const more of [[], [sandbox('other'), high]])
      expect(
        readKubernetes([pod('p', {}, spec), ...more].map((value) => ({ from: 'p.yaml', value }))),
      ).toMatchObject(E.left([{ from: 'p.yaml', at: ['spec', field] }]))
  })
  it('that is not there is a refusal beside others, and else a warning', () => {
    expect(heldIn(read(node('a'), sandbox('other'), sandboxed))).toEqual([
      'default/p x1: pods "p" is forbidden: pod rejected: RuntimeClass "sandbox" not found',
    ])
    const alone = read(node('a'), sandboxed)
    expect([heldIn(alone), alone.warnings.map(({ code }) => code)]).toEqual([
      [],
      ['FieldNotHonoured'],
    ])
  })
})
