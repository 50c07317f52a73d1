/**
 * Tests plans with Fargate profiles: which pods run on Fargate and which on nodes, what the Fargate
 * node of a pod looks like, and when pods are launched.
 */
import { gibibytes, launchRates } from '@stowage/fargate'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, it } from 'vitest'
import { planOnNodes } from '../plan/plan.js'
import { readKubernetes } from '../read/input.js'
import { explainBesideProfiles, planWithProfiles } from './beside.js'
import {
  container,
  deployment,
  input,
  pod,
  profile,
  profiles,
  requesting,
} from '../fargate-profile/example.fixture.js'
import { eksFargateOptions, type EksFargateOptions } from '../fargate-profile/options.js'

const node = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'one' },
  status: { allocatable: { cpu: '4', memory: '8Gi', pods: '20' } },
}
const web = profile('web', { namespace: 'web' })
const planned = (values: readonly unknown[], options: Partial<EksFargateOptions> = {}) =>
  planWithProfiles(input(node, ...values), profiles(web), options)

describe('a Deployment that a profile takes', () => {
  const both = [deployment('front', 'web'), deployment('back', 'other')]

  it('is on Fargate, and another on the nodes', () => {
    const made = planned(both)
    expect(made.vended).toMatchObject([
      { name: 'web/front', count: 2, size: { cpu: 256, memory: 512 } },
    ])
    expect(made.plan.nodes.map(({ name, holds }) => [name, holds])).toEqual([
      ['one', [{ name: 'other/back', count: 2 }]],
    ])
    expect([made.refused, made.plan.unplaced, made.warnings]).toEqual([[], [], []])
  })

  it('has a node for each pod, in the subnets in turn', () => {
    expect(
      planned(both).pods.map(({ replica, subnet, node, at }) => [
        replica,
        subnet,
        node.metadata.name,
        at,
      ]),
    ).toEqual([
      [1, 'subnet-a', 'fargate-ip-10-0-0-4.ec2.internal', 0],
      [2, 'subnet-b', 'fargate-ip-10-1-0-4.ec2.internal', 0],
    ])
  })

  it('is explained on nodes only where it goes there', () => {
    const explained = (name: string) =>
      explainBesideProfiles(input(node, ...both), profiles(web), name)
    expect(O.isSome(explained('other/back'))).toBe(true)
    expect(O.isSome(explained('web/front'))).toBe(false)
  })

  it('goes to the nodes when there are no profiles', () => {
    const there = input(node, ...both)
    const made = planWithProfiles(there, { profiles: [], warnings: [] })
    expect(made).toEqual({ ...planOnNodes(there), pods: [], vended: [], refused: [] })
  })

  it('does not go to the nodes when Fargate refuses it', () => {
    const privileged = container({}, { securityContext: { privileged: true } })
    const made = planned([pod([privileged], {}, { namespace: 'web' })])
    expect(made.refused).toEqual([
      {
        name: 'web/a',
        count: 1,
        reason: 'Pod not supported on Fargate: invalid SecurityContext fields: Privileged',
      },
    ])
    expect(made.plan.nodes.flatMap(({ holds }) => holds)).toEqual([])
  })
})

describe('the node that is vended', () => {
  const subnets = new Map([
    ['subnet-a', { zone: 'eu-west-1a', cidr: '10.20.30.0/24' }],
    ['subnet-b', { zone: 'eu-west-1b', cidr: '10.20.31.0/24' }],
  ])
  const asking = (requests: object) => ({
    ...requesting(requests),
    metadata: { name: 'a', namespace: 'web' },
  })
  const nodesOf = (value: unknown, more: Partial<EksFargateOptions> = {}) =>
    planned([value], { subnets, region: 'eu-west-1', ...more }).pods.map((one) => one.node)

  it('is as the API server has it', () => {
    const hostname = 'ip-10-20-30-4.eu-west-1.compute.internal'
    expect(nodesOf(asking({ cpu: 1, memory: '8Gi', 'ephemeral-storage': '100Gi' }))).toEqual([
      {
        apiVersion: 'v1',
        kind: 'Node',
        metadata: {
          name: `fargate-${hostname}`,
          labels: {
            'beta.kubernetes.io/arch': 'amd64',
            'beta.kubernetes.io/os': 'linux',
            'eks.amazonaws.com/compute-type': 'fargate',
            'failure-domain.beta.kubernetes.io/region': 'eu-west-1',
            'failure-domain.beta.kubernetes.io/zone': 'eu-west-1a',
            'kubernetes.io/arch': 'amd64',
            'kubernetes.io/hostname': hostname,
            'kubernetes.io/os': 'linux',
            'topology.kubernetes.io/region': 'eu-west-1',
            'topology.kubernetes.io/zone': 'eu-west-1a',
          },
        },
        spec: {
          taints: [
            { key: 'eks.amazonaws.com/compute-type', value: 'fargate', effect: 'NoSchedule' },
          ],
        },
        status: {
          capacity: { cpu: '2', pods: '1', memory: '9216Mi', 'ephemeral-storage': '115Gi' },
          allocatable: { cpu: '2', pods: '1', memory: '8960Mi', 'ephemeral-storage': '100Gi' },
          addresses: [{ type: 'InternalIP', address: '10.20.30.4' }],
        },
      },
    ])
  })

  it('is read by the reader of nodes, takes its pod and no other', () => {
    const [vended] = nodesOf(asking({ cpu: 1, memory: '8Gi' }))
    const tolerating = { tolerations: [{ operator: 'Exists' }] }
    const placed = (...pods: readonly unknown[]) => {
      const read = readKubernetes([vended, ...pods].map((value) => ({ from: 'x', value })))
      if (E.isLeft(read)) throw new Error(JSON.stringify(read.left))
      return planOnNodes(read.right).plan.nodes.flatMap(({ holds }) =>
        holds.map(({ name }) => name),
      )
    }
    const like = (name: string, rest: object) => ({
      ...requesting({ cpu: 1, memory: '8Gi' }, rest),
      metadata: { name },
    })
    expect(placed(like('own', tolerating), like('other', tolerating))).toHaveLength(1)
    expect(placed(like('stranger', {}))).toEqual([])
  })

  it('lies in the region of its profile', () => {
    const arn = 'arn:aws:eks:us-west-2:111122223333:fargateprofile/shop/web/1'
    const regional = profiles({ fargateProfile: { ...web.fargateProfile, fargateProfileArn: arn } })
    const made = planWithProfiles(input(deployment('front', 'web')), regional)
    expect(made.pods[0]!.node.metadata.name).toBe('fargate-ip-10-0-0-4.us-west-2.compute.internal')
  })

  it('has an address that its subnet gives out, while there is one', () => {
    const narrow = new Map([['subnet-a', { cidr: '10.0.0.16/28' }]])
    const many = planned([deployment('front', 'web', { replicas: 13 })], {
      subnets: narrow,
      podSubnets: 'first',
    })
    const addresses = many.pods.map(({ node: { status } }) => status.addresses[0]!.address)
    expect(addresses).toEqual(Array.from({ length: 11 }, (_, i) => `10.0.0.${20 + i}`))
    expect(many.refused).toEqual([
      { name: 'web/front', count: 2, reason: 'subnet subnet-a has no free address' },
    ])
    const uneven = new Map([
      ['subnet-a', { cidr: '10.0.0.0/28' }],
      ['subnet-b', { cidr: '10.0.1.0/27' }],
    ])
    const crowd = [deployment('front', 'web', { replicas: 1_000_000 })]
    for (const podSubnets of ['in turn', 'fewest'] as const) {
      const { pods, refused } = planned(crowd, { subnets: uneven, podSubnets })
      expect(pods).toHaveLength(11 + 27)
      expect(refused.reduce((sum, { count }) => sum + count, 0)).toBe(1_000_000 - 38)
    }
    const none = new Map([['subnet-a', { cidr: 'nonsense' }]])
    expect(planned([deployment('front', 'web')], { subnets: none }).pods).toHaveLength(1)
  })
})

describe('launches', () => {
  it('end where an option asks for what Fargate has not', () => {
    const large = requesting({ 'ephemeral-storage': '100Gi' })
    const made = planned([{ ...large, metadata: { name: 'a', namespace: 'web' } }], {
      ephemeralOverhead: gibibytes(101),
    })
    expect(made.refused.map(({ reason }) => reason)).toEqual([
      'Pod not supported on Fargate: sizeInGiB: found 201, expected a whole number from 21 to 200.',
    ])
  })
  it('may all be forbidden', () => {
    const launchRate = { ...eksFargateOptions.launchRate, FARGATE: { burst: 0, perSecond: 0 } }
    expect(planned([deployment('front', 'web')], { launchRate }).refused).toEqual([
      { name: 'web/front', count: 2, reason: 'no pod may be launched' },
    ])
  })
  it('wait for tokens, and it is said how long', () => {
    const made = planned([deployment('front', 'web', { replicas: 61 })])
    expect(made.pods.map(({ at }) => at).slice(18, 23)).toEqual([0, 0, 50, 100, 150])
    expect(made.warnings).toEqual([
      {
        code: 'FargateLaunchDelayed',
        from: '1.yaml',
        subject: 'Deployment web/front',
        text: 'Fargate launches 20 pods at once and 20 a second after that',
        detail: 'the last one starts after 2.05 s',
      },
    ])
  })
  it('have the burst that the account has', () => {
    const launchRate = { ...eksFargateOptions.launchRate, FARGATE: launchRates.usual }
    const made = planned([deployment('front', 'web', { replicas: 61 })], { launchRate })
    expect(made.warnings).toEqual([])
  })
  it('end where the quota ends', () => {
    const vcpusAtOnce = { FARGATE: 0.5, FARGATE_SPOT: 0 }
    const made = planned([deployment('front', 'web', { replicas: 3 })], { vcpusAtOnce })
    expect([made.vended[0]!.count, made.refused]).toEqual([
      2,
      [
        {
          name: 'web/front',
          count: 1,
          reason: 'no more than 0.5 vCPUs may run at once, and 0.5 do',
        },
      ],
    ])
  })
  it('need a subnet', () => {
    const lost = profiles({ fargateProfile: { ...web.fargateProfile, subnets: [] } })
    const made = planWithProfiles(input(deployment('front', 'web')), lost)
    expect(made.refused.map(({ reason }) => reason)).toEqual([
      'Misconfigured Fargate Profile: fargate profile web blocked for new launches due to: no subnets',
    ])
  })
  it('are of all pods, those of one owner too', () => {
    const owned = (name: string) =>
      pod(
        [container({})],
        {},
        {
          name,
          namespace: 'web',
          ownerReferences: [
            { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'front', controller: true },
          ],
        },
      )
    expect(planned([owned('front-1'), owned('front-2')]).pods).toHaveLength(2)
  })
})

it('leaves the rollout of a Deployment that a profile takes unplanned, and says so', () => {
  const old = {
    ...pod([container({}, { name: 'old' })], { nodeName: 'one' }),
    metadata: {
      name: 'front-1-x',
      namespace: 'web',
      labels: { 'pod-template-hash': '1' },
      ownerReferences: [
        { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'front-1', controller: true },
      ],
    },
  }
  const values = [node, old, deployment('front', 'web')]
  const read = readKubernetes(
    values.map((value, i) => ({ from: `${i}.yaml`, value })),
    { rollouts: true },
  )
  if (E.isLeft(read)) throw new Error(JSON.stringify(read.left))
  expect(read.right.rollouts).toHaveLength(1)
  const { plan, warnings } = planWithProfiles(read.right, profiles(web))
  expect(plan.nodes[0]?.holds).toEqual([{ name: 'web/front', count: 1, running: 1 }])
  expect(warnings.map(({ code }) => code)).toEqual(['RolloutPending'])
})
