/**
 * Looks for work that grows too fast in every part of the examples: `npm run bench:hostile-parts --
 * [WORDS OF A NAME]`. Makes each part long, then four times as long, and prints those whose time
 * grows by more than 2.2 per doubling. Quick answers are not looked at.
 */
import { catchDefect } from '../packages/cli/src/command/defect.js'
import { run } from '../packages/cli/src/command/program.js'
import { exampleSets, specimensIn } from '../test/fuzz/specimens.js'
import { longParts, manyDocuments, type LongPart } from '../test/hostile/lengthened.js'

const growthMax = 2.2
const size = Number(process.env['PART_SIZE'] ?? 2_500)
/** In milliseconds: what is faster at four times the size tells nothing. */
const timeMin = 400
const args = ['--nodes', 'm5.large=2', '--fargate']

const timeOf = async ({ text }: LongPart, of: number) => {
  const input = text(of)
  const before = process.cpuUsage()
  const outcome = await catchDefect(
    () => run(['plan', '-', ...args], () => Promise.resolve(input)),
    {},
  )
  const { user, system } = process.cpuUsage(before)
  return { ms: (user + system) / 1000, outcome }
}

const words = process.argv.slice(3)
const folders = (process.env['PART_FOLDERS'] ?? '').split(':').filter((one) => one !== '')
const specimens = specimensIn(['docs/examples', 'test/fuzz/specimens', ...folders], exampleSets)
const parts = [...manyDocuments(specimens), ...longParts(specimens)].filter(
  ({ name }) => words.length === 0 || words.some((word) => name.includes(word)),
)
let [slow, broken] = [0, 0]
for (const part of parts) {
  const long = await timeOf(part, 4 * size)
  if (long.outcome.status > 2) {
    broken++
    console.log(`BROKEN ${part.name}: ${long.outcome.error}`)
  }
  if (long.ms < timeMin) continue
  const short = await timeOf(part, size)
  const growth = Math.sqrt(long.ms / short.ms)
  if (growth <= growthMax) continue
  slow++
  console.log(
    `${growth.toFixed(2)} ${Math.round(short.ms)} -> ${Math.round(long.ms)} ms ${part.name}`,
  )
}
console.log(
  `${parts.length} parts at ${size} and ${4 * size}: ${slow} grow too fast, ${broken} broke`,
)
