/**
 * Configures Vitest for the mutation tests of two folders of the kernel, `judge` (filters) and
 * `score`. Runs only the tests that evaluate filters or scores or place replicas: those of the
 * folders `rule`, `judge`, `score`, `place` and `index`.
 */
import base from '../vitest.config.ts'
import { loudly } from '../test/plants/loudly.ts'

export default {
  ...base,
  // Vitest starts with what failed last, which is most often what catches the next plant: it keeps
  // that here.
  cacheDir: '.stryker/cache',
  test: {
    ...base.test,
    include: ['packages/kernel/src/{rule,judge,score,place,index}/**/*.test.ts'],
    setupFiles: ['test/plants/seed.ts'],
    reporters: [loudly()],
    // Once a file has caught the plant, no other is loaded.
    isolate: true,
  },
}
