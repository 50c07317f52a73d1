/**
 * Tasks that are counted together: those of one service, or of one family by themselves. A task
 * that is to stop is not counted, as it is the desired status that counts.
 */
import { internWord, type Draft, type Filter, type Match, type WordId } from '@stowage/kernel'
import { filterReason } from './reason.js'
import { constraintsOf, groupOf, type Workload } from '../workload/workload.js'

/** What every task says of itself, whatever its group. */
export const taskFact = (draft: Draft): WordId => internWord(draft, 'task')

/** A group may have any name, also that of another fact, and so it is kept by what it is. */
export const factOfGroup = (draft: Draft, group: string): WordId =>
  internWord(draft, `task:group ${group}`)

export const taskFacts = (draft: Draft, workload: Workload): readonly WordId[] => [
  taskFact(draft),
  factOfGroup(draft, groupOf(workload)),
]

/** The desired status is RUNNING. */
export const toRun: Match = { _tag: 'None', of: { _tag: 'Phase', phase: 'leaving' } }

export const matchGroup = (draft: Draft, workload: Workload): Match => ({
  _tag: 'Every',
  of: [{ _tag: 'Fact', word: factOfGroup(draft, groupOf(workload)) }, toRun],
})

/** No two tasks of the group on one instance, where the service or the call says so. */
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
