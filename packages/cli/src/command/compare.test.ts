/** Tests `plan --compare`: three plans side by side, with and without prices. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Outcome } from './outcome.js'
import { run } from './program.js'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stowage-compare-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const file = (name: string, value: unknown): string => {
  const path = join(folder, name)
  writeFileSync(path, JSON.stringify(value))
  return path
}

const task = (family: string, memory: number, more: object = {}): object => ({
  ...{ family, networkMode: 'awsvpc', cpu: '256', memory: String(memory) },
  requiresCompatibilities: ['EC2', 'FARGATE'],
  containerDefinitions: [{ name: 'main' }],
  ...more,
})
const service = (serviceName: string, desiredCount: number, more: object = {}): object => ({
  ...{ serviceName, taskDefinition: serviceName, desiredCount },
  ...more,
})

const inSubnet = { networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-a'] } } }

const documents = [
  task('web', 1024),
  service('web', 3, inSubnet),
  task('batch', 2048),
  service('batch', 4, {
    ...inSubnet,
    capacityProviderStrategy: [
      { capacityProvider: 'FARGATE', base: 1 },
      { capacityProvider: 'FARGATE_SPOT', weight: 1 },
    ],
  }),
  task('agent', 512, {
    ...{ networkMode: 'host', requiresCompatibilities: ['EC2'] },
    containerDefinitions: [{ name: 'main', privileged: true }],
  }),
  { serviceName: 'agent', taskDefinition: 'agent', schedulingStrategy: 'DAEMON' },
]

const prices = {
  currency: 'EUR',
  instances: { 'm5.large': 0.1 },
  fargate: { 'linux/x86_64': { perVcpuHour: 0.04, perGbHour: 0.004 } },
  fargateSpot: { 'linux/x86_64': { perVcpuHour: 0.01, perGbHour: 0.001 } },
}

const compared = (more: readonly string[], values: unknown = documents): Promise<Outcome> =>
  run(['plan', file('cluster.json', values), '--compare', ...more], () => Promise.resolve(''))
const machines = ['--nodes', 'm5.large=3', '--trunking']

interface Printed {
  readonly comparisons: readonly {
    readonly workloads: readonly { readonly name: string; readonly wanted: number }[]
    readonly worlds: Readonly<
      Record<string, { readonly replicas: object; readonly bill?: { readonly perHour?: number } }>
    >
  }[]
}

describe('several clusters', () => {
  const clustered = [
    task('web', 1024),
    service('web', 1, { ...inSubnet, cluster: 'green' }),
    service('api', 1, { ...inSubnet, cluster: 'blue', taskDefinition: 'web' }),
  ]
  const compare = async (...args: readonly string[]): Promise<string> => {
    const path = file('clusters.json', clustered)
    const flags = ['--compare', '--nodes', 'm5.large=1', ...args]
    const { out } = await run(['plan', path, ...flags], () => Promise.resolve(''))
    return out
  }
  it('have a column', async () => {
    expect(
      (await compare())
        .split('\n')
        .slice(2, 5)
        .map((line) => line.split(/ {2,}/).slice(0, 4)),
    ).toEqual([
      ['CLUSTER', 'TASK', 'COUNT', 'ON EC2'],
      ['blue', 'api', '1', '1'],
      ['green', 'web', '1', '1'],
    ])
  })
  it('are in the JSON too', async () => {
    expect(JSON.parse(await compare('--output', 'json'))).toMatchObject({
      comparisons: [
        {
          workloads: [
            { name: 'api', cluster: 'blue' },
            { name: 'web', cluster: 'green' },
          ],
        },
      ],
    })
  })
})

describe('plan --compare', () => {
  it('shows each workload in three worlds, and what each world comes to', async () => {
    const { out, error, status } = await compared([...machines, '--prices', file('p.json', prices)])
    expect(error).toBe('')
    const blank = /\n\nWarnings:/.exec(out)?.index
    expect(`\n${out.slice(0, blank)}\n`).toMatchInlineSnapshot(`
      "
      Amazon ECS: 3 workloads on EC2, on Fargate and as they are, mixed

      TASK   COUNT  ON EC2  ON FARGATE, EACH               MIXED                            TO CHANGE FOR FARGATE                                     WHY NOT
      agent  3      3       none of 1                      3 on EC2                         networkMode, requiresCompatibilities,                     Fargate: Fargate has no DAEMON services: a daemon runs one task per
                                                                                            schedulingStrategy, privileged                            instance, and there are no instances; container main is privileged,
                                                                                                                                                      which Fargate does not allow
      batch  4      4       4 x 0.25 vCPU 2 GB, 3 on Spot  1 on Fargate, 3 on Fargate Spot
      web    3      3       3 x 0.25 vCPU 1 GB             3 on EC2

                                EC2               FARGATE          MIXED
      tasks placed              all 10            7 of 8           all 10
      container instances used  3 of 3                             3 of 3
      CPU left on those         3584 of 6144                       4608 of 6144
      MEMORY left on those      9931Mi of 22.2Gi                   17.7Gi of 22.2Gi
      on Fargate                                  1.75 vCPU 11 GB  1 vCPU 8 GB
      more than asked for                         nothing          nothing
      EUR per hour              0.3000            0.0735           0.3315
      EUR per month             219.00            53.66            242.00
      "
    `)
    expect(status).toBe(1)
  })

  it('counts as plans do', async () => {
    const planned = async (...more: readonly string[]): Promise<object> => {
      const flags = ['--output', 'json', ...more]
      const { out } = await run(['plan', join(folder, 'cluster.json'), ...flags], () =>
        Promise.resolve(''),
      )
      return (JSON.parse(out) as { plans: { replicas: object }[] }).plans[0]!.replicas
    }
    const { out } = await compared([...machines, '--output', 'json'])
    const { worlds } = (JSON.parse(out) as Printed).comparisons[0]!
    expect(await planned(...machines)).toMatchObject(worlds['mixed']?.replicas ?? { placed: -1 })
    expect(await planned('--fargate')).toMatchObject(worlds['fargate']?.replicas ?? { placed: -1 })
  })

  it('has no sum where something has no price', async () => {
    const list = file('few.json', { currency: 'EUR', fargate: prices.fargate })
    const flags = [...machines, '--prices', list]
    const { out } = await compared([...flags, '--output', 'json'])
    const { worlds } = (JSON.parse(out) as Printed).comparisons[0]!
    expect(worlds['ec2']?.bill).toMatchObject({ missing: ['m5.large'] })
    expect(worlds['ec2']?.bill?.perHour).toBeUndefined()
    expect(worlds['mixed']?.bill).toMatchObject({
      missing: ['Fargate Spot linux/x86_64', 'm5.large'],
    })
    expect((await compared(flags)).out).toContain(
      'No price is given for m5.large; Fargate Spot linux/x86_64: what needs it has no sum.',
    )
  })

  it('says what instances cost that nothing is on, where there are such', async () => {
    const flags = ['--nodes', 'm5.large=3', '--prices', file('p.json', prices)]
    const { out } = await compared(flags, [task('web', 1024), service('web', 1, inSubnet)])
    expect(out).toMatch(/EUR per hour +0\.1000 +0\.0140 +0\.1000\n/)
    expect(out).toMatch(/EUR per hour, machines all told +0\.3000 +0\.0000 +0\.3000\n/)
  })

  it('has status 0 when everything has a place in each world', async () => {
    expect(
      (await compared(machines, [task('web', 1024), service('web', 2, inSubnet)])).status,
    ).toBe(0)
  })

  it.each<readonly [string, readonly string[], unknown, string]>([
    [
      'no machines',
      [],
      documents,
      'Amazon ECS: found no container instances, expected some among the files, or --nodes TYPE=COUNT\n',
    ],
    [
      'Kubernetes',
      machines,
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'a' },
        spec: { containers: [{ name: 'c' }] },
      },
      '--compare: found workloads of Kubernetes, expected task definitions and services of Amazon ECS alone',
    ],
    [
      'prices that are not there',
      [...machines, '--prices', 'nowhere.json'],
      documents,
      'nowhere.json: found nothing there, expected a file or a folder that can be read',
    ],
  ])('is refused with %s', async (_, flags, values, line) => {
    const { out, error, status } = await compared(flags, values)
    expect(error).toContain('so nothing was compared')
    expect(error).toContain(`  ${line}`)
    expect([out, status]).toEqual(['', 2])
  })

  it('reads prices of its own from standard input, where no document is', async () => {
    const twice = await run(['plan', '-', '--compare', '--prices', '-'], () => Promise.resolve(''))
    expect(twice.error).toContain('error: standard input is either the documents or the prices\n')
  })
})
