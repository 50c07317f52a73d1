/**
 * Fuzzes the command line: damages the words of an example command in one or two places, and runs
 * it. Each run must give an answer, or end with status 2 and an error message without a stack
 * trace.
 */
import type { Outcome } from '../../packages/cli/src/command/outcome.js'
import { commands } from '../../packages/cli/src/command/commands.js'
import { declare, run } from '../../packages/cli/src/command/program.js'
import { wordsOf } from '../../packages/cli/src/usage/example-words.fixture.js'
import { damagedText, oneOf, randomOf, type Random } from './mutation.js'

type Words = readonly string[]

/** Runs words and returns what would be printed. */
export type RunWords = (words: Words) => Promise<Outcome>

const stdin = '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"containers":[]}}'

export const runWords: RunWords = (words) => run(words, () => Promise.resolve(stdin))

const examples: readonly Words[] = commands.flatMap(({ examples }) =>
  examples.map(({ line }) => wordsOf(line)),
)

/** Every option of every command, and words that readers of arguments tend to forget. */
const otherWords: Words = [
  ...declare(() => undefined).commands.flatMap(({ options }) =>
    options.flatMap(({ long, short }) => [long, short].filter((one) => typeof one === 'string')),
  ),
  ...['', ' ', '-', '--', '---', '=', ',', '--=', '--x=y', '-x', '--help', '--version'],
  ...['0', '-1', '1.5', '1e9', '1e400', 'NaN', '99999999999999999999', '4294967296', '0x10', '٣'],
  ...['m5.large', 'm5.large=', 'm5.large=0', 'm5.large=3', 'm5.large=99999999', 'm5=2', '=3'],
  ...['m5.large=2,c5.large=', 'm5.large=2,a=b:NoSchedule@eu-west-1b', 't3.nano=1@', 'x.large=1'],
  ...['json', 'yaml', 'csv', 'xml', 'new', 'pending', 'shop/web', 'Deployment/web', 'a/b/c/d'],
  ...['no/such/file.yaml', 'package.json', 'docs/prices', 'README.md', 'docs/examples/shop'],
  ...['__proto__', 'constructor', '\u001b[31m', '\u0000', '\u202e', 'é', '😀', 'x'.repeat(300)],
  ...['{"a":1}', '[', '{{ .Values.x }}', '$(x)', '*', 'a=b', 'a=b=c', 'A==', 'attribute:x == y'],
]

const damagedWords = (random: Random, words: Words): Words => {
  const at = random(words.length)
  const [before, word = '', after] = [words.slice(0, at), words[at], words.slice(at + 1)]
  switch (random(6)) {
    case 0:
      return [...before, ...after]
    case 1:
      return [...before, word, word, ...after]
    case 2:
      return [...before, word, oneOf(random, otherWords), ...after]
    case 3:
      return [...before, oneOf(random, otherWords), ...after]
    case 4:
      return [...before, damagedText(random, word), ...after]
    default:
      return [...before, word, oneOf(random, oneOf(random, examples)), ...after]
  }
}

/** What is wrong with an outcome; empty when nothing is. */
const complaintsOf = ({ status, out, error }: Outcome): readonly string[] => [
  ...(status > 2 ? [`status ${status}: ${error}`] : []),
  ...(status === 2 && error.trim() === '' ? ['refused without a sentence'] : []),
  ...(/\n\s+at .*[:(]\d+/.test(error) ? ['a trace is shown'] : []),
  // Messages are escaped where they are printed; a CSV ends its lines with both characters.
  ...(/[^\P{Cc}\r\n]|\p{Bidi_Control}/u.test(out) ? ['a control character is shown'] : []),
]

/** Lines of seeds, words and what is wrong; how many were answered and refused; the slow ones. */
export interface CommandLineReport {
  readonly wrong: readonly string[]
  readonly answered: number
  readonly refused: number
  readonly slow: readonly string[]
}

const slowMs = 10_000

export const fuzzCommandLines = async (
  count: number,
  seed: number,
  runLine: RunWords = runWords,
): Promise<CommandLineReport> => {
  const [wrong, slow]: [string[], string[]] = [[], []]
  let [answered, refused] = [0, 0]
  for (let i = 0; i < count; i++) {
    const random = randomOf(seed + i)
    let words = oneOf(random, examples)
    for (let times = random(3) === 0 ? 2 : 1; times > 0 && words.length > 0; times--)
      words = damagedWords(random, words)
    const text = `seed ${seed + i}: ${JSON.stringify(words)}`
    const began = process.cpuUsage()
    try {
      const outcome = await runLine(words)
      if (outcome.status < 2) answered++
      else refused++
      for (const line of complaintsOf(outcome)) wrong.push(`${text}: ${line}`)
    } catch (error) {
      wrong.push(`${text}: ${String(error)}`)
    }
    const { user } = process.cpuUsage(began)
    if (user / 1_000 > slowMs) slow.push(`${text}: ${Math.round(user / 1_000)} ms`)
  }
  return { wrong, answered, refused, slow }
}
