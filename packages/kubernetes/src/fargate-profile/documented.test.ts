/**
 * Tests pods on Fargate against tables of what AWS documents (`test/expected/ecs`): which profile
 * takes a pod, its size, its launch rate, and what Fargate does not support.
 */
import { launchRates } from '@stowage/fargate'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import {
  admitted,
  billedBy,
  chosenProfile,
  ignored,
  matches,
  pending,
  podSizes,
  profile as limits,
  rates,
  requestsEqualLimits,
  unsupported,
  volumes,
} from '../../../../test/expected/ecs/d-pods-on-fargate.js'
import { holes } from '../../../../test/expected/ecs/h-holes.js'
import { planWithProfiles } from '../fargate/beside.js'
import { container, deployment, input, pod, profile, profiles } from './example.fixture.js'
import { capacityAnnotation, mutateForFargate } from './mutate.js'
import { eksFargateOptions } from './options.js'
import { planPodsOnFargate } from '../fargate/plan.js'
import { profileQuotas, readFargateProfiles } from './profile.js'
import { isSelectedBy, fargateProfileFor, profileLabel } from './select.js'

const labelsOf = (labels: Readonly<Record<string, string>> = {}) => new Map(Object.entries(labels))
const web = profile('web', { namespace: 'web' })
const planned = (...values: readonly unknown[]) => planWithProfiles(input(...values), profiles(web))
const refusals = (...values: readonly unknown[]) =>
  planned(...values).refused.map(({ reason }) => reason)
const inWeb = { namespace: 'web' }
const [smallest] = input(pod([container({})], {}, inWeb)).pending

it.each(matches)('the selector $namespace $labels takes $pod: $matches', (row) => {
  const selector = { namespace: row.namespace, labels: labelsOf(row.labels) }
  const { namespace, labels } = row.pod
  expect(isSelectedBy(selector, { namespace, labels: labelsOf(labels) })).toBe(row.matches)
})

it.each(chosenProfile)('of $matching, with the label $label, $chosen is chosen', (row) => {
  const all = profiles(...row.matching.map((name) => profile(name, { namespace: '*' })))
  const labels = labelsOf(row.label === undefined ? {} : { [profileLabel]: row.label })
  const chosen = fargateProfileFor(all.profiles, { namespace: 'any', labels })
  expect(chosen?.fargateProfileName).toBe(row.chosen)
})

it('is known how much a profile holds, and one can not be written anew', () => {
  const { immutable, ...quotas } = limits
  expect(profileQuotas).toEqual(quotas)
  const twice = [web, web].map((value, i) => ({ from: `${i}.json`, value }))
  expect(E.isLeft(readFargateProfiles(twice))).toBe(immutable)
})

describe('a pod that is admitted', () => {
  const [taker] = profiles(web).profiles
  const after = mutateForFargate(smallest!, taker!)

  it('has the profile, the scheduler and the priority', () => {
    expect(profileLabel).toBe(admitted.profileLabel)
    expect(after.labels.get(admitted.profileLabel)).toBe(taker!.fargateProfileName)
    const { schedulerName, priorityClassName, priority } = admitted
    expect(after.spec).toMatchObject({ schedulerName, priorityClassName, priority })
  })

  it('is told what it is billed by, and that there is no log', () => {
    expect(capacityAnnotation).toBe(billedBy)
    expect([...after.annotations]).toEqual([
      admitted.capacityAnnotation,
      admitted.loggingAnnotation,
    ])
    const logged = mutateForFargate(smallest!, taker!, { logging: true })
    expect(logged.annotations.get('Logging')).not.toContain(admitted.loggingEvent)
  })

  it('has a node with such a name and taint', () => {
    const [{ node }] = planned(pod([container({})], {}, inWeb)).pods as [
      ReturnType<typeof planned>['pods'][number],
    ]
    const named = admitted.nodeName.replace(
      /a-b-c-d\.<region>/,
      String.raw`\d+-\d+-\d+-\d+\.[a-z0-9-]+`,
    )
    const elsewhere = planWithProfiles(input(pod([container({})], {}, inWeb)), profiles(web), {
      region: 'eu-west-1',
    })
    expect(elsewhere.pods[0]!.node.metadata.name).toMatch(new RegExp(`^${named}$`))
    expect(node.spec.taints).toEqual([admitted.nodeTaint])
  })

  it('is refused in this form', () => {
    const privileged = container({}, { securityContext: { privileged: true } })
    const [form] = admitted.rejection.split('<why>')
    expect(refusals(pod([privileged], {}, inWeb))[0]).toMatch(new RegExp(`^${form!}.+`))
  })
})

describe('the documented sizes of pods', () => {
  const containers = (all: readonly { readonly cpu: number; readonly memory: number }[]) =>
    all.map(({ cpu, memory }) => container({ requests: { cpu, memory: `${memory * 1024}Mi` } }))
  const named = (prefix: string, all: readonly object[]) =>
    all.map((one, i) => ({ ...one, name: `${prefix}-${i}` }))
  it.each(podSizes)('for $init before $containers is $size', (row) => {
    const spec = { initContainers: named('init', containers(row.init ?? [])) }
    const { vended } = planPodsOnFargate(
      input(pod(named('main', containers(row.containers)), spec)),
    )
    expect(vended.map(({ size }) => [size.cpu / 1024, size.memory / 1024])).toEqual([
      [row.size.cpu, row.size.memory],
    ])
  })
})

it('takes requests for limits, and says where they are less', () => {
  const below = { requests: { cpu: '1' }, limits: { cpu: '2' } }
  const { vended, warnings } = planned(pod([container(below)], {}, inWeb))
  expect(vended[0]!.size.cpu === 1024 && warnings.length === 1).toBe(requestsEqualLimits)
})

it('launches pods at the documented rate, and decides what is left open', () => {
  expect([eksFargateOptions.launchRate.FARGATE, launchRates.pods]).toEqual([rates, rates])
  const open = holes.filter(({ section }) => section === 'D')
  const defaults = open.map((hole) => [hole.option, hole.default] as const)
  expect(eksFargateOptions).toMatchObject(Object.fromEntries(defaults))
})

describe('what is not supported', () => {
  const volume = (source: object) =>
    pod([container({})], { volumes: [{ name: 'data', ...source }] }, inWeb)
  const claim = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data', ...inWeb },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  }
  const claimWith = (spec: object) => ({ ...claim, spec: { ...claim.spec, ...spec } })
  const claiming = volume({ persistentVolumeClaim: { claimName: 'data' } })
  const port = container({}, { ports: [{ containerPort: 80, hostPort: 80 }] })
  const privileged = container({}, { securityContext: { privileged: true } })
  const disk = {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'disk' },
    spec: {
      ...{ accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' } },
      csi: { driver: 'ebs.csi.aws.com', volumeHandle: 'vol-1' },
    },
  }
  const refused: Readonly<Record<string, readonly unknown[]>> = {
    privileged: [pod([privileged], {}, inWeb)],
    hostPort: [pod([port], {}, inWeb)],
    hostNetwork: [pod([container({})], { hostNetwork: true }, inWeb)],
    GPU: [pod([container({ limits: { 'nvidia.com/gpu': 1 } })], {}, inWeb)],
    'EBS volumes': [claiming, claimWith({ volumeName: 'disk' }), disk],
    'dynamic provisioning of volumes': [claiming, claimWith({ storageClassName: 'gp3' })],
  }
  /**
   * They are of the cluster and its network, and in no object that is read; or no request asks for
   * them.
   */
  const unseen = [
    ...['Spot', 'public subnets', 'instance metadata', 'other network plugins'],
    ...['Outposts, Wavelength and Local Zones', 'load balancing by instance'],
  ]
  it.each(Object.entries(refused))('is refused: %s', (_, values) => {
    expect(refusals(...values)).toHaveLength(1)
    expect(planned(...values).vended).toEqual([])
  })
  it('is left to the nodes: a DaemonSet, which may be refused instead', () => {
    const agent = {
      ...{ apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'agent', ...inWeb } },
      spec: {
        selector: { matchLabels: { app: 'agent' } },
        template: {
          metadata: { labels: { app: 'agent' } },
          spec: { containers: [container({})] },
        },
      },
    }
    expect(refusals(agent)).toEqual([])
    const strict = planWithProfiles(input(agent), profiles(web), { daemonSets: 'refused' })
    expect(strict.refused).toHaveLength(1)
  })
  it.each(ignored)('has no say: %s', () => {
    const term = { labelSelector: {}, topologyKey: 'kubernetes.io/hostname' }
    const affinity = {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: 'disk', operator: 'Exists' }] }],
        },
      },
      podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] },
    }
    for (const [field, spec] of Object.entries({
      affinity: { affinity },
      nodeSelector: { nodeSelector: { disk: 'fast' } },
    })) {
      const { vended, warnings } = planned(pod([container({})], spec, inWeb))
      expect([vended.length, warnings.map(({ detail }) => detail)]).toEqual([1, [field]])
    }
  })
  it.each(volumes)('$driver, $provisioning: $supported', ({ driver, provisioning, supported }) => {
    const there = { ...disk, spec: { ...disk.spec, csi: { driver, volumeHandle: 'v' } } }
    const storageClass = {
      ...{ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', provisioner: driver },
      metadata: { name: 'made' },
    }
    const values =
      provisioning === 'static'
        ? [claimWith({ volumeName: 'disk' }), there]
        : [claimWith({ storageClassName: 'made' }), storageClass]
    expect(refusals(claiming, ...values)).toHaveLength(supported ? 0 : 1)
  })
  it('is all of what is listed', () => {
    const known = [...Object.keys(refused), ...unseen, 'DaemonSet']
    expect([...known].sort()).toEqual([...unsupported].sort())
  })
})

describe('a pod that waits', () => {
  const scheduler = { schedulerName: 'fargate-scheduler' }
  /** What an API server has, and which profiles there are now. */
  const cases: Readonly<
    Record<string, readonly [value: unknown, now: ReturnType<typeof profiles>]>
  > = {
    'no profile matches at admission': [
      pod([container({})], {}, { namespace: 'other' }),
      profiles(web),
    ],
    'a profile that matches is made later': [
      pod([container({})], {}, { ...inWeb, uid: '1' }),
      profiles(web),
    ],
    'the profile is deleted': [
      pod([container({})], scheduler, { ...inWeb, uid: '1', labels: { [profileLabel]: 'web' } }),
      profiles(),
    ],
  }
  it.each(pending)('because $when is $status, on no node of Fargate', ({ when, status }) => {
    const [value, now] = cases[when]!
    const made = planWithProfiles(input(value), now)
    expect([made.vended, made.pods]).toEqual([[], []])
    expect(made.plan.unplaced.length + made.held.length).toBe(status === 'Pending' ? 1 : 0)
  })
  it('and was taken before goes to Fargate', () => {
    const labels = { [profileLabel]: 'web' }
    expect(
      planned(pod([container({})], scheduler, { ...inWeb, uid: '1', labels })).pods,
    ).toHaveLength(1)
    expect(planned(deployment('shop', 'web')).pods).toHaveLength(2)
  })
})
