/**
 * The tests that are to catch the mutants of the lowering: those beside it, and what upstream is
 * recorded to say.
 */
import base from './vitest.plants.js'

export default {
  ...base,
  test: {
    ...base.test,
    include: [
      'packages/kubernetes/src/{config,lower,volume}/**/*.test.ts',
      'packages/testing/src/conformance/upstream.test.ts',
    ],
  },
}
