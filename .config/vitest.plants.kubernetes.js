/**
 * Configures Vitest for the mutation tests of the code that translates pods and nodes to rules of
 * the kernel. Runs only the tests beside that code, and the comparison with recorded answers of
 * kube-scheduler.
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
