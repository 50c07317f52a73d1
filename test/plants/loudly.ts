/**
 * Implements a Vitest reporter that makes a run fail if a test file cannot be loaded. Without this
 * reporter, the run would pass, because such a file has no failing test.
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
