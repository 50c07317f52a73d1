/**
 * Tests how a scheduler configuration is read: the defaults, plugins enabled by `multiPoint` and at
 * single extension points, and the refusal of wrong settings.
 */
import { isRefuted } from '@stowage/testing'
import { pathsIn, replaceAt } from '../../../testing/src/damage/damage.js'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { defaultProfile } from '../plugin/profile.js'
import { readConfiguration } from './configuration.js'
import { version } from '../setting/version.js'
import type { BadSetting } from '../setting/wrong.js'

type Reading = typeof readConfiguration

const configured = (rest: object) => ({
  apiVersion: version,
  kind: 'KubeSchedulerConfiguration',
  ...rest,
})
const readIn = (value: unknown, reading: Reading = readConfiguration) => {
  const read = reading({ from: 'scheduler.yaml', value })
  if (E.isLeft(read)) return expect.fail(JSON.stringify(read.left))
  const { document: _, ...configuration } = read.right
  return configuration
}
const profileOf = (profile: object) => {
  const { profiles } = readIn(configured({ profiles: [profile] }))
  return profiles.get('default-scheduler') ?? expect.fail('no such profile')
}
const profileWith = (plugins: object) => profileOf({ plugins })
const named = (...names: readonly string[]) => names.map((name) => ({ name }))

describe('what is not said', () => {
  it('is the default profile, and what the API reference says', () => {
    const { profiles, ...others } = readIn(configured({}))
    expect([...profiles.keys()]).toEqual(['default-scheduler'])
    expect(profiles.get('default-scheduler')).toMatchObject({ ...defaultProfile })
    expect(others).toEqual({
      extenders: [],
      parallelism: 16,
      percentageOfNodesToScore: 0,
      podInitialBackoffSeconds: 1,
      podMaxBackoffSeconds: 10,
    })
  })

  it.each<readonly [string, object]>([
    ['no profiles', { profiles: [] }],
    ['null', { profiles: null, parallelism: null, extenders: null }],
    ['an empty profile', { profiles: [{}] }],
    ['empty settings', { profiles: [{ plugins: {}, pluginConfig: [] }] }],
    ['empty points', { profiles: [{ plugins: { multiPoint: {}, score: { enabled: [] } } }] }],
    ['empty args', { profiles: [{ pluginConfig: [{ name: 'NodeResourcesFit', args: {} }] }] }],
    ['no args', { profiles: [{ pluginConfig: [{ name: 'VolumeBinding' }] }] }],
    ['args of nobody', { profiles: [{ pluginConfig: [{ name: 'Ours', args: { a: 1 } }] }] }],
  ])('is the same for %s', (_, rest) => {
    expect(readIn(configured(rest))).toEqual(readIn(configured({})))
  })

  it('is said by all profiles together where a profile does not say it', () => {
    const profiles = [{ schedulerName: 'a', percentageOfNodesToScore: 7 }, { schedulerName: 'b' }]
    const read = readIn(configured({ percentageOfNodesToScore: 30, profiles })).profiles
    expect(['a', 'b'].map((name) => read.get(name)?.percentageOfNodesToScore)).toEqual([7, 30])
  })
})

describe('at a point', () => {
  it('a plugin is enabled beside those of all points, and has the first word of its weight', () => {
    const { scores } = profileWith({ score: { enabled: [{ name: 'ImageLocality', weight: 7 }] } })
    expect(scores[0]).toEqual(['ImageLocality', 7])
    expect(scores.slice(1)).toEqual(
      defaultProfile.scores.filter(([name]) => name !== 'ImageLocality'),
    )
  })

  it('a plugin is disabled there and nowhere else', () => {
    const { filters, preFilters } = profileWith({ filter: { disabled: named('NodePorts') } })
    expect(filters).toEqual(defaultProfile.filters.filter((name) => name !== 'NodePorts'))
    expect(preFilters).toEqual(defaultProfile.preFilters)
  })

  it('all are disabled with a star, but those that the point enables itself', () => {
    const score = { disabled: named('*'), enabled: named('ImageLocality', 'NodeAffinity') }
    const { scores, filters } = profileWith({ score })
    expect(scores).toEqual([
      ['ImageLocality', 1],
      ['NodeAffinity', 1],
    ])
    expect(filters).toEqual(defaultProfile.filters)
  })
})

describe('at all points', () => {
  it('a default that is enabled again keeps its place, and weighs 1 where nothing is said', () => {
    const enabled = [{ name: 'ImageLocality', weight: 9 }, { name: 'TaintToleration' }]
    const { scores } = profileWith({ multiPoint: { enabled } })
    expect(scores.map(([name]) => name)).toEqual(defaultProfile.scores.map(([name]) => name))
    expect([scores[0]?.[1], scores.at(-1)?.[1]]).toEqual([1, 9])
  })

  it('a plugin is disabled wherever it is asked, and comes last where it is then enabled', () => {
    const multiPoint = { disabled: named('TaintToleration') }
    const without = profileWith({ multiPoint })
    expect([...without.filters, ...without.scores.flat()]).not.toContain('TaintToleration')
    const again = profileWith({ multiPoint: { ...multiPoint, enabled: named('TaintToleration') } })
    expect([again.filters.at(-1), again.scores.at(-1)]).toEqual([
      'TaintToleration',
      ['TaintToleration', 1],
    ])
  })

  it('only those are left that are enabled, each where it is asked', () => {
    const enabled = named('PrioritySort', 'NodeAffinity', 'DefaultBinder', 'NodeName')
    const { points, args, ...profile } = profileWith({
      multiPoint: { disabled: named('*'), enabled },
    })
    expect(profile).toEqual({
      schedulerName: 'default-scheduler',
      preEnqueues: [],
      preFilters: ['NodeAffinity', 'NodeName'],
      filters: ['NodeAffinity', 'NodeName'],
      postFilters: [],
      scores: [['NodeAffinity', 1]],
      percentageOfNodesToScore: 0,
    })
    expect([points.get('queueSort'), points.get('bind')]).toEqual([
      ['PrioritySort'],
      ['DefaultBinder'],
    ])
    expect(args).toEqual(defaultProfile.args)
  })
})

describe('args', () => {
  const argsOf = (name: string, args: object) => profileOf({ pluginConfig: [{ name, args }] }).args

  it('take the place of what is not given, each on its own', () => {
    const { fit, ...others } = argsOf('NodeResourcesFit', {
      ignoredResources: ['example.com/gpu'],
      scoringStrategy: {
        type: 'RequestedToCapacityRatio',
        resources: [{ name: 'cpu', weight: 3 }, { name: 'example.com/gpu' }],
        requestedToCapacityRatio: { shape: [{ score: 2 }, { utilization: 100, score: 10 }] },
      },
    })
    expect(fit).toEqual({
      strategy: 'RequestedToCapacityRatio',
      resources: [
        ['cpu', 3],
        ['example.com/gpu', 1],
      ],
      shape: [
        [0, 2],
        [100, 10],
      ],
      ignoredResources: ['example.com/gpu'],
      ignoredResourceGroups: [],
    })
    expect({ ...others, fit: defaultProfile.args.fit }).toEqual(defaultProfile.args)
  })

  it('are durations where upstream has durations, and lists of constraints without selectors', () => {
    const { dynamicResources } = argsOf('DynamicResources', {
      filterTimeout: '1m30s',
      bindingTimeout: '1.5s',
    })
    expect(dynamicResources).toEqual({ filterTimeoutSeconds: 90, bindingTimeoutSeconds: 1.5 })
    const constraint = { maxSkew: 2, topologyKey: 'rack', whenUnsatisfiable: 'DoNotSchedule' }
    const { spread } = argsOf('PodTopologySpread', {
      defaultingType: 'List',
      defaultConstraints: [constraint],
    })
    expect(spread.defaults).toEqual([constraint])
    expect(argsOf('PodTopologySpread', { defaultingType: 'List' }).spread.defaults).toEqual([])
  })
})

const affinity = { matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd'] }] }
const rich = configured({
  parallelism: 4,
  percentageOfNodesToScore: 50,
  leaderElection: { leaseDuration: '20s', renewDeadline: '10s' },
  clientConnection: { qps: 50, burst: 100 },
  extenders: [{ urlPrefix: 'http://x', weight: 2, managedResources: [{ name: 'a.b/c' }] }],
  profiles: [
    {
      schedulerName: 'full',
      plugins: {
        multiPoint: { enabled: [{ name: 'ImageLocality', weight: 3 }] },
        score: { disabled: named('NodeAffinity'), enabled: [{ name: 'VolumeBinding', weight: 2 }] },
      },
      pluginConfig: [
        {
          name: 'NodeAffinity',
          args: {
            addedAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [affinity] },
            },
          },
        },
        {
          name: 'NodeResourcesFit',
          args: {
            scoringStrategy: {
              type: 'RequestedToCapacityRatio',
              requestedToCapacityRatio: { shape: [{ utilization: 0, score: 5 }] },
            },
          },
        },
        { name: 'InterPodAffinity', args: { hardPodAffinityWeight: 9 } },
        { name: 'DynamicResources', args: { filterTimeout: '2s' } },
      ],
    },
    { schedulerName: 'plain', percentageOfNodesToScore: 9 },
  ],
})

/** The same fields, turned by some number of places, in every object. */
const turned = (value: unknown, by: number): unknown => {
  if (Array.isArray(value)) return value.map((item) => turned(item, by))
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).map(([key, inner]) => [key, turned(inner, by)] as const)
  const from = fields.length === 0 ? 0 : by % fields.length
  return Object.fromEntries([...fields.slice(from), ...fields.slice(0, from)])
}

/** In whatever order fields are written, they say the same. */
const holdsInAnyOrder = (reading: Reading) =>
  fc.property(fc.nat(12), (by) => {
    expect(readIn(turned(rich, by), reading)).toEqual(readIn(rich))
  })

const junk = fc.constantFrom<unknown>(
  ...[undefined, null, true, -1, 0.5, 99, 1e300, '', 'x', '-5s', [], [[]], {}, [{}]],
  ...[{ x: 1 }, { name: 'NodePorts' }, named('NodePorts', 'NodePorts'), named('*')],
)

/**
 * What is damaged anywhere is read as something, or refused with the file and a place that is
 * there, or is missing from one.
 */
const saysWhereDamagedIsWrong = (reading: Reading) =>
  fc.property(fc.nat(), junk, (position, by) => {
    const places = pathsIn(rich)
    const damaged = replaceAt(rich, places[position % places.length]!, by)
    const read = reading({ from: 'scheduler.yaml', value: damaged })
    if (E.isRight(read)) {
      expect(read.right.profiles.size).toBeGreaterThan(0)
      return
    }
    const known = new Set(pathsIn(damaged).map((steps) => steps.join('\n')))
    expect(read.left.length).toBeGreaterThan(0)
    for (const { from, at } of read.left) {
      expect(from).toBe('scheduler.yaml')
      const steps = at.map(String)
      expect(known.has(steps.join('\n')) || known.has(steps.slice(0, -1).join('\n'))).toBe(true)
    }
  })

describe('whatever is written', () => {
  it('says the same in any order of fields', () => fc.assert(holdsInAnyOrder(readConfiguration)))
  it('is refuted by a reader that loses the last field', () => {
    const losing: Reading = ({ from, value }) => {
      const kept = Object.entries(value as object).slice(0, -1)
      return readConfiguration({ from, value: configured(Object.fromEntries(kept)) })
    }
    expect(isRefuted(holdsInAnyOrder(losing))).toBe(true)
  })

  it('is read, or refused where it is wrong', () =>
    fc.assert(saysWhereDamagedIsWrong(readConfiguration), { numRuns: 1_000 }))
  it('is refuted by a reader that forgets in which profile it was', () => {
    const forgetting = (one: BadSetting): BadSetting => ({
      ...one,
      at: one.at.filter((step) => typeof step === 'string'),
    })
    const forgetful: Reading = (document) => {
      const read = readConfiguration(document)
      return E.isLeft(read) ? E.left(read.left.map(forgetting)) : read
    }
    expect(isRefuted(saysWhereDamagedIsWrong(forgetful))).toBe(true)
  })
})
