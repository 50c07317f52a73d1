/**
 * Tests which files are read for a path (file, folder, link or pipe), and the names that they get
 * in messages.
 */
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readTexts, readTextSet, standardInput } from './files.js'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stowage-files-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const none = (): Promise<string> => Promise.resolve('')
const at = (name: string): string => join(folder, name)
const write = (...names: readonly string[]): void => {
  for (const name of names) writeFileSync(at(name), name)
}
/** The names of what was read, or of what could not be, without the folder. */
const names = async (...paths: readonly string[]): Promise<E.Either<unknown, unknown>> => {
  const within = (name: string): string => name.replace(`${folder}/`, '')
  return pipe(
    await readTexts(paths, none),
    E.bimap(
      (bad) => bad.map(({ from, found }) => [within(from), found]),
      (texts) => texts.map(({ file }) => within(file)),
    ),
  )
}

describe('a folder', () => {
  it('is read to the bottom, in code units, without what is beside a project', async () => {
    for (const name of ['b', 'node_modules', '.git', 'b/node_modules']) mkdirSync(at(name))
    write('a.yaml', 'Z.json', 'b/c.yml', 'ä.yaml', 'notes.txt')
    write('node_modules/x.json', '.git/x.yaml', 'b/node_modules/x.yaml')
    expect(await names(folder)).toEqual(E.right(['Z.json', 'a.yaml', 'b/c.yml', 'ä.yaml']))
  })
  it('that is a cloud assembly of the AWS CDK has a manifest, templates and lists of assets, while assets are passed over', async () => {
    for (const name of ['cdk.out', 'cdk.out/asset.1', 'cdk.out/assembly-Prod']) mkdirSync(at(name))
    write('cdk.out/cdk.out', 'cdk.out/manifest.json', 'cdk.out/tree.json', 'app.json')
    write('cdk.out/A.template.json', 'cdk.out/A.assets.json', 'cdk.out/asset.1/package.json')
    write('cdk.out/assembly-Prod/cdk.out', 'cdk.out/assembly-Prod/B.template.json')
    expect(await names(folder)).toEqual(
      E.right([
        ...['app.json', 'cdk.out/A.assets.json', 'cdk.out/A.template.json'],
        ...['cdk.out/assembly-Prod/B.template.json', 'cdk.out/manifest.json'],
      ]),
    )
  })
  it('has lines of JSON, and templates of CloudFormation by what they hold', async () => {
    write('a.jsonl', 'b.ndjson')
    writeFileSync(at('c.template'), 'Resources:\n  Web: {Type: AWS::ECS::Service}\n')
    writeFileSync(at('d.template'), '{ "Resources": {} }')
    writeFileSync(at('nginx.conf.template'), 'server { listen ${PORT}; }')
    writeFileSync(at('bytes.template'), Buffer.from([0xff, 0x00, 0x80]))
    expect(await names(folder)).toEqual(
      E.right(['a.jsonl', 'b.ndjson', 'c.template', 'd.template']),
    )
    expect(await names(at('nginx.conf.template'))).toEqual(E.right(['nginx.conf.template']))
  })
  it('tells of its other files by their suffix, but not of what is beside a project', async () => {
    for (const name of ['b', 'node_modules', 'cdk.out']) mkdirSync(at(name))
    write('a.yaml', 'z.md', 'b/c.md', 'Makefile', '.env', 'x.template', 'node_modules/x.js')
    write('cdk.out/cdk.out', 'cdk.out/manifest.json', 'cdk.out/tree.json')
    const read = await readTextSet([folder], none)
    expect(E.isRight(read) && read.right.ignored).toEqual([
      { from: at('.env'), kind: '.env' },
      { from: at('Makefile'), kind: 'Makefile' },
      { from: at('b/c.md'), kind: '*.md' },
      { from: at('x.template'), kind: '*.template' },
      { from: at('z.md'), kind: '*.md' },
    ])
  })
  it('has pipes, which are passed over, and links, which are followed to files alone', async () => {
    mkdirSync(at('b'))
    mkdirSync(at('c.yaml'))
    write('b/file', 'c.yaml/d.yaml')
    execFileSync('mkfifo', [at('pipe.yaml')])
    symlinkSync(at('b/file'), at('link.yaml'))
    symlinkSync(folder, at('b/round.yaml'))
    expect(await names(folder)).toEqual(E.right(['c.yaml/d.yaml', 'link.yaml']))
  })
  it('reports what can not be read under its own path', async () => {
    write('a.yaml')
    writeFileSync(at('latin.yaml'), Uint8Array.of(0x6e, 0x3a, 0xfc))
    symlinkSync(at('missing'), at('link.yaml'))
    expect(await names(folder)).toEqual(
      E.left([
        ['link.yaml', 'nothing there'],
        ['latin.yaml', 'bytes that are not UTF-8'],
      ]),
    )
  })
})

describe('a path', () => {
  it('may be a pipe', async () => {
    execFileSync('mkfifo', [at('pipe')])
    spawn('sh', ['-c', 'echo "kind: Pod" > "$0"', at('pipe')])
    expect(await readTexts([at('pipe')], none)).toEqual(
      E.right([{ file: at('pipe'), text: 'kind: Pod\n' }]),
    )
  })
  it('is the same file however it is spelt, and goes by its first spelling', async () => {
    write('m.yaml')
    symlinkSync(at('m.yaml'), at('n.yaml'))
    const [absolute, dotted] = [at('m.yaml'), `./${relative('.', at('m.yaml'))}`]
    const file = async (...paths: string[]): Promise<unknown> => await readTexts(paths, none)
    const once = (spelt: string): unknown => E.right([{ file: spelt, text: 'm.yaml' }])
    expect(await file(absolute, dotted, folder)).toEqual(once(absolute))
    expect(await file(dotted, at('n.yaml'), absolute)).toEqual(once(dotted))
  })
  it('reads standard input once', async () => {
    let times = 0
    const read = await readTexts(['-', '-'], () => Promise.resolve(String(++times)))
    expect(read).toEqual(E.right([{ file: standardInput, text: '1' }]))
  })
  it('may be wrong beside others, and all that are come back', async () => {
    write('a.yaml')
    const nothing = 'nothing there'
    expect(await names(at('x'), at('a.yaml'), at('y'))).toEqual(
      E.left([
        ['x', nothing],
        ['y', nothing],
      ]),
    )
  })
})

it('reports standard input that is no text', async () => {
  const broken = (): Promise<string> => Promise.reject(new TypeError('not UTF-8'))
  expect(await readTexts(['-'], broken)).toMatchObject({
    left: [{ from: standardInput, found: 'bytes that are not UTF-8' }],
  })
})
