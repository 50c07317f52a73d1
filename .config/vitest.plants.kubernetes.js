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
      'packages/kubernetes/src/{setting,args,config,demand,surroundings,plugin,lower,volume,registry}/**/*.test.ts',
      'packages/testing/src/conformance/upstream.test.ts',
    ],
  },
}
