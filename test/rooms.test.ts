/**
 * Checks that the sources obey the rules on imports between rooms (folders of a package) and
 * between packages, and the rules on names. Also tests each check: it must report every planted
 * violation, and must not report similar code that is allowed.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { arrows, rooms } from './rooms/check.js'
import type { Sources } from './rooms/sources.js'
import { publicMax, words } from './rooms/words.js'

const checks = { ...arrows, ...words }

const packages = fileURLToPath(new URL('../packages/', import.meta.url))
const written: Sources = new Map(
  readdirSync(packages, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /^[^/]+\/src\/.*\.ts$/.test(path))
    .map((path) => [`packages/${path}`, readFileSync(`${packages}${path}`, 'utf8')]),
)

type Files = Readonly<Record<string, string>>
interface Planted {
  /** Each is reported once. */
  readonly wrong: readonly Files[]
  readonly right: Files
}
const many = (count: number): Files =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`packages/kernel/src/judge/rule-${i}.ts`, '']),
  )
const exporting = (count: number): string =>
  `export { ${Array.from({ length: count }, (_, i) => `a${i}`).join(', ')} } from './plan/a.js'`
const each = (files: Files): readonly Files[] =>
  Object.entries(files).map((file) => Object.fromEntries([file]))
const imports = (name: string): string => `import type { \n  One, \n } from '${name}'`

const planted: Readonly<Record<keyof typeof checks, Planted>> = {
  roomArrows: {
    wrong: each({
      'packages/kernel/src/rule/a.ts': imports('../judge/fit.js'),
      'packages/kernel/src/judge/fit.ts': "export { place } from '../place/by-book.js'",
      'packages/kernel/src/score/load.ts': "export type One = import('../index/tree.js').Tree",
      'packages/kernel/src/step/fold.ts': imports('../index.js'),
      'packages/kernel/src/plain/find.ts': imports('../plain.js'),
      'packages/kernel/src/place/plan.ts': imports('../plain/result.js'),
    }),
    right: {
      'packages/kernel/src/step/fold.ts': imports('../place/by-book.js'),
      'packages/kernel/src/judge/fit.ts': imports('./limit.js'),
      'packages/kernel/src/index.ts': imports('./step/fold.js'),
      'packages/kernel/src/rule/a.test.ts': imports('../step/fold.js'),
    },
  },
  homeless: {
    wrong: each({
      'packages/kernel/src/invariant.ts': '',
      'packages/kernel/src/engine/tree.ts': '',
      'packages/kernel/src/engine/index.ts': '',
      'packages/ecs/src/units.ts': '',
    }),
    right: {
      'packages/kernel/src/index.ts': '',
      'packages/kernel/src/plain.ts': '',
      'packages/kernel/src/rule/a.ts': '',
      'packages/ecs/src/service/roll.ts': '',
      'packages/cli/src/main.ts': '',
    },
  },
  packageArrows: {
    wrong: each({
      'packages/kernel/src/rule/a.ts': imports('io-ts'),
      'packages/kernel/src/rule/b.ts': imports('@stowage/fargate'),
      'packages/fargate/src/size/size.ts': imports('io-ts'),
      'packages/ecs/src/words/a.ts': imports('@stowage/kubernetes'),
      'packages/kubernetes/src/words/a.ts': imports('node:fs'),
      'packages/workbench/src/text/a.ts': imports('node:fs'),
      'packages/workbench/src/text/b.ts': imports('@stowage/testing'),
      'packages/testing/src/cluster.ts': imports('fs/promises'),
      'packages/testing/src/node.ts': imports('vitest'),
    }),
    right: {
      'packages/kernel/src/rule/a.ts': imports('fp-ts/lib/Either.js'),
      'packages/ecs/src/words/a.ts': imports('io-ts'),
      'packages/testing/src/cluster.ts': imports('fast-check'),
      'packages/workbench/src/text/a.ts': imports('yaml'),
      'packages/cli/src/main.ts': imports('node:fs'),
      'packages/kernel/src/rule/a.test.ts': imports('node:fs'),
      'packages/kernel/src/rule/c.ts': "// export { One } from 'io-ts'",
    },
  },
  deepPaths: {
    wrong: each({
      'packages/ecs/src/lower/a.ts': imports('@stowage/kernel/src/rule/fit.js'),
      'packages/ecs/src/lower/b.ts': imports('../../../kernel/src/index.js'),
    }),
    right: {
      'packages/ecs/src/lower/a.ts': imports('@stowage/kernel'),
      'packages/ecs/src/lower/b.ts': imports('../words/task-size.js'),
      'packages/ecs/src/lower/c.ts': imports('@stowage/kernel/plain'),
    },
  },
  openBarrels: {
    wrong: each({ 'packages/ecs/src/index.ts': "export * from './words/task.js'" }),
    right: { 'packages/ecs/src/index.ts': "export { Task } from './words/task.js'" },
  },
  namelessRooms: {
    wrong: each({
      'packages/ecs/src/utils/sum.ts': '',
      'packages/kernel/src/rule/types.ts': '',
      'packages/kernel/src/rule/helpers.test.ts': '',
    }),
    right: { 'packages/ecs/src/words/instance-types.ts': '' },
  },
  crowdedRooms: {
    wrong: [many(26)],
    right: { ...many(25), 'packages/kernel/src/judge/fit.test.ts': '' },
  },
  folderCycles: {
    wrong: [
      {
        'packages/ecs/src/lower/a.ts': imports('../query/b.js'),
        'packages/ecs/src/query/c.ts': imports('../lower/d.js'),
      },
      {
        'packages/cli/src/show/a.ts': imports('../compare/b.js'),
        'packages/cli/src/compare/c.ts': imports('../view/d.js'),
        'packages/cli/src/view/e.ts': imports('../show/f.js'),
      },
      {
        'packages/kernel/src/index/a.ts': imports('./structures/b.js'),
        'packages/kernel/src/index/structures/c.ts': imports('../d.js'),
      },
    ],
    right: {
      'packages/ecs/src/lower/a.ts': imports('../query/b.js'),
      'packages/ecs/src/lower/a.test.ts': imports('../plan/b.js'),
      'packages/ecs/src/plan/c.ts': imports('../lower/d.js'),
      'packages/ecs/src/index.ts': imports('./plan/c.js'),
    },
  },
  fileCycles: {
    wrong: [
      {
        'packages/ecs/src/plan/a.ts': imports('./b.js'),
        'packages/ecs/src/plan/b.ts': "import { a } from './a.js'",
      },
      {
        'packages/ecs/src/plan/a.ts': imports('./b.js'),
        'packages/ecs/src/plan/b.ts': imports('./c.js'),
        'packages/ecs/src/plan/c.ts': imports('./a.js'),
      },
    ],
    right: {
      'packages/ecs/src/plan/a.ts': imports('./b.js'),
      'packages/ecs/src/plan/b.ts': imports('./c.js'),
      'packages/ecs/src/plan/d.ts': imports('./c.js') + imports('./b.js'),
    },
  },
  homonyms: {
    wrong: [
      {
        'packages/ecs/src/plan/a.ts': 'const total = 1',
        'packages/ecs/src/read/b.ts': 'export const total = 2',
      },
      {
        'packages/ecs/src/plan/a.ts': 'export interface Request {}',
        'packages/ecs/src/read/b.ts': 'type Request = string',
      },
      {
        'packages/ecs/src/plan/a.ts': 'const { one, two } = both',
        'packages/ecs/src/read/b.ts': 'function two() {}',
      },
    ],
    right: {
      'packages/ecs/src/plan/a.ts': 'export interface Task {}\nexport const Task = codec',
      'packages/kubernetes/src/plan/a.ts': 'const total = () => { const inner = 1 }',
      'packages/ecs/src/plan/b.ts': 'const total = () => { const inner = 1 }',
      'packages/ecs/src/plan/b.test.ts': 'const total = 2',
      'packages/kernel/src/cluster/write.ts': 'export const bind = 1',
      'packages/kernel/src/plain/write.ts': 'export const bind = 2',
    },
  },
  participles: {
    wrong: each({
      'packages/ecs/src/plan/a.ts': 'export const asked = 1',
      'packages/ecs/src/plan/b.ts': 'interface Told {}',
      'packages/ecs/src/plan/c.ts': 'export type PodWanting = string',
      'packages/ecs/src/plan/d.ts':
        'export const place = () => { const wanted = 1; return wanted }',
      'packages/ecs/src/plan/e.ts': 'for (const [, told] of all) place(told)',
      'packages/ecs/src/plan/f.ts': 'export const place = () => { interface Kept {} }',
      'packages/ecs/src/plan/g.ts': 'export const place = (asked: string) => asked',
      'packages/ecs/src/plan/h.ts': 'interface Policy { readonly wanted: number }',
    }),
    right: {
      'packages/ecs/src/plan/a.test.ts': 'const asked = 1',
      'packages/ecs/src/plan/b.ts': 'const threshold = 1\nconst meaningful = 2',
    },
  },
  loneWords: {
    wrong: each({
      'packages/ecs/src/plan/a.ts': 'export const sorted = 1',
      'packages/ecs/src/plan/b.ts': 'interface Found {}',
      'packages/ecs/src/plan/c.ts': 'type Changing = string',
      'packages/ecs/src/plan/d.ts': 'export const together = () => 1',
      'packages/ecs/src/plan/e.ts': 'const unwritten = 1',
    }),
    right: {
      'packages/ecs/src/plan/a.test.ts': 'const sorted = 1',
      'packages/ecs/src/plan/b.ts': 'const sortedRows = () => { const found = 1; return found }',
      'packages/ecs/src/plan/c.ts': 'const ring = 1\nconst need = 1\ninterface Packing {}',
      'packages/ecs/src/plan/d.ts': 'const feed = 1\nconst king = 1',
    },
  },
  wideComments: {
    wrong: each({
      'packages/ecs/src/plan/a.ts': `/** ${'wide '.repeat(20)} */`,
      'packages/ecs/src/plan/b.ts': `/**\n * ${'wide '.repeat(20)}\n */`,
      'packages/ecs/src/plan/b.test.ts': `  // ${'wide '.repeat(20)}`,
    }),
    right: { 'packages/ecs/src/plan/a.ts': `// ${'w'.repeat(97)}\nconst a = '${'w'.repeat(97)}'` },
  },
  undocumented: {
    wrong: [
      {
        'packages/ecs/src/index.ts': "export { a } from './plan/a.js'",
        'packages/ecs/src/plan/a.ts': '/** The header. */\n\nimport b from "b"\nexport const a = 1',
      },
      {
        'packages/ecs/src/index.ts': "export { type A as B } from './plan/a.js'",
        'packages/ecs/src/plan/a.ts': '/** Another. */\nconst b = 1\nexport interface A {}',
      },
      { 'packages/ecs/src/index.ts': "export { a } from './plan/missing.js'" },
    ],
    right: {
      'packages/ecs/src/index.ts': "export { a, type A as B } from './plan/a.js'",
      'packages/ecs/src/plan/a.ts':
        '/** One. */\nexport const a = 1\n/** Two. */\nexport interface A {}\nexport const c = 1',
    },
  },
  sharedNames: {
    wrong: [
      {
        'packages/ecs/src/index.ts': "export { planOf } from './plan/a.js'",
        'packages/kubernetes/src/index.ts': "export { type planOf } from './plan/a.js'",
      },
      {
        'packages/ecs/src/index.ts': "export { planOf } from './plan/a.js'",
        'packages/testing/src/conformance.ts': "export { b as planOf } from './plan/a.js'",
      },
    ],
    right: {
      'packages/kernel/src/index.ts': "export { bind } from './cluster/write.js'",
      'packages/kernel/src/plain.ts': "export { bind } from './plain/write.js'",
      'packages/ecs/src/index.ts': "export { bind as bindTask } from './plan/a.js'",
    },
  },
  shadowing: {
    wrong: each({
      'packages/ecs/src/index.ts': "export { type Document } from './plan/a.js'",
      'packages/kernel/src/index.ts': "export { stop } from './plan/a.js'",
      'packages/testing/src/index.ts': "export { Parameters } from './plan/a.js'",
    }),
    right: {
      'packages/ecs/src/index.ts': "export { Document as SourceDocument } from './plan/a.js'",
      'packages/ecs/src/plan/a.ts': 'export interface Document {}',
    },
  },
  crowdedEntries: {
    wrong: [{ 'packages/ecs/src/index.ts': exporting(publicMax + 1) }],
    right: {
      'packages/ecs/src/index.ts': exporting(publicMax),
      'packages/kernel/src/plain.ts': exporting(10),
    },
  },
}

describe.each(Object.entries(checks))('%s', (name, check) => {
  const { wrong, right } = planted[name as keyof typeof checks]

  it('holds in the packages', () => {
    expect(check(written)).toEqual([])
  })

  it.each(wrong.map((files) => [Object.keys(files)[0], files] as const))(
    'is refuted by %s',
    (_, files) => {
      expect(check(new Map(Object.entries(files)))).toHaveLength(1)
    },
  )

  it('lets the lawful through', () => {
    expect(check(new Map(Object.entries(right)))).toEqual([])
  })
})

/** The rooms that a page lists for a package: the first column of the table under its name. */
const roomsOnPage = (page: string, name: string): readonly string[] => {
  const section = page.split(/^### /m).find((text) => text.startsWith(`${name}\n`)) ?? ''
  return [...section.matchAll(/^\| `([\w-]+)` /gm)].map(([, room]) => room!)
}

describe('the map', () => {
  const page = readFileSync('docs/architecture.md', 'utf8')

  it.each(Object.entries(rooms))('has every room of %s, in order', (name, order) => {
    expect(roomsOnPage(page, name)).toEqual(order)
  })

  it('is refuted by a room that is missing, and by two that changed places', () => {
    const [first = '', second = ''] = rooms['ecs'] ?? []
    const without = page.replace(new RegExp(`^\\| \`${first}\` .*\\n`, 'm'), '')
    expect(roomsOnPage(without, 'ecs')).toEqual(rooms['ecs']?.slice(1))
    const swapped = page.replace(`| \`${first}\` `, '| `x` ').replace(`| \`${second}\` `, '| `y` ')
    expect(roomsOnPage(swapped, 'ecs').slice(0, 2)).not.toEqual([first, second])
  })
})

/** The tests, the benches and the configuration, which stand in no package. */
const outside: Sources = new Map(
  ['test', 'bench', '.config'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
      .filter((path) => /\.(ts|js)$/.test(path) && !path.includes('/node_modules/'))
      .map((path) => [path, readFileSync(path, 'utf8')] as const),
  ),
)

it('comments are narrow outside of the packages too', () => {
  expect([...outside.keys()]).toContain('bench/world.ts')
  expect(words.wideComments(outside)).toEqual([])
})

it('has read the packages', () => {
  expect([...written.keys()]).toContain('packages/kernel/src/index.ts')
})
