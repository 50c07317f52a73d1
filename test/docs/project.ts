/**
 * Lists the project's files that the tests of the docs need: the root folder, the source of each
 * package, the npm scripts, and the Markdown pages (`docs` and the READMEs).
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))
export const shared = resolve(root, process.env['STOWAGE_SHARED'] ?? '../shared')

/** Where other runtimes are, once `npm run install-runtimes` has brought them. */
export const runtimes = join(root, 'test/runtimes/node_modules')

/**
 * The sources behind each package name, so that a page is tried against what is written, not
 * against what was built.
 */
export const library: Record<string, string> = {
  ...Object.fromEntries(
    [
      ...['kernel', 'documents', 'fargate', 'ecs', 'kubernetes', 'workbench'],
      ...['simulator', 'optimizer', 'testing'],
    ].map((name) => [`@stowage/${name}`, join(root, 'packages', name, 'src/index.ts')]),
  ),
  '@stowage/kernel/plain': join(root, 'packages/kernel/src/plain.ts'),
  '@stowage/testing/conformance': join(root, 'packages/testing/src/conformance.ts'),
}

export const textOf = (path: string): string => readFileSync(join(root, path), 'utf8')

export const { scripts } = JSON.parse(textOf('package.json')) as {
  readonly scripts: Readonly<Record<string, string>>
}

const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.md'))
  .map((path) => `docs/${path}`)
  .sort()
const readmes = readdirSync(join(root, 'packages')).map((name) => `packages/${name}/README.md`)
export const pages: readonly string[] = ['README.md', ...docs, ...readmes].filter((path) =>
  existsSync(join(root, path)),
)
