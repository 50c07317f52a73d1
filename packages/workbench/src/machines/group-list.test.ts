/**
 * Tests reading node groups from each format: Stowage's own list, the output of Amazon EKS, and
 * CloudFormation templates.
 */
import { getOrThrow } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { readGroups } from './group-list.js'
import { readMachines } from './texts.js'

const machines = getOrThrow(readMachines({ nodes: [] }))
const read = (text: string) =>
  readGroups({ from: 'groups', texts: [{ file: 'groups', text }] }, machines, ['us-east-1a'])
const groups = (text: string) =>
  getOrThrow(read(text)).map(({ type, labels, ...rest }) => ({
    ...{ ...rest, type: type.name, labels: Object.fromEntries(labels) },
  }))

describe('node groups', () => {
  it('of our own list have the zones of new nodes by default', () => {
    expect(groups('groups: [{ name: a, types: [m5.large, m4.large], min: 1, max: 3 }]')).toEqual([
      {
        ...{ name: 'a', type: 'm5.large', zones: ['us-east-1a'], capacityType: 'on-demand' },
        ...{ min: 1, max: 3, labels: {}, taints: [] },
      },
    ])
  })
  it('are those that EKS describes', () => {
    const text = JSON.stringify({
      nodegroup: {
        ...{ nodegroupName: 'batch', instanceTypes: ['c6i.large'], capacityType: 'SPOT' },
        ...{ scalingConfig: { minSize: 0, maxSize: 5, desiredSize: 1 }, labels: { use: 'batch' } },
        taints: [{ key: 'batch', effect: 'NO_SCHEDULE' }],
      },
    })
    expect(groups(text)).toEqual([
      {
        ...{ name: 'batch', type: 'c6i.large', zones: ['us-east-1a'], capacityType: 'spot' },
        ...{ min: 0, max: 5, labels: { use: 'batch' } },
        taints: [{ key: 'batch', value: undefined, effect: 'NoSchedule' }],
      },
    ])
  })
  it('are the groups of a CloudFormation template', () => {
    const found = groups(`
Resources:
  Managed:
    Type: AWS::EKS::Nodegroup
    Properties:
      ScalingConfig: { MinSize: 1, MaxSize: 4 }
      InstanceTypes: [m5.large]
      Labels: { Team: web }
  Own:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: '0'
      MaxSize: '9'
      AvailabilityZones: [us-east-1c]
      LaunchTemplate: { LaunchTemplateId: !Ref Template, Version: '1' }
      Tags:
        - { Key: k8s.io/cluster-autoscaler/node-template/label/disk, Value: ssd, PropagateAtLaunch: true }
        - { Key: k8s.io/cluster-autoscaler/node-template/taint/own, Value: 'yes:NoExecute', PropagateAtLaunch: true }
  Template:
    Type: AWS::EC2::LaunchTemplate
    Properties: { LaunchTemplateData: { InstanceType: r5.xlarge } }
`)
    expect(found).toEqual([
      {
        ...{ name: 'Managed', type: 'm5.large', zones: ['us-east-1a'], capacityType: 'on-demand' },
        ...{ min: 1, max: 4, labels: { Team: 'web' }, taints: [] },
      },
      {
        ...{ name: 'Own', type: 'r5.xlarge', zones: ['us-east-1c'], capacityType: 'on-demand' },
        ...{ min: 0, max: 9, labels: { disk: 'ssd' } },
        taints: [{ key: 'own', value: 'yes', effect: 'NoExecute' }],
      },
    ])
  })
  it.each([
    [
      'a value that only a stack knows',
      'Resources: { A: { Type: AWS::AutoScaling::AutoScalingGroup, Properties: { MinSize: { Ref: Min }, MaxSize: 3 } } }',
      ['Resources', 'A', 'Properties', 'MinSize'],
    ],
    [
      'a size that is none',
      'groups: [{ name: a, types: [m5.large], min: -1, max: 3 }]',
      ['groups', 0, 'min'],
    ],
    ['no type at all', 'groups: [{ name: a, types: [], min: 0, max: 3 }]', ['groups', 0, 'types']],
    [
      'a group without its type',
      'Resources: { A: { Type: AWS::AutoScaling::AutoScalingGroup, Properties: { MinSize: 0, MaxSize: 3 } } }',
      ['Resources', 'A', 'Properties'],
    ],
  ])('are refused with %s', (_, text, at) => {
    const found = read(text)
    expect(E.isLeft(found) ? found.left.map((one) => one.at) : []).toEqual([at])
  })
})
