/**
 * Tests the limits on container settings, such as health checks, and on names, and the conflicts
 * between network modes and other fields.
 */
import { describe, expect, it } from 'vitest'
import { complaints, container, task } from '../plan/plan.fixture.js'

const ofContainer = (more: object) =>
  complaints(task('web', { containerDefinitions: [container(more)] })).map((line) => line.slice(8))
const longest = 'n'.repeat(255)

describe('the numbers of a container', () => {
  const health = (field: string, amount: number) => ({ healthCheck: { [field]: amount } })
  const linux = (field: string, amount: number) => ({ linuxParameters: { [field]: amount } })
  it.each([
    ...[5, 300].map((amount) => health('interval', amount)),
    ...[2, 60].map((amount) => health('timeout', amount)),
    ...[1, 10].map((amount) => health('retries', amount)),
    ...[0, 300].map((amount) => health('startPeriod', amount)),
    ...[0, 100].map((amount) => linux('swappiness', amount)),
    ...[0, 4096].map((amount) => linux('maxSwap', amount)),
    { ulimits: [{ name: 'nofile', softLimit: 8, hardLimit: 8 }] },
    { ulimits: [{ name: 'memlock', softLimit: -1, hardLimit: -1 }, {}] },
  ])('are right in %j', (more) => {
    expect(ofContainer(more)).toEqual([])
  })

  const limits = (softLimit: number) => ({
    ulimits: [{ name: 'nofile', softLimit, hardLimit: 8 }],
  })
  it.each([
    ['healthCheck.interval', [4, 301], 'from 5 to 300', (n: number) => health('interval', n)],
    ['healthCheck.timeout', [1, 61], 'from 2 to 60', (n: number) => health('timeout', n)],
    ['healthCheck.retries', [0, 11], 'from 1 to 10', (n: number) => health('retries', n)],
    [
      'healthCheck.startPeriod',
      [-1, 301],
      'from 0 to 300',
      (n: number) => health('startPeriod', n),
    ],
    [
      'linuxParameters.swappiness',
      [-1, 101],
      'from 0 to 100',
      (n: number) => linux('swappiness', n),
    ],
    ['linuxParameters.maxSwap', [-1], '0 or more', (n: number) => linux('maxSwap', n)],
    ['ulimits[0].softLimit', [9, -1], 'at most the hardLimit, 8', limits],
  ])('are wrong in %s of %j', (at, amounts, expected, settings) => {
    expect(amounts.flatMap((n) => ofContainer(settings(n)))).toEqual(
      amounts.map((n) => `containerDefinitions[0].${at}: found ${n}, expected ${expected}`),
    )
  })
})

describe('the names of a task definition', () => {
  const named = (family: string, name: string) =>
    complaints(task(family, { containerDefinitions: [container({ name })] })).map((line) =>
      line.slice(8),
    )
  it('are of letters, digits, hyphens and underscores', () => {
    expect(named('Web_1-a', longest)).toEqual([])
    expect(named(longest, 'Main_1-a')).toEqual([])
  })
  it.each(['a b', 'a.b', 'a/b', 'ä', `${longest}n`])('are wrong as %s', (name) => {
    const expected = 'expected at most 255 letters, digits, hyphens and underscores'
    expect(named(name, 'main')).toEqual([expect.stringMatching(`^family: found .*, ${expected}$`)])
    expect(named('web', name)).toEqual([
      expect.stringMatching(`^containerDefinitions\\[0\\].name: found .*, ${expected}$`),
    ])
  })
})

describe('the modes of a task', () => {
  it.each([
    ['pidMode', ['host', 'task', null], 'none', 'host, task'],
    ['ipcMode', ['host', 'task', 'none', null], 'shared', 'host, task, none'],
  ])('have names: %s', (field, known, unknown, names) => {
    expect(known.flatMap((mode) => complaints(task('web', { [field]: mode })))).toEqual([])
    expect(complaints(task('web', { [field]: unknown }))).toEqual([
      `file 1, ${field}: found "${unknown}", expected one of ${names}`,
    ])
  })
})
