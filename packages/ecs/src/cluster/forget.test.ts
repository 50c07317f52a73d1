/**
 * Tests what is forgotten of stopped tasks (their records and classes), and that memory stays
 * bounded over many rollouts.
 */
import { instantOfSeconds, later, tableIds, type Instant } from '@stowage/kernel'
import { expect, it } from 'vitest'
import { reportTask } from '../agent/task-report.js'
import { cluster, done, refused } from '../api/call.fixture.js'
import { registerTaskDefinition } from '../api/register-task-definition.js'
import { runTask } from '../api/run-task.js'
import { instance } from '../plan/plan.fixture.js'
import { encodeEcs } from '../encode/encode.js'
import { forgetStoppedTasks } from './forget.js'
import type { EcsState } from './state.js'

const hour = 3_600_000
const empty = cluster([instance('i-1')])

/** Starts a task of the next revision, which takes other resources, and stops the one before. */
const rollOut = (state: EcsState, round: number, at: Instant): EcsState => {
  const container = { name: 'app', image: 'app', cpu: 1 + (round % 1000), memory: 16 }
  const [defined] = done(
    registerTaskDefinition(state, { family: 'web', containerDefinitions: [container] }, at),
  )
  const [run] = done(runTask(defined, { taskDefinition: 'web' }, at))
  const before = [...run.tasks.values()].filter(({ lastStatus }) => lastStatus !== 'STOPPED')
  return before
    .slice(0, -1)
    .reduce(
      (next, { taskArn }) =>
        done(reportTask(next, { task: taskArn, lastStatus: 'STOPPED' }, at))[0],
      run,
    )
}

const afterRollouts = (rounds: number, isForgetful: boolean): EcsState => {
  let state = empty
  for (let round = 0; round < rounds; round++) {
    const at = instantOfSeconds(round * 600)
    state = rollOut(state, round, at)
    if (isForgetful) [state] = done(forgetStoppedTasks(state, at))
  }
  return state
}

const sizeOf = (state: EcsState): readonly [tasks: number, classes: number] => [
  state.tasks.size,
  tableIds(state.placed).classes.length,
]

it('leaves a stopped task for an hour, and one that runs for ever', () => {
  const stopped = rollOut(rollOut(empty, 0, instantOfSeconds(0)), 1, instantOfSeconds(9))
  const start = instantOfSeconds(9)
  const [soon, answer] = done(forgetStoppedTasks(stopped, later(start, hour)))
  expect([soon.tasks.size, answer.tasks]).toEqual([2, []])
  const [late, { tasks }] = done(forgetStoppedTasks(stopped, later(start, hour + 1)))
  expect([late.tasks.size, tasks]).toEqual([1, [[...stopped.tasks.keys()][0]]])
  expect(sizeOf(late)).toEqual([1, 1])
  const [other] = done(
    forgetStoppedTasks(
      { ...stopped, options: { ...stopped.options, stoppedTaskLifetime: 0 } },
      later(start, 1),
    ),
  )
  expect(other.tasks.size).toBe(1)
})

it('refuses an instant before the last call', () => {
  const state = rollOut(empty, 0, instantOfSeconds(9))
  expect(refused(forgetStoppedTasks(state, instantOfSeconds(8))).wrong[0]!.at).toEqual(['at'])
})

it('holds the memory of a cluster whose service is rolled out again and again', () => {
  const [few, many] = [afterRollouts(30, true), afterRollouts(120, true)]
  expect(sizeOf(many)).toEqual(sizeOf(few))
  expect(sizeOf(afterRollouts(30, false))).toEqual([30, 30])
  // Definitions stay, as they do in an account.
  const bytes = (state: EcsState) =>
    JSON.stringify(encodeEcs(state), (key, value: unknown) => (key === 'families' ? [] : value))
      .length
  expect(bytes(many) / bytes(few)).toBeLessThan(1.05)
})

it('holds no word for each group that ever ran a task', () => {
  const [defined] = done(
    registerTaskDefinition(
      empty,
      { family: 'job', containerDefinitions: [{ name: 'app', image: 'app', memory: 16 }] },
      instantOfSeconds(0),
    ),
  )
  const wordsAfter = (rounds: number): number => {
    let state = defined
    for (let round = 0; round < rounds; round++) {
      const at = instantOfSeconds(round * 7200)
      const request = { taskDefinition: 'job', group: `batch-${round}` }
      const [run, { tasks }] = done(runTask(state, request, at))
      const [ended] = done(reportTask(run, { task: tasks[0]!.taskArn, lastStatus: 'STOPPED' }, at))
      ;[state] = done(forgetStoppedTasks(ended, at))
    }
    return tableIds(state.placed).words.length
  }
  expect(wordsAfter(60)).toBe(wordsAfter(6))
})
