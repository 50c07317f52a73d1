/**
 * Computes how many unplaced replicas of a workload would fit if there were one more machine, or if
 * the new machines had trunks for the interfaces of tasks. Up to three kinds of machine in the
 * input are tried. The whole plan is computed again each time, because other replicas may take the
 * room first.
 */
import { byCodeUnit } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { countAll } from '../platform/plan.js'
import type { Platform } from '../platform/platform.js'
import type { Question, QuestionPart } from './question.js'

/** A change of the machines: `placed` of the `unplaced` replicas would have a place with it. */
export interface MoreMachines {
  /** One more machine, as `--nodes` asks for it; absent for trunks on the new machines. */
  readonly machine?: string
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
  const placedIn = (changed: ReturnType<Question['withMachines']>): number => {
    const after = E.isLeft(changed) ? undefined : unplacedIn(changed.right, platform, name)
    return before.count - (after?.count ?? before.count)
  }
  const withTrunks = before.part.platform.hasTrunks ? question.withTrunks : undefined
  const byTrunks = withTrunks === undefined ? 0 : placedIn(withTrunks())
  return [
    ...kindsIn(question, before.part)
      .slice(0, kindsMax)
      .map((machine) => ({ machine, placed: placedIn(question.withMachines(machine)) })),
    { placed: byTrunks },
  ].flatMap((change) => (change.placed > 0 ? [{ ...change, unplaced: before.count }] : []))
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
