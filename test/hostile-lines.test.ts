/**
 * Tests hostile input beside that of `plan`: lines that `stowage conform` reads, calls and ids of
 * the libraries, and texts that would control a terminal. Each is answered or refused in words.
 */
import { spawnSync } from 'node:child_process'
import { gzipSync } from 'node:zlib'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clusterOf, readEcs, runTask } from '@stowage/ecs'
import { instant } from '@stowage/kernel'
import { isKubernetes, readConfiguration, readKubernetes } from '@stowage/kubernetes'
import { isLeft } from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { attemptsOf } from '../packages/testing/src/conformance/scenario.js'
import { catchDefect } from '../packages/cli/src/command/defect.js'
import { run } from '../packages/cli/src/command/program.js'
import { elementOf, htmlText } from '../packages/cli/src/page/html.js'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stowage-hostile-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const write = (file: string, content: string | Uint8Array): string => {
  const path = join(folder, file)
  writeFileSync(path, content)
  return path
}

const node = (name: string) => ({
  ...{ apiVersion: 'v1', kind: 'Node', metadata: { name } },
  status: { allocatable: { cpu: '2', memory: '4Gi', pods: '10' } },
})
const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: { containers: [{ name: 'c' }] },
}
const scenario = { id: 'a', objects: [node('a'), pod], pending: ['default/web'] }
const nested = (levels: number, inner: unknown = 1): unknown => {
  let value = inner
  for (let i = 0; i < levels; i++) value = { a: value }
  return value
}
const deepText = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`

describe('conform', () => {
  const conform = (lines: string | Uint8Array, against?: string) => {
    const path = write('lines.jsonl', lines)
    const other = against === undefined ? [] : ['--against', write('against.jsonl', against)]
    return catchDefect(
      () => run(['conform', 'kube-scheduler', path, ...other], () => Promise.resolve('')),
      {},
    )
  }
  const line = (value: unknown): string => `${JSON.stringify(value)}\n`

  it.each<[what: string, lines: string | Uint8Array, against: string | undefined, says: RegExp]>([
    ['picks that are null', line({ ...scenario, picks: null }), undefined, /lines\.jsonl:1: picks/],
    [
      'a node twice',
      line({ ...scenario, objects: [node('a'), node('a'), pod] }),
      undefined,
      /lines\.jsonl:1: objects\[1\]/,
    ],
    [
      'a pod twice',
      line({
        ...scenario,
        objects: [node('a'), pod, { ...pod, metadata: { name: 'web', labels: { a: 'b' } } }],
      }),
      undefined,
      /lines\.jsonl:1: objects\[2\]/,
    ],
    [
      'a verdict on an object in place of a name',
      line(scenario),
      line({ id: 'a', verdicts: [{ pod: { a: 1 }, scores: { x: null } }] }),
      /against\.jsonl:1: verdicts\[0\]\.pod/,
    ],
    [
      'a plugin that cannot be made a text',
      line(scenario),
      line({ id: 'a', verdicts: [{ rejected: { a: { plugin: { toString: 0 } } } }] }),
      /against\.jsonl:1: verdicts\[0\]/,
    ],
    [
      'a family that is no text',
      line({ ...scenario, family: { a: 1 } }),
      undefined,
      /lines\.jsonl:1: family/,
    ],
    [
      'bytes that are not UTF-8',
      Buffer.from('7b226964223a22e922', 'hex'),
      undefined,
      /lines\.jsonl:1: found bytes that are not UTF-8/,
    ],
    [
      'a verdict that is nested deep',
      line(scenario),
      `{"id":"a","verdicts":${deepText(8_000)}}\n`,
      /against\.jsonl:1: .*more levels/,
    ],
    [
      'objects that are nested deep',
      `{"id":"a","objects":[${deepText(8_000)}],"pending":[]}\n`,
      undefined,
      /lines\.jsonl:1: .*more levels/,
    ],
  ])('refuses %s', async (_, lines, against, says) => {
    const { status, error, out } = await conform(lines, against)
    expect(error).toMatch(says)
    expect({ status, out }).toEqual({ status: 2, out: '' })
  })

  it('answers what it refuses, without the fault', async () => {
    expect(await conform(line(scenario))).toMatchObject({ status: 0 })
  })

  it('refuses a short file that is very long when it is uncompressed', async () => {
    // One member of a million bytes, as often as makes more than the bound.
    const member = gzipSync(Buffer.alloc(1_000_000, 10))
    const bomb = Buffer.concat(Array.from({ length: 520 }, () => member))
    const { status, error } = await conform(bomb)
    expect(error).toContain('expected at most 512 MB')
    expect(status).toBe(2)
  })
})

describe('libraries', () => {
  it('refuse objects in lists that are nested deep', () => {
    let value: unknown = pod
    for (let i = 0; i < 5_000; i++) value = { apiVersion: 'v1', kind: 'List', items: [value] }
    let list: unknown = pod
    for (let i = 0; i < 5_000; i++) list = [list]
    for (const deep of [value, list]) {
      expect(isKubernetes(deep)).toBeTypeOf('boolean')
      expect(readKubernetes([{ from: 'f', value: deep }])).toMatchObject({ _tag: 'Left' })
      expect(attemptsOf({ objects: [deep], pending: [] })).toMatchObject({ _tag: 'Left' })
    }
  })

  const cluster = () => {
    const input = readEcs([
      {
        from: 'f',
        value: [{ family: 'web', containerDefinitions: [{ name: 'c', cpu: 1, memory: 128 }] }],
      },
    ])
    if (isLeft(input)) throw new Error(JSON.stringify(input.left))
    return clusterOf(input.right)
  }
  it('read more args of plugins than fit into the arguments of a call', () => {
    const pluginConfig = Array.from({ length: 130_000 }, () => ({ name: 'InterPodAffinity' }))
    const value = {
      ...{ apiVersion: 'kubescheduler.config.k8s.io/v1', kind: 'KubeSchedulerConfiguration' },
      profiles: [{ pluginConfig }],
    }
    expect(readConfiguration({ from: 'f', value })).toMatchObject({ _tag: 'Left' })
  })

  it('write more elements of a page than fit into the arguments of a call', () => {
    const list = elementOf(
      'ul',
      {},
      Array.from({ length: 200_000 }, () => 'a'),
    )
    expect(htmlText(list)).toHaveLength('<ul></ul>'.length + 200_000)
  })

  it.each([
    ['overrides', { overrides: nested(5_000) }],
    ['tags beside a client token', { clientToken: 'x', tags: nested(5_000) }],
    ['any field beside a client token', { clientToken: 'x', more: nested(5_000) }],
  ])('refuse calls with %s that are nested deep', (_, more) => {
    const request = { taskDefinition: 'web', ...more } as never
    expect(runTask(cluster(), request, instant(1))).toMatchObject({ _tag: 'Left' })
  })
})

/** What would control a terminal: an escape, a title, a C1 control, a turn of direction, a line. */
const controls = '\u001b[31mred\u001b]0;title\u0007\u009b31m\u202eturned\u2028\u0000'
const isControlled = /[^\P{Cc}\n]|[\p{Zl}\p{Zp}\p{Bidi_Control}]/u

describe('a terminal', () => {
  const podOf = (name: string, more: object = {}) => ({
    ...pod,
    metadata: { name },
    spec: { containers: [{ name: 'c', ...more }] },
  })
  const queue = (DependsOn: string) => ({ Type: 'AWS::SQS::Queue', DependsOn })
  const families = [
    { family: controls, containerDefinitions: [{ name: 'c', memory: 128 }] },
    { serviceName: 's', taskDefinition: 'x', desiredCount: 1 },
  ]
  it.each<[what: string, text: string, args?: readonly string[]]>([
    [
      'a name that is there twice',
      JSON.stringify([podOf(controls), podOf(controls, { image: 'i' })]),
    ],
    [
      'a circle',
      JSON.stringify({
        AWSTemplateFormatVersion: '2010-09-09',
        Resources: { [controls]: queue(controls) },
      }),
    ],
    ['the nearest names', JSON.stringify(families)],
    ['an alias without an anchor', 'a: *\u001b[31mx\n'],
    ['a quantity', JSON.stringify(podOf('web', { resources: { requests: { cpu: controls } } }))],
    ['a key', JSON.stringify(podOf('web', { resources: { requests: { [controls]: '1' } } }))],
    [
      'allowed values',
      JSON.stringify({
        AWSTemplateFormatVersion: '2010-09-09',
        Parameters: { P: { Type: 'String', Default: 'x', AllowedValues: [controls] } },
        Resources: {},
      }),
    ],
    ['an option', JSON.stringify(podOf('web')), ['--nodes', controls.replace('\u0000', '')]],
    ['a kind', JSON.stringify({ ...pod, kind: controls })],
    ['a node that holds pods', JSON.stringify([node('a'), podOf('web', { image: controls })])],
  ])('is not controlled by %s, on either stream', (_, text, args = ['--nodes', 'm5.large=1']) => {
    const path = write('controls.yaml', text)
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ['packages/cli/bin/stowage.js', 'plan', path, ...args],
      { encoding: 'utf8' },
    )
    expect(status).toBeLessThan(3)
    expect(stdout + stderr).not.toBe('')
    expect(stdout + stderr).not.toMatch(isControlled)
  })

  it.each(['json', 'yaml', 'csv', 'markdown', 'table', 'wide'])(
    'is not controlled by names in %s',
    async (format) => {
      const objects = [node(controls), podOf(controls)]
      const { out } = await catchDefect(
        () =>
          run(['plan', '-', '--output', format], () => Promise.resolve(JSON.stringify(objects))),
        {},
      )
      expect(out.replaceAll('\r\n', '\n')).not.toMatch(isControlled)
    },
  )

  it('is seen to be when a text is printed as it is', () => {
    for (const letter of ['\u001b', '\u0007', '\u009b', '\u202e', '\u2028', '\u0000', '\r'])
      expect(`x${letter}`).toMatch(isControlled)
    expect('x\n').not.toMatch(isControlled)
  })
})
