/**
 * Tests ECS tasks on Fargate: their capacity providers and subnets, in plans, explanations and
 * comparisons; and the options that set Fargate quotas, such as `--fargate-vcpus`.
 */
import { describe, expect, it } from 'vitest'
import { run } from './program.js'

const web = {
  ...{ family: 'web', cpu: '256', memory: '512', networkMode: 'awsvpc' },
  ...{ requiresCompatibilities: ['FARGATE'], containerDefinitions: [{ name: 'main' }] },
}
const networkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-b', 'subnet-a'] } }
const service = {
  ...{ serviceName: 'shop', taskDefinition: 'web', desiredCount: 5, networkConfiguration },
  capacityProviderStrategy: [
    { capacityProvider: 'FARGATE', base: 1, weight: 1 },
    { capacityProvider: 'FARGATE_SPOT', weight: 3 },
  ],
}
const runCommand = async (command: readonly string[], ...more: readonly string[]) =>
  run([...command, '-', ...more], () => Promise.resolve(JSON.stringify([web, service])))

describe('tasks on Fargate', () => {
  it('stand in the table with their providers and subnets', async () => {
    const { out, status } = await runCommand(['plan'])
    expect(out).toMatch(/ PROVIDER +SUBNET\n/)
    expect(out).toMatch(/shop .* 2 FARGATE, 3 FARGATE_SPOT +subnet-a x2, subnet-b x3\n/)
    expect(status).toBe(0)
  })
  it('stand there once where they are planned on machines and on Fargate', async () => {
    const { out } = await runCommand(['plan'], '--nodes', 'm5.large', '--fargate')
    expect(out.match(/0\.25 vCPU 0\.5 GB/g)).toHaveLength(1)
    expect(out).toContain('2 FARGATE, 3 FARGATE_SPOT')
  })
  it('are explained with them', async () => {
    const { out } = await runCommand(['explain', 'task/shop'])
    expect(out).toContain('\n  provider   2 FARGATE, 3 FARGATE_SPOT\n')
    expect(out).toContain('\n  subnet     subnet-a x2, subnet-b x3\n')
  })
  it('are data', async () => {
    const { out } = await runCommand(['plan'], '--output', 'json')
    const { plans } = JSON.parse(out) as { readonly plans: readonly { launched: unknown }[] }
    expect(plans[0]!.launched).toContainEqual({
      ...{ name: 'shop', count: 2, capacityProvider: 'FARGATE_SPOT', subnet: 'subnet-b' },
    })
  })
  it('are no more than the vCPUs that may run at once, one number for both kinds or one for each', async () => {
    const both = await runCommand(['plan'], '--fargate-vcpus', '1')
    expect([both.status, both.out.split('\n')[0]]).toEqual([
      0,
      'Amazon ECS on Fargate: all 5 tasks placed',
    ])
    const each = await runCommand(['plan'], '--fargate-vcpus', '1,0')
    expect(each.status).toBe(1)
    expect(each.out).toMatch(/0 vCPUs of FARGATE_SPOT\s+run, and 0 may/)
  })
  it('mount tmpfs only where the command line says so', async () => {
    const containerDefinitions = [
      { name: 'main', linuxParameters: { tmpfs: [{ containerPath: '/tmp', size: 64 }] } },
    ]
    const texts = JSON.stringify([{ ...web, containerDefinitions }, service])
    const plan = async (...more: readonly string[]) =>
      run(['plan', '-', ...more], () => Promise.resolve(texts))
    const { error, status } = await plan()
    expect(status).toBe(2)
    expect(error).toContain('linuxParameters.tmpfs')
    expect((await plan('--fargate-tmpfs')).status).toBe(0)
  })
  it('are none of a service that wants none, which is no mistake', async () => {
    const texts = JSON.stringify([web, { ...service, desiredCount: 0 }])
    const { out, status } = await run(['plan', '-', '--nodes', 'm5.large'], () =>
      Promise.resolve(texts),
    )
    expect([status, out]).toEqual([0, expect.stringContaining('0 tasks placed')])
    const explained = await run(['explain', 'shop', '-'], () => Promise.resolve(texts))
    expect(explained.out).toContain('service shop wants no tasks')
    expect(explained.status).toBe(0)
  })
  it('have their quotas in common with pods', async () => {
    const paths = ['docs/examples/shop/kubernetes', 'docs/examples/shop-on-fargate']
    const { out, status } = await run(
      ['plan', ...paths, '--nodes', 'm5.large=2', '--fargate-vcpus', '1', '--fargate-rate', '1,1'],
      () => Promise.resolve(''),
    )
    expect(out).toContain('no more than 1 vCPUs may run at once, and 1 do')
    expect(out).toContain('Fargate launches 1 pods at once and 1 a second after that')
    expect(status).toBe(1)
  })
  it('that run already go by their ids, of which the nearest are named', async () => {
    const tasks = ['abc1', 'abd2'].map((id) => ({
      taskArn: `arn:aws:ecs:r:1:task/default/${id}`,
      ...{ taskDefinitionArn: 'web:1', group: 'service:shop', launchType: 'FARGATE' },
      ...{ lastStatus: 'RUNNING', desiredStatus: 'RUNNING' },
    }))
    const explained = (name: string) =>
      run(['explain', name, '-'], () => Promise.resolve(JSON.stringify([web, service, { tasks }])))
    expect(await explained('task/abc1')).toMatchObject({
      ...{ out: 'Amazon ECS: task abc1 of service:shop is on Fargate\n', status: 0 },
    })
    const { error, status } = await explained('task/abc3')
    expect(error).toContain('expected the name of a workload, such as task/abc1')
    expect(status).toBe(2)
  })
  it('wait for their launches', async () => {
    const { out } = await runCommand(['plan'], '--fargate-rate', '1,2')
    expect(out).toContain(
      'Fargate launches 1 tasks at once and 2 a second after that, and so does Fargate Spot (service shop: the last one starts after 1 s)',
    )
  })
  it.each([
    ['--fargate-vcpus', '1,2,3', 'expected a whole number'],
    ['--fargate-vcpus', '-1', 'expected a whole number'],
    ['--fargate-rate', '100', 'expected BURST,PER_SECOND'],
  ])('do not heed %s %s', async (option, value, expected) => {
    const { error, status } = await runCommand(['plan'], option, value)
    expect(error).toContain(expected)
    expect(status).toBe(2)
  })
})
