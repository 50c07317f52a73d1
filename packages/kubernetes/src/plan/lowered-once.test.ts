/** Tests that a plan and an explanation translate each pod template to a kernel class only once. */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { defaultProfile, type PluginArgs } from '../plugin/profile.js'
import { readKubernetes, type KubernetesInput } from '../read/input.js'
import { explainOnNodes } from './explain.js'
import { planOnNodes } from './plan.js'

/**
 * The input with a profile that counts lowerings: a pod is lowered by its profile's arguments, and
 * they are read for nothing else.
 */
const counting = (
  ...values: readonly unknown[]
): { readonly input: KubernetesInput; readonly lowerings: () => number } => {
  const input = readKubernetes(values.map((value, i) => ({ from: `${i}.yaml`, value })))
  if (E.isLeft(input)) throw new Error(JSON.stringify(input.left))
  let count = 0
  const profile = {
    ...defaultProfile,
    get args(): PluginArgs {
      count++
      return defaultProfile.args
    },
  }
  return {
    input: { ...input.right, profiles: new Map([[profile.schedulerName, profile]]) },
    lowerings: () => count,
  }
}
const node = (name: string, cpu = '2') => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels: { 'kubernetes.io/hostname': name } },
  status: { allocatable: { cpu, memory: '8Gi', pods: '110' } },
})
const nodes = ['a', 'b', 'c'].map((name) => node(name))
const workload = (kind: string, app: string, spec: object, podSpec: object = {}) => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name: app },
  spec: {
    selector: { matchLabels: { app } },
    ...spec,
    template: {
      metadata: { labels: { app } },
      spec: { containers: [{ name: 'c', resources: { requests: { cpu: '1' } } }], ...podSpec },
    },
  },
})
const spread = {
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: 'kubernetes.io/hostname',
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: { matchLabels: { app: 'web' } },
    },
  ],
}

describe('one Deployment with a spread constraint is lowered once', () => {
  it.each([
    ['that finds places for all', 3],
    ['that finds no place for the last', 7],
  ])('to be explained, %s', (_, replicas) => {
    const web = workload('Deployment', 'web', { replicas }, spread)
    const { input, lowerings } = counting(...nodes, web)
    expect(explainOnNodes(input, 'default/web')).toMatchObject({ value: { _tag: 'Explained' } })
    expect(lowerings()).toBe(1)
  })

  it('to be planned', () => {
    const web = workload('Deployment', 'web', { replicas: 7 }, spread)
    const { input, lowerings } = counting(...nodes, web)
    expect(planOnNodes(input).plan.unplaced).toHaveLength(1)
    expect(lowerings()).toBe(1)
  })
})

describe('each template is lowered once', () => {
  const daemon = workload('DaemonSet', 'agent', {})
  const web = workload('Deployment', 'web', { replicas: 1 }, spread)

  it('by a plan, that of a DaemonSet for all its nodes', () => {
    const { input, lowerings } = counting(...nodes, daemon, web)
    expect(planOnNodes(input).plan.unplaced).toEqual([])
    expect(lowerings()).toBe(2)
  })

  it('when another is explained', () => {
    const { input, lowerings } = counting(...nodes, daemon, web)
    explainOnNodes(input, 'default/web')
    expect(lowerings()).toBe(2)
  })

  it('and again when the volumes around it are others', () => {
    const claim = { persistentVolumeClaim: { claimName: 'data' } }
    const storage = [
      {
        apiVersion: 'storage.k8s.io/v1',
        kind: 'StorageClass',
        metadata: { name: 'late' },
        provisioner: 'example.com/disk',
        volumeBindingMode: 'WaitForFirstConsumer',
      },
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'data' },
        spec: {
          accessModes: ['ReadWriteOnce'],
          storageClassName: 'late',
          resources: { requests: { storage: '1Gi' } },
        },
      },
    ]
    const volumes = [{ name: 'data', ...claim }]
    const sharing = workload('Deployment', 'web', { replicas: 2 }, { volumes })
    const { input, lowerings } = counting(...nodes, ...storage, sharing)
    expect(planOnNodes(input).plan.unplaced).toEqual([])
    expect(lowerings()).toBe(2)
  })
})
