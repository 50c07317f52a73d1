/**
 * Fuzzes with damaged inputs: `npm run fuzz -- [INPUTS] [SEED] [FOLDER ...]`. First plans of the
 * examples of the documents and of the files of more folders, then every kind of input, then
 * command lines. INPUTS is a number for each, ten thousand by default, or a time in seconds for
 * all, such as `600s`; the seed is from the clock by default. `FUZZ_KINDS` has words of the names
 * of kinds, where not all are meant. Fails when something throws, a plan is over capacity, or
 * damage is accepted.
 */
import { fuzzCommandLines } from './command-lines.js'
import { fuzz } from './fuzz.js'
import { fuzzKind, type KindReport } from './kinds/kind.js'
import { kinds } from './kinds/kinds.js'
import { exampleSets, specimensIn } from './specimens.js'

const [amount = '10000', first = `${Date.now() % 2 ** 31}`, ...more] = process.argv.slice(2)
const seed = Number(first)
const specimens = specimensIn(['docs/examples', 'test/fuzz/specimens', ...more], exampleSets)

/** So many inputs from a seed on. */
type Run = (count: number, from: number) => KindReport | Promise<KindReport>

const plans: Run = (count, from) => {
  const { answered, refused, thrown, over } = fuzz(specimens, count, from)
  return { answered, refused, wrong: [...thrown, ...over] }
}
const words = (process.env['FUZZ_KINDS'] ?? '').split(',')
const runs: readonly (readonly [name: string, run: Run])[] = [
  ['plans', plans] as const,
  ...kinds.map(
    (kind) => [kind.name, (count: number, from: number) => fuzzKind(kind, count, from)] as const,
  ),
  ['command lines', fuzzCommandLines] as const,
].filter(([name]) => words.some((word) => name.includes(word)))

const batch = 500
const seconds = amount.endsWith('s') ? Number(amount.slice(0, -1)) / runs.length : Infinity
const countMax = amount.endsWith('s') ? Infinity : Number(amount)

const main = async (): Promise<void> => {
  let [all, wrongs] = [0, 0]
  for (const [name, run] of runs) {
    const start = performance.now()
    const elapsed = (): number => (performance.now() - start) / 1000
    const wrong: string[] = []
    let [inputs, answered, refused] = [0, 0, 0]
    while (inputs < countMax && elapsed() < seconds) {
      const count = Math.min(batch, countMax - inputs)
      const report = await run(count, seed + inputs)
      inputs += count
      answered += report.answered
      refused += report.refused
      for (const line of report.wrong) wrong.push(line)
    }
    all += inputs
    wrongs += wrong.length
    console.log(
      `seed ${seed}: ${inputs} ${name}, ${answered} answered, ${refused} refused, ${wrong.length} wrong, ${Math.round(inputs / elapsed())} a second`,
    )
    for (const line of wrong.slice(0, 20)) console.log(line)
  }
  console.log(`seed ${seed}: ${all} inputs in all, ${wrongs} wrong`)
  process.exitCode = wrongs > 0 ? 1 : 0
}
void main()
