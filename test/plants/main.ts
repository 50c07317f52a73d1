/**
 * Plants bugs in the kernel's rules, in its index and in the Kubernetes adapter, and prints the
 * bugs that no test catches: `npm run plants -- [PATH ...]`. The bugs are of two kinds:
 *
 * 1. mutants, which are small changes that Stryker makes;
 * 2. plants, which are listed by hand.
 *
 * Paths, or parts of paths, restrict the run to those files. The run fails if too few mutants are
 * caught in total, an uncaught mutant is not listed in `left.ts`, or a plant is not caught.
 */
import { readdirSync } from 'node:fs'
import { byHand } from './by-hand.js'
import { left } from './left.js'
import { mutantsIn, type Area } from './mutant.js'
import { testsFail, tryPlant, type Plant } from './plant.js'
import {
  outcomeLines,
  scoreOf,
  staleLine,
  staleOf,
  survivorLines,
  survivorsOf,
  tableOf,
} from './report.js'

const scoreMin = 90
const areas: readonly Area[] = [
  {
    rooms: ['judge', 'score'].map((room) => `packages/kernel/src/${room}`),
    tsconfig: 'packages/kernel/tsconfig.json',
    tests: '.config/vitest.plants.js',
  },
  {
    rooms: ['packages/kernel/src/index'],
    tsconfig: 'packages/kernel/tsconfig.json',
    tests: '.config/vitest.plants.index.js',
  },
  {
    rooms: ['demand', 'surroundings', 'plugin', 'lower', 'volume', 'registry'].map(
      (room) => `packages/kubernetes/src/${room}`,
    ),
    tsconfig: 'packages/kubernetes/tsconfig.json',
    tests: '.config/vitest.plants.kubernetes.js',
  },
]

const parts = process.argv.slice(2)
const isAsked = (file: string): boolean =>
  parts.length === 0 || parts.some((part) => file.includes(part))

const print = (...lines: readonly string[]): void => console.log(lines.join('\n'))

const sourcesIn = ({ rooms }: Area): readonly string[] =>
  rooms.flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => `${room}/${name}`),
  )

const tryMutants = async (area: Area): Promise<boolean> => {
  const files = sourcesIn(area).filter(isAsked)
  if (files.length === 0) return true
  const mutants = await mutantsIn(area, files)
  const survivors = survivorsOf(mutants, left)
  print('', ...tableOf(mutants))
  for (const survivor of survivors) print('', ...survivorLines(survivor))
  for (const known of staleOf(mutants, left)) print('', staleLine(known))
  const isScored = parts.length > 0 || scoreOf(mutants) >= scoreMin
  return isScored && survivors.every(({ reason }) => reason !== undefined)
}

const tryByHand = async (plants: readonly Plant[]): Promise<boolean> => {
  if (plants.length === 0) return true
  if (await testsFail())
    throw new Error('the tests fail as things are, so they say nothing of plants')
  let all = true
  print('', `Planted by hand: ${plants.length}`, '')
  for (const plant of plants) {
    const outcome = await tryPlant(plant)
    all &&= outcome._tag === 'Caught'
    print(...outcomeLines(plant, outcome))
  }
  return all
}

if (!areas.flatMap(sourcesIn).some(isAsked) && !byHand.some(({ file }) => isAsked(file)))
  throw new Error(`there is nothing to break in ${parts.join(', ')}`)
let mutantsHeld = true
for (const area of areas) mutantsHeld = (await tryMutants(area)) && mutantsHeld
const plantsHeld = await tryByHand(byHand.filter(({ file }) => isAsked(file)))
print(
  '',
  mutantsHeld && plantsHeld
    ? 'Every plant was caught, or is left for a reason.'
    : 'Not every plant was caught.',
)
process.exit(mutantsHeld && plantsHeld ? 0 : 1)
