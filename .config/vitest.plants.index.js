/** The tests that are to catch the mutants of `index`: those beside it. */
import base from './vitest.plants.js'

export default {
  ...base,
  test: { ...base.test, include: ['packages/kernel/src/index/**/*.test.ts'] },
}
