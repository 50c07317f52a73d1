/**
 * Measures how time and work of the command line grow with inputs that once stalled it: `npm run
 * bench:hostile -- [WORDS OF A NAME]`. Takes the processor time of each input at its size and at
 * four times that size; the square root of their ratio, which is the growth per doubling, may be at
 * most 2.2. So may the growth of the work, in executed blocks of code, when the size is doubled.
 */
import { catchDefect } from '../packages/cli/src/command/defect.js'
import { run } from '../packages/cli/src/command/program.js'
import { measureGrowth } from '../test/hostile/measure-growth.js'
import { growingShapes, type HostileShape } from '../test/hostile/shapes.js'

const growthMax = 2.2
/** In milliseconds. */
const timeMin = 100
const sizeMax = 4_000_000
const rounds = 3

const plan = ({ args = ['--nodes', 'm5.large=2'] }: HostileShape, input: string) =>
  catchDefect(() => run(['plan', '-', ...args], () => Promise.resolve(input)), {})

/** Milliseconds of the processor, the least of a few rounds. */
const timeOf = async (shape: HostileShape, size: number) => {
  const input = shape.text(size)
  let least = Infinity
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage()
    await plan(shape, input)
    const { user, system } = process.cpuUsage(before)
    least = Math.min(least, (user + system) / 1000)
  }
  return least
}

const words = process.argv.slice(3)
const shapes = growingShapes(words)
const times = new Map<HostileShape, { readonly size: number; ms: number; growth: number }>()
for (const shape of shapes) {
  let { size } = shape
  // The first runs are slower, as nothing is compiled yet, and little work tells nothing.
  let once = await timeOf(shape, size)
  for (; once < timeMin && size < sizeMax; once = await timeOf(shape, size)) size *= 2
  // Over two doublings, as the collector and other work make one of them uncertain.
  const growth = Math.sqrt((await timeOf(shape, 4 * size)) / (await timeOf(shape, size)))
  times.set(shape, { size, ms: Math.round(once), growth })
}

const { growths } = await measureGrowth(words)

/** Work of pairs may grow by four, and in time it is seen less, as all else takes time too. */
const isMet = ({ isOfPairs }: HostileShape, growth: number, workGrowth: number): boolean =>
  growth <= growthMax && workGrowth <= (isOfPairs === true ? 2 * growthMax : growthMax)

const rows: Readonly<Record<string, string | number>>[] = []
for (const shape of shapes) {
  const { size, ms, growth } = times.get(shape)!
  const workGrowth = growths[shape.name]!
  rows.push({
    ...{ shape: shape.name, size, ms },
    ...{ growth: Number(growth.toFixed(2)), 'work growth': Number(workGrowth.toFixed(2)) },
    verdict: isMet(shape, growth, workGrowth) ? 'met' : 'MISSED',
  })
}
console.table(rows)
