/**
 * A reporter for which a file of tests that cannot be loaded is an error of the whole run: such a file has no test that fails, so
 * whoever looks at tests alone goes on without it.
 */
let vitest

export const loudly = {
  onInit(running) {
    vitest = running
  },
  onTestModuleEnd(module) {
    for (const { message } of module.errors())
      vitest.state.catchError(new Error(`${module.relativeModuleId}: ${message}`), 'Load Error')
  },
}
