/**
 * Tests the packages as users install them: packs all packages, installs them into an empty
 * project, and imports them there from ES modules and from CommonJS, with types and without. Also
 * checks the packed files by the tools publint and are-the-types-wrong.
 */
import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blocksOf, fencesIn } from './docs/fences.js'

const project = mkdtempSync(join(tmpdir(), 'stowage-install-'))
const clone = mkdtempSync(join(tmpdir(), 'stowage-clone-'))
const run = (command: string, args: readonly string[], cwd: string): string =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

const manifest = (name: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name, resources: { requests: { cpu: '500m' } } }] },
    },
  },
})
const question = `
  const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'one' }, status: { allocatable: { cpu: '2', pods: '9' } } }
  const read = readKubernetes([{ from: 'here', value: node }, { from: 'here', value: ${JSON.stringify(manifest('web'))} }])
  console.log(JSON.stringify(planOnNodes(read.right).plan.nodes[0].holds))
`
const answer = '[{"name":"default/web","count":2}]\n'

const libraries = [
  ...['kernel', 'documents', 'fargate', 'ecs', 'kubernetes', 'workbench'],
  ...['simulator', 'optimizer', 'testing'],
]
const publishedFile =
  /^(package\.json|README\.md|LICENSE|dist\/(LICENSE|NOTICE|sbom\.cdx\.json|.+\.(js|cjs|d\.ts|d\.cts|map))|bin\/stowage\.js|man\/stowage\.1)$/

/** A user's compiler options for each kind of module. */
const users = [
  ['as an ES module', 'user.mts', { module: 'nodenext' }],
  ['as CommonJS', 'user.cts', { module: 'nodenext' }],
  ['for a bundler', 'user.ts', { module: 'esnext', moduleResolution: 'bundler' }],
] as const

describe('an empty project', () => {
  beforeAll(() => {
    writeFileSync(join(project, 'package.json'), '{ "name": "embedding", "private": true }')
    writeFileSync(join(project, 'web.json'), JSON.stringify(manifest('web')))
    run('npm', ['run', '--silent', 'install-into', '--', project], process.cwd())
  }, 120_000)
  afterAll(() => {
    rmSync(project, { recursive: true })
  })

  it('embeds a package by its name, as a module and required', () => {
    const imported = `import { planOnNodes, readKubernetes } from '@stowage/kubernetes'\n${question}`
    const required = `const { planOnNodes, readKubernetes } = require('@stowage/kubernetes')\n${question}`
    expect(run('node', ['--input-type=module', '--eval', imported], project)).toBe(answer)
    expect(run('node', ['--input-type=commonjs', '--eval', required], project)).toBe(answer)
  })

  it('has the command line', () => {
    const plan = run('npx', ['--no', 'stowage', 'plan', 'web.json', '--nodes', 'm5.large'], project)
    expect(plan).toContain('Kubernetes on 1 node: all 2 pods placed')
  })

  it.each(['module', 'commonjs'])('embeds it from a file, where the project is %s', (type) => {
    const folder = mkdtempSync(join(project, 'kind-'))
    const isModule = type === 'module'
    const load = isModule
      ? "import { planOnNodes, readKubernetes } from '@stowage/kubernetes'"
      : "const { planOnNodes, readKubernetes } = require('@stowage/kubernetes')"
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ type }))
    writeFileSync(join(folder, 'main.js'), `${load}\n${question}`)
    expect(run('node', ['main.js'], folder)).toBe(answer)
  })

  it.each(users)(
    'embeds it in TypeScript, %s',
    (_, file, options) => {
      const folder = mkdtempSync(join(project, 'types-'))
      const typed = `import { nodeSpecOf, cpu, type NodeSpec } from '@stowage/kernel'
      import { nodeIds, empty } from '@stowage/kernel/plain'
      import { planOnNodes } from '@stowage/kubernetes'
      import { runTask } from '@stowage/ecs'
      export const spec: NodeSpec = nodeSpecOf('a', [[cpu, 1]])
      export const all: unknown[] = [nodeIds(empty), planOnNodes, runTask]`
      writeFileSync(join(folder, file), typed)
      const compilerOptions = { strict: true, noEmit: true, types: [], ...options }
      writeFileSync(
        join(folder, 'tsconfig.json'),
        JSON.stringify({ compilerOptions, files: [file] }),
      )
      const args = [resolve('node_modules/typescript/lib/tsc.js'), '-p', folder]
      expect(run('node', args, folder)).toBe('')
    },
    180_000,
  )

  describe('the first code of a README', () => {
    const kinds = libraries.flatMap((name) => {
      const readme = readFileSync(`packages/${name}/README.md`, 'utf8')
      const [first] = blocksOf(fencesIn(readme)).filter(({ fence }) => fence.tag === 'ts')
      // What awaits at its top level is a module.
      const all = /^const .*await /m.test(first!.fence.body) ? ['m'] : ['m', 'c']
      return all.map((kind) => ({ name, kind, first: first! }))
    })
    const folder = join(project, 'readmes')

    it('compiles as a module, and as CommonJS', () => {
      mkdirSync(folder)
      // The READMEs of two packages tell to install it beside them.
      const installed = join(project, 'node_modules/fast-check')
      if (!existsSync(installed)) symlinkSync(resolve('node_modules/fast-check'), installed)
      const files = kinds.map(({ name, kind }) => `${name}.${kind}ts`)
      kinds.forEach(({ first }, i) => {
        writeFileSync(join(folder, files[i]!), first.fence.body)
      })
      const compilerOptions = {
        ...{ strict: true, module: 'nodenext', target: 'es2022', types: ['node'] },
        typeRoots: [resolve('node_modules/@types')],
      }
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }))
      const compiler = resolve('node_modules/typescript/lib/tsc.js')
      expect(run('node', [compiler, '-p', folder], folder)).toBe('')
    }, 180_000)

    it.each(kinds)('of $name runs, as a file of kind $kind', ({ name, kind, first }) => {
      const printed = run('node', [`${name}.${kind}js`], folder)
      expect(printed.trimEnd()).toBe(first.output?.trimEnd())
    })
  })

  it('runs the first command of the README of the command line', () => {
    const readme = readFileSync('packages/cli/README.md', 'utf8')
    const first = blocksOf(fencesIn(readme)).find(({ output }) => output !== undefined)!
    const shell = ['-c', `${first.fence.body}\ntrue`]
    expect(run('bash', shell, project).trimEnd()).toBe(first.output?.trimEnd())
  })

  it('keeps internals to itself', () => {
    for (const path of ['kernel/dist/index.js', 'kernel/src/index.ts', 'ecs/dist/index.cjs']) {
      const [status, text] = failed(
        'node',
        ['--input-type=module', '--eval', `import '@stowage/${path}'`],
        project,
      )
      expect([path, status]).toEqual([path, 1])
      expect(text).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED')
    }
  })

  it('has the script of the kernel where mirrors of the registry look for it', () => {
    const folder = join(project, 'node_modules/@stowage/kernel')
    const { unpkg, jsdelivr } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    ) as Readonly<Record<string, string>>
    expect([unpkg, jsdelivr]).toEqual(['./dist/script/kernel.js', './dist/script/kernel.js'])
    expect(readFileSync(join(folder, unpkg!), 'utf8')).toContain('var stowage=')
  })

  it('has the files that were meant to be published, and no others', () => {
    for (const name of [...libraries, 'cli']) {
      const folder = join(project, 'node_modules/@stowage', name)
      const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      const strange = files.filter((path) => !publishedFile.test(path.replaceAll('\\', '/')))
      expect(strange.filter((path) => statSync(join(folder, path)).isFile())).toEqual([])
      expect(files).toEqual(expect.arrayContaining(['README.md', 'dist/LICENSE', 'dist/NOTICE']))
    }
  })

  it.each(libraries)('%s is what a package should be, to publint', async (name) => {
    const pkgDir = join(project, 'node_modules/@stowage', name)
    const { messages, pkg } = await publint({ pkgDir, strict: true, pack: false })
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([])
  })

  it.each(libraries)('%s has types that are right, to are-the-types-wrong', async (name) => {
    const tarball = readdirSync(join(project, 'vendor/stowage')).find((file) =>
      file.startsWith(`stowage-${name}-`),
    )
    const bytes = readFileSync(join(project, 'vendor/stowage', tarball!))
    const result = await checkPackage(createPackageFromTarballData(new Uint8Array(bytes)))
    expect(result.types === false ? 'no types' : result.problems).toEqual([])
  })

  it('names files that go with the project', () => {
    const { dependencies } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
      readonly dependencies: Readonly<Record<string, string>>
    }
    const files = Object.values(dependencies)
    expect(files).toHaveLength(10)
    for (const file of files) expect(file).toMatch(/^file:vendor\/stowage\/stowage-[\w.-]+\.tgz$/)
  })
})

/** The status and the standard error of a command that fails. */
const failed = (
  command: string,
  args: readonly string[],
  cwd: string,
): readonly [number, string] => {
  try {
    run(command, args, cwd)
  } catch (error) {
    const { status, stderr } = error as { readonly status: number; readonly stderr: string }
    return [status, stderr]
  }
  return [0, '']
}

it('says in a line that a clone was not built', () => {
  const bin = join(clone, 'bin')
  mkdirSync(bin, { recursive: true })
  copyFileSync('packages/cli/bin/stowage.js', join(bin, 'stowage.js'))
  writeFileSync(join(clone, 'package.json'), '{ "type": "module" }')
  const [status, text] = failed(process.execPath, [join(bin, 'stowage.js'), '--help'], clone)
  expect([status, text]).toEqual([
    1,
    'stowage: this clone is not built; run `npm install && npm run build` in it first\n',
  ])
  rmSync(clone, { recursive: true })
})

it('installs into no folder that is no project', () => {
  const into = (...args: readonly string[]) =>
    failed(process.execPath, ['.config/install-into.js', ...args], process.cwd())
  expect(into()).toEqual([1, expect.stringContaining('name the folder of a project')])
  expect(into('docs')).toEqual([1, expect.stringContaining('has no package.json')])
  expect(into('packages/cli', 'cube')).toEqual([1, expect.stringContaining('no package cube')])
})
