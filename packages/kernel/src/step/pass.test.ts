/**
 * Tests that in a pass each controller sees exactly what changed since its last pass, each change
 * once.
 */
import { isRefuted } from '@stowage/testing'
import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nodeIds, replicasOn } from '../cluster/read.js'
import type { NodeChange, PassView, ReplicaChange } from '../time/decision.js'
import { nextTimer } from './pass.js'
import { bookingOf } from '../time/read-state.js'
import { startSteps, type StepState } from '../time/state.js'
import {
  advance,
  anyDrafts,
  begin,
  eventAt,
  joinAt,
  run,
  scripted,
  scriptOf,
  type Script,
  tellAt,
  validEvents,
} from './step.fixture.js'
import { step } from './step.js'

/** Applies a change of a replica to what a controller knows; each must be news. */
const learnReplica = (known: Map<number, string>, { replica, phase }: ReplicaChange): void => {
  expect(known.get(replica)).not.toBe(phase)
  if (phase === undefined) known.delete(replica)
  else known.set(replica, phase)
}
const learnNode = (known: Set<number>, { node, change }: NodeChange): void => {
  expect(known.has(node)).toBe(change !== 'joined')
  if (change === 'left') known.delete(node)
  else known.add(node)
}

const seesChanges = (
  spoil: (state: StepState, before: StepState) => StepState = (state) => state,
) =>
  fc.property(anyDrafts, (drafts) => {
    const isAdoption = (body: object): boolean =>
      'report' in body && 'adopt' in (body.report as object)
    let state = startSteps()
    for (const events of validEvents(drafts.filter(([, body]) => !isAdoption(body))))
      state = spoil(run(events, state).state, state)
    for (const name of ['script', 'second']) {
      const [nodes, replicas] = [new Set<number>(), new Map<number, string>()]
      for (const sight of scriptOf(state, name).sights) {
        for (const change of sight.nodes) learnNode(nodes, change)
        for (const change of sight.replicas) learnReplica(replicas, change)
      }
      for (const change of state.unseen.nodes) learnNode(nodes, change)
      for (const change of state.unseen.replicas)
        if (change.controller === name) learnReplica(replicas, change)
      const { cluster } = state
      expect([...nodes].sort()).toEqual([...nodeIds(cluster)].sort())
      const own = nodeIds(cluster)
        .flatMap((node) => replicasOn(cluster, node))
        .filter(({ id }) => bookingOf(state, id)?.owner.controller === name)
      expect([...replicas].sort()).toEqual(own.map(({ id, phase }) => [id, phase]).sort())
    }
  })

describe('a controller', () => {
  it('sees exactly what changed', () => fc.assert(seesChanges(), { numRuns: 300 }))
  it('is refuted when what a pass changed is never seen', () => {
    const forgetful = (state: StepState) => ({ ...state, unseen: { nodes: [], replicas: [] } })
    expect(isRefuted(seesChanges(forgetful))).toBe(true)
  })
  it('is refuted when a change is seen twice', () => {
    const repeating = (state: StepState, { unseen }: StepState): StepState => ({
      ...state,
      unseen: { ...state.unseen, replicas: [...unseen.replicas, ...state.unseen.replicas] },
    })
    expect(isRefuted(seesChanges(repeating))).toBe(true)
  })

  it('may keep the lists that it saw', () => {
    const views: PassView[] = []
    const watching = {
      ...scripted('script'),
      decide: (view: PassView, memory: Script) => {
        views.push(view)
        return scripted('script').decide(view, memory)
      },
    }
    const wishes = [...begin.slice(0, 2), tellAt(10, 'web', { start: 1, of: 'small' })]
    step([watching])(startSteps(), [...wishes, eventAt(11, { _tag: 'ClockAdvanced' })])
    expect(views.map(({ nodes, replicas }) => [nodes.length, replicas.length])).toEqual([
      [1, 0],
      [0, 1],
    ])
  })

  it('knows how many replicas of an object of its own wait', () => {
    const counts: number[] = []
    const watching = {
      ...scripted('script'),
      decide: (view: PassView, memory: Script) => {
        counts.push(view.pending('web'))
        return scripted('script').decide(view, memory)
      },
    }
    const other = tellAt(10, 'web', { start: 5, of: 'small' }, 'second')
    const wishes = [...begin, other, tellAt(10, 'web', { start: 6, of: 'small' })]
    const quiet = eventAt(11, { _tag: 'ClockAdvanced' })
    step([watching, scripted('second')])(startSteps(), [...wishes, quiet])
    expect(counts).toEqual([0, 2])
  })
  it('sees nothing of what another wants in the same pass', () => {
    const { state } = run([...begin, tellAt(10, 'web', { start: 1, of: 'small' })])
    const later = run([eventAt(11, { _tag: 'ClockAdvanced' })], state).state
    expect(scriptOf(later).sights.map(({ replicas }) => replicas.length)).toEqual([0, 1])
    expect(scriptOf(later, 'second').sights.map(({ replicas }) => replicas.length)).toEqual([0, 0])
  })
})

describe('a timer', () => {
  const woken = run([...begin, tellAt(10, 'x', { wakeAt: 20 })])
  it('is announced when the next one changes', () => {
    expect(woken.effects).toEqual([{ _tag: 'WakeAt', at: 20 }])
    expect(nextTimer(woken.state)).toBe(20)
    const same = run([eventAt(11, { _tag: 'ClockAdvanced' })], woken.state)
    expect(same.effects).toEqual([])
    const sooner = run([tellAt(11, 'y', { wakeAt: 15 }, 'second')], woken.state)
    expect(sooner.effects).toEqual([{ _tag: 'WakeAt', at: 15 }])
    expect(nextTimer(run([eventAt(20, { _tag: 'ClockAdvanced' })], woken.state).state)).toBe(
      undefined,
    )
  })
  it.each([10, 9, 10.5, Infinity, NaN])('at %d is a fault of the controller', (wrongWake) => {
    const result = advance(startSteps(), [...begin, tellAt(10, 'x', { wrongWake })])
    expect(result).toEqual(
      E.left({
        ...{ _tag: 'BadIntent', event: 0, controller: 'script', at: ['wakeAt'] },
        ...{ found: String(wrongWake), expected: 'whole milliseconds after 10' },
      }),
    )
  })
})
it('changes nothing of a cluster in a quiet pass', () => {
  const { state } = run([...begin, joinAt(11, 'b', 1)])
  const quiet = run([eventAt(12, { _tag: 'ClockAdvanced' })], state)
  expect(quiet.state.cluster).toBe(state.cluster)
})
