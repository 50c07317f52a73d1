/**
 * Fuzzes the workbench with damaged inputs: `npm run fuzz -- [INPUTS] [SEED] [FOLDER ...]`. By
 * default ten thousand inputs, a seed from the clock, and the examples of the documents; files of
 * more folders are damaged too. Then as many calls, states, templates, queries, configurations,
 * scenarios and command lines are damaged. Fails when something throws or a plan is over capacity.
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
