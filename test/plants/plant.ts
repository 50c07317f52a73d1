/**
 * Plants a bug in a source file, and runs the tests to see whether one fails. The text is replaced
 * only in memory, while the tests load the file.
 */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { startVitest } from 'vitest/node'

export interface Plant {
  readonly file: string
  /** Occurs exactly once in the file. */
  readonly find: string
  readonly replace: string
  /** What is wrong then. */
  readonly why: string
}

export type Outcome =
  | { readonly _tag: 'Caught' }
  | { readonly _tag: 'Uncaught' }
  | { readonly _tag: 'Stale'; readonly times: number }

/**
 * Runs the tests with the bug, until one fails: first those beside the file, which most often do.
 */
export const tryPlant = async (plant: Plant): Promise<Outcome> => {
  const times = readFileSync(plant.file, 'utf8').split(plant.find).length - 1
  if (times !== 1) return { _tag: 'Stale', times }
  const beside = plant.file.replace(/\.ts$/, '.test.ts')
  const isCaught = (existsSync(beside) && (await testsFail(plant, beside))) || testsFail(plant)
  return { _tag: (await isCaught) ? 'Caught' : 'Uncaught' }
}

const allTests = 'packages/{kernel,testing}/src/**/*.test.ts'

/**
 * Whether a test fails, with a plant or as things are. A plant that cannot be loaded fails none.
 */
export const testsFail = async (plant?: Plant, tests = allTests): Promise<boolean> => {
  const vitest = await startVitest(
    'test',
    [],
    {
      config: '.config/vitest.plants.js',
      include: [tests],
      watch: false,
      bail: 1,
      maxWorkers: 2,
      reporters: [{}],
      onConsoleLog: () => false,
    },
    { plugins: plant === undefined ? [] : [planting(plant)] },
  )
  const fails = vitest.state
    .getTestModules()
    .some((module) => !module.children.allTests('failed').next().done)
  await vitest.close()
  return fails
}

const planting = ({ file, find, replace }: Plant) => {
  const path = resolve(file)
  return {
    name: 'planting',
    enforce: 'pre' as const,
    transform: (code: string, id: string) =>
      id === path ? code.replace(find, () => replace) : null,
  }
}
