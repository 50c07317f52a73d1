/**
 * Configures Vitest: lists the test files, and resolves the names of our packages to their sources
 * instead of the built packages.
 */
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const source = (name: string, entry = 'index'): string =>
  fileURLToPath(new URL(`./packages/${name}/src/${entry}.ts`, import.meta.url))
const libraries = [
  ...['kernel', 'documents', 'fargate', 'ecs', 'kubernetes', 'workbench'],
  ...['simulator', 'optimizer', 'testing'],
]

export default defineConfig({
  resolve: {
    // The first that fits is taken, and a package's name fits what lies below it.
    alias: Object.fromEntries<string>([
      ['@stowage/kernel/plain', source('kernel', 'plain')],
      ['@stowage/testing/conformance', source('testing', 'conformance')],
      ...libraries.map((name) => [`@stowage/${name}`, source(name)] as const),
    ]),
  },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts', 'bench/**/*.test.ts'],
    environment: 'node',
    testTimeout: 60_000,
    // Nothing here changes a module or the host, so the files of one worker can share what they
    // import.
    isolate: false,
    // One for each core: on two cores the default would be a single one.
    maxWorkers: availableParallelism(),
  },
})
