/**
 * Checks the built packages: every library can be imported as an ES module and required as CommonJS
 * in plain Node, both give the same names and the same answer, and the libraries other than
 * `testing` import nothing of Node.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

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

it.each(entries)('%s has types for both', (library) => {
  expect(existsSync(`${builtAs(library)}.d.ts`)).toBe(true)
  expect(existsSync(`${builtAs(library)}.d.cts`)).toBe(true)
})
