/**
 * The tests that are to catch the mutants of `judge` and `score`: those that ask for a judgement,
 * or for a decision.
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
