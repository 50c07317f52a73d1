/**
 * Configures Vitest for the mutation tests of `packages/kernel/src/index`: runs only the tests in
 * that folder.
 */
import base from './vitest.plants.js'

export default {
  ...base,
  test: { ...base.test, include: ['packages/kernel/src/index/**/*.test.ts'] },
}
