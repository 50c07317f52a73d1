/**
 * Tests that scheduler configurations that kube-scheduler refuses are errors, and tests the paths
 * of these errors. The cases are in `test/golden/configuration.jsonl`, described in
 * `test/oracle/README.md`.
 */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathOf } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { readConfiguration } from './configuration.js'
import { version } from '../setting/version.js'

interface Refused {
  readonly config: unknown
  /** All that upstream says. */
  readonly error: string
}
const refusals = readFileSync(resolve('test/golden/configuration.jsonl'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Refused)

const wrongIn = (value: unknown) => {
  const read = readConfiguration({ from: 'scheduler.yaml', value })
  return E.isLeft(read) ? read.left : expect.fail('it was read')
}
const configured = (rest: object) => ({
  apiVersion: version,
  kind: 'KubeSchedulerConfiguration',
  ...rest,
})

/**
 * Where the text says that it is wrong in the args of the first plugin config; `[a, b]` says two.
 */
const placesIn = (error: string): readonly string[] => {
  const [, inside = ''] = /initializing plugin "\w+": \[?(.*)$/.exec(error) ?? []
  return [...inside.matchAll(/(?:^|, )([\w[\].]+): (?:Invalid|Required|Unsup|Forb|Dupl)/g)].map(
    ([, path]) => `profiles[0].pluginConfig[0].args.${path}`,
  )
}

describe(`upstream's ${refusals.length} recorded refusals`, () => {
  it('are all there, most of them of settings of plugins', () => {
    expect(refusals.length).toBe(46)
    expect(refusals.filter(({ error }) => placesIn(error).length > 0).length).toBe(37)
  })

  it.each(refusals)('$error', ({ config, error }) => {
    const wrongs = wrongIn(config)
    expect(wrongs.map(({ from }) => from)).toEqual(wrongs.map(() => 'scheduler.yaml'))
    expect([...new Set(wrongs.map(({ upstream }) => upstream))]).toEqual([error])
    const places = placesIn(error).map((place) => place.replace(/\]\[\w+\]$/, ']'))
    if (places.length > 0)
      expect(wrongs.map(({ at }) => pathOf(at).replace('.preference', ''))).toEqual(places)
  })
})

const sorting = { name: 'PrioritySort' }

/**
 * What the command checks before it makes any profile is in its own words too, but those are not
 * recorded.
 */
describe('beside the profiles', () => {
  it.each<readonly [string, object, string, string]>([
    ['no workers', { parallelism: 0 }, 'parallelism', '0'],
    ['too many nodes', { percentageOfNodesToScore: 101 }, 'percentageOfNodesToScore', '101'],
    ['less than none', { percentageOfNodesToScore: -1 }, 'percentageOfNodesToScore', '-1'],
    [
      'too many nodes for a profile',
      { profiles: [{ percentageOfNodesToScore: 101 }] },
      'profiles[0].percentageOfNodesToScore',
      '101',
    ],
    ['no backoff', { podInitialBackoffSeconds: 0 }, 'podInitialBackoffSeconds', '0'],
    [
      'a backoff that shrinks',
      { podInitialBackoffSeconds: 5, podMaxBackoffSeconds: 4 },
      'podMaxBackoffSeconds',
      '4',
    ],
    [
      'two profiles and one name',
      { profiles: [{ schedulerName: 'a' }, {}] },
      'profiles[1].schedulerName',
      '""',
    ],
    [
      'the same name twice',
      { profiles: [{ schedulerName: 'a' }, { schedulerName: 'a' }] },
      'profiles[1].schedulerName',
      '"a"',
    ],
    [
      'two ways to sort the queue',
      { profiles: [{ plugins: { queueSort: { enabled: [sorting, sorting] } } }] },
      'profiles[0].plugins.queueSort.enabled',
      '2',
    ],
    [
      'a lease as long as its renewal',
      { leaderElection: { leaseDuration: '10s', renewDeadline: '10s' } },
      'leaderElection.leaseDuration',
      '"10s"',
    ],
    [
      'another lock',
      { leaderElection: { resourceLock: 'endpoints' } },
      'leaderElection.resourceLock',
      '"endpoints"',
    ],
    ['a negative burst', { clientConnection: { burst: -1 } }, 'clientConnection.burst', '-1'],
    [
      'an extender that scores and weighs nothing',
      { extenders: [{ prioritizeVerb: 'score' }] },
      'extenders[0].weight',
      '0',
    ],
    [
      'a resource of Kubernetes for an extender',
      { extenders: [{ managedResources: [{ name: 'cpu' }] }] },
      'extenders[0].managedResources[0].name',
      '"cpu"',
    ],
    ['a misspelt field', { paralelism: 4 }, 'paralelism', '4'],
    ['a text for a number', { parallelism: 'many' }, 'parallelism', '"many"'],
    [
      'a misspelt point',
      { profiles: [{}, { plugins: { filters: {} } }] },
      'profiles[1].plugins.filters',
      'an object',
    ],
  ])('%s is refused where it stands', (_, rest, path, found) => {
    const [first] = wrongIn(configured(rest))
    expect([pathOf(first!.at), first!.found]).toEqual([path, found])
  })

  it('the election is not looked at where there is none', () => {
    const leaderElection = { leaderElect: false, resourceLock: 'endpoints' }
    const read = readConfiguration({ from: '', value: configured({ leaderElection }) })
    expect(E.isRight(read)).toBe(true)
  })

  it('another version is refused before all else', () => {
    const wrongs = wrongIn({ ...configured({ parallelism: 0 }), apiVersion: `${version}beta3` })
    expect(wrongs.map(({ at, expected }) => [pathOf(at), expected])).toEqual([
      ['apiVersion', version],
    ])
    expect(wrongIn({ kind: 'Pod' }).map(({ at }) => at)).toEqual([[]])
  })
})
