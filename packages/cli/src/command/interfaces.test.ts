/**
 * Tests that the network interface limit of an instance type holds for ECS instances in the input
 * files too, and not only for the new instances of `--nodes`.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { taskInterfacesOf } from '@stowage/ecs'
import { builtIn } from '../../../workbench/src/machines/built-in.js'
import { run } from './program.js'

const attributes = (type: string) => [{ name: 'ecs.instance-type', value: type }]

/**
 * Four tasks in awsvpc mode, and an instance of this type that has room for all of them but for
 * their interfaces.
 */
const files = (type: string) => (): Promise<string> =>
  Promise.resolve(
    JSON.stringify([
      {
        family: 'web',
        networkMode: 'awsvpc',
        containerDefinitions: [{ name: 'main', cpu: 64, memory: 64 }],
      },
      {
        serviceName: 'web',
        taskDefinition: 'web',
        desiredCount: 4,
        networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-a'] } },
      },
      {
        ec2InstanceId: 'i-1',
        registeredResources: [
          { name: 'CPU', integerValue: 2048 },
          { name: 'MEMORY', integerValue: 7577 },
        ],
        attributes: attributes(type),
      },
    ]),
  )

const catalogueOf = async (interfaces: unknown): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'stowage-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const path = join(folder, 'types.json')
  const type = {
    InstanceType: 'own.large',
    VCpuInfo: { DefaultVCpus: 2 },
    MemoryInfo: { SizeInMiB: 8192 },
    ProcessorInfo: { SupportedArchitectures: ['x86_64'] },
    NetworkInfo: { MaximumNetworkInterfaces: interfaces, Ipv4AddressesPerInterface: 12 },
  }
  await writeFile(path, JSON.stringify({ InstanceTypes: [type] }))
  return path
}

describe('interfaces of an instance among the files', () => {
  it('are counted by the catalogue, though no new machine is of the type', async () => {
    const catalogue = await catalogueOf(4)
    const { out, status } = await run(['plan', '-', '--catalogue', catalogue], files('own.large'))
    expect(out).toContain('3 of 4 tasks placed')
    expect(out).toContain('RESOURCE:ENI')
    expect(out).not.toContain('is not known for its type')
    expect(status).toBe(1)
  })
  it('are an error where the catalogue has a type that can not be read', async () => {
    const catalogue = await catalogueOf('four')
    const { error, status } = await run(['plan', '-', '--catalogue', catalogue], files('own.large'))
    expect(error).toContain('own.large')
    expect(error).toContain('"four"')
    expect(status).toBe(2)
  })
  it('are not counted where nobody knows the type, with a warning', async () => {
    const { out, status } = await run(['plan', '-'], files('own.large'))
    expect(out).toContain('all 4 tasks placed')
    expect(out).toContain('is not known for its type')
    expect(status).toBe(0)
  })
})

it('is the same in the table of Amazon ECS, which has fewer types and no catalogue', () => {
  const listed = [...builtIn.values()].flatMap(({ name, interfaces }) => {
    const known = taskInterfacesOf({ registeredResources: [], attributes: attributes(name) })
    return known === undefined ? [] : [{ name, known, interfaces }]
  })
  expect(listed.length).toBeGreaterThan(400)
  for (const { name, known, interfaces } of listed)
    expect([name, known]).toEqual([name, interfaces - 1])
})

it('is counted on a trunk too, of types that the table of Amazon ECS does not have', async () => {
  const many = async () => {
    const [task, service] = JSON.parse(await files('')()) as readonly object[]
    return JSON.stringify([task, { ...service, desiredCount: 20 }])
  }
  const placed = async (...flags: readonly string[]) =>
    (await run(['plan', '-', '--nodes', 'c8i.large', ...flags], many)).out
  expect(await placed()).toContain('2 of 20 tasks placed')
  expect(await placed('--trunking')).toContain('10 of 20 tasks placed')
})
