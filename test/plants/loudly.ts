/**
 * A reporter for which a file of tests that cannot be loaded is an error of the whole run: such a
 * file has no test that fails, so whoever looks at tests alone goes on without it.
 */
import type { Reporter, TestModule, Vitest } from 'vitest/node'

export const loudly = (): Reporter => {
  let running: Pick<Vitest, 'state'>
  return {
    onInit: (vitest) => {
      running = vitest
    },
    onTestModuleEnd: (module: TestModule) => {
      for (const { message } of module.errors())
        running.state.catchError(
          new Error(`${module.relativeModuleId} cannot be loaded: ${message}`),
          'Load Error',
        )
    },
  }
}
