/** Tests which exception of the API, with which message, belongs to each refusal of Fargate. */
import {
  cpuUnits,
  launchNodes,
  mebibytes,
  openMachine,
  type LaunchRequest,
  type TaskSize,
} from '@stowage/fargate'
import { instant } from '@stowage/kernel'
import { describe, expect, it } from 'vitest'
import { absent } from '../../../../test/expected/ecs/c5-fargate.js'
import { fargateException } from './fargate-exception.js'

const size = (cpu: number, memory: number): TaskSize => ({
  cpu: cpuUnits(cpu),
  memory: mebibytes(memory),
})
const task: LaunchRequest = { task: 'one', size: size(256, 512), subnets: ['a', 'b'] }
const exceptions = (more: Partial<LaunchRequest>) => {
  const [machine] = launchNodes(openMachine(), more.task === 'one' ? [task] : [], instant(0))
  const [, [result]] = launchNodes(machine, [{ ...task, ...more }], instant(0))
  return result?._tag === 'Refused' ? result.refusals.map(fargateException) : result?._tag
}

describe('a launch that Fargate refuses', () => {
  it.each([
    [
      'a size that is not in the table',
      { size: size(256, 8192) },
      'ClientException',
      'No Fargate configuration exists for given values: 256 CPU, 8192 memory. The nearest: 256 CPU, 2048 memory; 1024 CPU, 8192 memory.',
    ],
    [
      'a size that an older platform has not',
      { size: size(8192, 16_384), platform: { version: '1.3.0' } },
      'ClientException',
      'No Fargate configuration exists for given values: 8192 CPU, 16384 memory. The nearest: 4096 CPU, 16384 memory.',
    ],
    [
      'a DAEMON',
      { schedulingStrategy: 'DAEMON' },
      'InvalidParameterException',
      'DAEMON is not supported with FARGATE launch type.',
    ],
    [
      'a placement constraint',
      { placementConstraints: [{ type: 'memberOf' }] },
      'InvalidParameterException',
      'Placement constraints are not supported with FARGATE launch type.',
    ],
    [
      'a placement strategy',
      { placementStrategy: [{ type: 'spread' }] },
      'InvalidParameterException',
      'Placement strategies are not supported with FARGATE launch type.',
    ],
    [
      'too much storage',
      { ephemeralStorage: 201 },
      'InvalidParameterException',
      'sizeInGiB: found 201, expected a whole number from 21 to 200.',
    ],
    [
      'storage on an older platform',
      { ephemeralStorage: 50, platform: { version: '1.3.0' } },
      'PlatformTaskDefinitionIncompatibilityException',
      'it cannot be set on linux 1.3.0 on X86_64.',
    ],
    [
      'a version that is not there yet',
      { platform: { version: '1.5.0' } },
      'PlatformUnknownException',
      'there is no platform version 1.5.0 for linux.',
    ],
    [
      'a version that is none',
      { platform: { version: 'newest' } },
      'PlatformUnknownException',
      'there is no platform version newest for linux.',
    ],
    [
      'Windows on ARM',
      { size: size(1024, 2048), platform: { os: 'windows', architecture: 'ARM64' } },
      'PlatformTaskDefinitionIncompatibilityException',
      'there is no windows 1.0.0 on ARM64.',
    ],
    [
      'Windows on Spot',
      { size: size(1024, 2048), platform: { os: 'windows' }, capacity: 'FARGATE_SPOT' },
      'PlatformTaskDefinitionIncompatibilityException',
      'no Spot for windows 1.0.0 on X86_64.',
    ],
    ['a GPU', { gpus: 1 }, 'ClientException', 'GPU is not available on FARGATE.'],
    [
      'a task without a subnet',
      { subnets: [] },
      'InvalidParameterException',
      'subnets: found none, expected at least one.',
    ],
  ] as const)('%s', (_, more, exception, message) => {
    expect(exceptions(more)).toMatchObject([{ exception, message }])
  })
  it('a task that is there', () => {
    expect(exceptions({ task: 'one' })).toMatchObject([{ exception: 'InvalidParameterException' }])
  })
})

describe('what is documented to be absent', () => {
  const asking: Readonly<Record<string, Partial<LaunchRequest>>> = {
    GPU: { gpus: 1 },
    'placement constraints': { placementConstraints: [{ type: 'distinctInstance' }] },
    'placement strategies': { placementStrategy: [{ type: 'random' }] },
  }
  it.each(absent)('is an exception of the client: %s', (what) => {
    const [error] = exceptions(asking[what] ?? {})!
    expect(error).toHaveProperty(
      'exception',
      expect.stringMatching(/^(ClientException|InvalidParameterException)$/),
    )
  })
})
