/** `stowage plan`: where everything goes. */
import type { BadDocument } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { plansJson } from '../show/json.js'
import { ignoredLine } from '../show/notes.js'
import { plansText, tallied, type Plans } from '../show/plan-text.js'
import type { Planner, Vocabulary } from '../vocabulary/vocabulary.js'
import { compareCommand } from './compare.js'
import { questionOf, type Flags, type Question } from './question.js'
import { answer, bad, type Outcome } from './outcome.js'

export const planCommand = async (
  paths: readonly string[],
  flags: Flags,
  stdin: () => Promise<string>,
): Promise<Outcome> => {
  const question = await questionOf(paths, flags, stdin)
  if (E.isLeft(question)) return bad(question.left, 'planned')
  if (flags.compare === true) return compareCommand(question.right, flags, stdin)
  const { planners, ignored } = question.right
  const all = planners.map(({ vocabulary, planner }) => plansOf(vocabulary, planner, flags))
  const homeless = all.filter(hasNowhere)
  if (homeless.length > 0) return bad(homeless.map(noMachines), 'planned')
  const text = flags.output === 'json' ? plansJson(all, ignored) : tables(all, question.right)
  return answer(text, all.every(isPlaced))
}

const plansOf = (vocabulary: Vocabulary, planner: Planner, flags: Flags): Plans => ({
  vocabulary,
  machines: planner.hasMachines || flags.fargate !== true ? planner.onMachines() : undefined,
  fargate: flags.fargate === true ? planner.onFargate() : undefined,
})

/**
 * There are no machines, and not everything goes to Fargate by its own words. A DaemonSet asks for
 * nothing then.
 */
const hasNowhere = ({ machines }: Plans): boolean =>
  machines !== undefined &&
  machines.plan.nodes.length === 0 &&
  (machines.plan.unplaced.length > 0 || machines.vended.length + machines.refused.length === 0)

export const noMachines = ({ vocabulary }: { readonly vocabulary: Vocabulary }): BadDocument => ({
  from: vocabulary.title,
  at: [],
  found: `no ${vocabulary.machine[1]}`,
  expected: 'some among the files, or --nodes TYPE=COUNT, or --fargate',
})

const isPlaced = ({ machines, fargate }: Plans): boolean =>
  [machines, fargate].every((planned) => planned === undefined || tallied(planned)[1] === 0)

const tables = (all: readonly Plans[], { ignored }: Question): string =>
  [
    ...all.map(plansText),
    ...(ignored.length === 0 ? [] : [`Ignored: ${ignoredLine(ignored)}`]),
  ].join('\n\n\n')
