/** Tests what the initial state of a cluster takes from documents. */
import { instant } from '@stowage/kernel'
import { expect, it } from 'vitest'
import { cluster, refused, done } from '../api/call.fixture.js'
import { runTask } from '../api/run-task.js'
import { instance, task } from '../plan/plan.fixture.js'

it('has revision 1 of a definition without a revision, and no other', () => {
  const state = cluster([task('web'), instance('i-1')])
  const run = (taskDefinition: string) => runTask(state, { taskDefinition }, instant(0))
  expect(done(run('web:1'))[1].tasks).toHaveLength(1)
  expect(refused(run('web:7')).wrong[0]!.at).toEqual(['taskDefinition'])
})
