/**
 * Fuzzes CloudFormation templates: each is read or refused with the place, and what was read can be
 * planned.
 */
import { planOnInstances, planTasksOnFargate, readEcs } from '@stowage/ecs'
import { isLeft, left } from 'fp-ts/lib/Either.js'
import { answer, refusal, type CheckInput, type FuzzKind } from './kind.js'

const template = {
  AWSTemplateFormatVersion: '2010-09-09',
  Parameters: { Count: { Type: 'Number', Default: 2, AllowedValues: [1, 2], MinValue: 1 } },
  Mappings: { Sizes: { a: { cpu: 256 } } },
  Conditions: { IsBig: { 'Fn::Equals': [{ Ref: 'Count' }, '2'] } },
  Resources: {
    Task: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: {
        Family: { 'Fn::Sub': ['${a}-${Count}', { a: { 'Fn::Join': ['-', ['x', 'y']] } }] },
        Cpu: { 'Fn::FindInMap': ['Sizes', 'a', 'cpu'] },
        ContainerDefinitions: [
          { Name: 'c', Image: 'i', Memory: { 'Fn::If': ['IsBig', 512, { Ref: 'AWS::NoValue' }] } },
        ],
      },
    },
    Service: {
      Type: 'AWS::ECS::Service',
      DependsOn: ['Task'],
      Properties: { TaskDefinition: { Ref: 'Task' }, DesiredCount: { Ref: 'Count' } },
    },
  },
  Outputs: { Name: { Value: { 'Fn::GetAtt': ['Service', 'Name'] }, Export: { Name: 'n' } } },
}

const checkTemplate =
  (read: typeof readEcs): CheckInput =>
  (value) => {
    const input = read([{ from: 'f', value }])
    if (isLeft(input)) return refusal(input.left)
    planOnInstances(input.right, { instances: [], seed: 0 })
    planTasksOnFargate(input.right)
    return answer()
  }

/** Takes it that a resource has properties. */
const trustResources: typeof readEcs = (documents, ...more) => {
  for (const { value } of documents)
    for (const one of Object.values((value as typeof template).Resources))
      Object.keys(one.Properties)
  return readEcs(documents, ...more)
}

/** Reads no further than the first fault, and does not say where it is. */
const dropPlaces: typeof readEcs = (documents, ...more) => {
  const input = readEcs(documents, ...more)
  return isLeft(input) ? left([{ ...input.left[0]!, found: '' }]) : input
}

/** CloudFormation templates. */
export const templateKind: FuzzKind = {
  name: 'templates',
  specimens: [template],
  check: checkTemplate(readEcs),
  plants: [
    ['a resource without properties throws', checkTemplate(trustResources)],
    ['a fault does not say what was found', checkTemplate(dropPlaces)],
  ],
}
