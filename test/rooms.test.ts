/**
 * The arrows between rooms and between packages are true of the sources as they stand, and each
 * check is seen to fail: every planted violation is reported, and its lawful neighbour is not.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { checks, type Sources } from './rooms/check.js'

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
const each = (files: Files): readonly Files[] =>
  Object.entries(files).map((file) => Object.fromEntries([file]))
const imports = (name: string): string => `import type {\n  One,\n} from '${name}'`

const planted: Readonly<Record<keyof typeof checks, Planted>> = {
  kernelArrows: {
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
      'packages/fargate/src/size.ts': imports('io-ts'),
      'packages/ecs/src/words/a.ts': imports('@stowage/kubernetes'),
      'packages/kubernetes/src/words/a.ts': imports('node:fs'),
      'packages/testing/src/cluster.ts': imports('fs/promises'),
      'packages/testing/src/node.ts': imports('vitest'),
    }),
    right: {
      'packages/kernel/src/rule/a.ts': imports('fp-ts/lib/Either.js'),
      'packages/ecs/src/words/a.ts': imports('io-ts'),
      'packages/testing/src/cluster.ts': imports('fast-check'),
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
  adapterArrows: {
    wrong: each({
      'packages/ecs/src/words/a.ts': imports('../lower/task.js'),
      'packages/ecs/src/words/b.ts': imports('../raise/task.js'),
      'packages/ecs/src/lower/c.ts': imports('../raise/task.js'),
      'packages/kubernetes/src/raise/d.ts': imports('../lower/pod.js'),
    }),
    right: {
      'packages/ecs/src/lower/a.ts': imports('../words/task.js'),
      'packages/ecs/src/raise/b.ts': imports('../lower/reasons.js'),
      'packages/ecs/src/raise/c.ts': imports('../words/task.js'),
      'packages/ecs/src/service/d.ts': imports('../raise/task.js'),
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

it('has read the packages', () => {
  expect([...written.keys()]).toContain('packages/kernel/src/index.ts')
})
