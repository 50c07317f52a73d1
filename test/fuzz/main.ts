/**
 * Runs all fuzzers: `npm run fuzz -- [INPUTS] [SEED] [FOLDER ...]`.
 *
 * 1. Damages documents (by default 10,000 times) and passes them to the workbench. The documents
 *    are the examples of the docs, the fuzzer's own samples, and the files of the given folders.
 * 2. Damages as many inputs of each other reader, such as API calls, templates and queries.
 * 3. Damages as many command lines.
 *
 * The default seed is taken from the clock. The run fails when something throws, or a plan exceeds
 * a node's capacity.
 */
import { fuzzCommandLines } from './command-lines.js'
import { fuzz } from './fuzz.js'
import { fuzzReader, readers } from './readers.js'
import { exampleSets, specimensIn } from './specimens.js'

const [count = '10000', first = `${Date.now() % 2 ** 31}`, ...more] = process.argv.slice(2)
const [inputs, seed] = [Number(count), Number(first)]
const folders = ['docs/examples', 'test/fuzz/specimens']
const specimens = specimensIn([...folders, ...more], exampleSets)
const { refused, answered, thrown, over, slow } = fuzz(specimens, inputs, seed)
console.log(
  `seed ${seed}: ${inputs} inputs of ${specimens.length} specimens, ${answered} answered, ${refused} refused, ${thrown.length} threw, ${over.length} over capacity, ${slow.length} took more than a second`,
)
for (const line of [...thrown, ...over, ...slow].slice(0, 40)) console.log(line)
let wrong = thrown.length + over.length
for (const reader of readers) {
  const lines = fuzzReader(reader, inputs, seed)
  wrong += lines.length
  console.log(`seed ${seed}: ${inputs} ${reader.name}, ${lines.length} wrong`)
  for (const line of lines.slice(0, 10)) console.log(line)
}
void fuzzCommandLines(inputs, seed).then(
  ({ wrong: lines, answered: right, refused: bad, slow: long }) => {
    console.log(
      `seed ${seed}: ${inputs} command lines, ${right} answered, ${bad} refused, ${lines.length} wrong, ${long.length} slow`,
    )
    for (const line of [...lines, ...long].slice(0, 10)) console.log(line)
    process.exitCode = wrong + lines.length > 0 ? 1 : 0
  },
)
