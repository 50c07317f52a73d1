/**
 * Breaks each rule of the kernel on purpose and prints which plants no test caught: mutants that Stryker makes of the rooms
 * `judge` and `score`, and bugs that were planted by hand. When paths are given, or parts of some, only in those files.
 *
 * It fails when the score is below what is asked, when a survivor is not in `left.ts`, and when a plant by hand is not caught.
 */
import { readdirSync } from 'node:fs'
import { byHand } from './by-hand.js'
import { left } from './left.js'
import { mutantsIn } from './mutant.js'
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

const scoreLeast = 90
const rooms = ['judge', 'score'].map((room) => `packages/kernel/src/${room}`)

const parts = process.argv.slice(2)
const isAsked = (file: string): boolean =>
  parts.length === 0 || parts.some((part) => file.includes(part))

const print = (...lines: readonly string[]): void => console.log(lines.join('\n'))

const tryMutants = async (files: readonly string[]): Promise<boolean> => {
  if (files.length === 0) return true
  const mutants = await mutantsIn(files)
  const survivors = survivorsOf(mutants, left)
  print('', ...tableOf(mutants))
  for (const survivor of survivors) print('', ...survivorLines(survivor))
  for (const known of staleOf(mutants, left)) print('', staleLine(known))
  return scoreOf(mutants) >= scoreLeast && survivors.every(({ reason }) => reason !== undefined)
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

const sources = rooms.flatMap((room) =>
  readdirSync(room)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => `${room}/${name}`),
)
if (!sources.some(isAsked) && !byHand.some(({ file }) => isAsked(file)))
  throw new Error(`there is nothing to break in ${parts.join(', ')}`)
const mutantsHeld = await tryMutants(sources.filter(isAsked))
const plantsHeld = await tryByHand(byHand.filter(({ file }) => isAsked(file)))
print(
  '',
  mutantsHeld && plantsHeld
    ? 'Every plant was caught, or is left for a reason.'
    : 'Not every plant was caught.',
)
process.exit(mutantsHeld && plantsHeld ? 0 : 1)
