/**
 * Tests which agent capabilities are derived from a task definition, and which instances have them.
 */
import { instant } from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, it } from 'vitest'
import { capabilityRows } from '../../../../test/expected/ecs/a4-capabilities.js'
import { cluster, done } from '../api/call.fixture.js'
import { registerTaskDefinition } from '../api/untyped.fixture.js'
import { explainOnInstances } from '../plan/explain.js'
import {
  container,
  input,
  instance,
  resources,
  service,
  task,
  unplaced,
} from '../plan/plan.fixture.js'
import { planOnInstances } from '../plan/plan.js'
import { hasDockerVersion, requiredAttributes } from './capability.js'
import { withCapabilities } from './derive-capabilities.js'

const nameOf = (short: string): string =>
  short.startsWith('+')
    ? `com.amazonaws.ecs.capability.${short.slice(1)}`
    : `ecs.capability.${short}`

const definitionOf = ({ containerDefinitions, ...more }: Readonly<Record<string, unknown>>) =>
  task('web', {
    ...more,
    containerDefinitions: (containerDefinitions as readonly object[]).map((one) =>
      container({ cpu: 1, memory: 'memoryReservation' in one ? undefined : 200, ...one }),
    ),
  })

describe.each(capabilityRows)('%s', (_, { definition, requires }) => {
  const value = definitionOf(definition as Readonly<Record<string, unknown>>)
  // Every agent has the first version, and no text says what requires it.
  const expected = requires
    .split(' ')
    .map(nameOf)
    .filter((name) => !name.endsWith('docker-remote-api.1.17'))
    .sort()
  const needed = { ...input(value).workloads[0]!.definition }

  it('is derived as registration derives it', () => {
    expect(requiredAttributes(needed)).toMatchObject({ isDerived: true })
    const names = requiredAttributes(needed).attributes.map(({ name }) => name)
    expect([...names].sort()).toEqual(expected)
  })

  it('is what RegisterTaskDefinition answers', () => {
    const [, { taskDefinition }] = done(registerTaskDefinition(cluster([]), value, instant(0)))
    const names = (taskDefinition.requiresAttributes ?? []).map(({ name }) => name)
    expect([...names].sort()).toEqual(expected)
  })

  it('refuses an instance that lacks any of it, and no other', () => {
    const having = (names: readonly string[]) =>
      instance('i-1', 'a', {
        registeredResources: [...resources(2048, 4096), { name: 'GPU', integerValue: 8 }],
        attributes: names.map((name) => ({ name })),
      })
    const refusalsOn = (names: readonly string[]) =>
      unplaced(planOnInstances(input({ ...value, networkMode: null }, having(names)), options))
    const bare = requiredAttributes(
      withCapabilities({ ...needed, networkMode: undefined }),
    ).attributes
    expect(refusalsOn(expected)).toEqual([])
    for (const { name } of bare) {
      const others = expected.filter((one) => one !== name)
      const newest = others.some((one) => hasDockerVersion([{ name: one }], versionIn(name)))
      expect(refusalsOn(others)).toEqual(newest ? [] : ['1 web: 1 ATTRIBUTE'])
    }
  })
})

const options = { instances: [], seed: 0 }
const versionIn = (name: string): string => /docker-remote-api\.(.*)$/.exec(name)?.[1] ?? '9.9'

describe('an instance', () => {
  const logging = task('web', {
    containerDefinitions: [container({ logConfiguration: { logDriver: 'awslogs' } })],
  })
  const having = (...names: readonly string[]) =>
    instance('i-1', 'a', { attributes: names.map((name) => ({ name: nameOf(name) })) })
  const unplacedOf = (...values: readonly object[]) =>
    unplaced(planOnInstances(input(...values), options))

  it('that lists no capabilities passes', () => {
    expect(unplacedOf(logging, instance('i-1'))).toEqual([])
  })

  it('with a newer version of the Docker Remote API has the older ones', () => {
    const driver = '+logging-driver.awslogs'
    expect(unplacedOf(logging, having(driver, '+docker-remote-api.1.44'))).toEqual([])
    expect(unplacedOf(logging, having(driver, '+docker-remote-api.1.9'))).toEqual([
      '1 web: 1 ATTRIBUTE',
    ])
  })

  it('is held to what was registered, by name', () => {
    const registered = { ...logging, requiresAttributes: [{ name: nameOf('efs') }] }
    expect(unplacedOf(registered, having('efs'))).toEqual([])
    const printed = { ...logging, compatibilities: ['EC2'] }
    expect(unplacedOf(printed, having('efs'))).toEqual([])
  })

  it('is told what it lacks', () => {
    const found = explainOnInstances(
      input(logging, service('web'), having('+docker-remote-api.1.18')),
      options,
      'web',
    )
    const [node] = O.isSome(found) ? found.value.explanation.nodes : []
    expect(node?.all).toMatchObject([
      {
        details: [
          'com.amazonaws.ecs.capability.logging-driver.awslogs is missing',
          'com.amazonaws.ecs.capability.docker-remote-api.1.19 is missing',
        ],
      },
    ])
  })
})
