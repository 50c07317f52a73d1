/**
 * Tests the option `tmpfs`, which decides whether a container on Fargate may mount tmpfs, because
 * AWS's texts contradict each other. The option must have the same effect on documents, plans,
 * comparisons, calls and services over time.
 */
import { instant, startSteps, step, type StepEvent } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { cluster } from '../api/call.fixture.js'
import { registerTaskDefinition, runTask } from '../api/untyped.fixture.js'
import { fargatePool, lowerContainerInstance } from '../controller/container-instance-node.js'
import { reported } from '../controller/drive.fixture.js'
import { ecsController } from '../controller/ecs-controller.js'
import { decodeEcs } from '../encode/decode.js'
import { encodeEcs } from '../encode/encode.js'
import { container, documents, forFargate, inSubnets, service, task } from '../plan/plan.fixture.js'
import { planTasksOnFargate } from '../plan/plan.js'
import { worldsOf } from '../plan/worlds.js'
import { readEcs } from '../read/input.js'
import type { FargateFieldOptions } from './fargate-field.js'

const tmpfs = [{ containerPath: '/tmp', size: 64 }]
const mounting = { containerDefinitions: [container({ linuxParameters: { tmpfs } })] }
const onLinux = task('web', { ...forFargate, ...mounting })
const onWindows = {
  ...onLinux,
  ...{ cpu: '1024', memory: '2048' },
  runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' },
}
const forBoth = { ...onLinux, requiresCompatibilities: ['EC2'], compatibilities: ['FARGATE'] }
const onFargate = service('web', { ...inSubnets('a'), launchType: 'FARGATE' })

const texts: Readonly<Record<string, FargateFieldOptions>> = {
  'by default': {},
  'by the API Reference': { tmpfs: 'refused' },
  'by the announcement of 2026': { tmpfs: 'allowed' },
}

const read = (definition: unknown, options: FargateFieldOptions) =>
  readEcs(documents([definition, onFargate]), undefined, options)

const refusedIn = (definition: unknown, options: FargateFieldOptions): readonly string[] => {
  const input = read(definition, options)
  return E.isLeft(input) ? input.left.map(({ at }) => at.join('.')) : []
}

const field = 'containerDefinitions.0.linuxParameters.tmpfs'
const fault = { at: ['containerDefinitions', 0, 'linuxParameters', 'tmpfs'] }

describe.each(Object.entries(texts))('tmpfs on Fargate, %s,', (_, options) => {
  const allowed = options.tmpfs === 'allowed'

  it('is in a definition for Fargate', () => {
    expect(refusedIn(onLinux, options)).toEqual(allowed ? [] : [field, 'taskDefinition'])
    expect(refusedIn(onWindows, options)).toEqual([field, 'taskDefinition'])
  })

  it('is in a plan and in a comparison', () => {
    const instances = readEcs(documents([forBoth, service('web', inSubnets('a'))]))
    if (E.isLeft(instances)) throw new Error(JSON.stringify(instances.left))
    const { refused } = planTasksOnFargate(instances.right, options)
    expect(refused.map(({ reason }) => reason)).toEqual(
      allowed ? [] : ['container main has linuxParameters.tmpfs, which Fargate does not take'],
    )
    const worlds = worldsOf(instances.right, { instances: [], seed: 0, fargate: options })
    const changes = ['requiresCompatibilities', 'linuxParameters.tmpfs']
    expect(worlds.changes.get('web')).toEqual(
      changes.filter((one) => !allowed && one !== changes[0]),
    )
  })

  it('is in calls, also after the state was encoded', () => {
    const opened = cluster([], { fargate: options })
    const again = decodeEcs(encodeEcs(opened))
    if (E.isLeft(again)) throw new Error(JSON.stringify(again.left))
    for (const state of [opened, again.right]) {
      expect(E.isRight(registerTaskDefinition(state, onLinux, instant(0)))).toBe(allowed)
      const known = registerTaskDefinition(state, forBoth, instant(0))
      if (E.isLeft(known)) throw new Error(known.left.message)
      const call = { taskDefinition: 'web', launchType: 'FARGATE', ...inSubnets('a') }
      expect(E.isRight(runTask(known.right[0], call, instant(0)))).toBe(allowed)
    }
  })

  it('is in services over time', () => {
    const facts = [reported('definition web:1', forBoth), reported('service web', onFargate)]
    const events = facts.map((fact) => ({ ...fact, at: instant(1) })) as readonly StepEvent[]
    const controller = ecsController({ pools: ['FARGATE'], fargate: options })
    const advance = step([controller], { lowerNode: lowerContainerInstance })
    const first = advance(startSteps({ pools: [fargatePool('FARGATE', 5)] }), events)
    expect(first).toMatchObject(
      allowed ? { _tag: 'Right' } : { left: { at: ['report', 'taskDefinition'] } },
    )
    const other = { ...reported('definition web:1', onLinux), at: instant(1) } as StepEvent
    const second = advance(startSteps(), [other])
    expect(second).toMatchObject(
      allowed ? { _tag: 'Right' } : { left: { at: ['report', ...fault.at] } },
    )
  })
})
