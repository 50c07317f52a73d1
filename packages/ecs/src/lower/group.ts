/**
 * Builds what the kernel needs to count the tasks of a task group: (1) a label for each task, which
 * names its group; (2) for the constraint `distinctInstance`, a limit of one task of the group per
 * instance.
 */
import { internWord, type Draft, type Filter, type Match, type WordId } from '@stowage/kernel'
import { filterReason } from './reason.js'
import { constraintsOf, groupOf, type Workload } from '../workload/workload.js'

/** The fact that every task has. */
export const taskFact = (draft: Draft): WordId => internWord(draft, 'task')

/**
 * The fact of a task group. Its prefix keeps a group apart from any other fact, whatever its name.
 */
export const factOfGroup = (draft: Draft, group: string): WordId =>
  internWord(draft, `task:group ${group}`)

/**
 * The facts of a workload's tasks. A service is a group. A task without a service is in the group
 * that its call names, or else in the group of its family.
 */
export const taskFacts = (draft: Draft, workload: Workload): readonly WordId[] => [
  taskFact(draft),
  factOfGroup(draft, groupOf(workload)),
]

/** Matches a task whose desired status is RUNNING. */
export const toRun: Match = { _tag: 'None', of: { _tag: 'Phase', phase: 'leaving' } }

/**
 * Matches the counted tasks of the workload's group. A task whose desired status is STOPPED is not
 * counted.
 */
export const matchGroup = (draft: Draft, workload: Workload): Match => ({
  _tag: 'Every',
  of: [{ _tag: 'Fact', word: factOfGroup(draft, groupOf(workload)) }, toRun],
})

/** The constraint `distinctInstance`: at most one task of the group on an instance. */
export const distinctLimit = (draft: Draft, workload: Workload): readonly Filter<'Limit'>[] => {
  if (!constraintsOf(workload).some(({ type }) => type === 'distinctInstance')) return []
  return [
    {
      _tag: 'Limit',
      ...filterReason('distinctInstance'),
      removable: true,
      tally: { facts: matchGroup(draft, workload), domain: 'node', absent: 'own' },
      self: 1,
      max: 1,
    },
  ]
}
