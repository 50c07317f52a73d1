/**
 * Tests input that the API of Amazon ECS refuses: the name of the exception, the field, what was
 * found and what was expected.
 */
import { describe, expect, it } from 'vitest'
import { run } from './program.js'

const refused = async (...values: readonly object[]): Promise<readonly string[]> => {
  const { out, error, status } = await run(['plan', '-', '--nodes', 'm5.large=2'], () =>
    Promise.resolve(JSON.stringify(values)),
  )
  expect({ out, status }).toEqual({ out: '', status: 2 })
  return error.trimEnd().split('\n').slice(1)
}

const web = { family: 'web', containerDefinitions: [{ name: 'main', cpu: 128, memory: 128 }] }
const call = (more: object): object => ({ taskDefinition: 'web', count: 1, ...more })
/** For Fargate and for instances, so that only what starts its tasks can be wrong. */
const ready = {
  ...{ ...web, networkMode: 'awsvpc', cpu: '256', memory: '512' },
  requiresCompatibilities: ['EC2', 'FARGATE'],
}
const networkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-a'] } }
const service = (more: object): object => ({
  ...{ serviceName: 'shop', taskDefinition: 'web', desiredCount: 1 },
  ...more,
})
const memberOf = (expression: string): object => ({
  placementConstraints: [{ type: 'memberOf', expression }],
})
const providers = (...weights: readonly (readonly [name: string, weight: number])[]): object => ({
  capacityProviderStrategy: weights.map(([capacityProvider, weight]) => ({
    ...{ capacityProvider, weight },
  })),
})
const six = Array(6).fill({ type: 'random' })
const place = 'standard input: [1]'
const invalid = 'InvalidParameterException: '
const noConstraints = `${invalid}found a list of 1, expected no constraints, as Fargate takes none`

describe('what the API refuses of a call or a service', () => {
  it.each([
    [
      'eleven tasks in one call',
      call({ count: 11 }),
      `.count: ${invalid}found 11 tasks, expected from 1 to 10`,
    ],
    [
      'six strategies',
      call({ placementStrategy: six }),
      `.placementStrategy: ${invalid}found a list of 6, expected at most 5`,
    ],
    [
      'six strategies of a service',
      service({ placementStrategy: six }),
      `.placementStrategy: ${invalid}found a list of 6, expected at most 5`,
    ],
    [
      'weights that are all 0',
      call(providers(['a', 0], ['b', 0])),
      `.capacityProviderStrategy: ${invalid}found no capacity provider with a weight value greater than zero, expected at least one, in the strategy itself or in the default one of its cluster`,
    ],
    [
      'a single provider of weight 0',
      service(providers(['a', 0])),
      `.capacityProviderStrategy: ${invalid}found no capacity provider with a weight value greater than zero, expected at least one, in the strategy itself or in the default one of its cluster`,
    ],
    [
      "Fargate's providers beside others",
      service(providers(['FARGATE', 1], ['b', 1])),
      `.capacityProviderStrategy: ${invalid}found FARGATE, b, expected Fargate's providers only, or none of them`,
    ],
    [
      'a DAEMON on Fargate',
      service({ networkConfiguration, launchType: 'FARGATE', schedulingStrategy: 'DAEMON' }),
      `.schedulingStrategy: ${invalid}found "DAEMON", expected REPLICA, as Fargate has no DAEMON services`,
    ],
    [
      'a constraint on Fargate',
      service({
        networkConfiguration,
        launchType: 'FARGATE',
        placementConstraints: [{ type: 'distinctInstance' }],
      }),
      `.placementConstraints: ${noConstraints}`,
    ],
    [
      'a constraint on Fargate Spot',
      service({
        networkConfiguration,
        ...providers(['FARGATE_SPOT', 1]),
        ...memberOf('attribute:a exists'),
      }),
      `.placementConstraints: ${noConstraints}`,
    ],
    [
      'a task definition that is not there',
      call({ taskDefinition: 'wbe' }),
      '.taskDefinition: found "wbe", expected a task definition among the documents: add what aws ecs describe-task-definition --task-definition wbe prints, or name a task definition that was given, such as web',
    ],
    [
      'a service of a task definition that is not there',
      service({ taskDefinition: 'wbe' }),
      '.taskDefinition: found "wbe", expected a task definition among the documents: add what aws ecs describe-task-definition --task-definition wbe prints, or name a task definition that was given, such as web',
    ],
    [
      'a field of another type',
      call({ count: 'two' }),
      `.count: ${invalid}found "two", expected a whole number`,
    ],
  ])('%s', async (_, flags, line) => {
    const definition = 'networkConfiguration' in flags ? ready : web
    expect(await refused(definition, flags)).toEqual([`  ${place}${line}`])
  })

  it('puts a caret under the first character of an expression that is too many', async () => {
    const [message, shown, caret] = await refused(
      web,
      call(memberOf(`attribute:a == ${'b'.repeat(1986)}`)),
    )
    expect(message).toBe(
      `  ${place}.placementConstraints[0].expression: ${invalid}found 2001 characters, expected an expression of at most 2000`,
    )
    expect([shown!.endsWith('b'), caret!.length]).toEqual([true, shown!.length])
  })
  it('puts a caret under an operator that there is not', async () => {
    expect(await refused(web, call(memberOf('attribute:a === b')))).toEqual([
      `  ${place}.placementConstraints[0].expression: ${invalid}found "===", expected an operator of attribute:a: ==, !=, >, >=, <, <=, exists, !exists, in, !in, =~, !~`,
      '    attribute:a === b',
      '                ^',
    ])
  })
})

describe('what the API refuses of a task definition', () => {
  it('a size that Fargate does not have, with the nearest', async () => {
    const requiresCompatibilities = ['FARGATE']
    const networkMode = 'awsvpc'
    const sized = { ...web, networkMode, requiresCompatibilities, cpu: '256', memory: '8192' }
    expect(await refused(sized)).toEqual([
      '  standard input: [0].memory: ClientException: found 256 CPU units with 8192 MiB, expected a Fargate size: 256 CPU units with 2048 MiB, or 1024 CPU units with 8192 MiB',
    ])
  })

  it('but not what a describe call printed', async () => {
    const [line] = await refused(web, { ec2InstanceId: 'i-1', registeredResources: [] })
    expect(line).toMatch(/registeredResources: found no CPU/)
  })
})
