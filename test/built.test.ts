/**
 * Tests the built packages in plain Node: every library can be imported as an ES module and
 * required as CommonJS, with the same names and the same answer. Also checks that no library except
 * `testing` imports a module of Node.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const libraries = [
  'kernel',
  'documents',
  'fargate',
  'ecs',
  'kubernetes',
  'workbench',
  'simulator',
  'optimizer',
  'testing',
] as const
/** Libraries without a host, which stay apart from what is built. */
const parsers = ['jsonc-parser', 'yaml']
const pure = [
  ...(['kernel', 'documents', 'fargate', 'ecs', 'kubernetes', 'workbench'] as const),
  ...(['simulator', 'optimizer'] as const),
]

const node = (code: string, type: 'module' | 'commonjs'): unknown =>
  JSON.parse(
    execFileSync(process.execPath, [`--input-type=${type}`, '--eval', code], { encoding: 'utf8' }),
  )

/** What can be imported: each library, and what two of them have beside. */
const entries = [...libraries, 'kernel/plain', 'testing/conformance'] as const
const builtAs = (entry: string): string => {
  const [library, name = 'index'] = entry.split('/')
  return `packages/${library!}/dist/${name}`
}

const names = 'console.log(JSON.stringify(Object.keys(library).sort()))'

it.each(entries)('%s gives the same names to import and to require', (library) => {
  const imported = node(`import * as library from '@stowage/${library}'; ${names}`, 'module')
  const required = node(`const library = require('@stowage/${library}'); ${names}`, 'commonjs')
  expect(imported).not.toEqual([])
  expect(required).toEqual(imported)
})

const question = `
  const { planOnNodes, readKubernetes } = library
  const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'a' }, status: { allocatable: { cpu: '2', pods: '9' } } }
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { containers: [{ name: 'c' }] } }
  const read = readKubernetes([node, pod].map((value) => ({ from: 'here', value })))
  console.log(JSON.stringify(planOnNodes(read.right).plan.nodes[0].holds))
`

it('answers the same either way', () => {
  const answer = [{ name: 'default/web', count: 1 }]
  const script = `import * as library from '@stowage/kubernetes'; ${question}`
  expect(node(script, 'module')).toEqual(answer)
  expect(node(`const library = require('@stowage/kubernetes'); ${question}`, 'commonjs')).toEqual(
    answer,
  )
})

it.each([...pure, 'kernel/plain', 'testing/conformance'])(
  '%s asks nothing of the host',
  (library) => {
    for (const format of ['js', 'cjs']) {
      const built = readFileSync(`${builtAs(library)}.${format}`, 'utf8')
      const needed = [...built.matchAll(/(?:from |require\()["']([^"']+)["']/g)].map(
        ([, name]) => name,
      )
      const allowed = (name: string) =>
        name.startsWith('@stowage/') || name === `./index.${format}` || parsers.includes(name)
      expect(needed.filter((name) => !allowed(name!))).toEqual([])
    }
  },
)

it.each([...libraries, 'cli'])('%s carries the licence and the notice', (library) => {
  for (const file of ['LICENSE', 'NOTICE'])
    expect(readFileSync(`packages/${library}/dist/${file}`, 'utf8')).toBe(
      readFileSync(file, 'utf8'),
    )
})

interface SourceMap {
  readonly sources: readonly string[]
  readonly sourcesContent?: readonly (string | null)[]
}

/** The built scripts of a package, in all folders of its `dist`. */
const scriptsOf = (library: string): readonly string[] =>
  readdirSync(`packages/${library}/dist`, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.c?js$/.test(file))
    .map((file) => `packages/${library}/dist/${file}`)

const mapOf = (script: string): SourceMap =>
  JSON.parse(readFileSync(`${script}.map`, 'utf8')) as SourceMap

/** The packages of the registry whose code is in a script: `fp-ts`, `@scope/name`. */
const bundledIn = ({ sources }: SourceMap): readonly string[] =>
  sources.flatMap((path) => {
    const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? []
    return name === undefined ? [] : [name]
  })

/** The libraries of a notice: lines of a name, a licence and a copyright. */
const noticed = [
  ...readFileSync('NOTICE', 'utf8').matchAll(/^ {2}(\S+) +[A-Z][\w-]* +Copyright/gm),
].map(([, name]) => name!)

it.each([...libraries, 'cli'])('%s has a source map with the sources of each script', (library) => {
  const scripts = scriptsOf(library)
  expect(scripts).not.toEqual([])
  for (const script of scripts) {
    expect(readFileSync(script, 'utf8')).toMatch(/\n\/\/# sourceMappingURL=\S+\.map\n?$/)
    const { sources, sourcesContent = [] } = mapOf(script)
    expect(sources.filter((_, at) => typeof sourcesContent[at] !== 'string')).toEqual([])
  }
})

describe('the notice', () => {
  it.each([...libraries, 'cli'])('names what is bundled into %s', (library) => {
    const bundled = new Set(scriptsOf(library).flatMap((script) => bundledIn(mapOf(script))))
    expect([...bundled].filter((name) => !noticed.includes(name))).toEqual([])
  })
  it('names what the page of the playground needs', () => {
    const needed = ['playground', 'workbench'].flatMap((name) => {
      const text = readFileSync(`packages/${name}/package.json`, 'utf8')
      const { dependencies } = JSON.parse(text) as {
        dependencies: Readonly<Record<string, string>>
      }
      return Object.keys(dependencies)
    })
    const others = needed.filter((name) => !name.startsWith('@stowage/'))
    expect(others).not.toEqual([])
    expect(others.filter((name) => !noticed.includes(name))).toEqual([])
  })
  it('names nothing else', () => {
    const bundled = libraries.flatMap((library) =>
      scriptsOf(library).flatMap((script) => bundledIn(mapOf(script))),
    )
    expect(noticed.filter((name) => !bundled.includes(name)).sort()).toEqual(
      ['jsonc-parser', 'preact', 'yaml'].sort(),
    )
  })
  it('would miss a package that is bundled and not named', () => {
    const sources = ['../src/index.ts', '../../../node_modules/left-pad/index.js']
    expect(bundledIn({ sources }).filter((name) => !noticed.includes(name))).toEqual(['left-pad'])
  })
})

it.each(entries)('%s has types for both', (library) => {
  expect(existsSync(`${builtAs(library)}.d.ts`)).toBe(true)
  expect(existsSync(`${builtAs(library)}.d.cts`)).toBe(true)
})
