/**
 * Fuzzes the workbench with damaged documents: each input must be answered or refused. Collects the
 * inputs that threw an exception or took longer than a second, and the plans that exceed the
 * capacity of a node.
 */
import {
  answerJson,
  answerSections,
  compareWorlds,
  diffPlans,
  explainWorkload,
  planSections,
  plansJson,
  planWorkloads,
  readMachines,
  readQuestion,
} from '@stowage/workbench'
import { isLeft } from 'fp-ts/lib/Either.js'
import { overCapacity } from './capacity.js'
import { damagedText, damagedValue, oneOf, partsByKey, randomOf, type Random } from './mutation.js'

/** An input that can be read: the parsed documents of each of its texts. */
export interface Specimen {
  readonly name: string
  readonly texts: readonly (readonly unknown[])[]
}

/** What came of the inputs. */
export interface FuzzReport {
  readonly inputs: number
  readonly refused: number
  readonly answered: number
  /** A line each: the seed that repeats the input, and what happened. */
  readonly thrown: readonly string[]
  readonly over: readonly string[]
  readonly slow: readonly string[]
}

/** What is asked of texts; a stand-in may be wrong on purpose. */
export type Ask = (random: Random, texts: readonly string[]) => object | undefined

const fleets = [['m5.large=2'], ['m5.large', 'c6i.xlarge=2'], [], ['m5.large=0'], ['m5.larg']]

/** One question about texts, by chance; the JSON of a plan, or `undefined` for another answer. */
export const askWorkbench: Ask = (random, texts) => {
  const machines = readMachines({ nodes: random(8) === 0 ? oneOf(random, fleets) : fleets[0]! })
  if (isLeft(machines)) return undefined
  const setOf = (from: string, all: readonly string[]) => ({
    from,
    texts: all.map((text, i) => ({ file: `${i}.yaml`, text })),
  })
  const input = {
    documents: setOf('input', texts),
    ...{ machines: machines.right, zones: ['a', 'b'], trunking: random(2) === 0 },
    ...{ parameters: random(4) === 0 ? ['Count=2'] : [], seed: 1, fargate: {} },
  }
  const fargate = random(3) === 0
  if (random(6) === 0) {
    const others = setOf('other', texts.slice(random(texts.length)))
    const other = random(2) === 0 ? { documents: others } : { change: others }
    const difference = diffPlans(input, other, { fargate })
    if (isLeft(difference)) return undefined
    answerSections(difference.right)
    return { differences: answerJson(difference.right) }
  }
  const question = readQuestion(input)
  if (isLeft(question)) return undefined
  if (random(6) === 0) {
    const compared = compareWorlds(question.right)
    if (isLeft(compared)) return undefined
    answerSections(compared.right)
    return { comparisons: answerJson(compared.right) }
  }
  if (random(4) === 0) {
    const name = oneOf(random, ['web', 'app', 'x'])
    const explained = explainWorkload(question.right, name, { fargate })
    if (isLeft(explained)) return undefined
    answerSections(explained.right)
    return { explanations: answerJson(explained.right) }
  }
  const plans = planWorkloads(question.right, { fargate })
  if (isLeft(plans)) return undefined
  planSections(plans.right)
  return plansJson(plans.right)
}

/** Damages specimens `count` times, from a seed on, and asks about each. */
export const fuzz = (
  specimens: readonly Specimen[],
  count: number,
  seed: number,
  ask: Ask = askWorkbench,
): FuzzReport => {
  const parts = partsByKey(specimens.flatMap(({ texts }) => texts.flat()))
  const report = { inputs: count, refused: 0, answered: 0 }
  const [thrown, over, slow]: [string[], string[], string[]] = [[], [], []]
  for (let i = 0; i < count; i++) {
    const random = randomOf(seed + i)
    const { name, texts } = oneOf(random, specimens)
    const documents = texts.map((all) => all.slice())
    for (let times = 1 + random(2); times > 0; times--) {
      const all = oneOf(random, documents)
      const at = random(all.length)
      all[at] = damagedValue(random, all[at], parts)
    }
    const written = documents.map((all) => all.map((one) => JSON.stringify(one)).join('\n---\n'))
    const isGarbled = random(10) === 0
    const inputs = isGarbled ? written.map((text) => damagedText(random, text)) : written
    const start = performance.now()
    try {
      const answer = ask(random, inputs)
      if (answer === undefined) report.refused++
      else report.answered++
      if (answer !== undefined && !isGarbled)
        for (const line of overCapacity(documents.flat(), answer))
          over.push(`seed ${seed + i}: ${line}`)
    } catch (error) {
      thrown.push(`seed ${seed + i}, ${name}: ${String(error)}`)
    }
    const elapsed = performance.now() - start
    if (elapsed > 1000) slow.push(`seed ${seed + i}, ${name}: ${Math.round(elapsed)} ms`)
  }
  return { ...report, thrown, over, slow }
}
