/**
 * Computes how many unplaced replicas of a workload would fit if there were one more machine. Up to
 * three kinds of machine in the input are tried. The whole plan is computed again with that
 * machine, because other replicas may take its room first.
 */
import { byCodeUnit } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { countAll } from '../platform/plan.js'
import type { Platform } from '../platform/platform.js'
import type { Question, QuestionPart } from './question.js'

/** One more machine: `placed` of the `unplaced` replicas would have a place with it. */
export interface MoreMachines {
  /** As `--nodes` asks for it. */
  readonly machine: string
  readonly placed: number
  readonly unplaced: number
}

/** Each kind costs a plan, so that no more of them are tried. */
const kindsMax = 3

/**
 * The kinds of machines of which one more gives a place to a replica of the workload: first those
 * of the new machines, then the types of the machines among the documents, the most frequent first.
 */
export const moreMachines = (
  question: Question,
  platform: Platform['id'],
  name: string,
): readonly MoreMachines[] => {
  const before = unplacedIn(question, platform, name)
  if (before === undefined || before.count === 0) return []
  return kindsIn(question, before.part)
    .slice(0, kindsMax)
    .flatMap((machine) => {
      const grown = question.withMachines(machine)
      const after = E.isLeft(grown) ? undefined : unplacedIn(grown.right, platform, name)
      const placed = before.count - (after?.count ?? before.count)
      return placed > 0 ? [{ machine, placed, unplaced: before.count }] : []
    })
}

const unplacedIn = ({ parts }: Question, platform: Platform['id'], name: string) => {
  const part = parts.find((one) => one.platform.id === platform)
  if (part === undefined) return undefined
  const planName = part.planner.planNameOf(name)
  const { plan } = part.planner.onMachines()
  return { part, count: countAll(plan.unplaced.filter((row) => row.name === planName)) }
}

const kindsIn = ({ groups }: Question, { planner }: QuestionPart): readonly string[] => {
  const counts = new Map<string, number>()
  for (const type of planner.billTerms().types.values())
    counts.set(type, (counts.get(type) ?? 0) + 1)
  const types = [...counts].sort(
    ([one, count], [other, more]) => more - count || byCodeUnit(one, other),
  )
  return [...new Set([...groups, ...types.map(([type]) => type)])]
}
