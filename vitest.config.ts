import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const source = (name: string): string =>
  fileURLToPath(new URL(`./packages/${name}/src/index.ts`, import.meta.url))
const libraries = ['kernel', 'fargate', 'ecs', 'kubernetes', 'testing']

export default defineConfig({
  resolve: {
    alias: Object.fromEntries(libraries.map((name) => [`@stowage/${name}`, source(name)])),
  },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts', 'bench/**/*.test.ts'],
    environment: 'node',
    testTimeout: 60_000,
    // Nothing here changes a module or the host, so the files of one worker can share what they import.
    isolate: false,
  },
})
