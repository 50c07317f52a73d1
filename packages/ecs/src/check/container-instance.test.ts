/** Tests the validation of container instances. */
import { describe, expect, it } from 'vitest'
import { complaints, instance, resources } from '../plan/plan.fixture.js'

const ofInstance = (more: object) =>
  complaints(instance('i-1', 'a', more)).map((line) => line.slice(8))

describe('a container instance', () => {
  it.each([
    ['with all of it left', { remainingResources: resources(2048, 4096) }],
    ['with more promised than there is', { remainingResources: resources(2048, -256) }],
    ['with nothing said of what is left', { remainingResources: [] }],
    ['as it is described', { attributes: [{ name: 'ecs.capability.efs', value: null }] }],
    [
      'whose agent reports its family as its system',
      { attributes: [{ name: 'ecs.os-type', value: 'WINDOWS_SERVER_2004_CORE' }] },
    ],
    [
      'that goes by its ARN',
      { ec2InstanceId: null, containerInstanceArn: 'arn:aws:ecs:eu-west-1:1:container-instance/x' },
    ],
  ])('is right %s', (_, more) => {
    expect(ofInstance(more)).toEqual([])
  })

  it.each([
    [
      { ec2InstanceId: undefined },
      'ec2InstanceId: found nothing, expected an ec2InstanceId or a containerInstanceArn',
    ],
    [
      { registeredResources: [{ name: 'CPU', integerValue: 2048 }] },
      'registeredResources: found no MEMORY, expected how much MEMORY there is, as its integerValue',
    ],
    [
      { registeredResources: resources(-1, 4096) },
      'registeredResources: found -1 of CPU, expected how much CPU there is, as its integerValue',
    ],
    [
      { registeredResources: [...resources(2048, 4096), { name: 'GPU', integerValue: -1 }] },
      'registeredResources: found -1 of GPU, expected how much GPU there is, as its integerValue',
    ],
    [
      { remainingResources: resources(2048, 8192) },
      'remainingResources: found 8192 of MEMORY, expected at most what is registered, 4096',
    ],
    [
      { attributes: [{ name: 'ecs.os-type', value: 'WINDOWS' }] },
      'attributes[0].value: found "WINDOWS", expected linux or windows',
    ],
    [
      { attributes: [{ name: 'stack' }, { name: 'stack' }] },
      'attributes[1].name: found "stack", expected each attribute once',
    ],
  ])('%j is wrong', (more, line) => {
    expect(ofInstance(more)).toEqual([line])
  })
})
