/**
 * Measures how the running time of `stowage plan` grows with inputs that once stalled it:
 * `npm run bench:hostile -- [WORDS OF A NAME]`. Takes the processor time at a size and at four
 * times that size. The growth per doubling is the square root of the ratio of the two times. It may
 * be at most 2.2, so that the time is about linear in the size.
 */
import { catchDefect } from '../packages/cli/src/command/defect.js'
import { run } from '../packages/cli/src/command/program.js'
import { hostileShapes, type HostileShape } from '../test/hostile/shapes.js'

const growthMax = 2.2
/** In milliseconds. */
const timeMin = 100
const sizeMax = 4_000_000
const rounds = 3

/** Milliseconds of the processor, the least of a few rounds. */
const timeOf = async ({ text, args = ['--nodes', 'm5.large=2'] }: HostileShape, size: number) => {
  const input = text(size)
  let least = Infinity
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage()
    await catchDefect(() => run(['plan', '-', ...args], () => Promise.resolve(input)), {})
    const { user, system } = process.cpuUsage(before)
    least = Math.min(least, (user + system) / 1000)
  }
  return least
}

const words = process.argv.slice(3)
const rows: Readonly<Record<string, string | number>>[] = []
for (const shape of hostileShapes) {
  if (shape.isBounded === true) continue
  if (words.length > 0 && !words.some((word) => shape.name.includes(word))) continue
  let { size } = shape
  // The first runs are slower, as nothing is compiled yet, and little work tells nothing.
  let once = await timeOf(shape, size)
  for (; once < timeMin && size < sizeMax; once = await timeOf(shape, size)) size *= 2
  // Over two doublings, as the collector and other work make one of them uncertain.
  const growth = Math.sqrt((await timeOf(shape, 4 * size)) / (await timeOf(shape, size)))
  rows.push({
    ...{ shape: shape.name, size, ms: Math.round(once) },
    growth: Number(growth.toFixed(2)),
    verdict: growth <= growthMax ? 'met' : 'MISSED',
  })
}
console.table(rows)
