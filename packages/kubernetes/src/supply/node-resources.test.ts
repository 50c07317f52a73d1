/**
 * Tests how much of a node the settings of its kubelet leave to pods. Also tests the labels that
 * Karpenter derives from an instance type.
 */
import type { Ec2InstanceType } from '@stowage/fargate'
import { decodeValue } from '@stowage/documents'
import { getOrThrow } from '@stowage/kernel'
import { describe, expect, it } from 'vitest'
import { measuresFrom, measureTexts, subtractMeasures } from '../node-pool/measure.js'
import { allocatable } from '../plan/fleet.js'
import { Amounts } from '../words/amounts.js'
import { typeLabels } from './instance-labels.js'
import { nodeResources } from './node-resources.js'
import type { KubeletSettings } from './node-class.js'

const type = (name: string, fields: Partial<Ec2InstanceType> = {}): Ec2InstanceType => ({
  ...{ name, vcpus: 2, memoryMiB: 8192, architecture: 'x86_64', interfaces: 3 },
  ...{ addressesPerInterface: 10, gpus: 0, ebsVolumes: 27, ...fields },
})
const measures = (texts: unknown) => measuresFrom(getOrThrow(decodeValue(Amounts, texts)))
const left = (one: Ec2InstanceType, kubelet?: KubeletSettings) => {
  const { capacity, overhead } = nodeResources(one, kubelet)
  return measureTexts(subtractMeasures(measures(capacity), measures(overhead)))
}
const settings = (fields: Partial<KubeletSettings>): KubeletSettings => ({
  ...{ maxPods: undefined, podsPerCore: undefined },
  ...{ kubeReserved: new Map(), systemReserved: new Map(), evictionHard: new Map(), ...fields },
})

describe('what a node leaves', () => {
  it.each([
    type('m5.large'),
    type('m6g.large', { architecture: 'arm64' }),
    type('m5.24xlarge', { vcpus: 96, memoryMiB: 393_216, interfaces: 15 }),
    type('g4dn.xlarge', { vcpus: 4, gpus: 1 }),
  ])('is what new nodes have, of $name', (one) => {
    expect(left(one)).toEqual(measureTexts(measures(allocatable(one))))
  })
  it('follows the settings of the kubelet', () => {
    // 8192 MiB * 0.925 = 7577 MiB; 255 MiB and 11 MiB for each of 20 pods, 100 MiB before eviction.
    expect(left(type('m5.large'), settings({ maxPods: 20 }))).toMatchObject({
      ...{ cpu: '1930m', memory: `${7577 - 255 - 220 - 100}Mi`, pods: '20' },
    })
    const reserved = settings({
      podsPerCore: 5,
      kubeReserved: new Map([
        ['cpu', '200m'],
        ['memory', '1Gi'],
      ]),
      systemReserved: new Map([['cpu', '100m']]),
      evictionHard: new Map([['memory.available', '10%']]),
    })
    expect(left(type('m5.large'), reserved)).toMatchObject({
      ...{ cpu: '1700m', memory: `${Math.floor(7577 - 1024 - 757.7)}Mi`, pods: '10' },
    })
  })
})

describe('labels of a type', () => {
  const value = (one: Ec2InstanceType, name: string): readonly string[] | undefined =>
    typeLabels(one).get(`karpenter.k8s.aws/instance-${name}`)
  it.each([
    ['m5.large', 'm', '5', 'm5', 'large', ['intel']],
    ['c6a.8xlarge', 'c', '6', 'c6a', '8xlarge', ['amd']],
    ['x2iedn.metal', 'x', '2', 'x2iedn', 'metal', ['intel']],
    ['u-6tb1.56xlarge', 'u', '1', 'u-6tb1', '56xlarge', ['intel']],
    ['g5.xlarge', 'g', '5', 'g5', 'xlarge', []],
  ])('are read from %s', (name, category, generation, family, size, maker) => {
    const one = type(name)
    expect(['category', 'generation', 'family', 'size'].map((label) => value(one, label))).toEqual([
      [category],
      [generation],
      [family],
      [size],
    ])
    expect(value(one, 'cpu-manufacturer')).toEqual(maker)
    expect(value(one, 'cpu')).toEqual(['2'])
    expect(value(one, 'gpu-count')).toEqual([])
  })
  it('of Graviton name AWS', () => {
    expect(value(type('c7gn.large', { architecture: 'arm64' }), 'cpu-manufacturer')).toEqual([
      'aws',
    ])
  })
})
