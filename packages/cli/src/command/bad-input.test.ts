/**
 * Tests bad input: standard error has the file, the path, what was found and what was expected;
 * standard output is empty; the exit status is 2.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Outcome } from './outcome.js'
import { run } from './program.js'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stowage-bad-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const none = (): Promise<string> => Promise.resolve('')

/** Plans one text that is in a file of this name; messages name the file alone. */
const planned = async (file: string, text: string, ...more: string[]): Promise<Outcome> => {
  const path = join(folder, file)
  writeFileSync(path, text)
  const outcome = await run(['plan', path, ...more], none)
  return { ...outcome, error: outcome.error.replaceAll(`${folder}/`, '') }
}

const pod = (inside: object): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web' },
    spec: { containers: [{ name: 'c', ...inside }] },
  })
const requests = (memory: unknown): string => pod({ resources: { requests: { memory } } })
const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'a' } }
const task = (inside: object): string =>
  JSON.stringify({
    family: 'web',
    containerDefinitions: [{ name: 'c', memory: 128 }],
    ...inside,
  })

const quantity = 'a quantity of 0 or more, such as 500m, 2 or 1.5Gi'
const at = 'spec.containers[0].resources.requests.memory'

const cases: readonly (readonly [what: string, file: string, text: string, line: string])[] = [
  [
    'a quantity of two points',
    'q.json',
    requests('1.5.Gi'),
    `q.json: ${at}: found "1.5.Gi", expected ${quantity}`,
  ],
  [
    'a negative quantity',
    'q.json',
    requests('-1'),
    `q.json: ${at}: found "-1", expected ${quantity}`,
  ],
  [
    'a quantity that is an object',
    'q.json',
    requests({}),
    `q.json: ${at}: found an object, expected ${quantity}`,
  ],
  [
    'a request above its limit',
    'q.json',
    pod({ resources: { requests: { cpu: '2' }, limits: { cpu: '1500m' } } }),
    'q.json: spec.containers[0].resources.requests.cpu: found "2", expected at most its limit, 1500m',
  ],
  [
    'two nodes of one name',
    'n.yaml',
    [node, { ...node, status: {} }].map((one) => JSON.stringify(one)).join('\n---\n'),
    'n.yaml, document 2: metadata.name: found "a", expected a name of its own: Node a is also in n.yaml, document 1',
  ],
  ['broken YAML', 'b.yaml', 'apiVersion: v1\nkind: Pod\n  metadata: [', 'b.yaml, line 2: found '],
  ['broken JSON', 'b.json', '{\n"family": \n}', 'b.json, line 3: found '],
  [
    'a task definition without containers',
    't.json',
    task({ containerDefinitions: [] }),
    't.json: containerDefinitions: InvalidParameterException: found an empty list, expected ',
  ],
  [
    'a Fargate size that does not exist',
    't.json',
    task({
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      cpu: '256',
      memory: '8192',
    }),
    't.json: ',
  ],
  [
    'nothing usable',
    'u.yaml',
    'hello: world\n',
    'u.yaml: found 1 document, none of which wants a place, expected ',
  ],
  [
    'a Compose file',
    'c.yaml',
    'services:\n  web:\n    image: nginx\n',
    'c.yaml: found 1 document, none of which wants a place; c.yaml is a Compose file: convert it first',
  ],
  [
    'a table of kubectl',
    'p.yaml',
    'NAME    READY   STATUS    RESTARTS   AGE\nweb-0   1/1     Running   0          3d\n',
    'p.yaml: found 1 document, none of which wants a place; p.yaml is what kubectl prints for people: ',
  ],
  [
    'names of tasks alone',
    't.json',
    '{"taskArns": ["arn:aws:ecs:eu-west-1:111122223333:task/web/1"]}',
    't.json: found 1 document, none of which wants a place; t.json is a list of names alone: give what aws ecs describe-tasks prints',
  ],
  [
    'a taint of an effect that does not exist',
    'n.yaml',
    '{apiVersion: v1, kind: Node, metadata: {name: a}, spec: {taints: [{key: k, effect: NoScheduled}]}}',
    'n.yaml: spec.taints[0].effect: found "NoScheduled", expected one of NoSchedule, PreferNoSchedule, NoExecute',
  ],
  [
    'a nested stack alone, whose template is not there',
    'main.yaml',
    'Resources: { Web: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: web.yaml } } }',
    'main.yaml: found 1 document, none of which wants a place; main.yaml: Web: a nested stack is left out',
  ],
  [
    'a service that is gone',
    's.json',
    '{"services": [{"serviceName": "web", "status": "INACTIVE", "taskDefinition": "web:1"}]}',
    's.json: found 1 document, none of which wants a place; service web: it wants no task, as its status',
  ],
]

describe('bad input', () => {
  it.each(cases)('%s', async (_, file, text, line) => {
    const { out, error, status } = await planned(file, text, '--fargate')
    expect(error).toContain(`  ${line}`)
    expect({ out, status }).toEqual({ out: '', status: 2 })
  })
  it('names the nearest legal Fargate sizes', async () => {
    const [, file, text] = cases.find(([what]) => what.startsWith('a Fargate size'))!
    const { error } = await planned(file, text)
    expect(error).toMatch(/found .*256.*8192/)
    expect(error).toMatch(/256.*2048.*1024.*8192/)
  })
  it('says everything that is wrong, and plans nothing', async () => {
    const { out, error } = await planned(
      'q.yaml',
      [requests('x'), requests('1.5.Gi')].join('\n---\n'),
    )
    expect(error).toContain('2 problems')
    expect(error).toContain('q.yaml, document 1')
    expect(error).toContain('q.yaml, document 2')
    expect(out).toBe('')
  })
})

describe('bad options', () => {
  const usable = (...more: string[]): Promise<Outcome> => planned('p.json', pod({}), ...more)
  it('names types near to one that is not known', async () => {
    const { error, status } = await usable('--nodes', 'm5.larg=3')
    expect(error).toContain(
      '--nodes: found "m5.larg", expected an instance type that is known, such as m5.large',
    )
    expect(status).toBe(2)
  })
  it('wants parameters that a template has, each once and with a value', async () => {
    const text = JSON.stringify({
      Parameters: { Count: { Type: 'Number', AllowedValues: [1, 2] } },
      Resources: { Queue: { Type: 'AWS::SQS::Queue' } },
    })
    const wrong = async (...given: string[]): Promise<string> =>
      (await planned('w.json', text, ...given.flatMap((one) => ['--parameter', one]))).error
    expect(await wrong('Cuont=1')).toContain(
      '--parameter: found "Cuont", expected a parameter of a template, such as Count',
    )
    expect(await wrong('Count=3')).toContain(
      'w.json: Parameters.Count: found "3" from --parameter, expected one of its AllowedValues, 1, 2',
    )
    expect(await wrong('Count')).toContain('--parameter: found "Count", expected NAME=VALUE')
    expect(await wrong('Count=1', 'Count=2')).toContain(
      '--parameter: found "Count=2", expected every parameter once',
    )
    expect((await usable('--parameter', 'A=1')).error).toContain(
      '--parameter: found "A", expected nothing, as no template has parameters',
    )
  })
  it('wants a count', async () => {
    expect((await usable('--nodes', 'm5.large=x')).error).toContain('expected TYPE=COUNT')
    expect((await usable('--nodes', 'm5.large=0')).error).toContain('expected TYPE=COUNT')
  })
  it('wants machines', async () => {
    const { error, status } = await usable()
    expect(error).toContain(
      'found no nodes, expected some among the files, or --nodes TYPE=COUNT, or --fargate',
    )
    expect(status).toBe(2)
  })
  it('wants machines for a DaemonSet too, which asks for nothing where there is no node', async () => {
    const daemons = JSON.stringify({
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'agent' },
      spec: {
        selector: { matchLabels: { app: 'c' } },
        template: {
          metadata: { labels: { app: 'c' } },
          spec: { containers: [{ name: 'c' }] },
        },
      },
    })
    const { error, status } = await planned('d.json', daemons)
    expect(error).toContain('found no nodes')
    expect(status).toBe(2)
  })
  it('wants files', async () => {
    expect((await run(['plan'], none)).status).toBe(2)
    const missing = await run(['plan', join(folder, 'missing')], none)
    expect(missing.error).toContain(
      'found nothing there, expected a file or a folder that can be read',
    )
    expect(missing.status).toBe(2)
  })
  it('knows six outputs', async () => {
    const { error, status } = await usable('--output', 'xml')
    expect(error).toContain('Allowed choices are table, wide, json, yaml, csv, markdown.')
    expect(status).toBe(2)
  })
  it('wants a folder with something in it', async () => {
    const empty = mkdtempSync(join(folder, 'empty-'))
    const { error, status } = await run(['plan', empty], none)
    expect(error).toContain('found no documents')
    expect(status).toBe(2)
  })
})
