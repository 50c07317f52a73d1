/**
 * Configures Stryker, the mutation testing tool: how the mutants (small bugs made on purpose) are
 * built and run. `npm run plants` starts Stryker with this configuration, and adds which files to
 * mutate and which tests to run.
 */
export default {
  // What the tests need: Vite reads each configuration of TypeScript that is referred to.
  ignorePatterns: [
    '*',
    '!.config/*',
    '!package.json',
    '!vitest.config.ts',
    '!tsconfig.json',
    '!{packages/*,test}/tsconfig.json',
    '!test/plants/{seed,loudly}.ts',
    '!test/recorded.ts',
    '!test/golden/**',
    '!packages/*/src/**',
  ],
  tempDirName: '.stryker/sandbox',
  plugins: ['@stryker-mutator/vitest-runner', '@stryker-mutator/typescript-checker'],
  // What does not compile is no plant: it is a quarter of all mutants, and of those that no test
  // could catch.
  checkers: ['typescript'],
  testRunner: 'vitest',
  coverageAnalysis: 'perTest',
  concurrency: 2,
  // A loop without end is found by how often it runs; the clock is for what hangs elsewhere, and
  // must not fire on a busy machine.
  timeoutMS: 20_000,
  warnings: { slow: false },
  reporters: ['progress-append-only'],
  logLevel: 'warn',
}
