/** `stowage explain`: why one replica goes where it goes, node by node. */
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { nearest } from '../read/nearest.js'
import { fargateText } from '../show/fargate-text.js'
import { explanationText } from '../show/explanation-text.js'
import { explanationsJson, fargateExplanationsJson } from '../show/json.js'
import type { Explained, Planner, Vocabulary } from '../vocabulary/vocabulary.js'
import { answer, bad, type Outcome } from './outcome.js'
import { noMachines } from './plan.js'
import { questionOf, type Flags, type Question } from './question.js'

interface Asked {
  readonly vocabulary: Vocabulary
  readonly planner: Planner
  readonly name: string
}

export const explainCommand = async (
  name: string,
  paths: readonly string[],
  flags: Flags,
  stdin: () => Promise<string>,
): Promise<Outcome> => {
  const question = await questionOf(paths, flags, stdin)
  if (E.isLeft(question)) return bad(question.left)
  const asked = question.right.planners.flatMap(({ vocabulary, planner }) =>
    namesLike(name, planner.names).map((full) => ({ vocabulary, planner, name: full })),
  )
  if (asked.length === 0) return bad([unknown(name, question.right)])
  return flags.fargate === true ? onFargate(asked, flags) : onMachines(asked, flags)
}

/** The name itself, or else all that it is the last part of. */
const namesLike = (name: string, names: readonly string[]): readonly string[] =>
  names.includes(name) ? [name] : names.filter((full) => full.endsWith(`/${name}`))

const unknown = (name: string, { planners }: Question) => {
  const names = planners.flatMap(({ planner }) => planner.names)
  return {
    from: 'explain',
    at: [],
    found: JSON.stringify(name),
    expected: `the name of a workload, such as ${nearest(name, names).join(', ')}`,
  }
}

const onMachines = (asked: readonly Asked[], flags: Flags): Outcome => {
  const homeless = asked.filter(({ planner }) => !planner.hasMachines)
  if (homeless.length > 0) return bad(homeless.map(noMachines))
  const explained = asked.flatMap(({ vocabulary, planner, name }) =>
    O.match<Explained, readonly { vocabulary: Vocabulary; explained: Explained }[]>(
      () => [],
      (one) => [{ vocabulary, explained: one }],
    )(planner.explainOnMachines(name)),
  )
  const text =
    flags.output === 'json'
      ? explanationsJson(explained)
      : explained.map((one) => explanationText(one.explained, one.vocabulary)).join('\n\n\n')
  return answer(
    text,
    explained.every((one) => one.explained.explanation.chosen !== undefined),
  )
}

const onFargate = (asked: readonly Asked[], flags: Flags): Outcome => {
  const all = asked.map((one) => ({ ...one, planned: one.planner.onFargate() }))
  const refused = all.some((one) => one.planned.refused.some(({ name }) => name === one.name))
  const text =
    flags.output === 'json'
      ? fargateExplanationsJson(all)
      : all.map((one) => fargateText(one.name, one.planned, one.vocabulary)).join('\n\n\n')
  return answer(text, !refused)
}
