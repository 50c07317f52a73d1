/**
 * Tests every answer in every format: its JSON matches its schema and has no field outside of the
 * schema, its YAML reads the same in YAML 1.1 and 1.2, and its CSV is one table.
 */
import { existsSync, readdirSync } from 'node:fs'
import { answerSchemas } from '@stowage/workbench'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { run } from './program.js'

const none = (): Promise<string> => Promise.resolve('')

/** The schema with all objects that have named fields closed: a field without a schema is found. */
const closed = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const fields = Object.fromEntries(
    Object.entries(schema).map(([name, one]) => [name, closed(one)]),
  )
  return 'properties' in schema && 'type' in schema
    ? { ...fields, additionalProperties: false }
    : fields
}

const ajv = new Ajv2020({ strict: true, allErrors: true })
const checks = Object.fromEntries(
  Object.entries(answerSchemas).map(([name, schema]) => [
    name,
    ajv.compile(closed({ ...schema, $id: `${name}-closed` }) as object),
  ]),
)
const wrongWith = (name: string, value: unknown): unknown => {
  const check = checks[name]
  return check?.(value) === true ? [] : (check?.errors ?? `no schema ${name}`)
}

const shop = 'docs/examples/shop'
const priced = ['--prices', 'docs/prices/us-east-1.yaml']
const machines = ['--nodes', 'm5.large=3', '--trunking']
const examples = 'docs/examples/autoscale'
const calls: readonly (readonly [schema: string, args: readonly string[]])[] = [
  ['plan', ['plan', shop, ...machines, '--fargate']],
  ['plan', ['plan', shop, '--nodes', 't3.small']],
  ['plan', ['plan', 'docs/examples/dump.json']],
  ['plan', ['plan', 'docs/examples/running']],
  ['plan', ['plan', 'docs/examples/cloudformation', '--nodes', 'm5.large=2', '--trunking']],
  ['plan', ['plan', shop, 'docs/examples/shop-on-fargate', ...machines]],
  [
    'comparison',
    ['plan', `${shop}/ecs`, '--compare', '--prices', 'docs/examples/prices.yaml', ...machines],
  ],
  ['comparison', ['plan', `${shop}/ecs`, '--compare', '--nodes', 't3.small']],
  ['explanation', ['explain', 'pod/urgent', 'docs/examples/dump.json']],
  ['explanation', ['explain', 'payments', shop, ...machines]],
  ['explanation', ['explain', 'payments', shop, '--fargate']],
  ['explanation', ['explain', 'storefront', `${shop}/kubernetes`, '--nodes', 't3.small']],
  ['plan', ['plan', 'docs/examples/dump.json', '--only', 'pending', '-n', 'shop']],
  ['plan', ['plan', 'docs/examples/dump.json', '--summary']],
  ['capacity', ['capacity', 'docs/examples/dump.json']],
  ['headroom', ['capacity', shop, ...machines, '--of', 'storefront']],
  ['headroom', ['capacity', 'docs/examples/dump.json', '--of', 'urgent']],
  ['plan', ['plan', shop, ...machines, '--fargate', ...priced]],
  ['plan', ['plan', 'docs/examples/dump.json', '--summary', ...priced]],
  ['difference', ['diff', 'docs/examples/dump.json', '--without-node', 'node-1', ...priced]],
  [
    'difference',
    ['diff', `${shop}/ecs`, '--change', shop, ...machines, '--add-nodes', 'm5.large', '--fargate'],
  ],
  ['provision', ['provision', `${shop}/kubernetes`, '--types', 'm5', ...priced]],
  ['consolidation', ['consolidate', 'docs/examples/consolidate/cluster.yaml', ...priced]],
  ['types', ['types', 'm5*', ...priced]],
  ['types', ['types', 'g*']],
  [
    'autoscale',
    ['autoscale', `${examples}/kubernetes.yaml`, '--metric', `${examples}/requests.csv`],
  ],
  ['autoscale', ['autoscale', `${examples}/ecs.json`, '--metric', `${examples}/cpu.json`]],
  ['query', ['query', 'runningTasksCount >= 0', 'docs/examples/running', '--nodes', 'm5.large']],
]

const printed = async (args: readonly string[], output: string): Promise<string> => {
  const { out, error } = await run([...args, '--output', output], none)
  expect(error).toBe('')
  return out
}

describe.each(calls)('%s: %j', (schema, args) => {
  it('is JSON as its schema says', async () => {
    const answer = JSON.parse(await printed(args, 'json')) as object
    expect(answer).toMatchObject({ version: 1 })
    expect(wrongWith(schema, answer)).toEqual([])
  })
  it('is the same in YAML of both versions', async () => {
    const answer = JSON.parse(await printed(args, 'json')) as object
    const yaml = await printed(args, 'yaml')
    expect(parse(yaml)).toEqual(answer)
    expect(parse(yaml, { version: '1.1' })).toEqual(answer)
  })
  it('is one table in CSV, and has no other lines', async () => {
    const records = (await printed(args, 'csv')).trimEnd().split('\r\n')
    const fields = records.map((record) => record.replace(/"([^"]|"")*"/g, 'x').split(',').length)
    expect(records.length).toBeGreaterThan(1)
    expect(new Set(fields).size).toBe(1)
  })
  it('is Markdown whose tables have as many cells in every row', async () => {
    const rows = (await printed(args, 'markdown'))
      .split('\n')
      .filter((line) => line.startsWith('|'))
    const cells = rows.map((row) => row.split(/(?<!\\)\|/).length)
    expect(rows.length > 1).toBe(!args.includes('explain') || !args.includes('--fargate'))
    for (const [i, row] of rows.entries())
      if (/^\| ---/.test(row)) expect(cells[i - 1]).toBe(cells[i])
  })
})

describe('the schemas', () => {
  it('tell an answer that is not as they say', async () => {
    const answer = JSON.parse(await printed(['plan', ...calls[0]![1].slice(1)], 'json')) as object
    expect(wrongWith('plan', { ...answer, version: 2 })).not.toEqual([])
    expect(wrongWith('plan', { ...answer, plans: [{}] })).not.toEqual([])
    expect(wrongWith('plan', { ...answer, further: 1 })).not.toEqual([])
  })
  it('are printed by name, and are valid', async () => {
    for (const name of Object.keys(answerSchemas)) {
      const { out, status } = await run(['schema', name], none)
      expect(status).toBe(0)
      expect(new Ajv2020().validateSchema(JSON.parse(out) as object)).toBe(true)
    }
    expect((await run(['schema', 'plans'], none)).status).toBe(2)
  })
})

/** Cases of every kind of document, where the recorded data is there. */
const cases = '../shared/cases'
const folders = ['ecs', 'kubernetes'].map((name) => `${cases}/${name}`)
const files = folders
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder).map((file) => `${folder}/${file}`))
  .filter((file) => /\.(json|ya?ml)$/.test(file))

it.skipIf(files.length === 0)(
  'the recorded cases are as the schema says (skipped without the shared cases)',
  async () => {
    const wrong: unknown[] = []
    for (const file of files) {
      const args = ['plan', file, '--nodes', 'c5.xlarge=2', '--fargate', '--output', 'json']
      const { out, status } = await run(args, none)
      if (status !== 2)
        wrong.push(...[wrongWith('plan', JSON.parse(out))].flat().map((e) => [file, e]))
    }
    expect(wrong).toEqual([])
  },
)

describe('how an answer is printed', () => {
  const args = ['plan', `${shop}/kubernetes`, '--nodes', 'm5.large=4']
  it('has colours and bars on a terminal, and neither in a pipe', async () => {
    const host = { environment: {}, tell: () => undefined }
    const onTerminal = await run(args, none, { ...host, columns: 120 })
    expect(onTerminal.out).toContain('\u001b[1mNODE')
    expect(onTerminal.out).toContain('█')
    expect((await run(args, none, host)).out).toBe((await run(args, none)).out)
    const piped = (await run(args, none)).out
    expect([piped.includes('\u001b'), piped.includes('█')]).toEqual([false, false])
    const without = await run([...args, '--color', 'never'], none, { ...host, columns: 120 })
    expect(without.out).not.toContain('\u001b')
    expect((await run([...args, '--output', 'wide'], none)).out).not.toContain('█')
    const always = await run([...args, '--color', 'always'], none)
    expect(always.out).toContain('\u001b[1mNODE')
  })
  it('is never cut with wide, and has the places of every workload', async () => {
    const host = { environment: {}, tell: () => undefined, columns: 40 }
    const { out } = await run([...args, '--output', 'wide', '--color', 'never'], none, host)
    expect(out).toContain(
      'shop/accounts, shop/checkout, shop/products, shop/search, shop/storefront',
    )
    expect(out).toMatch(/shop\/cart +2 +m5\.large-3, m5\.large-4/)
  })
  it('is not there with --quiet; the status is', async () => {
    expect(await run([...args, '--quiet'], none)).toEqual({ out: '', error: '', status: 0 })
    const full = await run(['plan', shop, '--nodes', 't3.small', '--quiet'], none)
    expect(full).toEqual({ out: '', error: '', status: 1 })
  })
  it('is a failure with warnings under --strict alone', async () => {
    const warned = ['plan', `${shop}/kubernetes`, '--fargate']
    expect((await run(warned, none)).status).toBe(0)
    const { error, status } = await run([...warned, '--strict'], none)
    expect(status).toBe(1)
    expect(error).toMatch(/^stowage: \d+ warnings count under --strict, status 1\n$/)
    expect((await run([...args, '--strict'], none)).status).toBe(0)
  })
})
