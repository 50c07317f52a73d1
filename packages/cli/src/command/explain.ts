/** `stowage explain`: why one replica goes where it goes, node by node. */
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { nearest } from '../read/nearest.js'
import { besideText } from '../show/beside-text.js'
import type { WorkloadExplanation } from '../show/explanation.js'
import { explanationText } from '../show/explanation-text.js'
import { explanationsJson } from '../show/json.js'
import type { Planner, Vocabulary } from '../vocabulary/vocabulary.js'
import { printable } from '../show/table.js'
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
  if (E.isLeft(question)) return bad(question.left, 'explained')
  const asked = question.right.planners.flatMap(({ vocabulary, planner }) =>
    planner.find(name).map((full) => ({ vocabulary, planner, name: full })),
  )
  if (asked.length === 0) return bad([unknown(name, question.right)], 'explained')
  const explanations = asked.map((one) => explanationOf(one, flags))
  const homeless = asked.filter((one, i) => hasNowhere(one, explanations[i]!, flags))
  if (homeless.length > 0) return bad(homeless.map(noMachines), 'explained')
  const text =
    flags.output === 'json'
      ? explanationsJson(explanations)
      : explanations.map(textOf).join('\n\n\n')
  return answer(text, explanations.every(isPlaced))
}

const unknown = (name: string, { planners }: Question) => {
  const near = nearest(name, new Set(planners.flatMap(({ planner }) => planner.near(name))))
  const such = near.length === 0 ? '' : `, such as ${near.join(', ')}`
  return {
    from: 'explain',
    at: [],
    found: JSON.stringify(name),
    expected: `the name of a workload${such}`,
  }
}

/**
 * Where it is already; else on the machines, unless Fargate was asked for or the workload is not
 * for machines.
 */
const explanationOf = ({ vocabulary, planner, name }: Asked, flags: Flags): WorkloadExplanation => {
  const there = planner.explainThere?.(name) ?? O.none
  const onMachines =
    O.isSome(there) || flags.fargate === true || !planner.hasMachines
      ? there
      : planner.explainOnMachines(name)
  if (O.isSome(onMachines))
    return onMachines.value._tag === 'Note'
      ? { vocabulary, ...onMachines.value }
      : { ...onMachines.value, _tag: 'OnMachines', vocabulary }
  const planned = flags.fargate === true ? planner.onFargate() : planner.onMachines()
  const planName = planner.planNameOf(name)
  const taken = planned.onFargate?.find((one) => one.name === planName)
  return {
    _tag: 'Beside',
    vocabulary,
    name,
    ...(taken === undefined ? {} : { profile: taken.fargateProfileName }),
    vended: planned.vended.filter((one) => one.name === planName),
    launched: planned.launched.filter((one) => one.name === planName),
    refused: planned.refused.filter((one) => one.name === planName),
    warnings: planned.warnings.filter(({ subject }) => subject.endsWith(planName)),
  }
}

/** It wants machines, and there are none. */
const hasNowhere = ({ planner }: Asked, explanation: WorkloadExplanation, flags: Flags): boolean =>
  flags.fargate !== true &&
  !planner.hasMachines &&
  explanation._tag === 'Beside' &&
  explanation.vended.length + explanation.refused.length === 0

const textOf = (explanation: WorkloadExplanation): string => {
  switch (explanation._tag) {
    case 'OnMachines':
      return explanationText(explanation)
    case 'Beside':
      return besideText(explanation)
    case 'Note':
      return printable(`${explanation.vocabulary.title}: ${explanation.text}`)
  }
}

/** What is on a machine has its place, whatever would become of it now. */
const isPlaced = (explanation: WorkloadExplanation): boolean => {
  switch (explanation._tag) {
    case 'OnMachines':
      return explanation.on !== undefined || explanation.explanation.chosen !== undefined
    case 'Beside':
      return explanation.vended.length > 0 && explanation.refused.length === 0
    case 'Note':
      return explanation.placed
  }
}
