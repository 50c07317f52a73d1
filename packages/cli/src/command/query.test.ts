/** Tests `query`, which lists the ECS container instances that satisfy an expression. */
import { describe, expect, it } from 'vitest'
import type { Outcome } from './outcome.js'
import { run } from './program.js'

const instance = (ec2InstanceId: string, stack: string) => ({
  ec2InstanceId,
  status: 'ACTIVE',
  runningTasksCount: 2,
  registeredResources: [
    { name: 'CPU', integerValue: 2048 },
    { name: 'MEMORY', integerValue: 4096 },
  ],
  attributes: [
    { name: 'ecs.instance-type', value: 'm5.large' },
    { name: 'stack', value: stack },
  ],
})
const described = { containerInstances: [instance('i-2', 'test'), instance('i-1', 'prod')] }

const queried = (...args: readonly string[]): Promise<Outcome> =>
  run(['query', ...args], () => Promise.resolve(JSON.stringify(described)))

describe('stowage query', () => {
  it('lists the instances of the files', async () => {
    expect(await queried('attribute:stack exists', '-')).toEqual({
      out: [
        'CONTAINER INSTANCE  TYPE      ZONE  STATUS  TASKS',
        'i-1                 m5.large        ACTIVE  2',
        'i-2                 m5.large        ACTIVE  2',
        '',
      ].join('\n'),
      error: '',
      status: 0,
    })
  })

  it('has a column for the cluster when there are several', async () => {
    const arn = 'arn:aws:ecs:eu-west-1:111122223333:container-instance'
    const [one, other] = described.containerInstances
    const containerInstances = [
      { ...one, containerInstanceArn: `${arn}/green/2` },
      { ...other, containerInstanceArn: `${arn}/blue/1` },
    ]
    const { out } = await run(['query', 'attribute:stack exists', '-'], () =>
      Promise.resolve(JSON.stringify({ containerInstances })),
    )
    expect(out.split('\n')).toEqual([
      'CLUSTER  CONTAINER INSTANCE  TYPE      ZONE  STATUS  TASKS',
      'blue     i-1                 m5.large        ACTIVE  2',
      'green    i-2                 m5.large        ACTIVE  2',
      '',
    ])
  })

  it('lists new ones too', async () => {
    const { out } = await queried('not (attribute:stack exists)', '-', '--nodes', 'm6i.large=2')
    expect(out.split('\n').map((line) => line.split(/ +/)[0])).toEqual([
      ...['CONTAINER', 'm6i.large-1', 'm6i.large-2', ''],
    ])
    const alone = await queried(
      'attribute:ecs.instance-type =~ m5.*',
      '--nodes',
      'm6i.large=1,m5.large=1',
    )
    expect(alone.out).toMatch(/^CONTAINER.*\nm5\.large-1 .*\n$/)
  })

  it('says when there is none, with status 1', async () => {
    expect(await queried('runningTasksCount > 2', '-')).toEqual({
      out: 'no container instance\n',
      error: '',
      status: 1,
    })
  })

  it('prints them as the API describes them', async () => {
    const { out } = await queried('attribute:stack == prod', '-', '--output', 'json')
    expect(JSON.parse(out)).toEqual({
      version: 1,
      containerInstances: [described.containerInstances[1]],
    })
  })

  it('puts a caret under what can not be read', async () => {
    expect(await queried('attribute:stack =~ (?=p)rod', '-')).toEqual({
      out: '',
      error: [
        'stowage: 1 problem in the input, so nothing was listed',
        '  expression: InvalidParameterException: found "(", expected a pattern, in single quotes if it has parentheses or blanks',
        '    attribute:stack =~ (?=p)rod',
        '                       ^',
        '',
      ].join('\n'),
      status: 2,
    })
  })

  it('wants instances', async () => {
    const nothing = await run(['query', 'attribute:a exists', '-'], () => Promise.resolve('[]'))
    expect([nothing.status, nothing.error]).toEqual([
      2,
      expect.stringContaining(
        'found no container instances, expected some among the files, or --nodes',
      ),
    ])
    expect((await queried('attribute:a exists')).error).toContain('name files')
  })
})
