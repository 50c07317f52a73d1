/**
 * Tasks that are counted together: those of one service, or of one family by themselves. A task that is to stop is not counted,
 * as it is the desired status that counts.
 */
import { word, type Draft, type Limit, type Match, type Word } from '@stowage/kernel'
import { saying } from './reason.js'
import { groupOf, type Workload } from './workload.js'

export const groupFact = (draft: Draft, workload: Workload): Word => word(draft, groupOf(workload))

export const ofGroup = (draft: Draft, workload: Workload): Match => ({
  _tag: 'Every',
  of: [
    { _tag: 'Fact', word: groupFact(draft, workload) },
    { _tag: 'None', of: { _tag: 'Phase', phase: 'leaving' } },
  ],
})

/** No two tasks of the group on one instance, where the service says so. */
export const distinctLimit = (draft: Draft, workload: Workload): readonly Limit[] => {
  const constraints = workload.service?.placementConstraints ?? []
  if (!constraints.some(({ type }) => type === 'distinctInstance')) return []
  return [
    {
      _tag: 'Limit',
      ...saying('distinctInstance'),
      removable: true,
      tally: { facts: ofGroup(draft, workload), domain: 'node', absent: 'own' },
      self: 1,
      most: 1,
    },
  ]
}
