/**
 * Defines a kind of fuzzed input (calls, histories, states and so on), and runs its fuzzer: it
 * damages the specimens of the kind, and checks what the code under test makes of them.
 */
import type { MalformedValue } from '@stowage/kernel'
import { damagedText, damagedValue, oneOf, partsByKey, randomOf, type Random } from '../mutation.js'

/** What came of one input. */
export interface Verdict {
  /** Whether the input was answered, as a whole or in a part. */
  readonly isAnswered: boolean
  /** Whether the input was refused, as a whole or in a part. */
  readonly isRefused: boolean
  /** What is wrong with the answer or the refusal, in a sentence each. */
  readonly wrong: readonly string[]
}

/** Checks one input. Throwing is always wrong. */
export type CheckInput = (value: unknown, random: Random) => Verdict

/** A kind of input: what is damaged, and what checks it. */
export interface FuzzKind {
  readonly name: string
  readonly specimens: readonly unknown[]
  readonly check: CheckInput
  /** Checks of code with a planted bug, each of which the fuzzer must catch. */
  readonly plants: readonly (readonly [bug: string, check: CheckInput])[]
}

/** What a fuzzer saw. A line of `wrong` has the seed that repeats the input. */
export interface KindReport {
  readonly wrong: readonly string[]
  readonly answered: number
  readonly refused: number
}

/** Damages the specimens of a kind so often, from a seed on. */
export const fuzzKind = (
  { specimens, check }: Pick<FuzzKind, 'specimens' | 'check'>,
  count: number,
  seed: number,
): KindReport => {
  const parts = partsByKey(specimens)
  const wrong: string[] = []
  let [answered, refused] = [0, 0]
  for (let i = 0; i < count; i++) {
    const random = randomOf(seed + i)
    let value = oneOf(random, specimens)
    for (let times = 1 + random(2); times > 0; times--)
      value =
        typeof value === 'string' ? damagedText(random, value) : damagedValue(random, value, parts)
    try {
      const verdict = check(value, random)
      if (verdict.isAnswered) answered++
      if (verdict.isRefused) refused++
      for (const line of verdict.wrong) wrong.push(`seed ${seed + i}: ${line}`)
    } catch (error) {
      wrong.push(`seed ${seed + i}: ${String(error)}`)
    }
  }
  return { wrong, answered, refused }
}

/** The verdict on a refusal: every fault says where it is, what was found and what was expected. */
export const refusal = (faults: readonly MalformedValue[]): Verdict => ({
  isAnswered: false,
  isRefused: true,
  wrong: [
    ...(faults.length === 0 ? ['refused without a fault'] : []),
    ...faults.flatMap(({ at, found, expected }) =>
      Array.isArray(at) && found !== '' && expected !== ''
        ? []
        : [`a fault without words: ${JSON.stringify({ at, found, expected })}`],
    ),
  ],
})

/** The verdict on an answer. */
export const answer = (wrong: readonly string[] = []): Verdict => ({
  isAnswered: true,
  isRefused: false,
  wrong,
})
