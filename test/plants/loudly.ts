/**
 * Implements a Vitest reporter that turns a test file that cannot be loaded into an error of the
 * whole run. Otherwise such a file has no failing test, and a run in which it is broken would pass.
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
